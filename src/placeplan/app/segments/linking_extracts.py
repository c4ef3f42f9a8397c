"""Links rows without identifiers to people, through the engine, and writes the tables of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw

from placeplan.app.segments.definitions import read_contract
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.hiding_identifiers import RECENCY
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.privacy.jobs import PEOPLE, REGISTRATIONS, Source
from placeplan.segments.privacy.linking import (
    NUMBER,
    OUTCOME,
    PASS,
    Linkage,
    NumberStatus,
    Outcome,
    candidates,
    linked,
)
from placeplan.segments.privacy.reports import RowsOfOutcome

COST = "cost_pence"
COMPARED_OF_PEOPLE = ("birth_month", "sex")
TOLD_OF_PEOPLE = ("birth_month", "death_month", "sex", "small_area")


@dataclass(frozen=True)
class StagedSource:
    """An extract without identifiers: what it was, and the files of its rows."""

    source: Source
    rows: tuple[Path, ...]


@dataclass(frozen=True)
class Written:
    """What became of the rows that were linked or not, and of the people."""

    outcomes: tuple[RowsOfOutcome, ...]
    people: int
    disagreeing: dict[str, int]


def write_linked(
    staged: Sequence[StagedSource], people: Sequence[Path], *, out: Path, linkage: Linkage, engine: DuckDBEngine
) -> Written:
    """Link every row, and write what is kept as Parquet: a folder a table, a file a source.

    Args:
        staged: extracts without identifiers.
        people: what passes compare with.
        out: a new folder.
        linkage: the passes.
        engine: spills into its own temporary folder, which then holds keyed hashes and no identifiers.
    """
    found = engine.kept(candidates(_read(engine, people)))
    outcomes: list[RowsOfOutcome] = []
    listed: list[Frame] = []
    for number, one in enumerate(staged):
        told = linked(_read(engine, one.rows), found, linkage=linkage)
        outcomes += _counted(told, one.source.name, engine=engine)
        kept = told.filter(nw.col(OUTCOME).is_in([outcome.value for outcome in Outcome if outcome.kept]))
        kept = kept.drop(PERSON_KEY).rename({"belongs_to": PERSON_KEY})
        if one.source.is_list:
            listed.append(kept.select(PERSON_KEY, RECENCY, *TOLD_OF_PEOPLE))
            kept = kept.unique([*read_contract()[REGISTRATIONS].names], keep="any") if _registers(one) else kept
        table = REGISTRATIONS if one.source.is_list else one.source.table
        if table != REGISTRATIONS or _registers(one):
            _write(kept, table, number=number, out=out)
    told_of = engine.kept(_people(listed))
    _write(told_of, PEOPLE, number=0, out=out)
    return _with_people(tuple(outcomes), told_of, engine=engine)


def _registers(one: StagedSource) -> bool:
    return one.source.tells_registrations


def _read(engine: DuckDBEngine, files: Sequence[Path]) -> Frame:
    return nw.from_native(engine.connection.read_parquet([str(file) for file in files]))


def _counted(told: Frame, source: str, *, engine: DuckDBEngine) -> list[RowsOfOutcome]:
    """Rows and their cost by what became of them."""
    cost = nw.col(COST) if COST in told.collect_schema().names() else nw.lit(0)
    sums = (
        told.with_columns(pence=cost).group_by(NUMBER, OUTCOME, PASS).agg(nw.len().alias("rows"), nw.col("pence").sum())
    )
    found = engine.fetched_rows(sums.select(NUMBER, OUTCOME, PASS, "rows", "pence"))
    return [
        RowsOfOutcome(source, NumberStatus(number), Outcome(outcome), decided_by, int(rows), int(pence or 0))
        for number, outcome, decided_by, rows, pence in found
    ]


def _people(listed: Sequence[Frame]) -> Frame:
    """One row a person: what the latest row of a list says, and where it says nothing, what another does."""
    rows = nw.concat(listed)
    spread = [nw.col(name).min().alias(f"least_{name}") for name in TOLD_OF_PEOPLE]
    spread += [nw.col(name).max().alias(f"most_{name}") for name in TOLD_OF_PEOPLE]
    latest = rows.group_by(PERSON_KEY).agg(nw.col(RECENCY).max(), *spread)
    found = latest.join(rows, on=[PERSON_KEY, RECENCY], how="left").unique([PERSON_KEY], keep="any")
    filled = [nw.coalesce(nw.col(name), nw.col(f"most_{name}")).alias(name) for name in TOLD_OF_PEOPLE]
    differs = [
        nw.when(nw.col(f"least_{name}") < nw.col(f"most_{name}"))
        .then(nw.lit(1))
        .otherwise(nw.lit(0))
        .alias(f"differs_{name}")
        for name in COMPARED_OF_PEOPLE
    ]
    return found.with_columns(*filled, *differs)


def _with_people(outcomes: tuple[RowsOfOutcome, ...], people: Frame, *, engine: DuckDBEngine) -> Written:
    sums = [nw.col(f"differs_{name}").sum() for name in COMPARED_OF_PEOPLE]
    (counted,) = engine.fetched_rows(people.select(nw.len().alias("people"), *sums))
    number, *differing = (int(each or 0) for each in counted)
    disagreeing = {name: found for name, found in zip(COMPARED_OF_PEOPLE, differing, strict=True) if found}
    return Written(outcomes, number, disagreeing)


def _write(frame: Frame, table: str, *, number: int, out: Path) -> None:
    folder = out / table
    folder.mkdir(parents=True, exist_ok=True)
    columns = frame.select(*read_contract()[table].names).to_native()
    columns.write_parquet(str(folder / f"part-{number:03d}.parquet"))
