"""Opt-outs: applied before anything else, or proof that the national service applied them."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from placeplan.documents.models import DocumentModel, Words

Count = Annotated[int, Strict(), Field(ge=0)]


class OptOutCheck(DocumentModel):
    """Proof that the national service cleaned the extracts: the day, how many numbers went and how many came back."""

    reference: Words
    checked: date
    sent: Count
    returned: Count

    @model_validator(mode="after")
    def _returns_no_more_than_was_sent(self) -> Self:
        """Refuse a check that returned more numbers than were sent."""
        if self.returned > self.sent:
            message = f"{self.returned} numbers came back and only {self.sent} were sent"
            raise ValueError(message)
        return self


class OptOutSource(DocumentModel):
    """How opt-outs are dealt with: a list of NHS numbers, or proof of a check, or both. Neither is no answer.

    ``file`` is a text or CSV file beside the job, its NHS numbers in ``column`` (in the first column, when left out).
    """

    file: Words | None = None
    column: Words | None = None
    check: OptOutCheck | None = None

    @model_validator(mode="after")
    def _is_dealt_with(self) -> Self:
        """Refuse a job that says nothing of opt-outs."""
        if self.file is None and self.check is None:
            message = "opt-outs need a list ('file') or proof of a check by the national service ('check')"
            raise ValueError(message)
        return self
