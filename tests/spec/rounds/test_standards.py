"""What each round asks of an indicator on a day: the standing standard and the milestone, each in its own column."""

from datetime import date

import pytest

from placeplan.rounds.reader import read_round
from placeplan.rounds.standards import Direction, Scope

# round  | indicator                    | on         | standard | milestone due by then | next
LEVELS = """
2014-15  | ae-4-hours                   | 2015-03-31 | 95       |      |
2016-17  | ae-4-hours                   | 2017-03-31 | 95       |      |
2017-19  | ae-4-hours                   | 2018-08-31 | 95       |      | 90
2017-19  | ae-4-hours                   | 2018-09-30 | 95       | 90   | 95
2017-19  | ae-4-hours                   | 2019-03-31 | 95       | 95   |
2024-25  | ae-4-hours                   | 2025-03-31 | 95       | 78   |
2025-26  | ae-4-hours                   | 2026-03-31 | 95       | 78   |
2026-29  | ae-4-hours                   | 2026-09-30 | 95       |      | 82
2026-29  | ae-4-hours                   | 2029-03-31 | 95       | 85   |
2025-26  | rtt-18-weeks                 | 2026-03-31 | 92       | 65   |
2026-29  | rtt-18-weeks                 | 2027-03-31 | 92       | 70   | 92
2024-25  | rtt-65-weeks                 | 2024-09-30 |          | 0    |
2025-26  | rtt-52-weeks                 | 2026-03-31 |          | 1    |
2017-19  | rtt-list-size                | 2019-03-31 |          | 100  |
2024-25  | cancer-62-days               | 2025-03-31 | 85       | 70   |
2025-26  | cancer-62-days               | 2026-03-31 | 85       | 75   |
2026-29  | cancer-31-days               | 2029-03-31 | 96       | 96   |
2024-25  | cancer-28-days               | 2025-03-31 | 75       | 77   |
2026-29  | cancer-28-days               | 2026-04-30 | 80       | 80   |
2024-25  | diagnostics-6-weeks          | 2025-03-31 | 99       | 95   |
2025-26  | ambulance-category-2         | 2026-03-31 | 18       | 30   |
2016-17  | talking-therapies-6-weeks    | 2017-03-31 | 75       |      |
2016-17  | talking-therapies-18-weeks   | 2017-03-31 | 95       |      |
2016-17  | early-intervention-psychosis | 2016-03-31 |          |      | 50
2016-17  | early-intervention-psychosis | 2016-04-01 | 50       | 50   | 50
2017-19  | early-intervention-psychosis | 2018-12-31 | 50       | 53   | 56
2016-17  | dementia-diagnosis           | 2017-03-31 | 67       |      |
2025-26  | dementia-diagnosis           | 2026-03-31 | 66.7     |      |
2026-29  | community-18-weeks           | 2029-03-31 |          | 80   |
2026-29  | urgent-community-response    | 2027-03-31 | 2        |      |
2014-15  | EF2                          | 2015-03-31 | 93       |      |
2014-15  | EF26                         | 2015-03-31 | 80       |      |
2014-15  | EF1                          | 2015-03-31 |          |      |
2014-15  | EF28                         | 2015-03-31 |          |      |
"""
UNCONFIRMED = {
    "rounds/standards/ambulance-category-2/constitutional_standard/1",
    "rounds/standards/urgent-community-response/constitutional_standard/1",
    "rounds/standards/dementia-diagnosis/constitutional_standard/2",
}


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def level(value):
    return "" if value is None else str(value.value)


@pytest.mark.parametrize(("round_id", "indicator", "day", "standing", "milestone", "ahead"), rows(LEVELS))
def test_the_levels_of_an_indicator_on_a_day(round_id, indicator, day, standing, milestone, ahead):
    on = date.fromisoformat(day)
    standard = read_round(round_id).standard(indicator, on)
    found = (level(standard.constitutional()), level(standard.milestone_at(on)), level(standard.next_milestone(on)))
    assert found == (standing, milestone, ahead)


def test_less_is_better_for_waits_in_minutes_and_people():
    planning_round = read_round("2025-26")
    for indicator in ("ambulance-category-2", "rtt-52-weeks", "urgent-community-response"):
        assert planning_round.standard(indicator).direction is Direction.AT_MOST


