"""From the text of cells to typed columns, a whole column at a time, with the reason where a cell cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from placeplan.datasets.types import Column, Kind
from placeplan.kernel.spans import Frequency, parse_span

HUNDRED = 100
OLDEST = 130
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_AGE_BAND = (
    r"(?i)^(all( ages)?|(under|over) \d{1,3}|(ages? )?\d{1,3}( ?(-|–|to) ?\d{1,3}|\+| and over| or older)?)"
    r"( ?years?( (or|and) (older|over))?)?$"
)
_SEXES = {
    "female": ("f", "female", "females", "woman", "women", "girls", "2"),
    "male": ("m", "male", "males", "man", "men", "boys", "1"),
    "persons": ("p", "persons", "person", "people", "adults", "all", "both", "both sexes", "total"),
}
_FLAGS = {True: ("true", "yes", "y", "1"), False: ("false", "no", "n", "0")}
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_SPANS = {
    Kind.MONTH: Frequency.MONTH,
    Kind.FINANCIAL_YEAR: Frequency.FINANCIAL_YEAR,
    Kind.CALENDAR_YEAR: Frequency.CALENDAR_YEAR,
}
ISO = "%Y-%m-%d"
CELL, TYPED, SUPPRESSED = "cell", "typed", "suppressed"

EXPECTED = {
    Kind.TEXT: "a text",
    Kind.CODE: "a code",
    Kind.ORGANISATION: "the code of an organisation",
    Kind.AREA: "the code of an area",
    Kind.COUNT: "a number that is not negative",
    Kind.NUMBER: "a number",
    Kind.PERCENT: "a percentage from 0 to 100",
    Kind.SHARE: "a share from 0 to 1",
    Kind.POUNDS: "an amount in pounds",
    Kind.DATE: "a day such as 2014-04-30",
    Kind.MONTH: Frequency.MONTH.expected,
    Kind.QUARTER: "a quarter: Q1, Q2, Q3 or Q4",
    Kind.FINANCIAL_YEAR: Frequency.FINANCIAL_YEAR.expected,
    Kind.CALENDAR_YEAR: Frequency.CALENDAR_YEAR.expected,
    Kind.AGE: f"a single year of age from 0 to {OLDEST}",
    Kind.AGE_BAND: "an age band such as 65-69, 90+ or all ages",
    Kind.SEX: "a sex: female, male or persons (or f, m, p; 1 male, 2 female)",
    Kind.FLAG: "yes or no",
}


def expected_of(column: Column) -> str:
    """What the cells of a column hold, for a message."""
    if column.values:
        return f"one of {', '.join(column.values)}"
    if column.kind is Kind.COUNT and column.whole:
        return "a whole number that is not negative"
    if column.kind is Kind.DATE and column.dates:
        return f"a day in the form {column.dates}"
    return EXPECTED[column.kind]


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A typed column, beside the text of its cells: null where a cell is blank, suppressed or cannot be read.

    ``failed`` says which cells cannot be read, ``suppressed`` which hold a mark for a number held back.
    """

    typed: pl.Series
    failed: pl.Series
    suppressed: pl.Series


def read_column(cells: pl.Series, column: Column, *, marks: tuple[str, ...]) -> ReadColumn:
    """Read the cells of one column; ``marks`` stand for numbers held back and are read in columns of numbers only."""
    text = cells.str.strip_chars()
    text = text.set(text == "", None) if text.dtype == pl.String else text
    held = text.is_in(marks).fill_null(value=False) if marks and column.kind in _NUMBERS else _nowhere(text)
    text = text.set(held, None)
    typed = _listed(text, column) if column.values else _READERS[column.kind](text, column)
    failed = text.is_not_null() & typed.is_null()
    if column.filled:
        failed = failed | (text.is_null() & ~held)
    return ReadColumn(typed, failed, held)


def _nowhere(text: pl.Series) -> pl.Series:
    return pl.repeat(value=False, n=len(text), dtype=pl.Boolean, eager=True)


def _listed(text: pl.Series, column: Column) -> pl.Series:
    small = text.str.to_lowercase()
    return small.set(~small.is_in(column.values), None)


def _texts(text: pl.Series, _column: Column) -> pl.Series:
    return text


def _numbers(text: pl.Series, column: Column) -> pl.Series:
    """Finite numbers within the bounds of the kind; commas between thousands are taken out where they stand right."""
    frame = text.alias(CELL).to_frame()
    plain = pl.when(pl.col(CELL).str.contains(_THOUSANDS)).then(pl.col(CELL).str.replace_all(",", "", literal=True))
    number = plain.otherwise(pl.col(CELL)).cast(pl.Float64, strict=False)
    low, high = _BOUNDS.get(column.kind, (None, None))
    right = number.is_finite()
    if low is not None:
        right = right & (number >= low)
    if high is not None:
        right = right & (number <= high)
    if column.whole or column.kind is Kind.AGE:
        right = right & (number == number.round(0))
    typed = pl.when(right).then(number).alias(TYPED)
    return frame.select(typed.cast(pl.Int64) if column.kind is Kind.AGE else typed).to_series()


def _dates(text: pl.Series, column: Column) -> pl.Series:
    return text.str.to_date(column.dates or ISO, strict=False, exact=True)


def _spans(text: pl.Series, column: Column) -> pl.Series:
    """Periods in one form: ``2014-04``, ``2014-15``, ``2014``."""
    frequency = _SPANS[column.kind]

    def in_one_form(one: str) -> str | None:
        try:
            return parse_span(one, frequency=frequency).text
        except ValueError:
            return None

    return _each_text(text, in_one_form)


def _quarters(text: pl.Series, _column: Column) -> pl.Series:
    return _each_text(text, lambda one: one.upper() if one.upper() in _QUARTERS else None)


def _bands(text: pl.Series, _column: Column) -> pl.Series:
    return text.set(~text.str.contains(_AGE_BAND), None)


def _sexes(text: pl.Series, _column: Column) -> pl.Series:
    words = {word: sex for sex, several in _SEXES.items() for word in several}
    return _each_text(text, lambda one: words.get(one.lower()))


def _flags(text: pl.Series, _column: Column) -> pl.Series:
    words = {word: flag for flag, several in _FLAGS.items() for word in several}
    numbers = text.str.to_lowercase().str.replace(r"\.0$", "")
    return numbers.replace_strict(words, default=None, return_dtype=pl.Boolean)


def _each_text(text: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    """Read each different text once."""
    found = {one: read(one) for one in text.drop_nulls().unique().to_list()}
    return text.replace_strict(found, default=None, return_dtype=pl.String) if found else text


_NUMBERS = {Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.SHARE, Kind.POUNDS}
_BOUNDS: dict[Kind, tuple[float | None, float | None]] = {
    Kind.COUNT: (0, None),
    Kind.PERCENT: (0, HUNDRED),
    Kind.SHARE: (0, 1),
    Kind.AGE: (0, OLDEST),
}
_READERS: dict[Kind, Callable[[pl.Series, Column], pl.Series]] = {
    **dict.fromkeys((Kind.TEXT, Kind.CODE, Kind.ORGANISATION, Kind.AREA), _texts),
    **dict.fromkeys((*_NUMBERS, Kind.AGE), _numbers),
    **dict.fromkeys(_SPANS, _spans),
    Kind.DATE: _dates,
    Kind.QUARTER: _quarters,
    Kind.AGE_BAND: _bands,
    Kind.SEX: _sexes,
    Kind.FLAG: _flags,
}
