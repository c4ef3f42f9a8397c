"""Words that can be drawn: signs that XML cannot hold become a replacement sign.

The drawing engine does not refuse such a sign but ends the whole process, so none may reach it.
"""

import re
from collections.abc import Mapping
from typing import Any

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED = "\N{REPLACEMENT CHARACTER}"


def legible(words: str) -> str:
    """Words without signs that cannot be drawn."""
    return _NOT_XML.sub(REPLACED, words)


def legible_throughout(value: Any) -> Any:
    """A specification whose texts can all be drawn."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, Mapping):
        return {key: legible_throughout(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [legible_throughout(inner) for inner in value]
    return value
