"""From results to bytes, in every format that was asked for."""

from collections.abc import Iterable

from placeplan.reports.assembling import document_of
from placeplan.reports.types import PlanResults


def render(results: PlanResults, formats: Iterable[str]) -> dict[str, bytes]:
    """The document in the formats asked for, by file name."""
    document = document_of(results)
    built: dict[str, bytes] = {}
    for each in formats:
        if each == "html":
            from placeplan.reports.html import html

            built["index.html"] = html(document)
    return built
