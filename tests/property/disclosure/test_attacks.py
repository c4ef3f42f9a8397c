"""No small number of a protected table can be worked out from everything that is published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.property.disclosure.attacker import bounds_of, possible, truth
from tests.property.disclosure.small_tables import Case, of_sizes, tables

from placeplan.app.disclosure_rules import read_rules
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.published import CellKind
from placeplan.disclosure.refusing import AlreadyProtectedError
from placeplan.disclosure.rule import DisclosureRule

WITHHOLDING = [rule for rule in read_rules().rules if rule.withholds]
ZERO_TOO = read_rules()["hes-before-2018"].model_copy(update={"id": "zero-too", "lowest": 0})
RULES = st.sampled_from([*WITHHOLDING, ZERO_TOO])


def protected(case: Case, rule: DisclosureRule) -> ProtectedTable:
    return protect(case.frame, dimensions=case.dimensions, count="people", rule=rule, totals=case.totals)


@pytest.mark.parametrize("whole", [True, False])
@given(case=tables(), rule=RULES)
def test_no_small_number_can_be_solved_back(case: Case, rule: DisclosureRule, whole: bool) -> None:
    lowest, highest = rule.small
    for key, (least, most) in possible(protected(case, rule), case, whole=whole).items():
        number = truth(case, key)
        assert least <= number <= most
        if lowest <= number <= highest:
            assert most - least + 1 >= rule.needed_values, (key, number, least, most)


@given(of_sizes(3, 2, counts=st.integers(1, 3)), RULES)
def test_tables_of_nothing_but_small_numbers(case: Case, rule: DisclosureRule) -> None:
    for key, (least, most) in possible(protected(case, rule), case, whole=True).items():
        if truth(case, key) <= rule.small[1]:
            assert most - least + 1 >= rule.needed_values


@given(tables(), RULES)
def test_every_small_number_is_withheld_and_what_is_shown_is_true(case: Case, rule: DisclosureRule) -> None:
    lowest, highest = rule.small
    for row in protected(case, rule).frame.to_dicts():
        number = truth(case, tuple(row[name] for name in case.dimensions))
        if lowest <= number <= highest:
            assert row["people"] is None
            assert row["shown"] in {rule.symbol, rule.secondary_symbol}
        least, most = bounds_of(row, rule, count="people")
        assert least <= number <= most


@given(tables(), RULES)
def test_nothing_is_withheld_where_nothing_is_small(case: Case, rule: DisclosureRule) -> None:
    found = protected(case, rule)
    kinds = set(found.frame["disclosure"])
    if CellKind.PRIMARY.value not in kinds:
        assert found.audit.secondary == 0
        assert not found.audit.rows


@given(tables(), RULES)
def test_a_rule_is_never_applied_twice(case: Case, rule: DisclosureRule) -> None:
    found = protected(case, rule)
    with pytest.raises(AlreadyProtectedError, match="never applied twice"):
        protect(found, dimensions=case.dimensions, count="people", rule=rule)
    with pytest.raises(AlreadyProtectedError, match=rule.id):
        protect(found.frame, dimensions=case.dimensions, count="people", rule=rule)


@given(tables(), RULES)
def test_the_audit_counts_what_the_table_shows(case: Case, rule: DisclosureRule) -> None:
    found = protected(case, rule)
    hidden = found.frame["people"].null_count()
    assert found.audit.numbers == found.frame.height
    assert found.audit.shown == found.frame.height - hidden
    assert found.audit.primary + found.audit.secondary == hidden == len(found.audit.rows)
    assert sum(margin.primary + margin.secondary for margin in found.audit.by_margin) == hidden
