"""The columns of a public file turned into the columns of observations, as its layout says."""

from collections.abc import Iterator

import polars as pl

from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.layouts import CountOf, ObservationLayout, PeriodOf
from placeplan.datasets.reading import COLUMN, ReadTable
from placeplan.indicators.observed.observations import Status
from placeplan.kernel.spans import Frequency

HUNDRED = 100
SLACK = 1e-9  # binary fractions: 94.3 per cent of 1,000 is not quite 943
EVERYBODY = ("persons", "all", "all ages")
TEXT, FREQUENCY = "period_text", "frequency"
WORKED_BACK = "worked_back"
NAME_PERIOD = "period_in_the_name_of_the_file"
_HELD = "held"


def observed_rows(read: ReadTable, layout: ObservationLayout, *, name_period: str = "") -> pl.DataFrame:
    """The rows that a layout takes out of a table, with columns of observations, the text of their period, and whether
    a numerator was worked back from a percentage that leaves it open. ``name_period`` is the period in the name of the
    file, for a layout that has it there.
    """
    source = _kept(_with_every_column(read.frame, layout), layout).with_columns(pl.lit(name_period).alias(NAME_PERIOD))
    held = read.suppressed.filter(pl.col(COLUMN).is_in(layout.numbers)).select(LINE).unique()
    source = source.with_columns(pl.col(LINE).is_in(held[LINE].implode()).alias(_HELD))
    parts = [_part(source, layout, column=column, name=name) for column, name in layout.categories.items()]
    frame = pl.concat(_without_held(parts, read, layout=layout)) if parts else _part(source, layout)
    measured = frame.filter(pl.col("measure").is_not_null()) if layout.gives else frame
    return measured.sort(LINE, maintain_order=True).drop(_HELD)


def key_rows(frame: pl.DataFrame, layout: ObservationLayout) -> pl.DataFrame:
    """The key of rows that were set aside, as far as it could be read."""
    source = _kept(_with_every_column(frame, layout), layout, lenient=True)
    return source.select(_texts(source, layout))


def _with_every_column(frame: pl.DataFrame, layout: ObservationLayout) -> pl.DataFrame:
    """The table with a column of nothing for each optional one that the file does not have."""
    absent = [name for name in layout.reads if name not in frame.columns]
    kinds = {name: pl.Float64() if name in layout.numbers else pl.String() for name in absent}
    return frame.with_columns(pl.lit(None, dtype=kinds[name]).alias(name) for name in absent)


def _kept(frame: pl.DataFrame, layout: ObservationLayout, *, lenient: bool = False) -> pl.DataFrame:
    """The rows that count; ``lenient`` keeps a row whose cell could not be read, too."""
    for name, texts in layout.only.items():
        frame = frame.filter(pl.col(name).cast(pl.String).is_in(texts).fill_null(value=lenient))
    for name, texts in layout.leave_out.items():
        frame = frame.filter(~pl.col(name).cast(pl.String).is_in(texts).fill_null(value=False))
    return frame


def _part(source: pl.DataFrame, layout: ObservationLayout, *, column: str = "", name: str = "") -> pl.DataFrame:
    """Observations of the whole layout, or of the one category that stands in a column."""
    counts = layout.model_copy(update={"numerator": CountOf(column=column)}) if column else layout
    rows = source.filter(pl.col(column).is_not_null() | pl.col(_HELD)) if column else source
    category = [pl.lit(name).alias("category")] if column else []
    return rows.select(
        *_texts(rows, layout),
        *_numbers(counts, _period(rows, layout.period)),
        _status(layout),
        pl.col(LINE),
        pl.col(_HELD),
    ).with_columns(category)


def _without_held(parts: list[pl.DataFrame], read: ReadTable, *, layout: ObservationLayout) -> Iterator[pl.DataFrame]:
    """The parts of several columns, each held back only where its own column is."""
    for column, part in zip(layout.categories, parts, strict=True):
        lines = read.suppressed.filter(pl.col(COLUMN) == column)[LINE]
        here = pl.col(LINE).is_in(lines.implode())
        status = pl.when(here).then(pl.lit(Status.SUPPRESSED.value)).otherwise(pl.col("status")).alias("status")
        yield part.with_columns(status).filter(pl.col("numerator").is_not_null() | here)


def _texts(frame: pl.DataFrame, layout: ObservationLayout) -> list[pl.Expr]:
    area = pl.coalesce(layout.area, layout.area_or) if layout.area_or else pl.col(layout.area)
    return [
        _measure(layout).alias("measure"),
        area.cast(pl.String).alias("area"),
        _text(layout.area_name).alias("area_name"),
        _period(frame, layout.period).alias(TEXT),
        _frequency(layout.period).alias(FREQUENCY),
        _of_everybody(layout.sex).alias("sex"),
        _of_everybody(layout.age).alias("age"),
        _category(layout).alias("category"),
        _text(layout.source_column).alias("source"),
    ]


