"""Findings as text that a person reads in a terminal."""

from collections.abc import Iterator
from enum import StrEnum

from placeplan.assurance.findings import SEVERITIES, Severity
from placeplan.assurance.phrasing import many
from placeplan.assurance.rendering.entries import Entry, Report

INDENT = "    "
WHOLE_PLAN = "the plan as a whole"


class Grouping(StrEnum):
    """Under which headings findings stand."""

    FILE = "file"
    SEVERITY = "severity"


def text_of(report: Report, *, grouping: Grouping = Grouping.SEVERITY, related: bool = True) -> str:
    """The report as text, with a summary as its last line.

    Args:
        report: what to print.
        grouping: headings: the severities, gravest first, or the files of the plan.
        related: whether other places that bear on a finding are listed.
    """
    lines: list[str] = []
    for heading, entries in _groups(report, grouping):
        lines += [heading, ""]
        for entry in entries:
            lines += [*_entry(entry, related=related), ""]
    return "\n".join([*lines, _summary(report)]) + "\n"


def _groups(report: Report, grouping: Grouping) -> Iterator[tuple[str, list[Entry]]]:
    if grouping is Grouping.SEVERITY:
        for severity in SEVERITIES:
            entries = [entry for entry in report.open if entry.finding.severity is severity]
            if entries:
                yield many(len(entries), severity).capitalize(), entries
        return
    for file in sorted({entry.finding.location.file for entry in report.open}):
        entries = [entry for entry in report.open if entry.finding.location.file == file]
        yield file or WHOLE_PLAN, sorted(entries, key=lambda entry: entry.finding.location)


def _entry(entry: Entry, *, related: bool) -> Iterator[str]:
    finding = entry.finding
    yield f"{finding.code} {finding.severity}: {finding.location}"
    yield f"{INDENT}{entry.words}"
    if finding.suggestion:
        yield f"{INDENT}{finding.suggestion}"
    if finding.leans_on:
        yield f"{INDENT}Rests on values that are not confirmed: {', '.join(finding.leans_on)}"
    for other in finding.related if related else ():
        yield f"{INDENT}see {other.location}: {other.why}"


def _summary(report: Report) -> str:
    counts = report.counts
    waived = len(report.entries) - len(report.open)
    if not report.read:
        return f"The plan could not be read: {many(counts[Severity.ERROR], 'problem')}."
    found = ", ".join(many(counts[severity], severity) for severity in SEVERITIES)
    after = f"; {many(waived, 'finding')} waived" if waived else ""
    return f"{many(len(report.checks), 'check')} run: {found}{after}."
