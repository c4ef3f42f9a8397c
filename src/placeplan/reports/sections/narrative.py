"""The plan's own text, file by file in the order of their names."""

from placeplan.reports.document import Section
from placeplan.reports.narrative import sections_of
from placeplan.reports.types import PlanResults


def narrative(results: PlanResults) -> Section:
    """Every text of the plan as a section of its own."""
    sections = (
        sections_of(
            text.text, results.figures, section_id=f"text-{text.file.removeprefix('narrative/').removesuffix('.md')}"
        )
        for text in results.plan.narrative
    )
    return Section("narrative", "The plan in words", (), tuple(sections))
