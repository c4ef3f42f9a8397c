"""Whether what is kept is whole: texts under their checksums, revisions of those texts, documents, and the record."""

import hashlib
from collections.abc import Iterator

from placeplan.app.plan_texts import checksum_of, checksum_of_sections
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.planning.models import Revision, Text
from placeplan.web.planning.selectors import checksums_of_revision
from placeplan.web.publishing.models import Document

AT_A_TIME, LARGE_AT_A_TIME = 100, 5


def faults() -> Iterator[str]:
    """What is not whole, in words; nothing when everything is."""
    yield from _texts()
    yield from _revisions()
    yield from _documents()
    yield from chain_faults()


def _texts() -> Iterator[str]:
    for text in Text.objects.order_by("pk").iterator(chunk_size=AT_A_TIME):
        if checksum_of(text.body) != text.checksum:
            yield f"text {text.checksum[:12]} was changed"


def _revisions() -> Iterator[str]:
    recorded = set(Event.objects.filter(detail__has_key="checksum").values_list("subject", "detail__checksum"))
    for revision in Revision.objects.select_related("plan").order_by("pk").iterator(chunk_size=AT_A_TIME):
        name = f"revision {revision.number} of {revision.plan.slug}"
        if checksum_of_sections(checksums_of_revision(revision)) != revision.checksum:
            yield f"{name} does not have the sections that its checksum says"
        if (revision.plan.subject, revision.checksum) not in recorded:
            yield f"{name} is not in the record"


def _documents() -> Iterator[str]:
    for document in Document.objects.select_related("job").order_by("pk").iterator(chunk_size=LARGE_AT_A_TIME):
        if hashlib.sha256(bytes(document.content)).hexdigest() != document.checksum:
            yield f"document {document.pk} was changed"
