"""A plan as the texts that a person writes: read by Placeplan in the usual way, and by the slow version row by row."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO

from placeplan.documents.yaml_reading import read_yaml
from placeplan.finance.computing import FinanceResult, compute_finance
from placeplan.plan.assembly import Parts, assemble
from placeplan.plan.grid import Grid
from placeplan.plan.model import Plan
from placeplan.rounds.reader import read_round

HEADER = """
format: 1
id: written
title: A plan
place: Somewhere
organisation: {{name: An area team, type: {body}}}
round: {round}
years: [{years}]
money: {money}
services:
"""
SERVICE = "  - {{id: {id}, name: {name}, rules: {id}, carry_forward: {{{carry}}}}}\n"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """Services with their carry rules by year, the years, and the rows of each table as texts."""

    services: Mapping[str, Mapping[str, str]]
    years: tuple[str, ...]
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    round_id: str = "2014-15"
    body: str = "area-team"
    money: str = "GBP thousand"

    def rows(self, table: str) -> tuple[Row, ...]:
        return self.tables.get(f"finance/{table}.csv", ())

    def having(self, table: str, rows: Iterable[Row]) -> "Written":
        return replace(self, tables={**self.tables, f"finance/{table}.csv": tuple(rows)})

    def plan(self) -> Plan:
        grids = {path: _grid(path, _csv(rows)) for path, rows in self.tables.items() if rows}
        return assemble(Parts(header=read_yaml(self.header(), "plan.yaml"), grids=grids))

    def header(self) -> str:
        head = HEADER.format(body=self.body, round=self.round_id, years=", ".join(self.years), money=self.money)
        return head + "".join(
            SERVICE.format(
                id=name,
                name=name.replace("-", " ").capitalize(),
                carry=", ".join(f"{year}: {rule}" for year, rule in carry.items()),
            )
            for name, carry in self.services.items()
        )

    def computed(self) -> FinanceResult:
        return compute_finance(self.plan(), read_round(self.round_id))


def written(services: Iterable[str] = ("primary-care",), years: Iterable[str] = ("2014-15", "2015-16")) -> Written:
    return Written({name: {} for name in services}, tuple(years))


def table(text: str, **fixed: str) -> tuple[Row, ...]:
    """Rows from a table laid out with bars, its headings first; ``fixed`` adds columns that are the same in each."""
    headings, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return tuple({**fixed, **dict(zip(headings, row, strict=True))} for row in rows)


def _csv(rows: tuple[Row, ...]) -> str:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _grid(path: str, text: str) -> Grid:
    headings, *records = csv.reader(StringIO(text, newline=""))
    return Grid(path, 1, tuple(headings), list(enumerate(records, start=2)))
