"""What the workspace shows of texts that somebody is changing: findings, or why they cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placeplan.app.explaining import Explanation, explain
from placeplan.app.plan_texts import Texts, check_texts
from placeplan.assurance.findings import SEVERITIES, Severity
from placeplan.assurance.rendering.entries import Entry, Report, gravest_first, report_of, report_of_problems
from placeplan.assurance.unreadable import CANNOT_BE_READ
from placeplan.kernel.errors import InputError
from placeplan.kernel.figures import Figures
from placeplan.kernel.wording import worded
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as a page shows it.

    Attributes:
        severity: error, warning or note.
        code: of its check.
        words: what it says.
        section: the section that it stands in.
        line: the line there, from 1 (0: the section as a whole).
        field: the heading of the cell, if it is about one.
        suggestion: how it might be mended; empty when nothing is known.
        waived: who accepted it until when; empty when nobody did.
        subject: what it is about, for a waiver; empty where no waiver helps, as with what cannot be read.
        figures: identifiers of the figures that it rests on.
    """

    severity: Severity
    code: str
    words: str
    section: str
    line: int
    field: str
    suggestion: str
    waived: str
    subject: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as a page shows it."""

    id: str
    label: str
    printed: str


@dataclass(frozen=True, slots=True)
class CheckedTexts:
    """What was found in texts. ``results`` is ``None`` when they cannot be read; the findings then say why."""

    findings: tuple[ShownFinding, ...]
    counts: Mapping[Severity, int]
    results: PlanResults | None

    @property
    def readable(self) -> bool:
        """Whether the texts hold a plan."""
        return self.results is not None

    def of_section(self, section: str) -> tuple[ShownFinding, ...]:
        """The findings that stand in a section."""
        return tuple(each for each in self.findings if each.section == section)

    def figures_with(self, words: str, *, most: int) -> tuple[ShownFigure, ...]:
        """Figures whose name or label holds all of some words, the first ``most``."""
        wanted = words.lower().split()
        figures = self.results.figures.values() if self.results else ()
        found = (each for each in figures if all(word in f"{each.id} {each.label}".lower() for word in wanted))
        return tuple(
            ShownFigure(each.id, each.label, worded(each.value, each.unit))
            for each, _ in zip(found, range(most), strict=False)
        )

    def explained(self, figure: str) -> Explanation:
        """The derivation of a figure.

        Raises:
            InputError: there is no such figure, or the texts cannot be read.
        """
        return explain(self.results.figures if self.results else Figures(), figure)


def checked(texts: Texts, *, today: date) -> CheckedTexts:
    """Read, compute and check texts. What is wrong with them is an answer and not an error."""
    try:
        results = check_texts(texts, today=today)
    except InputError as error:
        return _shown(report_of_problems(error.problems), results=None)
    return _shown(report_of(results.judgement), results=results)


def printed(value: Decimal | None, unit: str) -> str:
    """A number with its unit, as people read it."""
    return worded(value, unit)


def _shown(report: Report, *, results: PlanResults | None) -> CheckedTexts:
    findings = tuple(_finding(entry) for entry in gravest_first(report.entries))
    return CheckedTexts(findings, {severity: report.counts[severity] for severity in SEVERITIES}, results)


def _finding(entry: Entry) -> ShownFinding:
    finding, waiver = entry.finding, entry.waiver
    return ShownFinding(
        severity=finding.severity,
        code=finding.code,
        words=entry.words,
        section=finding.location.file,
        line=finding.location.line,
        field=finding.location.field,
        suggestion=finding.suggestion,
        waived=f"{waiver.author}, until {waiver.expires}: {waiver.reason}" if waiver else "",
        subject="" if entry.check is CANNOT_BE_READ else finding.subject,
        figures=finding.figures,
    )
