"""What the checks say: open findings by how much they matter and then by code, and those that somebody waived."""

from collections.abc import Iterable, Iterator, Sequence

from placeplan.assurance.findings import SEVERITIES, Check, Finding
from placeplan.plan.tables import Waiver
from placeplan.reports.document import (
    Block,
    FindingItem,
    FindingList,
    Inline,
    Paragraph,
    Quoted,
    Runs,
    Section,
    Text,
    day_words,
)
from placeplan.reports.quoting import quote
from placeplan.reports.types import PlanResults

TITLES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


def findings(results: PlanResults) -> Section:
    """A section for each severity, and one for what is waived."""
    judgement = results.judgement
    ordered = sorted(judgement.findings, key=_order)
    numbers = {id(finding): number for number, finding in enumerate(ordered, start=1)}
    sections = [
        Section(
            f"findings-{severity}",
            TITLES[severity],
            _lists(results, [each for each in ordered if each.severity is severity], numbers=numbers),
        )
        for severity in SEVERITIES
    ]
    waived = sorted(judgement.waived, key=lambda pair: _order(pair[0]))
    numbers |= {id(finding): number for number, (finding, _) in enumerate(waived, start=len(ordered) + 1)}
    items = tuple(
        _item(results, finding, number=numbers[id(finding)], waiver=_waived(waiver)) for finding, waiver in waived
    )
    sections.append(Section("findings-waived", "Waived", (FindingList(items),) if items else ()))
    return Section("findings", "What the checks say", (_summary(results),), tuple(sections))


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return SEVERITIES.index(finding.severity), finding.code, str(finding.location), finding.subject


def _lists(results: PlanResults, chosen: Iterable[Finding], *, numbers: dict[int, int]) -> tuple[Block, ...]:
    items = tuple(_item(results, finding, number=numbers[id(finding)]) for finding in chosen)
    return (FindingList(items),) if items else ()


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


def _item(results: PlanResults, finding: Finding, *, number: int, waiver: str = "") -> FindingItem:
    check = _check(results, finding.code)
    quoted = [quote(results.figures[each]) for each in finding.figures if each in results.figures]
    return FindingItem(
        code=finding.code,
        severity=str(finding.severity),
        title=check.title,
        message=check.words(finding),
        subject=finding.subject,
        location=str(finding.location),
        why=check.why,
        mend=check.mend,
        suggestion=finding.suggestion,
        related=tuple((str(each.location), each.why) for each in finding.related),
        figures=_listed(quoted),
        leans_on=finding.leans_on,
        waiver=waiver,
        number=number,
    )


def _listed(quoted: Sequence[Quoted]) -> Runs:
    runs: list[Inline] = []
    for each in quoted:
        runs += [*((Text("; "),) if runs else ()), Text(f"{each.label}: "), each]
    return tuple(runs)


def _check(results: PlanResults, code: str) -> Check:
    return next(check for check in results.judgement.checks if check.code == code)
