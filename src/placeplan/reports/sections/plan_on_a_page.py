"""The plan on a page: what it is for, what it must reach, who answers, and its headline numbers."""

from collections.abc import Iterator

from placeplan.assurance.findings import Severity
from placeplan.finance.measures import ALL_SERVICES, WORDS, Measure, figure_id
from placeplan.reports.document import Link, PageOnAPage, Runs, Section, Slot, Text
from placeplan.reports.quoting import quote
from placeplan.reports.types import PlanResults

HEADLINES = (Measure.RESOURCES, Measure.TOTAL, Measure.IN_YEAR, Measure.CUMULATIVE)


def plan_on_a_page(results: PlanResults) -> Section:
    """The fixed slots, those that are filled."""
    summary = results.header.summary
    slots = (
        Slot("Vision", _texts((summary.vision,) if summary.vision else ())),
        Slot("Objectives", _texts(summary.objectives)),
        Slot("What success looks like", _texts(summary.success)),
        Slot("Money", tuple(_headlines(results))),
        Slot("Governance", _texts(summary.governance)),
        Slot("Values", _texts(summary.values)),
        Slot("The place", _texts(tuple(dict.fromkeys((results.header.place, *results.header.footprint))))),
        Slot("What the checks say", tuple(_findings(results))),
    )
    return Section("plan-on-a-page", "Plan on a page", (PageOnAPage(tuple(slot for slot in slots if slot.items)),))


def _texts(texts: tuple[str, ...]) -> tuple[Runs, ...]:
    return tuple((Text(text),) for text in texts)


def _headlines(results: PlanResults) -> Iterator[Runs]:
    """Headline figures of every year, over all services."""
    for year in results.header.years:
        for measure in HEADLINES:
            figure = results.figures.get(figure_id(ALL_SERVICES, year, measure=measure))
            if figure is not None:
                yield (Text(f"{year}, {WORDS[measure]}: "), quote(figure))


def _findings(results: PlanResults) -> Iterator[Runs]:
    for severity in Severity:
        count = [finding.severity for finding in results.judgement.findings].count(severity)
        if count:
            yield (Link(f"{count} {severity}{'s' if count > 1 else ''}", f"#findings-{severity}"),)
    waived = len(results.judgement.waived)
    if waived:
        yield (Link(f"{waived} waived", "#findings-waived"),)
    if not results.judgement.findings:
        yield (Text(f"{len(results.judgement.checks)} checks were run and found nothing to raise."),)
