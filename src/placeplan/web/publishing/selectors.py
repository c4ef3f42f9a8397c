"""Reads jobs and documents."""

from placeplan.web.planning.models import Revision
from placeplan.web.publishing.models import Document, Job


def jobs_of(revision: Revision) -> tuple[Job, ...]:
    """The documents of a revision that were asked for, by format."""
    return tuple(Job.objects.filter(revision=revision).select_related("document").order_by("form"))


def document_of(revision: Revision, form: str) -> Document | None:
    """The document of a revision in a format, if it was made."""
    return Document.objects.filter(job__revision=revision, job__form=form).first()
