"""From results to bytes, in every format that was asked for. Each format's library is loaded only when it is used."""

from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module

from placeplan.kernel.errors import Problem
from placeplan.reports.assembling import document_of, findings_document_of, problems_document_of
from placeplan.reports.document import Document
from placeplan.reports.types import PlanResults

Renderer = Callable[[Document], bytes]
FORMATS = ("html", "pdf", "docx")


def render(results: PlanResults, formats: Iterable[str]) -> dict[str, bytes]:
    """The document in the formats asked for, by file name: ``index.html``, ``PLAN.pdf``, ``PLAN.docx``.

    Raises:
        ValueError: one of the formats is not in ``FORMATS``.
    """
    document = document_of(results)
    return {_file_name(results, each): _renderer(each)(document) for each in formats}


def findings_html(results: PlanResults) -> bytes:
    """A page with only what the checks say."""
    return _renderer("html")(findings_document_of(results))


def problems_html(name: str, problems: Iterable[Problem], *, day: date) -> bytes:
    """A page with what is in the way of reading a plan."""
    return _renderer("html")(problems_document_of(name, problems, day=day))


def _file_name(results: PlanResults, form: str) -> str:
    return "index.html" if form == "html" else f"{results.header.id}.{form}"


def _renderer(form: str) -> Renderer:
    if form not in FORMATS:
        raise ValueError(f"{form!r} is not one of {', '.join(FORMATS)}")
    name = "word" if form == "docx" else form
    renderer: Renderer = getattr(import_module(f"placeplan.reports.{name}"), form)
    return renderer
