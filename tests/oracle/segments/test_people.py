"""The one expression gives each person what somebody with the papers in hand would give."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import PERIOD, Tables, records
from tests.oracle.segments.slow import alternative_holds, slow_people, slow_segment
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.features import Features, flag_column, tenths_column
from placeplan.segments.membership import Membership
from placeplan.segments.published_lists import WeightedList, hospital_frailty_list, weighted_list
from placeplan.segments.schemes import Alternative
from placeplan.segments.segmenting import segmented

DEFINITIONS = read_definitions()
SCHEMES = read_schemes()
CHARLSON = DEFINITIONS.scores[0]
CODES = {"diab": "E109", "diabwc": "E102", "mld": "K70", "msld": "K704", "metacanc": "C77", "canc": "C"}
WEIGHTS = {"diab": 1, "diabwc": 2, "mld": 1, "msld": 3, "metacanc": 6, "canc": 2}
POINTS = {"F00": "7.1", "S72": "1.4", "W19": "5.0", "R54": "2.9", "Z00": "0.8"}
LISTS = (
    weighted_list(
        CHARLSON,
        codes=[(CHARLSON.scheme, name, code) for name, code in CODES.items()],
        weights=[(CHARLSON.scheme, CHARLSON.weighting, name, Decimal(points)) for name, points in WEIGHTS.items()],
    ),
    hospital_frailty_list(
        DEFINITIONS.hospital_frailty, points=[(code, Decimal(points)) for code, points in POINTS.items()]
    ),
)
EXTRA = [*CODES.values(), *POINTS]
PEOPLE, SEED = 1_500, 6
AnyEngine = DuckDBEngine | PolarsEngine


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDBEngine]:
    with DuckDBEngine(threads=1) as engine:
        yield engine


def check(tables: Tables, engine: AnyEngine, *, lists: tuple[WeightedList, ...], membership: Membership) -> None:
    """Compare every person, under every scheme."""
    features = Features(DEFINITIONS, lists, membership)
    people = engine.kept(features.of_people(frames_of(tables, engine), PERIOD, engine=engine))
    wanted = slow_people(tables, definitions=DEFINITIONS, lists=lists, period=PERIOD, membership=membership)
    for scheme in SCHEMES:
        rows = engine.fetched(segmented(people, scheme, markers=features.markers)).to_dicts()
        found = {row["person_key"]: told(row, features) for row in rows}
        assert len(found) == len(rows), "a person stands in two segments"
        assert found == {key: one | slow_segment(one, scheme) for key, one in wanted.items()}


def told(row: dict[str, Any], features: Features) -> dict[str, Any]:
    """A row in the words of the oracle."""
    places = features.markers.places
    had = {one.id for one in DEFINITIONS.conditions if places[one.id].is_set(row[places[one.id].word])}
    plain = ("practice", "sex", "small_area", "age", "events", "bed_days", "spend_pence", "segment", "rule", "age_band")
    return {name: row[name] for name in plain} | {
        "conditions": had,
        "long_term": row["long_term_conditions"],
        "scores": {one.id: row[tenths_column(one.id)] for one in features.lists},
        "flags": {flag.id for flag in DEFINITIONS.flags if row[flag_column(flag.id)]},
        "frailty": row["frailty_level"],
    }


@given(
    tables=records(DEFINITIONS, EXTRA),
    membership=st.sampled_from(Membership),
    lists=st.sampled_from([(), LISTS]),
    without=st.sets(st.sampled_from(["measures", "care_packages"])),
)
@settings(max_examples=30)
def test_few_people_on_polars(
    tables: Tables, membership: Membership, lists: tuple[WeightedList, ...], without: set[str]
) -> None:
    there = {name: rows for name, rows in tables.items() if name not in without}
    check(there, PolarsEngine(), lists=lists, membership=membership)


@given(tables=records(DEFINITIONS, EXTRA, most=30), membership=st.sampled_from(Membership))
@settings(max_examples=5)
def test_more_people_on_duckdb(duckdb: DuckDBEngine, tables: Tables, membership: Membership) -> None:
    check(tables, duckdb, lists=LISTS, membership=membership)


@pytest.mark.parametrize("name", ["duckdb", "polars"])
@pytest.mark.parametrize("membership", Membership)
def test_thousands_of_people(name: str, membership: Membership, duckdb: DuckDBEngine) -> None:
    engine = duckdb if name == "duckdb" else PolarsEngine()
    check(large_records(DEFINITIONS, people=PEOPLE, seed=SEED), engine, lists=LISTS, membership=membership)


def test_both_engines_do_without_the_tables_that_may_be_missing(duckdb: DuckDBEngine) -> None:
    tables = large_records(DEFINITIONS, people=300, seed=7)
    needed = {name: tables[name] for name in ("people", "registrations", "diagnoses", "activity")}
    for engine in (duckdb, PolarsEngine()):
        check(needed, engine, lists=(), membership=Membership.ON_ANY_DAY)


def test_every_operation_of_a_rule_decides_for_somebody_and_against_somebody() -> None:
    """A meta-test: whatever a rule can ask is asked, and both answers occur, in the records that are compared."""
    tables = large_records(DEFINITIONS, people=PEOPLE, seed=SEED)
    everyone = slow_people(
        tables, definitions=DEFINITIONS, lists=LISTS, period=PERIOD, membership=Membership.ON_ANY_DAY
    ).values()
    met = {name: {True: 0, False: 0} for name in Alternative.model_fields}
    deciding: set[tuple[str, str]] = set()
    for scheme in SCHEMES:
        deciding |= {(scheme.id, slow_segment(person, scheme)["rule"]) for person in everyone}
        for name, alone in each_alone(scheme.alternatives):
            for person in everyone:
                met[name][alternative_holds(alone, person)] += 1
    assert all(count for answers in met.values() for count in answers.values()), met
    assert deciding == {(scheme.id, rule.id) for scheme in SCHEMES for rule in scheme.rules}


def each_alone(alternatives: Sequence[Alternative]) -> Iterator[tuple[str, Alternative]]:
    """Each test of each alternative, alone."""
    for one in alternatives:
        for name in Alternative.model_fields:
            if getattr(one, name):
                yield name, Alternative().model_copy(update={name: getattr(one, name)})
