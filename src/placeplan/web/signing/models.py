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
    evidence = models.ForeignKey("evidencing.Evidence", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar[list[str]] = ["at"]


class ConditionRow(models.Model):
    """A condition under which a body approved. It stays open until somebody says, with evidence, that it is met."""

    signature = models.ForeignKey(SignatureRow, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=LONGEST_WORDS)
    met = models.DateTimeField(null=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    met_words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    evidence = models.ForeignKey("evidencing.Evidence", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """In their order."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["signature", "number"], name="one_condition_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["signature", "number"]
