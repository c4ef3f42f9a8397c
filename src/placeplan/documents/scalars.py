"""What a plain word of YAML means here.

A deliberately small reading of YAML 1.2: whole numbers are ``int``, other numbers ``Decimal`` (never a float), ISO
dates are ``date``, ``true`` and ``false`` are truth values, ``null``, ``~`` and nothing are ``None``. Everything
else is text: ``yes``, ``on``, ``2014-15``, ``12:30``, ``1e5``, ``007``.
"""

import re
from datetime import date
from decimal import Decimal

Scalar = bool | int | Decimal | date | str | None

_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)(\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
LONGEST_NUMBER = 40
_ISO_DATE_LENGTH = len("2014-04-01")


def resolve(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar.

    Text that only looks like a date (30 February) stays text, so that the model can say what was expected.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-0123456789":
        return text
    number = _NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if number is not None:
        return Decimal(text) if number[1] else int(text)
    if len(text) == _ISO_DATE_LENGTH and _DATE.fullmatch(text):
        return _date_or_text(text)
    return text


def _date_or_text(text: str) -> date | str:
    """The day, or the text itself when the calendar has no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
