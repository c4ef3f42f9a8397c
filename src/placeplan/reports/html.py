"""The document as one HTML file: no request leaves it, it reads without JavaScript, on paper, in the dark and aloud."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from placeplan.reports.document import Chart, Document, Quoted, Section, parts_of
from placeplan.reports.drawing import svg
from placeplan.reports.pictures.legible import legible
from placeplan.reports.styles import PAGE, style_of

TEMPLATES = "templates"


def html(document: Document) -> bytes:
    """Render a document."""
    text = _template().render(
        document=document,
        synthetic=document.synthetic,
        wbr=Markup("<wbr>"),
        drawings=drawings_of(document.sections),
        figure_address=_figure_address,
        link_address=str,
        style=style_of(*PAGE),
        script=Markup(_asset("report.js")),  # noqa: S704 - our own file
    )
    return legible(text).encode("utf-8")


def drawings_of(sections: Sequence[Section]) -> dict[str, Markup]:
    """The drawn charts of some sections, by identifier."""
    charts = (part for part in parts_of(tuple(sections)) if isinstance(part, Chart))
    return {chart.id: Markup(inline(svg(chart.picture))) for chart in charts}  # noqa: S704 - drawn by us, escaped


def _figure_address(quoted: Quoted) -> str:
    return f"#{quoted.anchor}"


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