def _measure(layout: ObservationLayout) -> pl.Expr:
    if layout.measures is None:
        return pl.lit(layout.measure, dtype=pl.String)
    cell = pl.col(layout.measures.column)
    ids = layout.measures.ids
    return cell.replace_strict(ids, default=None, return_dtype=pl.String) if ids else cell


def _text(column: str | None) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null("") if column else pl.lit("")


def _of_everybody(column: str | None) -> pl.Expr:
    """A text that is empty where the row is about everybody."""
    cell = _text(column)
    return pl.when(cell.str.to_lowercase().is_in(EVERYBODY)).then(pl.lit("")).otherwise(cell) if column else cell


def _category(layout: ObservationLayout) -> pl.Expr:
    if layout.category is None:
        return pl.lit("")
    cell = _in_one_spelling(_text(layout.category)) if layout.one_spelling else _text(layout.category)
    return pl.when(cell == layout.category_total).then(pl.lit("")).otherwise(cell) if layout.category_total else cell


def _in_one_spelling(cell: pl.Expr) -> pl.Expr:
    """A text with one kind of dash and single blanks, since publishers write the same category in several ways.

    A question mark before a bracket or at the end is what became of a blank that could not be encoded.
    """
    cell = cell.str.replace_all(r"\s*[–—]\s*|\s+-+\s+", " - ")
    for pattern, plain in ((r"\?\s*\(", " ("), (r"\?\s*$", ""), (r"\s*/\s*", "/"), (r"\s+", " ")):
        cell = cell.str.replace_all(pattern, plain)
    return cell.str.strip_chars()


def _period(frame: pl.DataFrame, period: PeriodOf) -> pl.Expr:
    if period.in_name:
        return pl.col(NAME_PERIOD)
    columns = (period.column,) if period.column is not None else period.columns or ()
    cells = [_of_length(frame, column, frequency=period.frequency) for column in columns]
    return pl.concat_str(cells, separator=" ")


def _of_length(frame: pl.DataFrame, column: str, *, frequency: Frequency | None) -> pl.Expr:
    """The text of a period; a month may be written as its first day."""
    cell = pl.col(column)
    if frame.schema[column] == pl.Date and frequency is Frequency.MONTH:
        return cell.dt.strftime("%Y-%m")
    return cell.cast(pl.String)


def _frequency(period: PeriodOf) -> pl.Expr:
    if period.frequency_column is not None:
        return pl.col(period.frequency_column)
    return pl.lit(period.frequency.value if period.frequency else None, dtype=pl.String)


def _numbers(layout: ObservationLayout, period: pl.Expr) -> list[pl.Expr]:
    count = layout.numerator
    return [
        _count(count).alias("numerator"),
        _count(layout.denominator).alias("denominator"),
        _number(layout.value.column if layout.value else None).alias("value"),
        _number(layout.lower).alias("lower"),
        _number(layout.upper).alias("upper"),
        (_left_open(count, period) if count and count.percent else pl.lit(value=False)).alias(WORKED_BACK),
    ]


def _number(column: str | None) -> pl.Expr:
    return pl.col(column).cast(pl.Float64) if column else pl.lit(None, dtype=pl.Float64)


def _count(count: CountOf | None) -> pl.Expr:
    if count is None:
        return pl.lit(None, dtype=pl.Float64)
    if count.percent is not None and count.of is not None:
        return (pl.col(count.percent) * pl.col(count.of) / HUNDRED).round(0)
    whole = _number(count.column)
    return whole - _number(count.less) if count.less else whole


def _left_open(count: CountOf, period: pl.Expr) -> pl.Expr:
    """Whether other whole counts than one would print as this percentage, or none would.

    The percentage stands for everything within half a unit of the last digit printed. All of one period were printed
    with as many digits as the longest of them, since files lose the noughts at the end.
    """
    percent, of = pl.col(count.percent or ""), pl.col(count.of or "") / HUNDRED
    digits = percent.cast(pl.String).str.extract(r"\.(\d*[1-9])0*$").str.len_chars().fill_null(0)
    half = 0.5 * pl.lit(10.0).pow(-digits.max().over(period).cast(pl.Float64))
    first = ((percent - half) * of - SLACK).ceil()
    last = ((percent + half) * of + SLACK).floor()
    return (first != last).fill_null(value=False)


def _status(layout: ObservationLayout) -> pl.Expr:
    known = pl.col(layout.status_column) if layout.status_column else pl.lit(None, dtype=pl.String)
    otherwise = pl.coalesce(known, pl.lit(layout.status or Status.FINAL.value))
    if layout.categories:
        return otherwise.alias("status")
    return pl.when(pl.col(_HELD)).then(pl.lit(Status.SUPPRESSED.value)).otherwise(otherwise).alias("status")
