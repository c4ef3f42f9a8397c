"""What a synthetic dataset says of itself: its description, its page to read, and its columns as frames."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from placeplan.segments.contract import Column, Kind, Table
from placeplan.segments.synthetic.arrays import Rows, Texts, Wholes
from placeplan.segments.synthetic.blocks import World

Key = TypeVar("Key")
FOREVER = date(2099, 12, 31)
_TYPES = {Kind.NUMBER: pl.Float64, Kind.WHOLE: pl.Int32, Kind.PENCE: pl.Int64, Kind.DATE: pl.Date, Kind.MONTH: pl.Date}


@dataclass(frozen=True)
class Written:
    """Rows written to each table, and the tally of everybody who was made up.

    ``people``: by year. ``pence``: by year and setting. ``files``: the size of each file, by its name in the folder.
    """

    rows: dict[str, int]
    people: dict[str, int] = field(default_factory=dict)
    pence: dict[tuple[str, str], int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> "Written":
        """What ``document`` gave."""
        pence = {(year, setting): sum_ for year, setting, sum_ in document["pence"]}
        return cls(document["rows"], document["people"], pence, document["files"])

    def document(self) -> dict[str, Any]:
        """The same as lists, texts and whole numbers."""
        pence = [[*key, sum_] for key, sum_ in self.pence.items()]
        return {"rows": self.rows, "people": self.people, "pence": pence, "files": self.files}

    def stands_in(self, folder: Path) -> bool:
        """Whether every file is there, as large as it was written."""
        sizes = {name: folder / name for name in self.files}
        return all(file.is_file() and file.stat().st_size == self.files[name] for name, file in sizes.items())

    def with_block(self, block: "Written") -> "Written":
        """With what another block wrote."""
        return Written(
            rows=_summed(self.rows, block.rows),
            people=_summed(self.people, block.people),
            pence=_summed(self.pence, block.pence),
            files=self.files | block.files,
        )


def _summed(first: dict[Key, int], second: dict[Key, int]) -> dict[Key, int]:
    return {key: first.get(key, 0) + second.get(key, 0) for key in (first | second)}


def frame_of(rows: Rows, table: Table) -> pl.DataFrame:
    """The columns of a table, in the order and with the types of the contract."""
    return pl.DataFrame([_series(column, rows) for column in table.columns])


def _series(column: Column, rows: Rows) -> pl.Series:
    values: Any = rows[column.name]
    if isinstance(values, Texts):
        labels = pl.Series(column.name, list(values.labels), dtype=pl.String)
        return labels.gather(pl.Series(values.codes))
    if isinstance(values, Wholes):
        numbers = pl.Series(column.name, values.values).cast(_TYPES[column.kind])
        if values.blank is None or not values.blank.any():
            return numbers
        return numbers.set(pl.Series(values.blank), None)
    return pl.Series(column.name, values).cast(_TYPES[column.kind])


def description_of(world: World, whole: Written) -> str:
    """``dataset.yaml``: everything that a dataset must say before it loads, and that it is made up."""
    run, place = world.run, world.place
    lines = [
        f"# SYNTHETIC. Seed {run.seed}, {run.people} people on {run.first_day}. {place.source}.",
        f"title: {_quoted(f'SYNTHETIC people of {place.title}, {run.names[0]} to {run.names[-1]}')}",
        "purpose: Testing, teaching and demonstration. No person in it exists.",
        "lawful_basis:",
        f"  - {_quoted('None is needed: the records are made up and are about nobody')}",
        "agreement:",
        f"  reference: {_quoted('None is needed: synthetic records')}",
        f"  signed: {run.first_day}",
        f"  ends: {FOREVER}",
        f"controller: {_quoted('Nobody: synthetic records made by Placeplan')}",
        "opt_outs: not-required",
        "opt_outs_note: The records are made up; nobody can opt out of them.",
        f"extracted: {run.last_day}",
        "synthetic: true",
        *_accounts(whole),
        "",
    ]
    return "\n".join(lines)


def _accounts(whole: Written) -> Iterator[str]:
    """People on lists and spend of everybody who was made up, against which what is here can be scaled."""
    source = _quoted("synthetic: everybody who was made up")
    yield "registered_lists:"
    for year, people in sorted(whole.people.items()):
        yield f"  - {{year: {_quoted(year)}, people: {people}, source: {source}}}"
    yield "accounts:"
    for (year, setting), pence in sorted(whole.pence.items()):
        if pence:
            yield f"  - {{year: {_quoted(year)}, setting: {setting}, spend_pence: {pence}, source: {source}}}"


def _quoted(words: str) -> str:
    """Words as YAML reads them whatever stands in them: a JSON string is one."""
    return json.dumps(words, ensure_ascii=False)


def read_me(world: World, rows: dict[str, int]) -> str:
    """The page that stands in the folder."""
    run, place = world.run, world.place
    lines = [
        f"# SYNTHETIC: {place.title}",
        "",
        "No person in this folder exists. Placeplan made every record up, with random numbers from a seed and",
        "models of its own. Do not use it to say anything about the health of a place.",
        "",
        f"- People on the lists on {run.first_day}: {run.people:,}. Births and people who move in come on top.",
        f"- Years: {', '.join(run.names)}. Seed: {run.seed}. Blocks: {run.blocks}.",
        *(f"- {table}: {count:,} rows." for table, count in rows.items()),
        *(f"- {note}" for note in notes_of(world)),
        "",
        "The same place, people, years and seed give the same rows.",
        "",
    ]
    return "\n".join(lines)


def notes_of(world: World) -> tuple[str, ...]:
    """Where the people live, what their use of services was fitted to, and what was asked to be wrong with it."""
    published = "published rates for adults, the model's own for children" if world.published else "the model's own"
    notes = [f"Where they live: {world.place.source}.", f"Rates of hospital activity: {published}."]
    if world.flowing < 1:
        notes.append(f"Practices with about {world.flowing:.0%} of people send records; dataset.yaml has the whole.")
    if world.untidy:
        notes.append("Untidy on purpose: one code in ten has a dot or small letters.")
    return tuple(notes)
