"""Writes the segment matrix of a run into a plan, as its table ``people/segments.csv``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.segments.protected_tables import ALL, MARKER, PER_HEAD
from placeplan.app.segments.reporting import PERIOD, STATUS, SegmentReport
from placeplan.app.segments.scaled_tables import (
    PEOPLE_FACTOR,
    SCALED_PEOPLE,
    SCALED_PER_HEAD,
    SCALED_SPEND,
    SPEND_FACTOR,
)
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.plan.folder import read_plan
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.tables import SegmentCell, SegmentStatus
from placeplan.plan.writing import table_text
from placeplan.reports.files import write_files
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE
from placeplan.segments.schemes import Scheme
from placeplan.segments.segmenting import AGE_BAND, SEGMENT

TABLE = next(table for table in TABLES if table.row is SegmentCell)
EVERYBODY = "Everybody"


@dataclass(frozen=True)
class PlanLink:
    """A plan that the matrix of a run will be written to."""

    folder: Path
    plan: Plan

    @classmethod
    def to(cls, folder: Path) -> "PlanLink":
        """Open a plan, before anything is worked out.

        Raises:
            InputError: it cannot be read, or it is a workbook.
        """
        if folder.is_file():
            message = "segments can be written to the folder of a plan only, and this is a file"
            mend = "Import the workbook to a folder first: placeplan workbook import."
            raise InputError([Problem(Location(str(folder)), message, "the folder of a plan", mend)])
        return cls(folder, read_plan(folder))

    def write(self, report: SegmentReport, scheme: Scheme) -> int:
        """Write the matrix; rows of other schemes and periods stay. How many rows the table then has.

        Raises:
            InputError: the table cannot be written.
        """
        rows = list(plan_rows(report, scheme))
        new = {(row.scheme, row.period) for row in rows}
        kept = [row for row in self.plan.segments if (row.scheme, row.period) not in new]
        text = table_text(TABLE, [*kept, *rows], plan_years=self.plan.header.years)
        file = self.folder / TABLE.path
        write_files(file.parent, {file.name: text.encode()})
        return len(kept) + len(rows)


def plan_rows(report: SegmentReport, scheme: Scheme) -> Iterator[SegmentCell]:
    """The rows of the matrix, in the order of the scheme; scaled where the dataset says to what."""
    titles = {one.id: one.title for one in scheme.segments} | {ALL: EVERYBODY}
    segments = {name: place for place, name in enumerate((*scheme.segment_ids, ALL))}
    bands = {name: place for place, name in enumerate((*scheme.age_band_ids, ALL))}
    order = [
        PERIOD,
        pl.col(SEGMENT).replace_strict(segments, return_dtype=pl.Int64),
        pl.col(AGE_BAND).replace_strict(bands, return_dtype=pl.Int64),
    ]
    for row in report.matrix.sort(order).iter_rows(named=True):
        yield _row(row, scheme=scheme.id, title=titles[row[SEGMENT]], source=_source(report, row[MARKER]))


def _source(report: SegmentReport, rule: str) -> str:
    dataset = report.provenance["dataset"]
    return f"{dataset['title']}; agreement {dataset['agreement']}; extract of {dataset['extracted']}; rule {rule}"


def _row(row: dict[str, Any], *, scheme: str, title: str, source: str) -> SegmentCell:
    """One row. Scaled numbers stand there only where both people and spend are scaled, so that they fit together."""
    scaled = row.get(SCALED_PEOPLE) is not None and row.get(SCALED_SPEND) is not None
    people, spend, per_head = (SCALED_PEOPLE, SCALED_SPEND, SCALED_PER_HEAD) if scaled else (PEOPLE, SPEND, PER_HEAD)
    return SegmentCell(
        scheme=scheme,
        period=row[PERIOD],
        segment=row[SEGMENT],
        title=title,
        age_band=row[AGE_BAND],
        people=_number(row[people], "{:,}"),
        people_factor=_number(row.get(PEOPLE_FACTOR), "{:.4f}") if scaled else None,
        spend=_pounds(row[spend]),
        spend_factor=_number(row.get(SPEND_FACTOR), "{:.4f}") if scaled else None,
        per_head=_pounds(row[per_head]),
        status=SegmentStatus(row[STATUS]),
        source=source,
    )


def _pounds(pence: int | None) -> PrintedNumber | None:
    if pence is None:
        return None
    pounds, rest = divmod(abs(pence), 100)
    return parse_printed(f"{'-' if pence < 0 else ''}{pounds:,}.{rest:02d}")


def _number(value: float | None, form: str) -> PrintedNumber | None:
    return None if value is None else parse_printed(form.format(value))
