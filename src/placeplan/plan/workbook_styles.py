"""How the cells of a workbook look."""

from functools import cache
from typing import Any

import xlsxwriter

from placeplan.plan.columns import CELLS, FLAG, MEASURED, NUMBER, PERCENTAGE, SCORE, TEXT, Column, Kind
from placeplan.plan.workbook_numbers import GENERAL, TEXT_FORMAT

NUMERIC = (CELLS, NUMBER, PERCENTAGE, MEASURED)
_DARK, _GREY, _PAPER, _INPUT, _RULE = "#0B3C5D", "#5F6B73", "#F2F4F5", "#FFFBE6", "#C9CFD3"
_SMALL_SIZE = 9
_HINT_HEIGHT, _HEADING_HEIGHT = 48, 20
_WIDTHS: dict[Kind, int] = {FLAG: 11, SCORE: 11, CELLS: 14, NUMBER: 14, PERCENTAGE: 14, MEASURED: 14, TEXT: 38}
_OTHER_WIDTH = 20
_WIDE_NAMES = {"line", "title", "mitigation", "exception", "change"}
_WIDE = 52
HINT_HEIGHT, HEADING_HEIGHT = _HINT_HEIGHT, _HEADING_HEIGHT


class Styles:
    """The cell formats of one workbook, made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self.input = cache(self._input)
        self.derived = cache(self._derived)
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": _DARK})
        self.heading = book.add_format(
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": _DARK,
                "valign": "vcenter",
                "border": 1,
                "border_color": _RULE,
            }
        )
        self.year = book.add_format(
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": _DARK,
                "align": "right",
                "valign": "vcenter",
                "border": 1,
                "border_color": _RULE,
            }
        )
        self.hint = book.add_format(
            {
                "italic": True,
                "font_color": _GREY,
                "bg_color": _PAPER,
                "text_wrap": True,
                "valign": "top",
                "font_size": _SMALL_SIZE,
            }
        )
        self.section = book.add_format({"bold": True, "font_color": _DARK, "bottom": 1, "bottom_color": _DARK})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True, "valign": "top"})
        self.small = book.add_format({"font_color": _GREY, "font_size": _SMALL_SIZE, "bg_color": _PAPER, "indent": 1})
        self.unknown = book.add_format({"font_color": _GREY, "italic": True, "align": "right", "bg_color": _PAPER})
        self.word = book.add_format({"bg_color": _PAPER})

    def _input(self, number_format: str, *, bare: bool = False, right: bool = False) -> Any:
        form: dict[str, Any] = {"num_format": number_format, "locked": False, "valign": "top"}
        if not bare:
            form |= {"bg_color": _INPUT, "border": 1, "border_color": _RULE}
        if right:
            form["align"] = "right"
        return self._book.add_format(form)

    def _derived(self, number_format: str) -> Any:
        return self._book.add_format({"num_format": number_format, "bg_color": _PAPER})

    def blank(self, column: Column, *, bare: bool = False) -> Any:
        """The format of a cell that nobody has filled in; ``bare``: without fill, below the rows that are offered."""
        return self.input(GENERAL if column.kind in NUMERIC else TEXT_FORMAT, bare=bare)


def width_of(column: Column) -> int:
    """Width of a column, in characters."""
    if column.kind is TEXT and column.name in _WIDE_NAMES:
        return _WIDE
    return _WIDTHS.get(column.kind, _OTHER_WIDTH)
