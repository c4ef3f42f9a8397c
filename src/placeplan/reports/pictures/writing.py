"""Pictures as files: each as SVG and PNG beside its numbers, and many as one page that needs nothing else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from placeplan.reports.files import write_files
from placeplan.reports.pictures.axes import bare, sentence
from placeplan.reports.pictures.legible import legible
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.styles import PAGE, style_of

FORMATS = ("svg", "png")
GALLERY = "index.html"
MOST_ROWS, MOST_TABLE_ROWS = 400, 200
MEASURE = "measure"


def picture_files(picture: StatisticalPicture, formats: Sequence[str] = FORMATS) -> dict[str, bytes]:
    """The files of a picture by name: NAME.svg and NAME.png as asked for, NAME.csv with its numbers, NAME.txt in words.

    Raises:
        ValueError: one of the formats is not in ``FORMATS``.
    """
    drawn = {f"{picture.name}.{form}": _drawn(picture, form) for form in formats}
    numbers, words = picture.data.write_csv().encode("utf-8"), words_of(picture).encode("utf-8")
    return {**drawn, f"{picture.name}.csv": numbers, f"{picture.name}.txt": words}


def gallery_files(
    pictures: Iterable[StatisticalPicture],
    *,
    title: str,
    notes: Sequence[str] = (),
    tables: Mapping[str, pl.DataFrame] | None = None,
    formats: Sequence[str] = (),
) -> dict[str, bytes]:
    """One page with tables, all pictures, their words and their numbers; it loads nothing and runs no script.

    ``tables`` stand before the pictures, at most ``MOST_TABLE_ROWS`` rows of each; ``NAME.csv`` is taken to hold the
    whole of one. Where ``formats`` are given, each picture leads to its files of these formats and to its numbers.
    """
    shown = list(pictures)
    entries = [_entry(name, picture, formats=formats) for name, picture in zip(own_names(shown), shown, strict=True)]
    style = style_of(*PAGE, "pictures.css")
    given = [_table(name, frame, most=MOST_TABLE_ROWS) for name, frame in (tables or {}).items()]
    page = _template().render(title=title, notes=notes, tables=given, pictures=entries, style=style)
    return {GALLERY: legible(page).encode("utf-8")}


def write_picture(picture: StatisticalPicture, folder: Path, *, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """Write the files of :func:`picture_files`, each moved into place when all are complete.

    Raises:
        ValueError: one of the formats is not in ``FORMATS``.
        InputError: the folder cannot be written.
    """
    return write_files(folder, picture_files(picture, formats))


def write_gallery(pictures: Iterable[StatisticalPicture], folder: Path, *, title: str) -> Path:
    """Write the page of :func:`gallery_files`.

    Raises:
        InputError: the folder cannot be written.
    """
    return write_files(folder, gallery_files(pictures, title=title))[0]


def own_names(pictures: Iterable[StatisticalPicture]) -> tuple[str, ...]:
    """A name for each picture, where a name that comes again is counted."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for picture in pictures:
        name = picture.name
        while name in names:
            seen[picture.name] += 1
            name = f"{picture.name}-{seen[picture.name] + 1}"
        names.append(name)
    return tuple(names)


def words_of(picture: StatisticalPicture) -> str:
    """The words of a picture as plain text, for where it cannot be seen."""
    return (
        "\n\n".join(filter(None, (picture.title, picture.subtitle, *picture.marks, picture.says, picture.words_below)))
        + "\n"
    )


def _drawn(picture: StatisticalPicture, form: str) -> bytes:
    if form == "svg":
        return picture.svg().encode("utf-8")
    if form == "png":
        return picture.png()
    raise ValueError(f"{form!r} is not one of {', '.join(FORMATS)}")


def _entry(name: str, picture: StatisticalPicture, *, formats: Sequence[str]) -> dict[str, Any]:
    drawn = picture.svg().replace(f"{picture.name}--", f"{name}--")
    return {
        "name": name,
        "title": picture.title,
        "says": picture.says,
        "note": picture.words_below,
        "drawing": Markup(drawn),  # noqa: S704 - drawn by us from escaped data
        "files": [(f"{name}.{form}", form.upper()) for form in (*formats, "csv")] if formats else [],
        "numbers": _table(name, picture.data, most=MOST_ROWS),
    }


def _table(name: str, frame: pl.DataFrame, *, most: int) -> dict[str, Any]:
    """A frame for the page: its first rows as printed, and how many more there are. Columns without a word are left
    out, and so is the measure, which the page is about.
    """
    rows = frame.select(name for name in frame.columns if not _says_nothing(frame[name])).head(most)
    return {
        "name": name,
        "caption": sentence(name.replace("-", " ").replace("_", " ")),
        "headings": [sentence(column.replace("_", " ")) for column in rows.columns],
        "numeric": [kind.is_numeric() for kind in rows.dtypes],
        "rows": [[_printed(value) for value in row] for row in rows.rows()],
        "left_out": frame.height - rows.height,
    }


def _says_nothing(column: pl.Series) -> bool:
    """Whether a column is blank from end to end, or names one and the same measure."""
    words = column.drop_nulls().cast(pl.String).unique()
    return set(words) <= {""} or (column.name == MEASURE and len(words) == 1)


def _printed(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return bare(value) if isinstance(value, float) else str(value)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("placeplan.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("pictures.html.jinja")
