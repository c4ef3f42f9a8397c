"""Findings as text that a person reads in a terminal."""

from collections.abc import Iterator

from placeplan.assurance.findings import SEVERITIES, Severity
from placeplan.assurance.phrasing import many
from placeplan.assurance.rendering.entries import Entry, Report

INDENT = "    "


def text_of(report: Report) -> str:
    """The report as text, the gravest findings first, with a summary as its last line."""
    lines: list[str] = []
    for severity in SEVERITIES:
        entries = [entry for entry in report.open if entry.finding.severity is severity]
        if entries:
            lines += [many(len(entries), severity).capitalize(), ""]
        for entry in entries:
            lines += [*_entry(entry), ""]
    return "\n".join([*lines, _summary(report)])


def _entry(entry: Entry) -> Iterator[str]:
    finding = entry.finding
    yield f"{finding.code} {finding.severity}: {finding.location}"
    yield f"{INDENT}{entry.words}"
    if finding.suggestion:
        yield f"{INDENT}{finding.suggestion}"
    if finding.leans_on:
        yield f"{INDENT}Rests on values that are not confirmed: {', '.join(finding.leans_on)}"
    for other in finding.related:
        yield f"{INDENT}see {other.location}: {other.why}"


def _summary(report: Report) -> str:
    counts = report.counts
    waived = len(report.entries) - len(report.open)
    if not report.read:
        return f"The plan could not be read: {many(counts[Severity.ERROR], 'problem')}."
    found = ", ".join(many(counts[severity], severity) for severity in SEVERITIES)
    after = f"; {many(waived, 'finding')} waived" if waived else ""
    return f"{many(len(report.checks), 'check')} run: {found}{after}."
