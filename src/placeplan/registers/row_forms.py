"""How the rows of a table are shown as a list and as a form, where the order of its columns is not good enough."""

from collections.abc import Iterator

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.plan.columns import CELLS, Column
from placeplan.plan.model import TABLES, Table
from placeplan.rounds.governance import Confidence, Review

_TABLES = {table.path: table for table in TABLES}


class FormField(DocumentModel):
    """One question of a form.

    Attributes:
        column: the column that it fills.
        words: what is asked; none: the title of the column.
        hint: said under it; none: what the kind of the column expects.
        lines: how many lines of text are offered.
        offers: what kind of thing is offered to choose from, where the column itself takes any name (``group``).
    """

    column: Words
    words: Words | None = None
    hint: Words | None = None
    lines: int = Field(default=1, ge=1, le=20)
    offers: str = ""


class FormGroup(DocumentModel):
    """Questions that belong together."""

    title: Words
    fields: tuple[FormField, ...] = Field(min_length=1)


class RowForm(DocumentModel):
    """The list and the form of one table.

    Attributes:
        section: the file of the table.
        one: what one row is called.
        hint: said above the list.
        listed: the columns that the list shows.
        groups: the form; together they hold every column once.
    """

    section: Words
    one: Words
    hint: str = ""
    listed: tuple[Words, ...] = Field(min_length=1)
    groups: tuple[FormGroup, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_every_column_once(self) -> "RowForm":
        table = _TABLES.get(self.section)
        if table is None:
            raise ValueError(f"there is no table {self.section}")
        columns = [column.name for column in table.columns]
        asked = [field.column for group in self.groups for field in group.fields]
        wrong = sorted(set(asked).symmetric_difference(columns) | (set(self.listed) - set(columns)))
        if wrong or len(asked) != len(columns):
            named = ", ".join(wrong) or "one stands twice"
            raise ValueError(f"{self.section}: each column stands in one group, once: {named}")
        return self


class RowForms(DocumentModel):
    """The forms that come with Placeplan. A table without one has a form in the order of its columns."""

    reference: Words
    confidence: Confidence
    review: Review
    forms: tuple[RowForm, ...]

    def form_of(self, table: Table) -> RowForm:
        """The form of a table."""
        for form in self.forms:
            if form.section == table.path:
                return form
        return plain_form(table)


MOST_LISTED = 5


def plain_form(table: Table) -> RowForm:
    """The form of a table for which nobody wrote one: what must be filled, then the numbers, then the rest."""
    groups = tuple(FormGroup(title=title, fields=fields) for title, fields in _groups(table) if fields)
    listed = tuple(column.name for column in table.columns if not column.by_year)[:MOST_LISTED]
    return RowForm(section=table.path, one="row", listed=listed, groups=groups)


def _groups(table: Table) -> Iterator[tuple[str, tuple[FormField, ...]]]:
    def fields(columns: Iterator[Column]) -> tuple[FormField, ...]:
        return tuple(FormField(column=column.name) for column in columns)

    by_year = [column for column in table.columns if column.kind is CELLS]
    yield "What must be filled in", fields(each for each in table.columns if each.required or each.key)
    yield "Year by year", fields(iter(by_year))
    rest = (each for each in table.columns if not (each.required or each.key or each in by_year))
    yield "What may be filled in", fields(rest)
