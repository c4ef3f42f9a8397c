"""Observed and planned values as figures, and printed values against their own counts."""

from decimal import Decimal

import pytest

from placeplan.indicators.in_plans.observing import observed_figures, reconciled_observations
from placeplan.indicators.in_plans.trajectories import trajectory_figures
from placeplan.indicators.naming import observed_id, performance_id, slug
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import Verdict, parse_printed
from placeplan.plan.cells import parse_cell
from placeplan.plan.tables import Observation, Trajectory
from placeplan.rounds.reader import read_round

YEAR = FinancialYear(2014)


def _observation(**texts: str) -> Observation:
    numbers = {name: parse_printed(texts.pop(name)) for name in ("numerator", "denominator", "value") if name in texts}
    empty = {"title": None, "numerator": None, "denominator": None, "value": None, "unit": None, "status": None}
    named = {"indicator": "rate", "area": "Kent & Medway", "period": "2012/13", "source": "Table 1", **texts}
    return Observation(**{**empty, **named, **numbers})


def _trajectory(indicator: str, cell: str, unit: str | None = "per cent") -> Trajectory:
    return Trajectory(
        indicator=indicator,
        area=None,
        service=None,
        title="Coverage",
        unit=unit,
        planned={YEAR: parse_cell(cell) if cell else None},
        position=None,
        exception=None,
        source=None,
    )


def test_identifiers() -> None:
    assert slug("NHS  West Kent (CCG)") == "nhs-west-kent-ccg"
    assert observed_id("EF26", "Kent & Medway", period="2012/13") == "observed.ef26.kent-medway.2012-13"
    assert observed_id("EF26", "Kent", period=None) == "observed.ef26.kent"
    assert performance_id("EF26", None, year=YEAR, measure="gap") == "performance.ef26.2014-15.gap"
    assert performance_id("EF26", "Kent", year=YEAR, measure="gap") == "performance.ef26.kent.2014-15.gap"


def test_printed_value_is_taken_before_the_counts() -> None:
    [figure] = observed_figures([_observation(numerator="215", denominator="262", value="85%")])
    assert (figure.value, figure.unit) == (Decimal(85), "per cent")


def test_counts_give_a_value_where_none_is_printed() -> None:
    [figure] = observed_figures([_observation(numerator="215", denominator="262")])
    assert figure.value is not None
    assert round(figure.value, 2) == Decimal("82.06")
    assert [given.origin.heading for given in figure.inputs] == ["numerator", "denominator"]


def test_first_of_two_values_is_taken_and_rows_without_any_are_left_out() -> None:
    rows = [_observation(), _observation(value="12"), _observation(value="13")]
    assert [figure.value for figure in observed_figures(rows)] == [Decimal(12)]


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        ({"numerator": "215", "denominator": "262", "value": "85%"}, Verdict.FAILS),
        ({"numerator": "215", "denominator": "262", "value": "82%"}, Verdict.WITHIN_ROUNDING),
        ({"numerator": "1", "denominator": "4", "value": "25%"}, Verdict.EXACT),
        ({"numerator": "31", "denominator": "2,000", "value": "15.5", "unit": "per 1,000"}, Verdict.EXACT),
        ({"numerator": "2", "denominator": "3", "value": "0.67", "unit": "share"}, Verdict.WITHIN_ROUNDING),
        ({"numerator": "1.2", "denominator": "4.8", "value": "25.5%"}, Verdict.WITHIN_ROUNDING),
    ],
)
def test_reconciled_observations(texts: dict[str, str], verdict: Verdict) -> None:
    [found] = reconciled_observations([_observation(**texts)])
    assert found.verdict is verdict


def test_nothing_to_reconcile_without_counts_or_with_nobody() -> None:
    rows = [_observation(value="85%"), _observation(numerator="2", denominator="0", value="85%")]
    assert not list(reconciled_observations(rows))


def test_planned_standard_and_gap() -> None:
    planned, standard, gap = trajectory_figures([_trajectory("EF26", "77%")], read_round("2014-15"))
    assert [figure.id.rsplit(".", 1)[1] for figure in (planned, standard, gap)] == ["planned", "standard", "gap"]
    assert (planned.value, standard.value, gap.value) == (Decimal(77), Decimal(80), Decimal(-3))
    assert sum(given.share or 0 for given in gap.inputs) == gap.value
    assert not gap.leans_on


def test_gap_says_that_its_standard_is_unconfirmed() -> None:
    round_2016 = read_round("2016-17")
    unsure = [
        one.id
        for one in round_2016.standards
        if one.constitutional_standard and not one.constitutional_standard[-1].confirmed
    ]
    for indicator in unsure:
        *_, gap = trajectory_figures([_trajectory(indicator, "50%")], round_2016)
        assert gap.leans_on


def test_no_standard_and_no_number() -> None:
    rows = [_trajectory("local-measure", "77%"), _trajectory("EF26", "tbc"), _trajectory("EF25", "")]
    assert [figure.id for figure in trajectory_figures(rows, read_round("2014-15"))] == [
        "performance.local-measure.2014-15.planned"
    ]


def test_codes_are_matched_letter_for_letter() -> None:
    assert len(list(trajectory_figures([_trajectory("ef26", "77%")], read_round("2014-15")))) == 1
