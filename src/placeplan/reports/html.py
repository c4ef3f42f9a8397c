"""The document as one HTML file: no request leaves it, it reads without JavaScript, on paper, in the dark and aloud."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from placeplan.reports.document import Chart, Document, parts_of
from placeplan.reports.drawing import svg
from placeplan.reports.pictures.legible import legible

TEMPLATES = "templates"


def html(document: Document) -> bytes:
    """Render a document."""
    text = _template().render(
        document=document,
        wbr=Markup("<wbr>"),
        drawings=dict(_drawings(document)),
        style=Markup(_asset("report.css")),  # noqa: S704 - our own file
        script=Markup(_asset("report.js")),  # noqa: S704 - our own file
    )
    return legible(text).encode("utf-8")


def _drawings(document: Document) -> Iterator[tuple[str, Markup]]:
    """The drawn charts by identifier."""
    for part in parts_of(document.sections):
        if isinstance(part, Chart):
            yield part.id, Markup(inline(svg(part.picture)))  # noqa: S704 - drawn by us from escaped data


def inline(drawn: str) -> str:
    """A drawing that stands inside a page: hidden from screen readers, for its words stand beside it."""
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("placeplan.reports", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template("document.html.jinja")


@cache
def _asset(name: str) -> str:
    text: Any = files("placeplan.reports").joinpath(TEMPLATES, name).read_text(encoding="utf-8")
    return str(text)
