"""Chapters of a plan: the parts of its document that answer one kind of question, for a page of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from placeplan.reports.assembling import kept
from placeplan.reports.document import Section
from placeplan.reports.html import drawings_of
from placeplan.reports.sections.care import care
from placeplan.reports.sections.contracts import contracts
from placeplan.reports.sections.findings import findings
from placeplan.reports.sections.governance import governance
from placeplan.reports.sections.intentions import intentions
from placeplan.reports.sections.maturity import maturity
from placeplan.reports.sections.milestones import milestones
from placeplan.reports.sections.money import money
from placeplan.reports.sections.narrative import narrative
from placeplan.reports.sections.observations import observations
from placeplan.reports.sections.performance import performance
from placeplan.reports.sections.plan_on_a_page import plan_on_a_page
from placeplan.reports.sections.risks import risks
from placeplan.reports.sections.segments import segments
from placeplan.reports.sections.sign_off import sign_off
from placeplan.reports.sections.targets import targets_section
from placeplan.reports.sections.traceability import traceability
from placeplan.reports.types import PlanResults

# The sections of each chapter, by the anchor under which each stands in the document.
CHAPTERS: Mapping[str, Mapping[str, Callable[[PlanResults], Section]]] = {
    "on-a-page": {"plan-on-a-page": plan_on_a_page},
    "words": {"narrative": narrative},
    "money": {"money": money},
    "performance": {"performance": performance, "observations": observations},
    "people": {"people": segments},
    "care": {"care": care},
    "commitments": {
        "intentions": intentions,
        "contracts": contracts,
        "risks": risks,
        "milestones": milestones,
        "maturity": maturity,
    },
    "traceability": {"traceability": traceability},
    "governance": {"governance": governance},
    "assurance": {"findings": findings},
    "signing": {"sign-off": sign_off},
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections of the document, with their charts drawn, by identifier. ``synthetic``: its figures are made up."""

    sections: tuple[Section, ...]
    drawings: Mapping[str, str]
    synthetic: bool


def chapter_of(results: PlanResults, name: str) -> Chapter:
    """A chapter of a plan. One without content has no sections.

    Raises:
        KeyError: no chapter has that name.
    """
    return chapter_of_sections(results, tuple(section(results) for section in CHAPTERS[name].values()))


def summary_of(results: PlanResults) -> Chapter:
    """Where each service stands against what is asked of it."""
    return chapter_of_sections(results, (targets_section(results),))


def chapter_of_sections(results: PlanResults, sections: tuple[Section, ...]) -> Chapter:
    """A chapter of sections that were made for a page of their own."""
    return drawn(sections, synthetic=results.header.synthetic)


def drawn(sections: tuple[Section, ...], *, synthetic: bool) -> Chapter:
    """Sections that are not of a plan's document, with their charts drawn."""
    shown = kept(sections)
    return Chapter(shown, drawings_of(shown), synthetic)


def chapter_with(anchor: str) -> str | None:
    """The chapter that an anchor of the document stands in: anchors begin with that of their section."""
    for name, sections in CHAPTERS.items():
        if any(anchor == section or anchor.startswith(f"{section}-") for section in sections):
            return name
    return None
