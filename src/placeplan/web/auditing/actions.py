"""Writes events. Called inside the transaction of the write that an event is about."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from placeplan.web.auditing.models import ChainEnd, Event
from placeplan.web.requests import request_identity


def record(
    *, person_id: int | None, verb: str, subject: str, detail: Mapping[str, Any] | None = None, refused: bool = False
) -> Event:
    """Append an event to the chain, in the transaction that is open.

    Args:
        person_id: who did it, or tried to (``None``: the system).
        verb: what was done, such as ``publish-revision``.
        subject: to what, such as ``plan west-kent``.
        detail: more, as plain data. Never a password, a token, or anything about a patient.
        refused: whether it was refused and not done.
    """
    with transaction.atomic():
        end, _ = ChainEnd.objects.select_for_update(no_key=True).get_or_create(pk=1)
        event = Event(
            number=end.number + 1,
            at=datetime.now(tz=UTC),
            person_id=person_id,
            verb=verb,
            subject=subject,
            refused=refused,
            detail=dict(detail or {}),
            request=request_identity(),
            previous=end.hash,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
        end.number, end.hash = event.number, event.hash
        end.save()
    return event


def hash_of(event: Event) -> str:
    """The hash that an event must carry: SHA-256 of its content and of the hash before, as canonical JSON."""
    content = {
        "number": event.number,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": event.person_id,
        "verb": event.verb,
        "subject": event.subject,
        "refused": event.refused,
        "detail": event.detail,
        "request": event.request,
        "previous": event.previous,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
