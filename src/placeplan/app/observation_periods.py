"""Periods of observations: each different text is read once, and rows with a text that is no period are remarked on."""

import re
from collections.abc import Mapping

import polars as pl

from placeplan.app.observation_columns import FREQUENCY, TEXT
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.layouts import PeriodOf
from placeplan.datasets.reading import LISTED, ReadTable
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import InputError, Location, Place, Problem
from placeplan.kernel.spans import Frequency, Span, parse_span

_SCHEMA = {
    TEXT: pl.String(), FREQUENCY: pl.String(), "period": pl.String(), "starts": pl.Date(), "ends": pl.Date(),
    "reason": pl.String(),
}  # fmt: skip
NO_LENGTH = "the length of the period is not known"
MEND_LENGTH = "Fill the column 'frequency', or use the identifier of a measure that Placeplan knows."


def with_periods(frame: pl.DataFrame, period: PeriodOf, *, read: ReadTable) -> tuple[pl.DataFrame, list[Remark]]:
    """The rows with ``period``, ``starts`` and ``ends``; and a remark for each row whose period cannot be read."""
    different = frame.select(TEXT, FREQUENCY).unique().rows()
    spans = pl.DataFrame([_span_row(text, frequency) for text, frequency in different], schema=_SCHEMA, orient="row")
    joined = frame.join(spans, on=[TEXT, FREQUENCY], how="left", nulls_equal=True, maintain_order="left")
    bad = joined.filter(pl.col("reason").is_not_null())
    remarks = [] if bad.is_empty() else _remarks(bad, period, read=read)
    return joined.filter(pl.col("reason").is_null()).drop("reason", TEXT), remarks


_IN_NAME = {
    Frequency.CALENDAR_YEAR: re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", re.ASCII),
    Frequency.FINANCIAL_YEAR: re.compile(r"(?<!\d)(?:19|20|21)\d{2}[-_]\d{2}(?!\d)", re.ASCII),
}


def period_in_name(name: str, frequency: Frequency) -> str:
    """The one period that stands in the name of a file whose rows do not say theirs.

    Raises:
        InputError: there is none, or there are several.
    """
    found = sorted({match[0] for match in _IN_NAME[frequency].finditer(name)})
    if len(found) == 1:
        return found[0].replace("_", "-")
    message = "the rows of this file do not say their period, and neither does its name"
    if found:
        message = f"the name of this file holds several periods: {', '.join(found)}"
    mend = "Put the period of the rows in the name of the file, once."
    raise InputError([Problem(Location(name), message, frequency.expected, mend)])


def with_known_lengths(frame: pl.DataFrame, lengths: Mapping[str, Frequency]) -> pl.DataFrame:
    """The rows with the length of period of their measure where the file says none."""
    known = (
        pl.col("measure")
        .str.to_lowercase()
        .replace_strict(
            {name.lower(): length.value for name, length in lengths.items()}, default=None, return_dtype=pl.String
        )
    )
    return frame.with_columns(pl.coalesce(FREQUENCY, known).alias(FREQUENCY))


def _span_row(text: str | None, frequency: str | None) -> tuple[object, ...]:
    try:
        span = _span(text, frequency)
    except ValueError as error:
        return text, frequency, None, None, None, str(error)
    return text, frequency, span.text, span.starts, span.ends, None


def _span(text: str | None, frequency: str | None) -> Span:
    if text is None:
        raise ValueError("there is no period")
    if frequency is None:
        raise ValueError(NO_LENGTH)
    try:
        length = Frequency(frequency)
    except ValueError as error:
        raise ValueError(f"'{frequency}' is no length of a period; there are {', '.join(Frequency)}") from error
    return parse_span(text, frequency=length)


def _remarks(bad: pl.DataFrame, period: PeriodOf, *, read: ReadTable) -> list[Remark]:
    """A remark for each of the first rows, and one for the rest."""
    heading = next(iter(period.reads), "")
    unique = bad.unique(LINE, maintain_order=True)
    remarks = []
    for line, reason in unique.select(LINE, "reason").head(LISTED).rows():
        at = Place(read.file, line, read.headings).at(heading)
        mend = MEND_LENGTH if reason == NO_LENGTH else ""
        remarks.append(Remark(RemarkKind.UNREADABLE, Problem(at, reason, "", mend)))
    if unique.height > LISTED:
        rest = unique.height - LISTED
        more = Problem(Place(read.file, 0).at(heading), f"{rest} more rows have no period that can be read")
        remarks.append(Remark(RemarkKind.UNREADABLE, more, rest))
    return remarks
