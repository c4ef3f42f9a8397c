"""A cell of a file as its kind, in Spark's words: what DuckDB reads is read, what it cannot read is blank here too."""

from collections.abc import Iterator

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as sql
from pyspark.sql import types

from placeplan.segments.contract import Column, Kind, Table

Types = dict[str, types.DataType]
# Every space of Unicode, which is what DuckDB takes from the ends of a text.
BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
REPLACED = "\ufffd"  # what Spark writes for bytes that are not UTF-8
_TEXT, _DAYS, _WHOLES = types.StringType(), types.DateType(), types.LongType()
_NATIVE: dict[Kind, types.DataType] = {
    Kind.KEY: _TEXT, Kind.TEXT: _TEXT, Kind.CODE: _TEXT, Kind.MONTH: _DAYS, Kind.DATE: _DAYS,
    Kind.WHOLE: _WHOLES, Kind.PENCE: _WHOLES, Kind.NUMBER: types.DoubleType(),
}  # fmt: skip
_WHITE = " \t\n\v\f\r"  # around a day, these are passed over as well
_WHOLE = "^[-+]?[0-9]+([.]0+)?$"
_NUMBER = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"
_ISO = "^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"
# Year, month and day by their groups; a month alone is its first day. The forms are those of ``engines.DATE_FORMS``.
_OTHER_DAYS = (
    ("^([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})([ \t\n\v\f\r]+([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9])?$", (1, 2, 3)),
    ("^([0-9]{1,2})/([0-9]{1,2})/([0-9]{1,4})$", (3, 2, 1)),
    ("^([0-9]{4})([0-9]{2})([0-9]{1,2})$", (1, 2, 3)),
    ("^([0-9]{1,4})-([0-9]{1,2})$", (1, 2, 0)),
)
_LARGEST_WRITTEN_OUT = 1e16  # a larger double is written with an exponent, and is no whole number then


def native_columns(found: Types, table: Table) -> frozenset[str]:
    """The columns of a Parquet file that are of their kind as they are."""
    return frozenset(column.name for column in table.columns if found[column.name] == _NATIVE[column.kind])


def typed(column: Column, found: types.DataType) -> SparkColumn:
    """A cell as its kind; blank where it is blank or cannot be read."""
    text = _text(column.name, found)
    if column.kind.is_text:
        return text
    if column.kind in {Kind.WHOLE, Kind.PENCE}:
        whole = sql.regexp_replace(text, "[.]0+$", "").try_cast("bigint")
        return sql.when(text.rlike(_WHOLE), whole)
    if column.kind is Kind.NUMBER:
        return sql.when(text.rlike(_NUMBER), text.try_cast("double"))
    return sql.trunc(_day(text), "month") if column.kind is Kind.MONTH else _day(text)


def unreadable(table: Table, found: Types, *, native: frozenset[str]) -> SparkColumn:
    """The names of the columns in which something stands that is not of its kind."""
    names = [
        sql.when(_text(column.name, found[column.name]).isNotNull() & typed(column, found[column.name]).isNull(), name)
        for column in table.columns
        if (name := column.name) not in native and not column.kind.is_text
    ]
    return sql.concat_ws(", ", *names) if names else sql.lit("")


def refused_unless_utf8(table: Table, cells: list[SparkColumn]) -> Iterator[SparkColumn]:
    """The same cells of a CSV file; a text that was not written in UTF-8 stops the reading, since it may be a key."""
    for column, cell in zip(table.columns, cells, strict=True):
        if column.kind.is_text:
            message = f"the column '{column.name}' of the table '{table.name}' is not written in UTF-8"
            stop = sql.raise_error(sql.lit(message)).cast("string")
            yield sql.when(sql.contains(sql.col(column.name), sql.lit(REPLACED)), stop).otherwise(cell)
        else:
            yield cell


def _text(name: str, found: types.DataType) -> SparkColumn:
    cell = sql.col(name)
    text = cell.cast("string")
    if isinstance(found, types.DoubleType | types.FloatType):
        whole = (sql.abs(cell) < _LARGEST_WRITTEN_OUT) & (cell == sql.floor(cell))
        text = sql.when(whole, cell.try_cast("bigint").cast("string")).otherwise(text)
    if isinstance(found, types.TimestampType):
        text = sql.concat(text, sql.lit("+00"))  # a moment of the world is not a day until somebody says where
    return sql.nullif(sql.trim(text, sql.lit(BLANKS)), sql.lit(""))


def _day(text: SparkColumn) -> SparkColumn:
    text = sql.trim(text, sql.lit(_WHITE))
    found = sql.when(text.rlike(_ISO), text.try_cast("date"))
    for pattern, groups in _OTHER_DAYS:
        found = found.when(text.rlike(pattern), _day_of(text, pattern, groups=groups))
    return found


def _day_of(text: SparkColumn, pattern: str, *, groups: tuple[int, int, int]) -> SparkColumn:
    parts = [sql.regexp_extract(text, pattern, group) if group else sql.lit("1") for group in groups]
    year, month, day = parts
    return sql.concat_ws("-", sql.lpad(year, 4, "0"), month, day).try_cast("date")
