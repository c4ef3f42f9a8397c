"""Jobs, the documents that they make, and the workers that make them."""

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_WORDS = 2_000
RUNS = "runs"


class Job(models.Model):
    """A document, or many runs of a care model, that somebody asked for.

    A worker takes a job for a while (``lease``) under a token of its own, and says every so often that it still works.
    A job whose lease has run out is taken by another worker under another token; what the first then brings is not
    taken. So a job ends once, whatever happens to a worker. ``asked_for`` says what a revision and a form do not,
    such as where sliders stand; what was asked for before, by its checksum, is not made again.
    """

    class State(StrEnum):
        """Where a job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    WORDS: ClassVar[dict[State, str]] = {
        State.WAITING: "Waiting",
        State.RUNNING: "Being made",
        State.DONE: "Ready",
        State.FAILED: "Failed",
    }
    revision = models.ForeignKey("planning.Revision", on_delete=models.CASCADE, related_name="jobs")
    form = models.CharField(max_length=10)
    asked_for = models.JSONField(default=dict, blank=True)
    asked_for_checksum = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=list(WORDS.items()), default=State.WAITING, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    asked = models.DateTimeField()
    token = models.CharField(max_length=32, blank=True)
    lease = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=LONGEST_WORDS, blank=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        """One job a revision, format and what was asked for."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["revision", "form", "asked_for_checksum"], name="one_job_a_format")
        ]


class Document(models.Model):
    """A document that was made. Rows are added and never changed."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="document")
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)
    made = models.DateTimeField()


class WorkerSign(models.Model):
    """When a worker last said that it is there: for those who watch the site."""

    worker = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(db_index=True)
