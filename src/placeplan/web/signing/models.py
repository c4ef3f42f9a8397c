"""Submissions, who sits in which body, and signatures."""

from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_NAME = 2_000
LONGEST_WORDS = 4_000


class Submission(models.Model):
    """A revision that was put forward for signature. Rows are added and never changed."""

    revision = models.OneToOneField("planning.Revision", on_delete=models.PROTECT, related_name="submission")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    at = models.DateTimeField()


class Seat(models.Model):
    """The organisation whose board members sign for a body of a plan. Without one, those of the plan's organisation."""

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="seats")
    body = models.CharField(max_length=LONGEST_NAME)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="seats")

    class Meta:
        """A body has one seat in a plan."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "body"], name="one_seat_a_body")
        ]


class SignatureRow(models.Model):
    """What a body said of a revision. Rows are added and never changed."""

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="signatures")
    revision = models.ForeignKey("planning.Revision", on_delete=models.PROTECT, related_name="signatures")
    body = models.CharField(max_length=LONGEST_NAME)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    verdict = models.CharField(max_length=40)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    at = models.DateTimeField()
    sections = models.JSONField()

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar[list[str]] = ["at"]
