"""Which figures stand beside a table while somebody changes it."""

import re

from pydantic import Field

from placeplan.documents.models import DocumentModel, Truth, Words
from placeplan.rounds.governance import Confidence, Review

_ROW, _YEAR = r"(?P<row>[a-z0-9-]+{more})", r"(?P<year>\d{4}-\d{2})"


class Measure(DocumentModel):
    """One figure of a row and a year; ``id`` is the last part of its identifier."""

    id: Words
    words: Words


class SectionTotals(DocumentModel):
    """The totals beside some tables.

    Attributes:
        sections: the files of the tables.
        title: of the totals.
        figures: the identifier of a figure, with ``{row}``, ``{year}`` and ``{measure}`` in it.
        deep: whether ``{row}`` may have several parts.
        rows: the rows that are shown, with what each is called (none: every one).
        measures: the figures of each row.
    """

    sections: tuple[Words, ...] = Field(min_length=1)
    title: Words
    figures: Words
    deep: Truth = False
    rows: dict[str, Words] = Field(default_factory=dict)
    measures: tuple[Measure, ...] = Field(min_length=1)

    def pattern(self) -> re.Pattern[str]:
        """Matches the identifiers of the figures, with the row, the year and the measure as groups."""
        measures = "|".join(re.escape(each.id) for each in self.measures)
        row = _ROW.format(more=r"(?:\.[a-z0-9-]+)*?" if self.deep else "")
        text = re.escape(self.figures)
        for name, expression in (("row", row), ("year", _YEAR), ("measure", f"(?P<measure>{measures})")):
            text = text.replace(re.escape(f"{{{name}}}"), expression)
        return re.compile(f"^{text}$")


class Totals(DocumentModel):
    """The totals that come with Placeplan."""

    reference: Words
    confidence: Confidence
    review: Review
    totals: tuple[SectionTotals, ...]

    def of_section(self, section: str) -> SectionTotals | None:
        """The totals beside a table, if any figure sums it up."""
        return next((each for each in self.totals if section in each.sections), None)
