"""Reads the record."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from placeplan.web.auditing.actions import hash_of
from placeplan.web.auditing.models import ChainEnd, Event


def events(*, subjects: Iterable[str] | None = None, words: str = "") -> QuerySet[Event]:
    """Events, the newest first: of some subjects (all when not given) and with some words in verb or subject."""
    found = Event.objects.select_related("person").order_by("-number")
    if subjects is not None:
        found = found.filter(subject__in=list(subjects))
    for word in words.split():
        found = found.filter(Q(verb__icontains=word) | Q(subject__icontains=word))
    return found


def chain_faults() -> Iterator[str]:
    """What does not fit in the chain of events, in words; nothing when it is whole."""
    number, previous = 0, ""
    for event in Event.objects.order_by("number").iterator():
        number += 1
        if event.number != number:
            yield f"event {number} is missing"
            number = event.number
        if event.previous != previous:
            yield f"event {event.number} does not follow the one before it"
        if event.hash != hash_of(event):
            yield f"event {event.number} was changed"
        previous = event.hash
    end = ChainEnd.objects.filter(pk=1).first()
    if end is not None and (end.number, end.hash) != (number, previous):
        yield f"events after {number} are missing"


def end_of_chain() -> tuple[int, str]:
    """How many events there are, and the hash of the last; to be noted where nobody can change it."""
    end = ChainEnd.objects.filter(pk=1).first()
    return (end.number, end.hash) if end else (0, "")
