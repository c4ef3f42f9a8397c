"""A statistical picture as a value: the specification, the words that say what it shows, and the numbers behind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from placeplan.indicators.naming import slug
from placeplan.reports.pictures import style
from placeplan.reports.pictures.frame import Sheet, framed, inset
from placeplan.reports.pictures.icons import Icon
from placeplan.reports.pictures.legible import legible_throughout
from placeplan.reports.pictures.style import KeyMark

VEGA_LITE = "5.21"
LONGEST_NAME = 80
_OPENING = re.compile(r"<svg\b[^>]*?\bheight=\"([0-9.]+)\"[^>]*>")
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_SPOKEN = re.compile(r' (?:role|class|aria-[a-z]+|pointer-events)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_EMPTY_PATH = re.compile(r'<path(?: class="[^"]*")? d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>')


@dataclass(frozen=True, eq=False, kw_only=True)
class StatisticalPicture:
    """One picture.

    ``spec`` is a Vega-Lite specification of the plot. ``says`` is one to three sentences that say what the picture
    shows, for those who cannot see it; ``note`` holds caveats and the rule, ``source`` is a sentence on where the
    numbers come from; ``data`` is the table behind it.
    ``marks`` are short words that must be seen ("Synthetic", "Provisional"); ``icons`` are verdicts, ``key`` tells the
    marks apart. Drawing loads vl-convert, and only drawing does.
    """

    id: str
    title: str
    subtitle: str
    spec: Mapping[str, Any]
    says: str
    note: str
    data: pl.DataFrame
    source: str = ""
    marks: tuple[str, ...] = ()
    icons: tuple[Icon, ...] = ()
    key: tuple[KeyMark, ...] = ()

    @property
    def words_below(self) -> str:
        """What stands below the plot: the caveats, and where the numbers come from."""
        return " ".join(filter(None, (self.note, self.source)))

    @property
    def name(self) -> str:
        """The identifier as a file name without ending: small letters, digits and dashes."""
        return safe_name(self.id)

    def svg(self) -> str:
        """The picture as SVG, with its words as title and description. The same picture gives the same letters."""
        return self._drawn

    def inset(self) -> str:
        """The drawing with its marks, verdicts and key, without the words that a document sets beside it."""
        plot, height = self._plot
        return inset(self._sheet, plot, height=height)

    @cached_property
    def _drawn(self) -> str:
        plot, height = self._plot
        return framed(self._sheet, plot, height=height)

    @property
    def _sheet(self) -> Sheet:
        return Sheet(
            name=self.name,
            title=self.title,
            subtitle=self.subtitle,
            says=self.says,
            note=self.words_below,
            marks=self.marks,
            icons=self.icons,
            key=self.key,
        )

    @cached_property
    def _plot(self) -> tuple[str, float]:
        """The marks of the plot and its height. Drawing starts the engine."""
        import vl_convert

        drawn: str = vl_convert.vegalite_to_svg(
            legible_throughout(self.spec), vl_version=VEGA_LITE, allowed_base_urls=[]
        )
        return plain_marks(drawn)

    def png(self, scale: float = 2) -> bytes:
        """The picture in pixels."""
        import vl_convert

        pixels: bytes = vl_convert.svg_to_png(self.svg(), scale=scale)
        return pixels

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg()

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, str]:
        """What a notebook shows: the drawing, and its words where drawings cannot be shown."""
        return {"image/svg+xml": self.svg(), "text/plain": f"{self.title}. {self.says}"}


def safe_name(identifier: str) -> str:
    """A file name for an identifier, safe on every system; never empty."""
    return slug(identifier)[:LONGEST_NAME].strip("-") or "picture"


def plain_marks(drawn: str) -> tuple[str, float]:
    """The marks inside a drawing of Vega, with numbers of two decimals and without words for each mark; its height.

    The picture as a whole has a description, so that a screen reader need not read hundreds of points.
    """
    opening = _OPENING.match(drawn)
    if opening is None:
        raise ValueError("the drawing does not begin with an <svg> that has a height")
    inner = drawn[opening.end() : drawn.rindex("</svg>")]
    plain = _TAG.sub(lambda tag: _LONG_NUMBER.sub(_short, _SPOKEN.sub("", tag[0])), inner)
    return _EMPTY_PATH.sub("", plain), float(opening[1])


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def message_picture(
    identifier: str, *, title: str, subtitle: str, why: str, data: pl.DataFrame, note: str = ""
) -> StatisticalPicture:
    """A picture that says why there is nothing to draw, instead of empty axes."""
    words = {"type": "text", "fontSize": 15, "align": "center", "baseline": "middle", "limit": style.PLOT_WIDTH}
    layer = {"data": {"values": [{}]}, "mark": words, "encoding": {"text": {"value": why}}}
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=style.specification(layer, height=120),
        says=f"There is nothing to draw: {why}",
        note=note,
        data=data,
    )
