"""A text of the plan as its document will show it, while somebody writes it."""

from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.reports.narrative import sections_of
from placeplan.reports.types import PlanResults

PREVIEW = "preview"


def preview_of(text: str, results: PlanResults | None) -> Chapter | None:
    """The text with its figures put in; nothing when there are no figures to put in.

    Args:
        text: Markdown.
        results: what its figures are taken from.
    """
    if results is None:
        return None
    return chapter_of_sections(results, (sections_of(text, results.figures, section_id=PREVIEW),))
