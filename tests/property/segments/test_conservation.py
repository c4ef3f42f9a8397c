"""Nobody and no penny is lost: every table adds up to the same, and what is left out is shown beside it."""

import itertools
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import PERIOD
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.features import Features
from placeplan.segments.results import Dimension, by_setting, matrix, outside, placed
from placeplan.segments.schemes import Scheme, needed_for
from placeplan.segments.segmenting import segmented

DEFINITIONS = read_definitions()
TABLES = large_records(DEFINITIONS, people=1_000, seed=11)
TABLES["areas"] = [{"small_area": f"E0100000{n}", "area": f"A{n % 2}", "deprivation_decile": n} for n in (1, 2)]
TABLES["practices"] = [{"practice": "G82001", "cluster": "North"}]
COUNTED = ["people", "events", "bed_days", "spend_pence"]
WAYS = [way for size in (1, 2, 3) for way in itertools.combinations([d for d in Dimension if d != "setting"], size)]


def answers(scheme: Scheme, engine: DuckDBEngine | PolarsEngine) -> tuple[Any, dict[str, Any]]:
    frames = frames_of(TABLES, engine)
    features = Features(needed_for([scheme], DEFINITIONS))
    people = features.of_people(frames, PERIOD, engine=engine)
    return engine.kept(placed(segmented(people, scheme, markers=features.markers), frames, period=PERIOD)), frames


@pytest.mark.parametrize("scheme", read_schemes(), ids=lambda scheme: scheme.id)
def test_every_table_adds_up_to_the_same(scheme: Scheme) -> None:
    engine = PolarsEngine()
    people, frames = answers(scheme, engine)
    rows = engine.fetched(people)
    inside = [row for row in TABLES["activity"] if PERIOD.first <= row["date"] <= PERIOD.last]
    keys = set(rows["person_key"])
    wanted = (len(rows), *sums(row for row in inside if row["person_key"] in keys))
    for way in WAYS:
        table = engine.fetched(matrix(people, way))
        assert tuple(table.select(pl.col(COUNTED).sum()).row(0)) == wanted, way
    settings = engine.fetched(by_setting(people, frames["activity"], period=PERIOD, by=[Dimension.SETTING]))
    assert tuple(settings.select(pl.col(COUNTED[1:]).sum()).row(0)) == wanted[1:]
    left_out = engine.fetched(outside(people, frames["activity"], period=PERIOD)).row(0)
    assert tuple(map(sum, zip(wanted[1:], left_out, strict=True))) == sums(inside)


def sums(rows: Any) -> tuple[int, int, int]:
    found = [(1, row["bed_days"] or 0, row["cost_pence"]) for row in rows]
    return tuple(sum(column) for column in zip(*found, strict=True))  # type: ignore[return-value]


def test_both_engines_give_the_same_table_row_for_row() -> None:
    scheme = next(one for one in read_schemes() if one.id == "bridges-to-health")
    by = [Dimension.SEGMENT, Dimension.AGE_BAND, Dimension.SEX, Dimension.DEPRIVATION, Dimension.CLUSTER]
    polars = PolarsEngine()
    wanted = polars.fetched(matrix(answers(scheme, polars)[0], by)).rows()
    with DuckDBEngine(threads=1) as engine:
        assert engine.fetched(matrix(answers(scheme, engine)[0], by)).rows() == wanted
    assert len(wanted) > 100


def test_place_that_is_not_known_is_shown_as_such() -> None:
    engine = PolarsEngine()
    people, _ = answers(read_schemes()[0], engine)
    clusters = engine.fetched(matrix(people, [Dimension.CLUSTER]))["cluster"].to_list()
    deciles = engine.fetched(matrix(people, [Dimension.DEPRIVATION]))["deprivation_decile"].to_list()
    assert clusters == ["North", "unknown"]
    assert deciles == ["1", "2", "unknown"]


def test_only_what_is_asked_for_gives_the_same_segments() -> None:
    engine = PolarsEngine()
    for scheme in read_schemes():
        lean, frames = answers(scheme, engine)
        full = Features(DEFINITIONS)
        every = segmented(full.of_people(frames, PERIOD, engine=engine), scheme, markers=full.markers)
        columns = ["person_key", "segment", "rule", "age_band"]
        told = [engine.fetched(frame.select(*columns).sort("person_key")) for frame in (lean, every)]
        assert told[0].equals(told[1])


def test_setting_is_not_of_people() -> None:
    with pytest.raises(ValueError, match="use by_setting"):
        matrix(nw.from_native(pl.LazyFrame({"setting": ["x"]})), [Dimension.SETTING])
