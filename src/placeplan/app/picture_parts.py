"""Statistical pictures as parts of the document tree, each with its table behind it."""

import polars as pl

from placeplan.reports.document import Chart, Column, Row, Table, Tone
from placeplan.reports.pictures.axes import bare
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.quoting import sentence
from placeplan.reports.tabulating import plain

MOST_ROWS = 400
NOTHING = "–"


def chart_of(picture: StatisticalPicture, *, data: Table | None = None) -> Chart:
    """A picture with its words, and the numbers that it was drawn from (those of the picture when none are given)."""
    name = picture.name
    return Chart(
        id=name,
        title=picture.title,
        picture=picture,
        note=" ".join(filter(None, (_stopped(picture.subtitle), picture.words_below))),
        says=picture.says,
        data=data or table_of(picture.data, f"{name}-data", caption=picture.title),
    )


def _stopped(words: str) -> str:
    """Words with a full stop behind them."""
    return words if not words or words.endswith(".") else f"{words}."


def table_of(frame: pl.DataFrame, table_id: str, *, caption: str, most: int = MOST_ROWS) -> Table:
    """A frame as a table, without the columns that say nothing; of a long one the first rows, and how many more."""
    kept = [name for name in frame.columns if not _says_nothing(frame[name])]
    rows = frame.select(kept).head(most)
    left_out = frame.height - rows.height
    return Table(
        id=table_id,
        caption=sentence(caption),
        columns=tuple(
            Column(sentence(name.replace("_", " ")), numeric=kind.is_numeric(), wide=place == 0)
            for place, (name, kind) in enumerate(zip(kept, rows.dtypes, strict=True))
        ),
        rows=tuple(Row(tuple(plain(printed(value), Tone.PLAIN) for value in row)) for row in rows.rows()),
        notes=(plain(f"{left_out:,} more rows.").runs,) if left_out else (),
    )


def printed(value: object) -> str:
    """A value of a frame as a person reads it: numbers with about three figures that matter."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return bare(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _says_nothing(column: pl.Series) -> bool:
    """Whether a column is blank from end to end."""
    return set(column.drop_nulls().cast(pl.String).unique()) <= {""}
