"""Identifiers of figures, and which lines count as spent once."""

import pytest
from tests.oracle.finance.written import table, written

from placeplan.finance.bridge import carries
from placeplan.finance.measures import Measure, figure_id, provider_figure_id
from placeplan.finance.service_lines import is_non_recurrent, lines_by_service
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import CarryRule
from placeplan.plan.tables import BridgeStep

YEAR = FinancialYear(2014)


def test_identifiers() -> None:
    assert figure_id("primary-care", YEAR, measure=Measure.TOTAL) == "finance.primary-care.2014-15.total"
    assert (
        provider_figure_id("west-kent", YEAR, provider="mtw", measure=BridgeStep.OUTTURN)
        == "finance.west-kent.2014-15.provider.mtw.outturn"
    )


@pytest.mark.parametrize(
    ("rule", "surplus", "deficit"),
    [
        (CarryRule.BOTH, True, True),
        (CarryRule.NEITHER, False, False),
        (CarryRule.SURPLUS, True, False),
        (CarryRule.DEFICIT, False, True),
    ],
)
def test_what_a_rule_carries(rule: CarryRule, surplus: bool, deficit: bool) -> None:
    assert (carries(rule, positive=True), carries(rule, positive=False)) == (surplus, deficit)


@pytest.mark.parametrize(
    ("step", "recurrent", "once"),
    [
        ("investment", "", False),
        ("investment", "yes", False),
        ("investment", "no", True),
        ("headroom", "", True),
        ("headroom", "yes", False),
        ("contingency", "no", True),
        ("efficiency-scheme", "no", True),
        ("outturn", "no", False),
        ("part-year-effect", "no", False),
        ("non-recurrent", "no", False),
    ],
)
def test_which_movements_do_not_go_on(step: str, recurrent: str, once: bool) -> None:
    lines = [{"service": "primary-care", "line": "A", "step": step, "recurrent": recurrent, "2014-15": "1"}]
    (line,) = written(years=["2014-15"]).having("lines", lines).plan().lines
    assert is_non_recurrent(line) is once


def test_lines_of_a_service_are_sorted_by_step_and_provider() -> None:
    lines = table("""
        service | provider | line     | step       | recurrent | starts  | 2014-15
        a       | mtw      | Outturn  | outturn    |           |         | 1
        a       |          | Clinic   | investment | no        |         | 1
        a       | mtw      | Growth   | investment |           | 2014-10 | 1
        a       | mtw      | Reserve  | contingency | no       |         | 1
        b       |          | Outturn  | outturn    |           |         | 1
        """)
    found = lines_by_service(written(("a", "b", "c"), ["2014-15"]).having("lines", lines).plan())
    assert list(found) == ["a", "b", "c"]
    assert [line.line for line in found["a"].by_step[BridgeStep.INVESTMENT]] == ["Clinic", "Growth"]
    assert list(found["a"].by_provider["mtw"]) == ["outturn", "investment", "contingency"]
    assert [line.line for line in found["a"].spent_once] == ["Clinic"]
    assert [line.line for line in found["a"].other_non_recurrent] == ["Reserve"]
    assert [line.line for line in found["a"].starting] == ["Growth"]
    assert (found["b"].any, found["c"].any) == (True, False)
