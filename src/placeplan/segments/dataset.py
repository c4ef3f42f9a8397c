"""What must be known of a dataset before it may be loaded: what for, by what right, under which agreement."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.segments.privacy.pseudonyms import PseudonymsOfDataset


class Agreement(DocumentModel):
    """The agreement under which the records are held; both days belong to it."""

    reference: Words
    signed: date
    ends: date

    @model_validator(mode="after")
    def _ends_after_it_was_signed(self) -> Self:
        """Refuse an agreement that ends before it was signed."""
        if self.ends < self.signed:
            message = f"the agreement ends on {self.ends}, before it was signed on {self.signed}"
            raise ValueError(message)
        return self


class OptOuts(StrEnum):
    """How national data opt-outs were dealt with."""

    APPLIED = "applied"
    NOT_REQUIRED = "not-required"


class CoverageOfSetting(DocumentModel):
    """Spend of a setting in a year as the accounts have it, in pence, against which what was linked is scaled."""

    year: Words
    setting: Words
    spend_pence: Annotated[Number, Field(ge=0)]
    source: Words


class CoverageOfPeople(DocumentModel):
    """People on the registered lists in a year, against which the people in the dataset are scaled."""

    year: Words
    people: Annotated[Number, Field(ge=0)]
    source: Words


class DatasetDescription(DocumentModel):
    """``dataset.yaml``, beside the extracts. Without purpose, lawful basis and agreement the dataset does not load.

    ``extracted``: the day of the extract; nothing in it may be later. ``synthetic`` is said wherever a figure is shown.
    ``pseudonyms``: which key they were made with, and for what; written by the step that makes them.
    """

    title: Words
    purpose: Words
    lawful_basis: Annotated[tuple[Words, ...], Field(min_length=1)]
    agreement: Agreement
    controller: Words
    opt_outs: OptOuts
    opt_outs_note: str = ""
    extracted: date
    synthetic: Truth
    pseudonyms: PseudonymsOfDataset | None = None
    registered_lists: tuple[CoverageOfPeople, ...] = ()
    accounts: tuple[CoverageOfSetting, ...] = ()

    @model_validator(mode="after")
    def _says_why_opt_outs_are_not_required(self) -> Self:
        """Refuse opt-outs that are not applied for no stated reason."""
        if self.opt_outs is OptOuts.NOT_REQUIRED and not self.opt_outs_note.strip():
            message = "say in opt_outs_note why opt-outs are not required"
            raise ValueError(message)
        return self

    def in_force(self, day: date) -> bool:
        """Whether the agreement covers a day."""
        return self.agreement.signed <= day <= self.agreement.ends
