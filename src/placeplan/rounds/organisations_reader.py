"""Reads areas, organisations and responsibilities from ``organisations.yaml`` and ``responsibilities.yaml``."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from placeplan.documents.models import Words
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.organisations import (
    ANY_PURPOSE,
    Area,
    ContradictionError,
    Membership,
    Organisation,
    OrganisationGraph,
    OrganisationType,
    Record,
    Responsibility,
    Source,
    Succession,
)
from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import Slug
from placeplan.rounds.values_reading import VALUES, Section, path_of, read_values

ORGANISATIONS_FILE = "organisations.yaml"
RESPONSIBILITIES_FILE = "responsibilities.yaml"


class AreaEntry(Governed):
    """An area or a footprint."""

    id: Slug
    name: Words
    opened: date | None = None
    closed: date | None = None


class OrganisationEntry(Governed):
    """An organisation."""

    id: Slug
    name: Words
    type: OrganisationType
    opened: date | None = None
    closed: date | None = None


class SuccessionEntry(Governed):
    """Organisations taken over by one or more others on a day."""

    predecessors: tuple[Slug, ...]
    successors: tuple[Slug, ...]
    on: date


class MembershipEntry(Governed):
    """Areas that are part of a footprint, for a purpose or for every purpose."""

    footprint: Slug
    members: tuple[Slug, ...]
    purpose: Slug = ANY_PURPOSE
    since: date | None = None
    until: date | None = None


class ResponsibilityEntry(Governed):
    """Services commissioned by one organisation for the people of one area."""

    services: tuple[Slug, ...]
    area: Slug
    commissioner: Slug
    since: date | None = None
    until: date | None = None


class OrganisationsSection(Section):
    """``organisations.yaml``."""

    areas: tuple[AreaEntry, ...]
    organisations: tuple[OrganisationEntry, ...]
    successions: tuple[SuccessionEntry, ...] = ()
    memberships: tuple[MembershipEntry, ...] = ()


class ResponsibilitiesSection(Section):
    """``responsibilities.yaml``."""

    responsibilities: tuple[ResponsibilityEntry, ...]


@cache
def read_organisations() -> OrganisationGraph:
    """The areas, organisations and responsibilities that come with Placeplan.

    Raises:
        InputError: the files cannot be read, or say things that cannot all be true.
    """
    return read_organisations_folder(VALUES)


def read_organisations_folder(folder: Path) -> OrganisationGraph:
    """The organisation graph in a folder with ``organisations.yaml`` and ``responsibilities.yaml``.

    Raises:
        InputError: with every problem found in the two files; a contradiction is located at the entry that makes it.
    """
    faults: list[Problem] = []
    sections: list[Section] = []
    files: tuple[tuple[str, type[Section]], ...] = (
        (ORGANISATIONS_FILE, OrganisationsSection),
        (RESPONSIBILITIES_FILE, ResponsibilitiesSection),
    )
    for file, section in files:
        try:
            sections.append(read_values(folder / file, name=f"rounds/{file}", section=section))
        except InputError as error:
            faults.extend(error.problems)
    if faults:
        raise InputError(faults)
    return _graph(sections, folder)


def _graph(sections: list[Section], folder: Path) -> OrganisationGraph:
    """The graph of everything in the sections."""
    origin: dict[int, Governed] = {}
    records: list[Record] = []
    for entry in (entry for section in sections for entry in _entries(section)):
        for record in _records(entry):
            origin[id(record)] = entry
            records.append(record)
    try:
        return OrganisationGraph(
            areas=tuple(one for one in records if isinstance(one, Area)),
            organisations=tuple(one for one in records if isinstance(one, Organisation)),
            successions=tuple(one for one in records if isinstance(one, Succession)),
            memberships=tuple(one for one in records if isinstance(one, Membership)),
            responsibilities=tuple(one for one in records if isinstance(one, Responsibility)),
        )
    except ContradictionError as error:
        raise InputError(
            Problem(
                _place(origin[id(fault.records[-1])], folder), fault.message, mend="Correct the dates or the names."
            )
            for fault in error.faults
        ) from error


def _place(entry: Governed, folder: Path) -> Location:
    """Where an entry stands; its file is read again, because a model does not keep its line."""
    file = f"{entry.path.split('/')[1]}.yaml"
    document = read_yaml((folder / file).read_text(encoding="utf-8"), f"rounds/{file}")
    for path in document.marks:
        if len(path) == len(("areas", 0)) and path_of(document, path) == entry.path:
            return document.locate(path)
    return Location(f"rounds/{file}")


def _entries(section: Section) -> Iterator[Governed]:
    """Every entry of a section."""
    for name in type(section).model_fields:
        if name != "review":
            yield from getattr(section, name)


def _records(entry: Governed) -> Iterator[Record]:
    """The records of the graph that an entry stands for."""
    source = Source(entry.reference, entry.confirmed, entry.note)
    match entry:
        case AreaEntry():
            yield Area(entry.id, entry.name, source, entry.opened, entry.closed)
        case OrganisationEntry():
            yield Organisation(entry.id, entry.name, entry.type, source, entry.opened, entry.closed)
        case SuccessionEntry():
            for predecessor in entry.predecessors:
                for successor in entry.successors:
                    yield Succession(predecessor, successor, entry.on, source)
        case MembershipEntry():
            for member in entry.members:
                yield Membership(member, entry.footprint, source, entry.purpose, entry.since, entry.until)
        case ResponsibilityEntry():
            for service in entry.services:
                yield Responsibility(service, entry.area, entry.commissioner, source, entry.since, entry.until)
