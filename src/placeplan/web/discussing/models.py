"""Threads on a part of a plan, and what was said in them."""

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_ABOUT = 400
LONGEST_WORDS = 10_000


class Thread(models.Model):
    """A comment or an assurance query, on a figure, a row or a section of a plan.

    ``about`` names it as a person reads it: the identifier of a figure, or a section with the key of a row.
    """

    class Kind(StrEnum):
        """A comment among those who plan, or a query that must be answered."""

        COMMENT = "comment"
        QUERY = "query"

    WORDS: ClassVar[dict[Kind, str]] = {Kind.COMMENT: "Comment", Kind.QUERY: "Assurance query"}
    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="threads")
    revision = models.ForeignKey("planning.Revision", on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=20, choices=list(WORDS.items()))
    about = models.CharField(max_length=LONGEST_ABOUT)
    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    @property
    def is_query(self) -> bool:
        """Whether it must be answered."""
        return self.kind == self.Kind.QUERY

    @property
    def answered(self) -> bool:
        """Whether somebody else than the one who began it spoke last: it is back with them."""
        remarks = list(self.remarks.all())
        return bool(remarks) and remarks[-1].person_id != remarks[0].person_id


class Remark(models.Model):
    """Something that was said in a thread. Rows are added and never changed."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="remarks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks")
    at = models.DateTimeField()
    words = models.TextField(max_length=LONGEST_WORDS)

    class Meta:
        """In the order in which they were said."""

        ordering: ClassVar[list[str]] = ["at", "pk"]
