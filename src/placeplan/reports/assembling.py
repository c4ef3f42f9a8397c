"""From the results of a plan to its document."""

from dataclasses import replace

from placeplan.reports.document import Document, Section
from placeplan.reports.sections.money import money
from placeplan.reports.sections.provenance import derivations_section
from placeplan.reports.types import PlanResults


def document_of(results: PlanResults) -> Document:
    """The plan document. Parts without content leave no heading."""
    sections = tuple(filter(None, (_kept(section(results)) for section in (money,))))
    sections = (*sections, *filter(None, (_kept(derivations_section(results, sections)),)))
    header = results.header
    return Document(
        title=header.title,
        subtitle=header.organisation.name,
        dated=results.case.as_at,
        synthetic=header.synthetic,
        unconfirmed=False,
        marks=(),
        sections=sections,
    )


def _kept(section: Section | None) -> Section | None:
    """The section without its empty parts; nothing when nothing is left."""
    if section is None:
        return None
    kept = replace(section, sections=tuple(filter(None, (_kept(inner) for inner in section.sections))))
    return None if kept.is_empty else kept
