"""Counts, on a million synthetic people, that everybody is in exactly one segment and that not a penny is lost."""

import tempfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import polars as pl

from benchmarks.segments.synthetic import write_records
from benchmarks.segments.the_job import PERIOD, scheme, segmented_people
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.results import COUNTED, Dimension
from placeplan.segments.scaling import scaled

MOST_DIMENSIONS = 3
# The shares of people and spend that were linked in Kent in 2017, as the document prints them.
LINKED_PEOPLE, LINKED_SPEND = 54, 30


def conserve(people: int, *, say: Callable[[str], None]) -> None:
    """Make records, put everybody in a segment, and stop at the first sum that is not what it must be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_records(folder, people=people)
        with DuckDBEngine(temporary=folder) as engine:
            found = segmented_people(folder, engine)
            sql = engine.connection.sql
            rows, keys, filled = _row(engine.fetched(found.people), scheme().segment_ids)
            _must(f"{rows:,} rows, {keys:,} keys, {filled:,} placed", holds=rows == keys == filled == people)
            say(f"{people:,} people: each in exactly one of {len(scheme().segments)} segments")
            every = sql(
                f"SELECT count(*), sum(coalesce(bed_days, 0))::BIGINT, sum(cost_pence)::BIGINT FROM "
                f"'{folder}/activity.parquet' WHERE date BETWEEN DATE '{PERIOD.first}' AND DATE '{PERIOD.last}'"
            ).fetchall()[0]
            outside = found.outside().row(0)
            inside = (people, *(whole - left for whole, left in zip(every, outside, strict=True)))
            ways = [
                way
                for size in range(1, MOST_DIMENSIONS + 1)
                for way in combinations([one for one in Dimension if one is not Dimension.SETTING], size)
            ]
            for way in ways:
                table = found.table(way)
                _must(f"by {way}", holds=tuple(table.select(pl.col(COUNTED).sum()).row(0)) == inside)
                _scaled_adds_up(table, inside)
            say(f"{len(ways)} tables: people, events, bed days and pence add up to {inside}, outside {outside}")
            say(
                f"{len(ways)} tables: scaled from {LINKED_PEOPLE}% of people and {LINKED_SPEND}% of spend, to the penny"
            )
            settings = found.table_by_setting([Dimension.SEGMENT, Dimension.SETTING])
            _must("by setting", holds=tuple(settings.select(pl.col(COUNTED[1:]).sum()).row(0)) == inside[1:])
            say("by segment and setting: the same")


def _row(people: pl.DataFrame, segments: tuple[str, ...]) -> tuple[int, int, int]:
    return people.height, people["person_key"].n_unique(), int(people["segment"].is_in(list(segments)).sum())


def _scaled_adds_up(table: pl.DataFrame, inside: tuple[int, ...]) -> None:
    for column, linked, share in (("people", inside[0], LINKED_PEOPLE), ("spend_pence", inside[-1], LINKED_SPEND)):
        whole = linked * 100 // share
        found = scaled(table[column].to_list(), ["all"] * table.height, wholes={"all": (whole, "made up")})
        _must(f"{column} scaled", holds=sum(found.figures) == whole)


def _must(words: str, *, holds: bool) -> None:
    if not holds:
        raise SystemExit(f"not conserved: {words}")
