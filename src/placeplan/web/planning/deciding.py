"""What a person says of conflicts: row by row where a table can be decided so, else section by section."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.plan.merging import Merge, MergedSection, Outcome, settled
from placeplan.plan.row_names import row_name

Texts = Mapping[str, str]
SIDES = {"mine": Outcome.MINE, "theirs": Outcome.THEIRS}


@dataclass(frozen=True, slots=True)
class Decided:
    """The text of each section that was decided (``None``: it is gone), and what still waits for a decision."""

    texts: Mapping[str, str | None]
    undecided: tuple[str, ...]


def choices_of(merged: Merge) -> dict[str, MergedSection]:
    """What is asked, by the name of its field: a row where a section can be decided row by row, else the section."""
    asked: dict[str, MergedSection] = {}
    for section in merged.conflicts:
        names = [row_name(section.section, row.key) for row in section.rows] or [section.section]
        asked |= dict.fromkeys(names, section)
    return asked


def decided(given: Mapping[str, str], merged: Merge, *, base: Texts, mine: Texts, theirs: Texts) -> Decided:
    """What a form says of conflicts.

    Args:
        given: for each field whether ``mine`` or ``theirs`` stands.
        merged: the conflicts.
        base: the texts that both sides started from.
        mine: the texts of one side.
        theirs: the texts of the other.
    """
    texts: dict[str, str | None] = {}
    undecided = [name for name in choices_of(merged) if given.get(name) not in SIDES]
    for section in merged.conflicts:
        name = section.section
        if section.rows:
            stands = {row.key: SIDES.get(given.get(row_name(name, row.key), "")) for row in section.rows}
            known = {key: side for key, side in stands.items() if side is not None}
            if len(known) == len(stands):
                texts[name] = settled(name, base, mine=mine, theirs=theirs, stands=known)
        elif given.get(name) in SIDES:
            texts[name] = (mine if given[name] == "mine" else theirs).get(name)
    return Decided(texts, tuple(undecided))
