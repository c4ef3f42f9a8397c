"""Text in a worksheet: what a workbook cannot hold or would change goes through an escape and back.

A workbook's own escape for a character is ``_x000D_``. XlsxWriter adds it for control characters and openpyxl does not
take it off; openpyxl drops ``x005F_`` from every text; XlsxWriter takes a text between ``<r>`` and ``</r>`` for markup.
So every text that holds one of these is escaped here first, in the same form, and read back here.
"""

import re

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)|^<(?=r>)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAY_NEED_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|x[0-9A-Fa-f]{4}_|^<r>")


def to_cell(text: str) -> str:
    """A text as it is written to a cell."""
    return _UNSAFE.sub(_escape, text) if _MAY_NEED_ESCAPE.search(text) else text


def from_cell(text: str) -> str:
    """The text that a cell stands for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04x}_"


def in_pieces(text: str, longest: int) -> list[str]:
    """A text in pieces that each fit a cell: at least one, together the text.

    Args:
        text: the text.
        longest: how many characters a piece may have before it is escaped.
    """
    return [text[start : start + longest] for start in range(0, len(text), longest)] or [""]
