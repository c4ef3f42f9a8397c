"""The dataset contract: which tables there are, at what grain, and what each column may hold."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Truth, Words

PERSON_KEY = "person_key"


class Kind(StrEnum):
    """What sort of thing a column holds."""

    KEY = "key"
    TEXT = "text"
    CODE = "code"
    MONTH = "month"
    DATE = "date"
    WHOLE = "whole"
    NUMBER = "number"
    PENCE = "pence"

    @property
    def is_text(self) -> bool:
        """Whether the column is text."""
        return self in {Kind.KEY, Kind.TEXT, Kind.CODE}

    @property
    def is_day(self) -> bool:
        """Whether the column is a day; a month is its first day."""
        return self in {Kind.MONTH, Kind.DATE}

    @property
    def is_number(self) -> bool:
        """Whether the column is a number."""
        return self in {Kind.WHOLE, Kind.NUMBER, Kind.PENCE}


class Column(DocumentModel):
    """A column: its name, what it means, its unit, what is allowed in it, and whether it may be blank.

    ``blank`` says what a blank means; a column without it may not be blank. ``allowed`` empty: anything of its kind.
    """

    name: Words
    kind: Kind
    means: Words
    unit: str = ""
    blank: str = ""
    allowed: tuple[Words, ...] = ()
    negative: Truth = False


class Spell(DocumentModel):
    """The columns that open and close a spell; ``alone`` says that a person has one at a time."""

    start: Words
    end: Words
    alone: Truth = False


class Table(DocumentModel):
    """A table: what one row stands for, and its columns. ``needed``: the dataset does not load without it."""

    name: Words
    means: Words
    grain: Annotated[tuple[Words, ...], Field(min_length=1)]
    needed: Truth = True
    spell: Spell | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _grain_and_spell_are_columns(self) -> Self:
        """Refuse a grain or a spell that names a column which the table has not."""
        spell = (self.spell.start, self.spell.end) if self.spell else ()
        strange = [name for name in (*self.grain, *spell) if name not in self.names]
        if strange:
            message = f"the table '{self.name}' has no column '{strange[0]}'"
            raise ValueError(message)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def of_people(self) -> bool:
        """Whether each row belongs to a person."""
        return PERSON_KEY in self.names

    def column(self, name: str) -> Column:
        """The column of this name.

        Raises:
            KeyError: there is none.
        """
        return {column.name: column for column in self.columns}[name]


class Contract(DocumentModel):
    """Every table of a linked dataset."""

    tables: tuple[Table, ...]

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """Tables by their names."""
        return {table.name: table for table in self.tables}

    def __getitem__(self, name: str) -> Table:
        """The table of this name.

        Raises:
            KeyError: there is none.
        """
        return self.by_name[name]
