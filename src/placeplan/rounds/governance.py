"""What every national value carries: where it comes from, how sure it is, who looked at it and when to look again."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from placeplan.documents.models import DocumentModel, Words
from placeplan.kernel.figures import RuleReference
from placeplan.kernel.organisations import covers
from placeplan.kernel.periods import FinancialYear


class Confidence(StrEnum):
    """Whether a value was read in a good source, or still needs a person to look it up."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class Review(DocumentModel):
    """Who last looked at a value, on what day, and by when somebody should look again."""

    reviewed: date
    reviewer: Words
    review_due: date

    @model_validator(mode="after")
    def _due_after_it_was_done(self) -> Self:
        """Refuse a review that is due before it was done."""
        if self.review_due <= self.reviewed:
            message = f"the next review ({self.review_due}) must come after the last one ({self.reviewed})"
            raise ValueError(message)
        return self


class Governed(DocumentModel):
    """A statement of fact with its source.

    ``path`` is its public name (``rounds/2014-15/business_rules/surplus``) and is given by the reader.
    ``effective_from`` and ``effective_until`` are the first and the last day on which it holds; open when absent.
    """

    path: Words
    reference: Words
    confidence: Confidence
    review: Review
    effective_from: date | None = None
    effective_until: date | None = None
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether the value was read in a good source."""
        return self.confidence is Confidence.CONFIRMED

    def rule_reference(self) -> RuleReference:
        """How a figure or a finding points at this value."""
        return RuleReference(self.path, self.reference, self.confirmed)

    def in_force(self, as_at: date | None) -> bool:
        """Whether the value holds on a day; always, when no day is asked for."""
        return as_at is None or covers(self.effective_from, self.effective_until, day=as_at)


class Value(Governed):
    """A governed number or statement with a unit."""

    unit: Words


def _year(value: Any) -> FinancialYear:
    """A financial year from its text."""
    if isinstance(value, FinancialYear):
        return value
    try:
        return FinancialYear.parse(value)
    except (ValueError, AttributeError) as error:
        raise PydanticCustomError("financial_year", "not a financial year such as 2014-15") from error


Year = Annotated[FinancialYear, PlainValidator(_year), PlainSerializer(str)]
