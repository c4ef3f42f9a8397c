"""Who answers for what, where and when: the dated organisations that come with Placeplan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.organisations import NoCommissioner, OrganisationGraph, Source
from placeplan.rounds.organisations_reader import read_organisations


@dataclass(frozen=True, slots=True)
class Answer:
    """Who commissions a service in an area on a day, or why nobody is known to; with the source and how sure it is."""

    text: str
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation, the span in which it exists, and the source of that."""

    name: str
    kind: str
    span: str
    source: str
    confirmed: bool


def commissioner_of(service: str, area: str, *, day: date) -> Answer:
    """Who commissions a service in an area on a day.

    Raises:
        InputError: there is no such service or area; the message names the nearest.
    """
    graph = read_organisations()
    problems = [*_unknown("service", service, known=_services(graph)), *_unknown("area", area, known=_areas(graph))]
    if problems:
        raise InputError(problems)
    found = graph.commissioner(service, area, day=day)
    if isinstance(found, NoCommissioner):
        return Answer(found.reason)
    duty = found.responsibility
    return Answer(f"{found.organisation.name}{_span(duty.since, duty.until)}", *_sourced(duty.source))


def organisations_on(day: date) -> tuple[KnownOrganisation, ...]:
    """The organisations that exist on a day."""
    return tuple(
        KnownOrganisation(
            each.name, str(each.type), _span(each.opened, each.closed).strip(" ()"), *_sourced(each.source)
        )
        for each in read_organisations().open_on(day)
    )


def _services(graph: OrganisationGraph) -> list[str]:
    return sorted({duty.service for duty in graph.responsibilities})


def _areas(graph: OrganisationGraph) -> list[str]:
    return sorted(area.id for area in graph.areas)


def _unknown(kind: str, name: str, *, known: list[str]) -> Iterator[Problem]:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else ""
        yield Problem(Location(kind), f"there is no {kind} called {name!r}", f"one of {', '.join(known)}", hint)


def _span(since: date | None, until: date | None) -> str:
    words = " ".join(text for text in (f"from {since}" if since else "", f"until {until}" if until else "") if text)
    return f" ({words})" if words else ""


def _sourced(source: Source) -> tuple[str, bool]:
    note = f"; {source.note}" if source.note else ""
    return f"{source.reference}{note}", source.confirmed
