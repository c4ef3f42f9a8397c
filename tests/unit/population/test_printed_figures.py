"""Printed figures of population that the others bear out, contradict, or say nothing about."""

import pytest

from placeplan.kernel.printed import Verdict, parse_printed
from placeplan.plan.tables import Observation, ObservationStatus
from placeplan.population.printed_figures import printed_checks

INCREASE, SHARE = "resident-population-increase", "resident-population-increase-share"


def row(indicator: str, period: str, value: str) -> Observation:
    read = parse_printed(value)
    assert read is not None
    return Observation(
        indicator=indicator,
        title="People",
        area="West",
        period=period,
        numerator=None,
        denominator=None,
        value=read,
        unit=None,
        status=ObservationStatus.ESTIMATE,
        source="page 1",
    )


def levels(first: str, last: str) -> list[Observation]:
    return [row("resident-population", "2015", first), row("resident-population", "2035", last)]


@pytest.mark.parametrize(
    ("printed", "verdict"), [("18.0%", Verdict.WITHIN_ROUNDING), ("20%", Verdict.EXACT), ("21%", Verdict.FAILS)]
)
def test_a_printed_per_cent_is_held_against_its_levels(printed: str, verdict: Verdict) -> None:
    last = "118,049" if printed == "18.0%" else "120,000"
    (check,) = printed_checks([*levels("100,000", last), row(SHARE, "2015 to 2035", printed)])
    assert check.verdict is verdict


def test_from_nobody_there_is_no_per_cent_to_check() -> None:
    rows = [*levels("0", "500"), row(INCREASE, "2015 to 2035", "500"), row(SHARE, "2015 to 2035", "100%")]
    assert [check.row.indicator for check in printed_checks(rows)] == [INCREASE]


def test_nothing_follows_from_a_fall_to_nobody() -> None:
    rows = [
        row(INCREASE, "2015 to 2020", "-500"),
        row(SHARE, "2015 to 2020", "-100%"),
        row(INCREASE, "2015 to 2035", "50"),
        row(SHARE, "2015 to 2035", "10%"),
    ]
    assert list(printed_checks(rows)) == []
