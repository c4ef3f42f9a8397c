"""What a round asks for in words: must-dos, outcomes, dates and other statements, in wording of our own."""

from datetime import date
from typing import Annotated

from pydantic import Field

from placeplan.documents.models import Words
from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import Slug

Numbered = Annotated[int, Field(strict=True, ge=1)]


class MustDo(Governed):
    """A thing that every plan of the round has to do; ``indicators`` names the standards that it is about."""

    id: Slug
    number: Numbered
    text: Words
    indicators: tuple[Slug, ...] = ()


class OutcomeDomain(Governed):
    """A domain of the outcomes framework."""

    id: Slug
    number: Numbered
    text: Words


class OutcomeAmbition(Governed):
    """An ambition of the outcomes framework, and the domains that it serves."""

    id: Slug
    number: Numbered
    text: Words
    domains: tuple[Slug, ...] = ()


class KeyMeasure(Governed):
    """Something that a round asks to be improved beside the ambitions of the outcomes framework."""

    id: Slug
    number: Numbered
    text: Words


Goal = OutcomeAmbition | KeyMeasure


class ProgrammeOfCare(Governed):
    """A national programme of care: a family of specialised services that are commissioned together."""

    id: Slug
    title: Words


class CalendarEntry(Governed):
    """A day or a time of the planning calendar: ``when`` in words, ``on`` where the exact day is known."""

    id: Slug
    text: Words
    when: Words
    on: date | None = None


class Statement(Governed):
    """Something else that the guidance says."""

    id: Slug
    text: Words
