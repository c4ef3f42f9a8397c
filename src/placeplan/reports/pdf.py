"""The document on paper: A4, tagged, headings in the outline, table heads repeated, charts as vectors.

The layout is a Typst template that walks the same tree, handed to it as JSON. Only the fonts inside Typst are used, so
that the same document gives the same bytes on every machine.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from placeplan.reports.document import Chart, Document, day_words, parts_of, readable
from placeplan.reports.drawing import svg

TEMPLATE = "document.typ"


def pdf(document: Document) -> bytes:
    """Typeset a document."""
    import typst

    sources = {
        "main.typ": files("placeplan.reports").joinpath("templates", TEMPLATE).read_bytes(),
        "document.json": json.dumps(plain(readable(document)), ensure_ascii=False).encode("utf-8"),
        **dict(_drawings(document)),
    }
    compiler: Any = typst  # its types leave out that the input may be several files
    made: bytes = compiler.compile(sources, format="pdf", ignore_system_fonts=True, timestamp=0, pdf_standards="ua-1")
    return made


def _drawings(document: Document) -> Iterator[tuple[str, bytes]]:
    for part in parts_of(document.sections):
        if isinstance(part, Chart):
            yield f"{part.id}.svg", svg(part.picture).encode("utf-8")


def plain(part: object) -> Any:
    """A part of the tree as JSON has it: fields by name, and its kind; charts without their picture."""
    if isinstance(part, tuple):
        return [plain(each) for each in part]
    if isinstance(part, date):
        return day_words(part)
    if not is_dataclass(part):
        return part
    named = {each.name: plain(getattr(part, each.name)) for each in fields(part) if each.name != "picture"}
    return named | {name: getattr(part, name) for name in ("kind", "anchor") if hasattr(part, name)}
