"""From the results of a plan to its document."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from placeplan.assurance.rendering.entries import report_of_problems
from placeplan.kernel.errors import Problem
from placeplan.reports.document import (
    Derivation,
    Document,
    FindingItem,
    Note,
    Quoted,
    Section,
    Text,
    Tone,
    Unconfirmed,
    parts_of,
)
from placeplan.reports.sections.care import care
from placeplan.reports.sections.contracts import contracts
from placeplan.reports.sections.findings import findings, findings_section
from placeplan.reports.sections.governance import governance
from placeplan.reports.sections.intentions import intentions
from placeplan.reports.sections.maturity import maturity
from placeplan.reports.sections.milestones import milestones
from placeplan.reports.sections.money import money
from placeplan.reports.sections.narrative import narrative
from placeplan.reports.sections.observations import observations
from placeplan.reports.sections.performance import performance
from placeplan.reports.sections.plan_on_a_page import plan_on_a_page
from placeplan.reports.sections.provenance import derivations_section, sources_section
from placeplan.reports.sections.risks import risks
from placeplan.reports.sections.segments import segments
from placeplan.reports.sections.sign_off import sign_off
from placeplan.reports.sections.traceability import traceability
from placeplan.reports.types import PlanResults

SECTIONS: tuple[Callable[[PlanResults], Section], ...] = (
    plan_on_a_page,
    narrative,
    money,
    performance,
    segments,
    care,
    intentions,
    traceability,
    risks,
    contracts,
    milestones,
    maturity,
    governance,
    observations,
    findings,
    sign_off,
)

UNCONFIRMED = " rests on a value that nobody has confirmed yet, or that was made up or fitted. Its derivation names it."
SYNTHETIC = "Every figure in this document is made up. It describes no real place, organisation or person."


def document_of(results: PlanResults) -> Document:
    """The plan document. Parts without content leave no heading."""
    sections = kept(section(results) for section in SECTIONS)
    sections += kept((sources_section(results, sections),))
    sections += kept((derivations_section(results, sections),))
    return _document(results, title=results.header.title, sections=sections)


def findings_document_of(results: PlanResults) -> Document:
    """Only what the checks say, with the derivations of the figures that they name."""
    sections = kept((findings(results),))
    sections += kept((derivations_section(results, sections),))
    return _document(results, title=f"Findings: {results.header.title}", sections=sections)


def problems_document_of(name: str, problems: Iterable[Problem], *, day: date) -> Document:
    """What is in the way of reading the plan called ``name``, on a day."""
    section = findings_section(report_of_problems(problems), figures={})
    return Document(
        title=f"Cannot be read: {name}",
        subtitle="",
        dated=day,
        synthetic=False,
        unconfirmed=False,
        marks=(),
        sections=kept((section,)),
    )


def _document(results: PlanResults, *, title: str, sections: tuple[Section, ...]) -> Document:
    header = results.header
    unconfirmed = any(_is_unconfirmed(part) for part in parts_of(sections))
    return Document(
        title=title,
        subtitle=header.organisation.name,
        dated=results.case.as_at,
        synthetic=header.synthetic,
        unconfirmed=unconfirmed,
        marks=tuple(_marks(synthetic=header.synthetic, unconfirmed=unconfirmed)),
        sections=sections,
    )


def _is_unconfirmed(part: object) -> bool:
    if isinstance(part, Quoted):
        return part.unconfirmed
    return isinstance(part, Unconfirmed) or (isinstance(part, Derivation | FindingItem) and bool(part.leans_on))


def _marks(*, synthetic: bool, unconfirmed: bool) -> Iterator[Note]:
    if synthetic:
        yield Note(
            "Synthetic",
            (Text(SYNTHETIC),),
            Tone.NEAR,
        )
    if unconfirmed:
        yield Note("Unconfirmed values", (Text("A number with the mark "), Unconfirmed(), Text(UNCONFIRMED)), Tone.NEAR)


def kept(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections without their empty parts."""
    trimmed = (replace(section, sections=kept(section.sections)) for section in sections)
    return tuple(section for section in trimmed if not section.is_empty)
