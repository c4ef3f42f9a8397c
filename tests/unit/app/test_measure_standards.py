"""The level that the rounds ask of a measure on a day, and how it changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from placeplan.app.measure_definitions import read_measures
from placeplan.app.measure_standards import StandingLevel, level_on, levels_between
from placeplan.indicators.measures import Measure

FIRST, LAST = date(2013, 1, 1), date(2030, 12, 31)
with_level = pytest.mark.parametrize(
    "measure",
    [one for one in read_measures().measures if levels_between(one, first=FIRST, last=LAST)],
    ids=lambda measure: measure.id,
)


def _on(measure: str, day: str) -> StandingLevel:
    level = level_on(read_measures()[measure], date.fromisoformat(day))
    assert level is not None
    return level


def test_constitutional_standard_goes_before_a_milestone() -> None:
    level = _on("ae-4-hours", "2026-03-31")  # 78% is the milestone of that day
    assert level.value == 95
    assert level.words == "at least 95%, constitutional standard (round 2025-26)"
    assert level.rule.reference.startswith("Nuffield Trust")
    assert level.confirmed
    assert not level.carried


def test_standard_changes_within_a_year() -> None:
    assert _on("cancer-28-days", "2026-03-30").value == 75
    assert _on("cancer-28-days", "2026-03-31").value == 80
    assert not _on("cancer-28-days", "2026-03-31").confirmed


def test_without_a_standing_standard_the_milestone_in_force_or_the_next_is_asked_for() -> None:
    before, after = _on("rtt-65-weeks", "2024-05-01"), _on("rtt-65-weeks", "2024-10-01")
    assert before.basis == after.basis == "national milestone due on 2024-09-30"
    assert before.value == 0
    assert _on("community-18-weeks", "2026-04-01").words == (
        "at least 80%, national milestone due on 2029-03-31 (round 2026-29)"
    )


def test_year_of_two_rounds_belongs_to_the_later_one_that_knows_the_measure() -> None:
    assert _on("ae-4-hours", "2015-06-01").round_id == "2015-16"
    assert _on("EF26", "2015-06-01").round_id == "2014-15"


def test_level_between_two_rounds_that_agree_is_carried_on_and_sure() -> None:
    level = _on("ae-4-hours", "2021-06-01")
    assert (level.value, level.round_id, level.carried, level.confirmed) == (95, "2017-19", True, True)


def test_level_that_no_later_round_repeats_is_carried_on_and_unconfirmed() -> None:
    assert not _on("dementia-diagnosis", "2021-06-01").confirmed  # 67, and 66.7 in the next round
    level = _on("EF26", "2019-06-01")
    assert level.words == "at least 80%, standard of the technical guidance (round 2014-15, carried on; UNCONFIRMED)"


@pytest.mark.parametrize(
    ("measure", "day"),
    [
        ("ae-4-hours", date(2013, 6, 1)),  # before every round
        ("rtt-65-weeks", date(2025, 6, 1)),  # a milestone is not carried on
        ("EF1", date(2014, 6, 1)),  # the round prints no level
        ("EG1", date(2014, 6, 1)),
        ("bed-occupancy-general-acute", date(2024, 6, 1)),  # no round speaks of it
    ],
)
def test_no_level_is_made_up(measure: str, day: date) -> None:
    assert level_on(read_measures()[measure], day) is None


@with_level
def test_steps_say_of_every_day_what_is_asked_on_that_day(measure: Measure) -> None:
    steps = levels_between(measure, first=FIRST, last=LAST)
    for days in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=days)
        held = [step.level for step in steps if step.first <= day <= step.last]
        expected = level_on(measure, day)
        assert held == ([] if expected is None else [expected])


def test_steps_begin_and_end_with_the_days_asked_about() -> None:
    [only] = levels_between(read_measures()["rtt-18-weeks"], first=date(2016, 5, 1), last=date(2016, 5, 1))
    assert (only.first, only.last, only.level.value) == (date(2016, 5, 1), date(2016, 5, 1), Decimal(92))
    assert levels_between(read_measures()["smoking-prevalence-qof"], first=FIRST, last=LAST) == ()


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="lies before the first"):
        levels_between(read_measures()["ae-4-hours"], first=LAST, last=FIRST)