def test_each_trust_has_a_milestone_of_its_own_beside_the_national_one():
    standard = read_round("2026-29").standard("rtt-18-weeks")
    trust = standard.milestone_at(date(2027, 3, 31), Scope.ORGANISATION)
    assert (trust.value, trust.change) == (65, 7)
    assert standard.milestone_at(date(2027, 3, 31)).value == 70


def test_a_milestone_belongs_to_the_round_that_set_it():
    assert read_round("2014-15").standard("ae-4-hours").national_milestones == ()


def test_a_local_trajectory_is_named_and_never_held_here():
    standard = read_round("2014-15").standard("EF28")
    assert standard.local_trajectory == "in-the-plan"
    assert "421" in standard.note
    assert standard.constitutional() is None
    assert standard.threshold() is None


def test_a_milestone_is_not_a_standard():
    """78% by March 2025 is a step on the way; 95% stays the standard."""
    standard = read_round("2024-25").standard("ae-4-hours")
    assert (standard.constitutional().value, standard.milestone_at(date(2025, 3, 31)).value) == (95, 78)


@pytest.mark.parametrize("path", sorted(UNCONFIRMED))
def test_levels_that_nobody_read_are_marked(path):
    found = {value.path for value in read_round("2025-26").unconfirmed()}
    assert path in found


def test_the_accident_and_emergency_milestones_of_2026_29_are_unconfirmed():
    milestones = read_round("2026-29").standard("ae-4-hours").national_milestones
    assert [milestone.confirmed for milestone in milestones] == [False, False]


@pytest.mark.parametrize(
    ("service", "codes"),
    [
        ("public-health", [f"EF{n}" for n in range(1, 29) if n not in (18, 24)]),
        ("health-and-justice", ["EG1", "EG2", "EG3", "EG4"]),
        ("primary-care", [f"ED{n}" for n in range(1, 14) if n != 4]),
    ],
)
def test_the_indicators_of_direct_commissioning_by_service(service, codes):
    """The plan prints no EF18, EF24 or ED4, and EG2 without its code."""
    standards = read_round("2014-15").standards
    assert [standard.id for standard in standards if standard.service == service] == codes


def test_levels_are_held_only_where_a_source_prints_one():
    printed = [one.id for one in read_round("2014-15").standards if one.constitutional() and one.id[0] == "E"]
    assert printed == ["EF2", "EF26"]


@pytest.mark.parametrize(
    ("round_id", "improving"),
    [("2014-15", ["ED1", "ED2", "ED3"]), ("2016-17", ["rtt-18-weeks"]), ("2025-26", [])],
)
def test_improvement_is_asked_for_only_where_a_source_says_so(round_id, improving):
    assert [one.id for one in read_round(round_id).standards if one.improvement_required] == improving


def test_the_price_uplift_of_2025_26_was_raised_after_the_pay_awards_and_backdated():
    planning_round = read_round("2025-26")
    (year,) = planning_round.years

    def uplift(as_at):
        return str(planning_round.price_factors_for(year, as_at)[0].percent)

    assert uplift(date(2025, 3, 1)) == "4.15"
    assert uplift(date(2025, 4, 1)) == "4.83"
    assert uplift(None) == "4.83"


def test_the_nine_must_dos_of_2016_17_point_at_known_indicators():
    planning_round = read_round("2016-17")
    assert [must_do.number for must_do in planning_round.must_dos] == list(range(1, 10))
    for must_do in planning_round.must_dos:
        assert all(planning_round.has_standard(indicator) for indicator in must_do.indicators)


def test_no_must_dos_are_made_up():
    for round_id in ("2014-15", "2015-16", "2017-19", "2024-25", "2025-26", "2026-29"):
        assert read_round(round_id).must_dos == ()


def test_five_domains_and_seven_ambitions():
    planning_round = read_round("2014-15")
    assert len(planning_round.outcome_domains) == 5
    assert len(planning_round.outcome_ambitions) == 7
    known = {domain.id for domain in planning_round.outcome_domains}
    assert all(set(ambition.domains) <= known for ambition in planning_round.outcome_ambitions)
