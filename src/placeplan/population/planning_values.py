"""Values that no public file of population holds, as data: cost of growth, people in a new home, dates of groups."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.rounds.governance import Confidence, Review


class Sourced(DocumentModel):
    """Where a value comes from, and how sure it is."""

    reference: Words
    confidence: Confidence
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether somebody compared it with its source."""
        return self.confidence is Confidence.CONFIRMED


class PlanningValue(Sourced):
    """A number with its unit."""

    value: Number
    unit: Words


class PaymentForGrowth(PlanningValue):
    """What 1% more registered people cost a year, and how many people were registered when it was said."""

    registered: Number


class Groups(Sourced):
    """When the clinical commissioning groups of a lookup existed, and by which year's people a district is shared."""

    since: date
    until: date
    share_year: Annotated[int, Field(strict=True)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            message = f"the groups end on {self.until} before they start on {self.since}"
            raise ValueError(message)
        return self


class Occupancy(Sourced):
    """People in a home, by its size."""

    people: Annotated[dict[Words, Number], Field(min_length=1)]

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        wrong = [size for size, people in self.people.items() if people <= 0]
        if wrong:
            message = f"{self.people[wrong[0]]} people in a home of '{wrong[0]}': expected a number above 0"
            raise ValueError(message)
        return self


class PlanningValues(DocumentModel):
    """Every such value."""

    review: Review
    payment_for_growth: PaymentForGrowth
    groups: Groups
    occupancy: Occupancy
    contribution: PlanningValue
