"""Moves between two years from the engines agree with people taken one by one, and give the next year to the person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.people_frames import AnyEngine
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import Tables
from tests.oracle.segments.slow import slow_people, slow_segment
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.following_rules import read_pooling_rules
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period
from placeplan.segments.segmenting import segmented
from placeplan.segments.transition_rates import year_of_moves
from placeplan.segments.transitions import Transitions, moves_between, transitions_of

EARLIER = Period("2015-16", date(2015, 4, 1), date(2016, 3, 31))
LATER = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
DEFINITIONS = read_definitions()
RULES = read_pooling_rules()
SCHEME = next(scheme for scheme in read_schemes() if scheme.id == "kent-2017")
FEATURES = Features(DEFINITIONS, (), Membership.ON_LAST_DAY)
TABLES = large_records(DEFINITIONS, people=1_000, seed=9)


@pytest.fixture(scope="module", params=["duckdb", "polars"])
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    if request.param == "polars":
        yield PolarsEngine()
    else:
        with DuckDBEngine(threads=1) as duckdb:
            yield duckdb


@pytest.fixture(scope="module")
def found(engine: AnyEngine) -> Transitions:
    """The moves of everybody."""
    frames = frames_of(TABLES, engine)
    old, new = (
        segmented(FEATURES.of_people(frames, period, engine=engine), SCHEME, markers=FEATURES.markers)
        for period in (EARLIER, LATER)
    )
    rows = engine.fetched_rows(moves_between(old, new, people=frames["people"], earlier=EARLIER, later=LATER))
    return transitions_of(rows, SCHEME)


def one_by_one(tables: Tables) -> Counter:
    """The way that each person went."""
    found: Counter = Counter()
    old, new = (slow_snapshot(tables, period) for period in (EARLIER, LATER))
    for person in tables["people"]:
        key, born, died = (person[name] for name in ("person_key", "birth_month", "death_month"))
        if key in old or key in new:
            way_in = "born" if born and born > EARLIER.last else "arrived"
            way_out = "died" if died and died <= LATER.last else "left"
            band, segment = old.get(key, (None, way_in))
            found[(person["sex"], band, segment, *new.get(key, (None, way_out)))] += 1
    return found


def slow_snapshot(tables: Tables, period: Period) -> dict[str, tuple[str, str]]:
    people = slow_people(tables, definitions=DEFINITIONS, lists=(), period=period, membership=Membership.ON_LAST_DAY)
    told = {key: slow_segment(person, SCHEME) for key, person in people.items()}
    return {key: (one["age_band"], one["segment"]) for key, one in told.items()}


def test_every_person_goes_one_way(found: Transitions) -> None:
    wanted = one_by_one(TABLES)
    assert all(found.went(way) for way in ("born", "arrived", "died", "left"))
    assert {
        (one.sex, one.from_age_band, one.from_segment, one.to_age_band, one.to_segment): one.people
        for one in found.moves
    } == wanted
    assert found.counts().sum() == sum(wanted.values())
    assert found.before == len(slow_snapshot(TABLES, EARLIER))
    assert found.after == len(slow_snapshot(TABLES, LATER))
    assert found.after == found.before + sum(map(found.went, ("born", "arrived"))) - sum(
        map(found.went, ("died", "left"))
    )


def test_parts_by_sex_and_age_add_up_to_the_whole(found: Transitions) -> None:
    parts = [found.counts(sex=sex, age_band=band) for sex in found.sexes for band in found.age_bands]
    np.testing.assert_array_equal(sum(parts), found.counts())


def test_the_rates_of_a_year_lead_from_before_to_after_to_the_person(found: Transitions) -> None:
    year = year_of_moves(found, RULES.model_copy(update={"fewest_people": 1}))
    again = year.forecast(1, initial=year.before)
    np.testing.assert_allclose(again.population[1], year.after, atol=1e-9)
    assert year.after.sum() == found.after
    assert year.forecast(5).discrepancy < 1e-9


def test_pooled_rates_still_keep_the_number_of_people_in_balance(found: Transitions) -> None:
    year = year_of_moves(found, RULES)
    assert any(row.note == "rates of all ages" for row in year.pooled)
    assert any(row.note == "rates of all ages and both sexes" for row in year.pooled)
    np.testing.assert_allclose(year.moves.sum(axis=1), 1)
    assert year.forecast(3).discrepancy < 1e-9
