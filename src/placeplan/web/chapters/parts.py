"""What a page is given to show a chapter of a plan with the same parts as the document (``parts.html.jinja``).

The page of a chapter stands at ``plans/PLAN/CHAPTER/``, whichever package answers for it.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from placeplan.app.plan_chapters import Chapter, chapter_with
from placeplan.web.planning.models import Plan


def parts_context(plan: Plan, chapter: Chapter | None) -> dict[str, Any]:
    """The sections, and what their macros ask for: drawings, and where a figure and a link lead.

    Args:
        plan: the plan whose figures the parts quote.
        chapter: ``None`` when the plan cannot be read.
    """
    return {
        "chapter": chapter,
        "synthetic": chapter is not None and chapter.synthetic,
        "drawings": chapter.drawings if chapter else {},
        "wbr": Markup("<wbr>"),
        "figure_address": lambda quoted: reverse("planning:figure", args=[plan.slug, quoted.figure]),
        "link_address": _addresses_in(plan),
    }


def _addresses_in(plan: Plan) -> Callable[[str], str]:
    """Where a link of the document leads here: to the page of the chapter that holds its anchor, or elsewhere."""
    start = reverse("planning:plan", args=[plan.slug])

    def address(target: str) -> str:
        chapter = chapter_with(target.removeprefix("#")) if target.startswith("#") else None
        return f"{start}{chapter}/{target}" if chapter else target

    return address
