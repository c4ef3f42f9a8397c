"""What a person says of conflicts: row by row in a table, paragraph by paragraph in a narrative, else by section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from placeplan.plan.merging import Merge, MergedSection, Outcome, settled, settled_narrative
from placeplan.plan.merging_paragraphs import ParagraphConflict
from placeplan.plan.row_names import BETWEEN, row_name

Texts = Mapping[str, str]
SIDES = {"mine": Outcome.MINE, "theirs": Outcome.THEIRS}
BOTH, TYPED = "both", "typed"
_TEXT = BETWEEN + "text"


@dataclass(frozen=True, slots=True)
class Decided:
    """The text of each section that was decided (``None``: it is gone), and what still waits for a decision."""

    texts: Mapping[str, str | None]
    undecided: tuple[str, ...]


def paragraph_name(section: str, conflict: ParagraphConflict) -> str:
    """The name of the field that asks about paragraphs: another where one of their sides says something else."""
    return BETWEEN.join((section, conflict.mark))


def typed_name(section: str, conflict: ParagraphConflict) -> str:
    """The name of the field into which a third text is typed."""
    return paragraph_name(section, conflict) + _TEXT


def choices_of(merged: Merge) -> dict[str, MergedSection]:
    """What is asked, by the name of its field: a row or a paragraph where it can be decided so, else the section."""
    asked: dict[str, MergedSection] = {}
    for section in merged.conflicts:
        rows = [row_name(section.section, row.key) for row in section.rows]
        paragraphs = [paragraph_name(section.section, each) for each in section.paragraphs]
        asked |= dict.fromkeys(rows or paragraphs or [section.section], section)
    return asked


def decided(given: Mapping[str, str], merged: Merge, *, base: Texts, mine: Texts, theirs: Texts) -> Decided:
    """What a form says of conflicts.

    Args:
        given: for each field whether ``mine`` or ``theirs`` stands; for a paragraph also ``both``, or ``typed`` with
            the text in another field.
        merged: the conflicts.
        base: the texts that both sides started from.
        mine: the texts of one side.
        theirs: the texts of the other.
    """
    texts: dict[str, str | None] = {}
    undecided: list[str] = []
    for section in merged.conflicts:
        name = section.section
        waiting = list(_undecided(section, given))
        undecided += waiting
        if waiting:
            continue
        if section.rows:
            stands = {row.key: SIDES[given[row_name(name, row.key)]] for row in section.rows}
            texts[name] = settled(name, base, mine=mine, theirs=theirs, stands=stands)
        elif section.paragraphs:
            said = {each.mark: _said(each, given, section=name) or "" for each in section.paragraphs}
            texts[name] = settled_narrative(name, base, mine=mine, theirs=theirs, stands=said)
        else:
            texts[name] = (mine if given[name] == "mine" else theirs).get(name)
    return Decided(texts, tuple(undecided))


def _undecided(section: MergedSection, given: Mapping[str, str]) -> Iterator[str]:
    """The fields of a section that say nothing yet."""
    name = section.section
    if section.paragraphs:
        open_ones = (each for each in section.paragraphs if _said(each, given, section=name) is None)
        yield from (paragraph_name(name, each) for each in open_ones)
        return
    fields = [row_name(name, row.key) for row in section.rows] or [name]
    yield from (field for field in fields if given.get(field) not in SIDES)


def _said(conflict: ParagraphConflict, given: Mapping[str, str], *, section: str) -> str | None:
    """What stands of paragraphs as somebody says; nothing where they have not, or typed nothing."""
    choice = given.get(paragraph_name(section, conflict), "")
    if choice == TYPED:
        return given.get(typed_name(section, conflict), "").replace("\r\n", "\n").strip() or None
    return {"mine": conflict.mine, "theirs": conflict.theirs, BOTH: conflict.both}.get(choice)
