"""Ratios of practices and their limits agree with people taken one by one, and hold as often as they say."""

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from statistics import NormalDist, fmean, variance
from typing import Any

import pytest
from tests.oracle.segments.people_frames import AnyEngine, people_frame, random_people
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import PERIOD
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.practice_variation import MIX, event_groups, event_sums
from placeplan.segments.variance_explained import Sums, cost_sums, cost_sums_of
from placeplan.segments.variation_limits import standardised_ratios

PEOPLE = random_people(2_000, seed=4)
SETTING = "emergency-admission"
Person = dict[str, Any]


@pytest.fixture(scope="module", params=["duckdb", "polars"])
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    if request.param == "polars":
        yield PolarsEngine()
    else:
        with DuckDBEngine(threads=1) as duckdb:
            yield duckdb


def events_of(people: list[Person]) -> list[Person]:
    """Admissions within the year and around it, and events in another setting."""
    chance = random.Random(9)
    days = [PERIOD.first - timedelta(1), PERIOD.first, PERIOD.last, PERIOD.last + timedelta(1)]
    return [
        {
            "person_key": chance.choice([person["person_key"], "nobody"]), "date": chance.choice(days),
            "setting": chance.choice([SETTING, SETTING, "outpatient"]), "point_of_delivery": None, "provider": None,
            "event": f"{person['person_key']}-{number}", "bed_days": None, "cost_pence": 100,
        }
        for person in people
        for number in range(chance.choice([0, 0, 1, 5]))
    ]  # fmt: skip


def alike(person: Person) -> tuple[str, ...]:
    return person["segment"], person["age_band"], person["sex"]


def check(found: Any, values: dict[str, int]) -> None:
    """Compare each practice with what its people say one by one."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person in PEOPLE:
        groups[alike(person)].append(values[person["person_key"]])
    deviate = NormalDist().inv_cdf(0.975)
    for one in standardised_ratios(found):
        own = [person for person in PEOPLE if person["practice"] == one.practice]
        expected = math.fsum(fmean(groups[alike(person)]) for person in own)
        spread = math.sqrt(math.fsum(variance(group) for person in own if len(group := groups[alike(person)]) > 1))
        observed = sum(values[person["person_key"]] for person in own)
        assert (one.people, one.observed) == (len(own), observed)
        assert one.expected == pytest.approx(expected)
        assert one.ratio == pytest.approx(observed / expected)
        assert one.upper == pytest.approx((observed + deviate * spread) / expected)
        assert one.lower == pytest.approx(max(0.0, (observed - deviate * spread) / expected))


def test_admissions_of_each_practice_and_their_limits(engine: AnyEngine) -> None:
    rows = events_of(PEOPLE)
    activity = frames_of({"activity": rows}, engine)["activity"]
    frame = event_sums(people_frame(PEOPLE, engine), activity, period=PERIOD, setting=SETTING)
    values = dict.fromkeys((person["person_key"] for person in PEOPLE), 0)
    for row in rows:
        if row["setting"] == SETTING and PERIOD.first <= row["date"] <= PERIOD.last and row["person_key"] in values:
            values[row["person_key"]] += 1
    assert sum(values.values())
    check(event_groups(engine.fetched_rows(frame)), values)


def test_spend_of_each_practice_and_its_limits(engine: AnyEngine) -> None:
    sums = cost_sums_of(engine.fetched_rows(cost_sums(people_frame(PEOPLE, engine), MIX[1:])))
    check(sums.cost, {person["person_key"]: person["spend_pence"] for person in PEOPLE})


def test_expected_adds_up_to_observed() -> None:
    groups = {name: {("a",): Sums(3, total, total**2)} for name, total in (("P1", 9), ("P2", 2), ("P3", 0))}
    found = standardised_ratios(groups)
    assert math.fsum(one.expected for one in found) == pytest.approx(sum(one.observed for one in found))


def test_limits_hold_what_is_expected_for_nineteen_practices_of_twenty() -> None:
    """Where nothing but chance tells practices apart, skewed costs and repeated admissions included."""
    chance = random.Random(17)
    practices = {}
    for number in range(1_500):
        costs = [chance.lognormvariate(6 + place % 2, 1) for place in range(400)]
        halves = [[round(cost) for cost in costs[place::2]] for place in range(2)]
        practices[f"P{number}"] = {
            (f"group {place}",): Sums(len(own), sum(own), sum(cost * cost for cost in own))
            for place, own in enumerate(halves)
        }
    inside = [one.lower <= 1 <= one.upper for one in standardised_ratios(practices)]
    assert 0.935 < sum(inside) / len(inside) < 0.965


def test_nothing_expected_gives_no_ratio_and_a_level_outside_of_its_range_is_refused() -> None:
    nothing = {"P1": {("a",): Sums(5, 0, 0)}}
    assert standardised_ratios(nothing)[0].ratio is None
    with pytest.raises(ValueError, match="more than 0 and less than 1"):
        standardised_ratios(nothing, confidence=1.0)
