"""No small number of a protected table can be worked out from everything that is published."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.disclosure.attacker import bounds_of, possible, truth
from tests.property.disclosure.small_tables import Case, of_sizes, tables

from placeplan.app.disclosure_rules import read_rules
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.refusing import AlreadyProtectedError
from placeplan.disclosure.rule import DisclosureRule

WITHHOLDING = [rule for rule in read_rules().rules if rule.withholds]
ZERO_TOO = read_rules()["hes-before-2018"].model_copy(update={"id": "zero-too", "lowest": 0})
RULES = st.sampled_from([*WITHHOLDING, ZERO_TOO])


def protected(case: Case, rule: DisclosureRule) -> ProtectedTable:
    return protect(case.frame, dimensions=case.dimensions, count="people", rule=rule, totals=case.totals)


@settings(max_examples=settings.default.max_examples // 2)
@given(tables(), RULES)
def test_no_small_number_can_be_solved_back(case: Case, rule: DisclosureRule) -> None:
    solve_back(case, protected(case, rule))


@settings(max_examples=settings.default.max_examples // 6)
@given(of_sizes(2, 2, counts=st.integers(1, 3)), RULES)
def test_tables_of_nothing_but_small_numbers(case: Case, rule: DisclosureRule) -> None:
    solve_back(case, protected(case, rule))


def solve_back(case: Case, found: ProtectedTable) -> None:
    """The attack: whole numbers leave a reader less room than fractions, so it is the stronger one."""
    lowest, highest = found.rule.small
    for key, (least, most) in possible(found, case, whole=True).items():
        number = truth(case, key)
        assert least <= number <= most
        if lowest <= number <= highest:
            assert most - least + 1 >= found.rule.needed_values, (key, number, least, most)


@settings(max_examples=settings.default.max_examples // 6)
@given(tables(), RULES)
def test_linear_programming_solves_nothing_back_either(case: Case, rule: DisclosureRule) -> None:
    for key, (least, most) in possible(protected(case, rule), case, whole=False).items():
        if rule.small[0] <= truth(case, key) <= rule.small[1]:
            assert most - least + 1 >= rule.needed_values


@settings(max_examples=settings.default.max_examples // 2)
@given(tables(), RULES)
def test_every_small_number_is_withheld_and_what_is_shown_is_true(case: Case, rule: DisclosureRule) -> None:
    lowest, highest = rule.small
    found = protected(case, rule)
    anything_small = False
    for row in found.frame.to_dicts():
        number = truth(case, tuple(row[name] for name in case.dimensions))
        if lowest <= number <= highest:
            anything_small = True
            assert row["people"] is None
        least, most = bounds_of(row, rule, count="people")
        assert least <= number <= most
    hidden = found.frame["people"].null_count()
    assert anything_small or not hidden, "nothing is withheld where nothing is small"
    assert found.audit.numbers - found.audit.shown == hidden == found.audit.primary + found.audit.secondary
    assert sum(margin.primary + margin.secondary for margin in found.audit.by_margin) == hidden


@settings(max_examples=settings.default.max_examples // 6)
@given(tables(), RULES)
def test_a_rule_is_never_applied_twice(case: Case, rule: DisclosureRule) -> None:
    found = protected(case, rule)
    for again in (found, found.frame):
        with pytest.raises(AlreadyProtectedError, match="never applied twice"):
            protect(again, dimensions=case.dimensions, count="people", rule=rule)
