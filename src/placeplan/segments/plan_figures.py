"""Figures of the segments that a plan holds: people, spend and spend per head of each cell."""

import re
from collections.abc import Iterable, Iterator

from placeplan.kernel.figures import CellReference, Figure, Input
from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.tables import SegmentCell

PEOPLE, SPEND, PER_HEAD = "people", "spend", "per_head"
UNITS = {PEOPLE: "people", SPEND: str(MoneyUnit.GBP), PER_HEAD: f"{MoneyUnit.GBP} per head"}
WORDS = {PEOPLE: "people", SPEND: "spend", PER_HEAD: "spend per head"}
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def segment_figure_id(row: SegmentCell, measure: str) -> str:
    """Identifier of a figure: ``people.segments.kent-2017.2015-16.dementia.70-and-over.per-head``."""
    band = row.age_band.replace("+", " and over")
    parts = ("people", "segments", row.scheme, row.period, row.segment, band, measure)
    return ".".join(_NOT_PLAIN.sub("-", part.lower()).strip("-") for part in parts)


def segment_figures(rows: Iterable[SegmentCell]) -> Iterator[Figure]:
    """A figure for each number that is not withheld."""
    for row in rows:
        for measure in UNITS:
            number: PrintedNumber | None = getattr(row, measure)
            if number is not None:
                yield _figure(row, measure, number=number)


def _figure(row: SegmentCell, measure: str, *, number: PrintedNumber) -> Figure:
    given = Input("as written", number.value, CellReference(row.place, measure), number.value)
    label = f"{row.title}, {row.age_band}, {row.period}: {WORDS[measure]}"
    formula = f"from the records of {row.status.value} people" if row.status.value == "synthetic" else "from records"
    return Figure(
        segment_figure_id(row, measure), label, number.value, UNITS[measure], formula, (given,), number.tolerance
    )
