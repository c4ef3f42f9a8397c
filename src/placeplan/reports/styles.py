"""The style sheets that pages carry inside them, from the files beside the templates."""

from functools import cache
from importlib.resources import files

from markupsafe import Markup

PAGE = ("colours.css", "report.css", "parts.css")


@cache
def style_of(*names: str) -> Markup:
    """Some style sheets as one, to stand in a page."""
    folder = files("placeplan.reports").joinpath("templates")
    return Markup("".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names))  # noqa: S704 - our own
