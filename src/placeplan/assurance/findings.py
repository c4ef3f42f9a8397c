"""What checks are and what they say: flat records, without words or colours."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from placeplan.assurance.thresholds import Definitions
from placeplan.finance.ledger import Reconciliation
from placeplan.indicators.measures import Measures
from placeplan.kernel.errors import Location
from placeplan.kernel.figures import Figures
from placeplan.plan.model import Plan
from placeplan.rounds.governance import Governed
from placeplan.rounds.planning_round import PlanningRound

_CODE = re.compile(r"^[A-Z]{3}\d{3}$")


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that bears on a finding, and why."""

    location: Location
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check says.

    Args:
        code: the check.
        subject: stable name of what it is about (a figure, a row's key); waivers name it.
        location: the cell, row or file to look at.
        facts: what the check's message is filled with.
        severity: as the check has it, unless this finding is graver or lighter.
        suggestion: how it might be mended, in words; empty when nothing is known.
        related: other places that bear on it.
        figures: identifiers of the figures that it rests on.
        leans_on: paths of the unconfirmed values that it rests on; those of its figures are added when the checks
            are run.
    """

    code: str
    subject: str
    location: Location
    facts: Mapping[str, Any]
    severity: Severity
    suggestion: str = ""
    related: tuple[Related, ...] = ()
    figures: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the other checks said, for the checks that speak about that: their codes, all codes that there are, and the
    findings.
    """

    run: frozenset[str]
    known: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a check looks at: a plan, the round that it is tested against, what was computed, the day, levels and words,
    and the definitions of measures.

    ``said`` is there only for a check that runs after the others.
    """

    plan: Plan
    round: PlanningRound
    figures: Figures
    reconciliations: tuple[Reconciliation, ...]
    as_at: date
    definitions: Definitions
    measures: Measures
    said: Said | None = None


Find = Callable[[Case], Iterator[Finding]]


def unconfirmed(values: Iterable[Governed]) -> tuple[str, ...]:
    """Paths of the values that still need a person to look them up, for ``leans_on``."""
    return tuple(value.path for value in values if not value.confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule that a plan is held to.

    Args:
        code: three letters for the family and three digits; never changes its meaning.
        title: one sentence that states the problem.
        message: what is printed, with the names of facts in braces.
        severity: what its findings are, unless they say otherwise.
        why: why it matters, in a paragraph.
        mend: what a planner can do about it.
        references: where the rule comes from.
        find: the rule itself.
        after_others: whether it looks at what the other checks said.
    """

    code: str
    title: str
    message: str
    severity: Severity
    why: str
    mend: str
    references: tuple[str, ...]
    find: Find = field(repr=False)
    after_others: bool = False

    def __post_init__(self) -> None:
        if not _CODE.match(self.code):
            raise ValueError(f"{self.code!r} is not a code such as FIN001")

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    def finding(self, *, subject: str, location: Location, facts: Mapping[str, Any], **more: Any) -> Finding:
        """A finding of this check."""
        return Finding(
            code=self.code, subject=subject, location=location, facts=facts, **{"severity": self.severity, **more}
        )

    def words(self, finding: Finding) -> str:
        """The message of one of its findings."""
        return self.message.format(**finding.facts)
