"""The job of the key holder: which extracts there are, what their columns mean, and what is to be made of them."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.segments.contract import PERSON_KEY, Contract, Table
from placeplan.segments.dataset import DatasetDescription, OptOuts
from placeplan.segments.privacy.linking import Identifier
from placeplan.segments.privacy.opting_out import OptOutSource

PEOPLE, REGISTRATIONS = "people", "registrations"
FROM_IDENTIFIERS = {"birth_month": Identifier.BIRTH_DATE, "sex": Identifier.SEX}
_REGISTERED = ("practice", "start")


class Source(DocumentModel):
    """One extract. ``table``: the table of the contract that its rows go to; ``people`` for a list of patients.

    ``identifiers`` says which column holds which identifier; ``columns`` which column holds what the contract names;
    ``fixed`` gives one value for every row. A list of patients that names ``practice`` and ``start`` is a table of
    registrations too.
    """

    name: Words
    table: Words
    files: Annotated[tuple[Words, ...], Field(min_length=1)]
    identifiers: dict[Identifier, Words]
    columns: dict[Words, Words] = Field(default_factory=dict)
    fixed: dict[Words, Words] = Field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        """Whether its rows say who the people are."""
        return self.table == PEOPLE

    @property
    def tells_registrations(self) -> bool:
        """Whether its rows are registrations too."""
        return self.is_list and all(name in {*self.columns, *self.fixed} for name in _REGISTERED)

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        """Refuse an extract without NHS numbers: opt-outs could not be applied to it."""
        if Identifier.NHS_NUMBER not in self.identifiers:
            message = "an extract needs a column of NHS numbers (nhs_number), so that opt-outs can be applied"
            raise ValueError(message)
        return self


class PostcodeLookup(DocumentModel):
    """A CSV file of the user's that gives the small area of each postcode."""

    file: Words
    postcode: Words = "postcode"
    small_area: Words = "small_area"


class PseudonymisationJob(DocumentModel):
    """Everything but the key. File names are relative to the file of the job."""

    dataset: DatasetDescription
    opt_outs: OptOutSource | None = None
    postcodes: PostcodeLookup | None = None
    linkage: Words = "nhs-number-then-birth"
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _deals_with_opt_outs(self) -> Self:
        """Refuse opt-outs that the dataset claims to have applied and the job does not."""
        if self.dataset.opt_outs is OptOuts.APPLIED and self.opt_outs is None:
            message = "the dataset says that opt-outs are applied; name their list or the check in 'opt_outs'"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _has_a_list(self) -> Self:
        """Refuse a job without a list of people, or with two extracts of one name."""
        names = [source.name for source in self.sources]
        if len(set(names)) < len(names):
            message = "two extracts have the same name"
            raise ValueError(message)
        if not any(source.is_list for source in self.sources):
            message = "no extract is a list of people (table: people), so nobody could be linked to"
            raise ValueError(message)
        return self


def faults_of(job: PseudonymisationJob, contract: Contract) -> Iterator[tuple[int, str, str]]:
    """What sources name that the contract has not, or leave out: position of the source, what is wrong, the mend."""
    for number, source in enumerate(job.sources):
        table = contract.by_name.get(source.table)
        if table is None or not table.of_people:
            known = ", ".join(one.name for one in contract.tables if one.of_people)
            yield number, f"'{source.table}' is no table of people's records", f"Use one of {known}."
            continue
        own = {*source.columns, *source.fixed}
        wanted = _wanted(table, contract, source=source)
        for name in sorted(own - set(wanted)):
            yield number, f"the table '{table.name}' has no column '{name}'", f"It has: {', '.join(wanted)}."
        for name in sorted(set(source.columns) & set(source.fixed)):
            yield number, f"'{name}' is both read and fixed", "Keep one of the two."
        for name in _lacking(table, own=own, source=source):
            yield number, f"nothing gives '{name}' of the table '{table.name}'", "Name its column, or a fixed value."


def _wanted(table: Table, contract: Contract, *, source: Source) -> list[str]:
    """The columns that a source may give beside identifiers."""
    names = [*table.names, *(contract[REGISTRATIONS].names if source.is_list else ())]
    given = {PERSON_KEY, *(FROM_IDENTIFIERS if source.is_list else ()), *({"small_area"} if source.is_list else ())}
    return [name for name in names if name not in given]


def _lacking(table: Table, *, own: set[str], source: Source) -> list[str]:
    """Columns that may not be blank and that nothing gives."""
    if source.is_list:
        return [name for name, field in FROM_IDENTIFIERS.items() if field not in source.identifiers]
    given = own | {PERSON_KEY, "event"}
    return [column.name for column in table.columns if not column.blank and column.name not in given]
