"""What a question about indicators is answered with: tables, pictures, sentences, and what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.observed.remarks import Remark, set_aside
from placeplan.reports.files import write_files
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.writing import gallery_files, own_names, picture_files

FORMATS = ("svg", "png")


@dataclass(frozen=True, eq=False)
class IndicatorReport:
    """The answer to one question.

    ``measure`` is the one that was asked about, where it was one. ``tables`` are frames by name; ``says`` are sentences
    for a person; ``remarks`` are on rows that were set aside or need care; ``attribution`` is what the licence of the
    data asks to be shown.
    """

    title: str
    measure: Measure | None
    tables: Mapping[str, pl.DataFrame]
    pictures: tuple[StatisticalPicture, ...]
    says: tuple[str, ...]
    remarks: tuple[Remark, ...]
    attribution: str = ""

    def __post_init__(self) -> None:
        source = f"Source: {self.attribution}" if self.attribution else ""
        sourced = (each if each.source else replace(each, source=source) for each in self.pictures)
        object.__setattr__(self, "pictures", tuple(sourced))

    @property
    def table(self) -> pl.DataFrame:
        """The first table: the one that the question asked for."""
        return next(iter(self.tables.values()))

    @property
    def rows_set_aside(self) -> int:
        """How many rows took no part."""
        return sum(remark.count for remark in set_aside(self.remarks))

    def write(self, folder: Path, *, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
        """Write every table as CSV, every picture, the remarks, and a page that shows all of it.

        All files are written, or none.

        Raises:
            InputError: the folder cannot be written.
        """
        contents: dict[str, bytes] = {
            f"{name}.csv": table.write_csv().encode() for name, table in self.tables.items() if not table.is_empty()
        }
        if self.remarks:
            contents["remarks.csv"] = remark_table(self.remarks).write_csv().encode()
        for name, picture in zip(own_names(self.pictures), self.pictures, strict=True):
            files = picture_files(picture, formats)
            contents.update({f"{name}{key.removeprefix(picture.name)}": content for key, content in files.items()})
        notes = (*self.says, *map(str, self.remarks), *filter(None, (self.attribution,)))
        contents.update(
            gallery_files(self.pictures, title=self.title, notes=notes, tables=self.tables, formats=formats)
        )
        return write_files(folder, contents)


def remark_table(remarks: Sequence[Remark]) -> pl.DataFrame:
    """Remarks as a table, one a row."""
    return pl.DataFrame(
        {
            "kind": [remark.kind.value for remark in remarks],
            "set_aside": [remark.kind.sets_aside for remark in remarks],
            "rows": [remark.count for remark in remarks],
            "where": [str(remark.problem.location) for remark in remarks],
            "message": [remark.problem.message for remark in remarks],
            "expected": [remark.problem.expected for remark in remarks],
            "mend": [remark.problem.mend for remark in remarks],
        },
        schema_overrides={"rows": pl.Int64, "set_aside": pl.Boolean},
    )
