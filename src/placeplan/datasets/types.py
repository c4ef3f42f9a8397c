"""What is known of a public file: where it is published, under which licence, its columns, and what it unlocks."""

import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.datasets.layouts import GroupLayout, ObservationLayout, ScoreLayout
from placeplan.documents.models import DocumentModel, Truth, Words

Identifier = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    ORGANISATION = "organisation"
    AREA = "area"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    SHARE = "share"
    POUNDS = "pounds"
    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial-year"
    CALENDAR_YEAR = "calendar-year"
    AGE = "age"
    AGE_BAND = "age-band"
    SEX = "sex"
    FLAG = "flag"


class Form(StrEnum):
    """What kind of file it is."""

    TABLE = "table"
    GEOJSON = "geojson"
    FOLDER = "folder"


class Column(DocumentModel):
    """A column, or a family of columns whose headings fit ``pattern`` from end to end.

    ``optional`` columns may be missing from a file. ``filled`` columns hold no blank cell. ``whole`` counts are whole
    numbers. ``dates`` is the form of a date where it is not 2014-04-30. ``values`` are the only texts that may stand in
    the column.
    """

    name: Words | None = None
    pattern: Words | None = None
    kind: Kind
    unit: str = ""
    words: Words
    optional: Truth = False
    filled: Truth = False
    whole: Truth = False
    dates: Words | None = None
    values: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _one_heading(self) -> Self:
        if (self.name is None) == (self.pattern is None):
            message = "a column has a name, or a pattern for the names of a family: give one of the two"
            raise ValueError(message)
        if self.pattern is not None:
            re.compile(self.pattern)
        return self

    @property
    def heading(self) -> str:
        """The heading, or the pattern of a family, for people."""
        return self.name or f"all like {self.pattern}"

    def fits(self, heading: str) -> bool:
        """Whether a heading of a file is this column, or one of this family."""
        return heading == self.name if self.pattern is None else re.fullmatch(self.pattern, heading) is not None


class Publication(DocumentModel):
    """The publication that a file comes from, and its public page where one is known."""

    title: Words
    address: Words | None = None


class Licence(DocumentModel):
    """A licence and the attribution that it asks for."""

    id: Identifier
    title: Words
    attribution: Words


class Dataset(DocumentModel):
    """A public file with a fixed layout; files of several years with one layout are one data set.

    ``files`` are patterns below the data folder. ``grain`` are the columns that together name a row; they hold no
    blank cell, unless a column is ``optional``; there are none where rows have no name. ``suppressed`` are the marks
    that stand in place of a number: held back, or not applicable.
    """

    id: Identifier
    title: Words
    about: Words
    group: Identifier
    form: Form = Form.TABLE
    publisher: Words
    publication: Publication
    licence: Identifier
    attribution: Words | None = None
    synthetic: Truth = False
    files: Annotated[tuple[Words, ...], Field(min_length=1)]
    grain: tuple[Words, ...] = ()
    unlocks: Words
    suppressed: tuple[Words, ...] = ()
    columns: tuple[Column, ...] = ()
    observations: tuple[ObservationLayout, ...] = ()
    scores: ScoreLayout | None = None
    groups: GroupLayout | None = None

    @model_validator(mode="after")
    def _columns_are_known(self) -> Self:
        """Refuse a grain or a layout that names a column which is not there, or a column twice."""
        if self.form is Form.TABLE and not self.columns:
            message = f"'{self.id}' is a table and describes no column"
            raise ValueError(message)
        names = [column.heading for column in self.columns]
        if len(set(names)) < len(names):
            message = f"'{self.id}' names a column twice"
            raise ValueError(message)
        others = (*(self.scores.reads if self.scores else ()), *(self.groups.reads if self.groups else ()))
        wanted = {*self.grain, *others, *(name for layout in self.observations for name in layout.reads)}
        unknown = sorted(name for name in wanted if self.column(name) is None)
        if unknown:
            message = f"'{self.id}' speaks of columns that it does not describe: {', '.join(unknown)}"
            raise ValueError(message)
        return self

    def column(self, heading: str) -> Column | None:
        """The column with a heading; one with this very name before a family."""
        exact = next((column for column in self.columns if column.name == heading), None)
        return exact or next((column for column in self.columns if column.pattern and column.fits(heading)), None)

    @property
    def needed(self) -> tuple[str, ...]:
        """The headings that every file of the data set has."""
        return tuple(column.name for column in self.columns if column.name and not column.optional)

    @property
    def measures(self) -> tuple[str, ...]:
        """The identifiers of the measures that the rows give, each once."""
        return tuple(dict.fromkeys(name for layout in self.observations for name in layout.gives))


class Catalogue(DocumentModel):
    """Every data set that Placeplan knows, and the licences that they name.

    Raises:
        pydantic.ValidationError: an identifier used twice, or a licence that is not there.
    """

    datasets: tuple[Dataset, ...]
    licences: tuple[Licence, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(self._by_id) < len(self.datasets):
            message = "an identifier of a data set is used twice"
            raise ValueError(message)
        licences = {licence.id for licence in self.licences}
        unknown = sorted({each.licence for each in self.datasets} - licences)
        if unknown:
            message = f"there is no licence called {', '.join(unknown)}; there are {', '.join(sorted(licences))}"
            raise ValueError(message)
        return self

    @cached_property
    def _by_id(self) -> dict[str, Dataset]:
        return {each.id: each for each in self.datasets}

    def __getitem__(self, dataset_id: str) -> Dataset:
        """The data set with this identifier.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[dataset_id]

    def __contains__(self, dataset_id: object) -> bool:
        """Whether there is a data set with this identifier."""
        return dataset_id in self._by_id

    @property
    def ids(self) -> tuple[str, ...]:
        """Every identifier, in order."""
        return tuple(self._by_id)

    @property
    def groups(self) -> dict[str, tuple[Dataset, ...]]:
        """The data sets by group, in order."""
        names = dict.fromkeys(each.group for each in self.datasets)
        return {name: tuple(each for each in self.datasets if each.group == name) for name in names}

    def licence_of(self, dataset: Dataset) -> Licence:
        """The licence of a data set."""
        return next(licence for licence in self.licences if licence.id == dataset.licence)

    def attribution_of(self, dataset: Dataset) -> str:
        """What has to be said where the data set is shown."""
        return dataset.attribution or self.licence_of(dataset).attribution
