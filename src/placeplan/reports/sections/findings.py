"""What the checks say: open findings by how much they matter and then by code, and those that somebody waived."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from placeplan.assurance.findings import SEVERITIES
from placeplan.assurance.rendering.entries import Entry, Report, report_of
from placeplan.kernel.figures import Figure
from placeplan.plan.tables import Waiver
from placeplan.reports.document import (
    Block,
    FindingGroup,
    FindingItem,
    Inline,
    Paragraph,
    Quoted,
    Runs,
    Section,
    Text,
    day_words,
)
from placeplan.reports.quoting import coded, quote
from placeplan.reports.types import PlanResults

TITLES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


def findings(results: PlanResults) -> Section:
    """What the checks say of a plan: a section for each severity, and one for what is waived."""
    return findings_section(report_of(results.judgement), figures=results.figures)


def findings_section(report: Report, *, figures: Mapping[str, Figure]) -> Section:
    """What a report says: a section for each severity, and one for what is waived."""
    sections = [
        Section(
            f"findings-{severity}",
            TITLES[severity],
            tuple(_groups([entry for entry in report.open if entry.finding.severity is severity], figures)),
        )
        for severity in SEVERITIES
    ]
    waived = [entry for entry in report.entries if entry.waiver is not None]
    sections.append(Section("findings-waived", "Waived", tuple(_groups(waived, figures))))
    return Section("findings", "What the checks say", (_summary(report),), tuple(sections))


def _order(entry: Entry) -> tuple[int, str, str, int, str]:
    finding = entry.finding
    return (
        SEVERITIES.index(finding.severity),
        finding.code,
        finding.location.file,
        finding.location.line,
        finding.subject,
    )


def _groups(chosen: Iterable[Entry], figures: Mapping[str, Figure]) -> Iterator[Block]:
    """One block for each severity and check."""
    ordered = sorted(chosen, key=_order)
    for (severity, code), found in groupby(ordered, key=lambda entry: (entry.finding.severity, entry.finding.code)):
        entries = tuple(found)
        check = entries[0].check
        yield FindingGroup(
            code=code,
            severity=str(severity),
            title=check.title,
            why=coded(check.why),
            mend=coded(check.mend),
            items=tuple(_item(entry, figures) for entry in entries),
        )


def _summary(report: Report) -> Paragraph:
    if not report.read:
        return Paragraph((Text("The plan could not be read. Everything that is in the way is listed here."),))
    found = ", ".join(_counts(report))
    return Paragraph((Text(f"{len(report.checks)} checks were run. They found {found or 'nothing to raise'}."),))


def _counts(report: Report) -> Iterator[str]:
    for severity, count in report.counts.items():
        if count:
            yield f"{count} {severity}{'s' if count > 1 else ''}"
    waived = len(report.entries) - len(report.open)
    if waived:
        yield f"{waived} waived"


def _waived(waiver: Waiver | None) -> str:
    return f"by {waiver.author} until {day_words(waiver.expires)}: {waiver.reason}" if waiver else ""


def _item(entry: Entry, figures: Mapping[str, Figure]) -> FindingItem:
    finding = entry.finding
    quoted = [quote(figures[each]) for each in finding.figures if each in figures]
    return FindingItem(
        message=entry.words,
        subject=finding.subject,
        location=str(finding.location),
        suggestion=coded(finding.suggestion),
        related=tuple((str(each.location), each.why) for each in finding.related),
        figures=_listed(quoted),
        leans_on=finding.leans_on,
        waiver=_waived(entry.waiver),
    )


def _listed(quoted: Sequence[Quoted]) -> Runs:
    runs: list[Inline] = []
    for each in quoted:
        runs += [*((Text("; "),) if runs else ()), Text(f"{each.label}: "), each]
    return tuple(runs)
