"""Events, and the end of their chain."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something that was done, or refused. Rows are added and never changed.

    ``hash`` covers everything in the row and the hash of the event before, so that an event that is changed, taken
    away or put in between shows.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events")
    verb = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    refused = models.BooleanField(default=False)
    detail = models.JSONField(default=dict)
    request = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        """In the order in which they happened."""

        ordering: ClassVar[list[str]] = ["number"]


class ChainEnd(models.Model):
    """The one row that every new event takes and moves on: writers queue here."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
