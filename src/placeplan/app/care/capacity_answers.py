"""What a command about capacity answers: sentences, tables, a document for machines, pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from placeplan.reports.files import write_files
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.writing import gallery_files, picture_files

GAP = "  "


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table for a terminal: headings and cells as text; the first ``left`` columns stand to the left."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1

    def lines(self) -> Iterator[str]:
        """The table, line by line."""
        every = (self.headings, *self.rows)
        widths = [max(len(row[place]) for row in every) for place in range(len(self.headings))]
        for row in every:
            cells = (
                cell.ljust(width) if place < self.left else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths))
            )
            yield GAP.join(cells).rstrip()


@dataclass(frozen=True, eq=False, kw_only=True)
class CapacityAnswer:
    """An answer. ``marks`` must be seen ("Synthetic"); ``findings`` are what is wrong with what was asked about.

    ``document`` is the same for machines, without marks and findings, which are added.
    """

    title: str
    says: tuple[str, ...]
    tables: tuple[TextTable, ...]
    document: Mapping[str, Any]
    marks: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    pictures: tuple[StatisticalPicture, ...] = field(default=())

    def lines(self) -> Iterator[str]:
        """The answer as text."""
        yield f"{self.title}{''.join(f' [{mark.upper()}]' for mark in self.marks)}"
        yield from (f"  {sentence}" for sentence in self.says)
        for table in self.tables:
            yield ""
            yield from (f"  {line}" for line in table.lines())
        if self.findings:
            yield ""
            yield from (f"  ! {finding}" for finding in self.findings)

    def as_document(self) -> dict[str, Any]:
        """The answer for machines."""
        return {"title": self.title, "marks": list(self.marks), "findings": list(self.findings), **self.document}

    def write_pictures(self, folder: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
        """Write every picture with its numbers and words, and one page of them.

        Raises:
            InputError: the folder cannot be written to.
        """
        files: dict[str, bytes] = {}
        for picture in self.pictures:
            files |= picture_files(picture, formats)
        files |= gallery_files(self.pictures, title=self.title, notes=self.says, formats=formats)
        return write_files(folder, files)
