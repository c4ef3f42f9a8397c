"""The list of ways to break a plan folder."""

from collections.abc import Callable
from typing import Any

from tests.corpus.broken_plan import Expected
from tests.corpus.draft import Draft

Break = Callable[[Draft], Expected | None]
BREAKAGES: dict[str, Break] = {}
"""By kind; each changes a draft and says what reading must find; nothing where the plan has no place for it."""


def breakage(break_plan: Any, *, kind: str = "") -> Any:
    """Register a way to break a folder, under its own name unless a kind is given."""
    name = kind or break_plan.__name__.replace("_", "-")
    assert name not in BREAKAGES, name
    BREAKAGES[name] = break_plan
    return break_plan
