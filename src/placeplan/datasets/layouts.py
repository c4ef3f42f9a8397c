"""How the rows of a published file become observations: fixed keys, and nothing that is worked out by a text."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Truth, Words
from placeplan.kernel.spans import Frequency

YEARS = (Frequency.CALENDAR_YEAR, Frequency.FINANCIAL_YEAR)
Several = Annotated[tuple[Words, ...], Field(min_length=1)]


class PeriodOf(DocumentModel):
    """Where the period of a row stands: in a column, in several that are joined, or in the name of the file."""

    column: Words | None = None
    columns: Several | None = None
    in_name: Truth = False
    frequency: Frequency | None = None
    frequency_column: Words | None = None

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if sum((self.column is not None, self.columns is not None, self.in_name)) != 1:
            message = "a period stands in a column, in columns, or in the name of the file: give one of the three"
            raise ValueError(message)
        if (self.frequency is None) == (self.frequency_column is None):
            message = "the length of a period is a frequency or stands in a column: give one of the two"
            raise ValueError(message)
        if self.in_name and self.frequency not in YEARS:
            message = f"the name of a file holds a year: the length of its period is one of {', '.join(YEARS)}"
            raise ValueError(message)
        return self

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it needs."""
        single = (self.column,) if self.column else ()
        return (*single, *(self.columns or ()), *((self.frequency_column,) if self.frequency_column else ()))


class CountOf(DocumentModel):
    """Where a count stands: a column, a column less another, or a printed percentage of another column."""

    column: Words | None = None
    less: Words | None = None
    percent: Words | None = None
    of: Words | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.column is None) == (self.percent is None):
            message = "a count is a column, or a percentage of a column: give one of the two"
            raise ValueError(message)
        if (self.percent is None) != (self.of is None) or (self.less is not None and self.column is None):
            message = "'percent' and 'of' go together, and 'less' goes with 'column'"
            raise ValueError(message)
        return self

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return tuple(name for name in (self.column, self.less, self.percent, self.of) if name)


class ValueOf(DocumentModel):
    """The column of a published value."""

    column: Words


class MeasuresOf(DocumentModel):
    """A column that says which measure a row is of: the identifier for each text of the column, or, without a list, the
    identifier itself. Rows with another text are of no measure and are passed over.
    """

    column: Words
    ids: dict[Words, Words] = Field(default_factory=dict)


class ObservationLayout(DocumentModel):
    """How rows become the observations of one measure, or of one for each text of a column.

    ``category`` is a column of categories, and ``category_total`` its text for all of them together;
    ``one_spelling`` takes out differences of dashes and blanks between them. ``categories`` gives one observation for
    each of the named columns that is filled; they hold the numerators, and an empty name is the total. ``area_or`` is
    read where the area is blank. ``only`` keeps the rows that hold one of these texts, ``leave_out`` takes them out;
    ``add_up`` adds the counts of the rows of one key into one. ``status`` with ``why`` is said where the published
    numbers are estimates.
    """

    measure: Words | None = None
    measures: MeasuresOf | None = None
    area: Words
    area_or: Words | None = None
    area_name: Words | None = None
    period: PeriodOf
    sex: Words | None = None
    age: Words | None = None
    category: Words | None = None
    category_total: Words | None = None
    one_spelling: Truth = False
    categories: dict[Words, str] = Field(default_factory=dict)
    numerator: CountOf | None = None
    denominator: CountOf | None = None
    value: ValueOf | None = None
    lower: Words | None = None
    upper: Words | None = None
    status_column: Words | None = None
    source_column: Words | None = None
    only: dict[Words, Several] = Field(default_factory=dict)
    leave_out: dict[Words, Several] = Field(default_factory=dict)
    add_up: Truth = False
    status: Words | None = None
    why: Words | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.measure is None) == (self.measures is None):
            message = "an observation is of one measure, or a column says of which: give one of the two"
            raise ValueError(message)
        if self.numerator is None and self.value is None and not self.categories:
            message = "an observation needs a numerator, a value or categories"
            raise ValueError(message)
        if self.add_up and self.period.in_name:
            message = "rows that add up say their period themselves"
            raise ValueError(message)
        if self.add_up and self.value is not None:
            message = "published values do not add up"
            raise ValueError(message)
        if (self.status is None) != (self.why is None):
            message = "'status' and 'why' go together"
            raise ValueError(message)
        return self

    @property
    def gives(self) -> tuple[str, ...]:
        """The identifiers of the measures; none where a column holds the identifiers themselves."""
        if self.measures is not None:
            return tuple(dict.fromkeys(self.measures.ids.values()))
        return (self.measure,) if self.measure is not None else ()

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it needs, each once."""
        counts = tuple(name for part in (self.numerator, self.denominator) if part for name in part.reads)
        texts = (
            self.area, self.area_or, self.area_name, self.sex, self.age, self.category, self.lower, self.upper,
            self.status_column, self.source_column, self.measures and self.measures.column,
            self.value and self.value.column,
        )  # fmt: skip
        every = (
            *(name for name in texts if name),
            *self.period.reads,
            *counts,
            *self.categories,
            *self.only,
            *self.leave_out,
        )
        return tuple(dict.fromkeys(every))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold its numbers, each once."""
        parts = (part for part in (self.numerator, self.denominator) if part)
        value = (self.value.column,) if self.value else ()
        limits = tuple(name for name in (self.lower, self.upper) if name)
        counts = (name for part in parts for name in part.reads)
        return tuple(dict.fromkeys((*counts, *value, *limits)))


class ScoreLayout(DocumentModel):
    """Scores of areas, such as of deprivation: higher is more deprived. Several rows of an area are averaged.

    ``of`` says in words what the score is and how it was averaged; of several editions in ``edition`` the latest is
    used.
    """

    area: Words
    score: Words
    edition: Words | None = None
    of: Words

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return tuple(filter(None, (self.area, self.score, self.edition)))


class GroupLayout(DocumentModel):
    """Which larger unit each unit is in; of several times in ``time`` the latest is used."""

    unit: Words
    group: Words
    time: Words | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return tuple(filter(None, (self.unit, self.group, self.time)))
