"""What the checks say: open findings by how much they matter and then by code, and those that somebody waived."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from placeplan.assurance.findings import SEVERITIES, Finding
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
Noted = tuple[Finding, str]


def findings(results: PlanResults) -> Section:
    """A section for each severity, and one for what is waived."""
    opened = [(finding, "") for finding in results.judgement.findings]
    waived = [(finding, _waived(waiver)) for finding, waiver in results.judgement.waived]
    sections = [
        Section(
            f"findings-{severity}",
            TITLES[severity],
            tuple(_groups(results, [noted for noted in opened if noted[0].severity is severity])),
        )
        for severity in SEVERITIES
    ]
    sections.append(Section("findings-waived", "Waived", tuple(_groups(results, waived))))
    return Section("findings", "What the checks say", (_summary(results),), tuple(sections))


def _order(noted: Noted) -> tuple[int, str, str, int, str]:
    finding = noted[0]
    return (
        SEVERITIES.index(finding.severity),
        finding.code,
        finding.location.file,
        finding.location.line,
        finding.subject,
    )


def _groups(results: PlanResults, chosen: Iterable[Noted]) -> Iterator[Block]:
    """One block for each severity and check."""
    ordered = sorted(chosen, key=_order)
    for (severity, code), found in groupby(ordered, key=lambda noted: (noted[0].severity, noted[0].code)):
        check = next(check for check in results.judgement.checks if check.code == code)
        yield FindingGroup(
            code=code,
            severity=str(severity),
            title=check.title,
            why=coded(check.why),
            mend=coded(check.mend),
            items=tuple(
                _item(results, finding, message=check.words(finding), waiver=waiver) for finding, waiver in found
            ),
        )


def _summary(results: PlanResults) -> Paragraph:
    judgement = results.judgement
    found = ", ".join(_counts(results))
    text = f"{len(judgement.checks)} checks were run. They found {found or 'nothing to raise'}."
    return Paragraph((Text(text),))


def _counts(results: PlanResults) -> Iterator[str]:
    for severity in SEVERITIES:
        count = [finding.severity for finding in results.judgement.findings].count(severity)
        if count:
            yield f"{count} {severity}{'s' if count > 1 else ''}"
    if results.judgement.waived:
        yield f"{len(results.judgement.waived)} waived"


def _waived(waiver: Waiver) -> str:
    return f"by {waiver.author} until {day_words(waiver.expires)}: {waiver.reason}"


def _item(results: PlanResults, finding: Finding, *, message: str, waiver: str) -> FindingItem:
    quoted = [quote(results.figures[each]) for each in finding.figures if each in results.figures]
    return FindingItem(
        message=message,
        subject=finding.subject,
        location=str(finding.location),
        suggestion=coded(finding.suggestion),
        related=tuple((str(each.location), each.why) for each in finding.related),
        figures=_listed(quoted),
        leans_on=finding.leans_on,
        waiver=waiver,
    )


def _listed(quoted: Sequence[Quoted]) -> Runs:
    runs: list[Inline] = []
    for each in quoted:
        runs += [*((Text("; "),) if runs else ()), Text(f"{each.label}: "), each]
    return tuple(runs)
