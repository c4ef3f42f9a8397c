"""Answers at which level of care each service belongs, and why not at a lower one."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import care_definitions_in, read_care_definitions
from placeplan.app.care.capacity_files import Row, known_or_problem, marks_of, rows_of
from placeplan.capacity.placement import CareLevel, Override, Placement, placed
from placeplan.capacity.standards import CareDefinitions
from placeplan.kernel.errors import Problem

LEVELS, OVERRIDES = "capacity-levels", "capacity-overrides"
UNCONFIRMED = "Unconfirmed rules"
NOWHERE = "no level"


def answer_placement(populations: Path | None, *, overrides: Path | None, definitions: Path | None) -> CapacityAnswer:
    """Place every service.

    Args:
        populations: people of the units of each level; those of the definitions where it is nothing.
        overrides: decisions to place a service elsewhere.
        definitions: levels and services of the user's own.

    Raises:
        InputError: a file cannot be read, or names a level or a service that is not known, with every problem.
    """
    care = care_definitions_in(definitions) if definitions else read_care_definitions()
    known = [level.id for level in care.levels]
    rows = rows_of(populations, LEVELS, check=lambda row: _level_problems(row, known)) if populations else ()
    levels = _levels(care, rows)
    found = placed([one.rules for one in care.services], levels, overrides=_decisions(overrides, care))
    titles = {level.id: level.title for level in levels}
    return CapacityAnswer(
        title=f"{len(found)} services at {len(levels)} levels of care",
        says=tuple(_says(found, titles)),
        tables=(_table(found, titles),),
        document={"services": [_document(one) for one in found]},
        marks=(*marks_of(rows), *_unconfirmed(care)),
        findings=tuple(_findings(found)),
    )


def _level_problems(row: Row, known: Sequence[str]) -> Iterator[Problem]:
    yield from known_or_problem(row, "level", known=known)
    if row.number("people") <= 0:
        yield row.problem("people", "a unit serves nobody", expected="a number above 0")


def _levels(care: CareDefinitions, rows: Sequence[Row]) -> tuple[CareLevel, ...]:
    given: dict[str, list[float]] = {}
    for row in rows:
        given.setdefault(row.text("level"), []).append(row.number("people"))
    return tuple(level.level(given.get(level.id)) for level in care.levels)


def _decisions(path: Path | None, care: CareDefinitions) -> Mapping[str, Override]:
    if path is None:
        return {}
    services, levels = [one.id for one in care.services], [one.id for one in care.levels]

    def problems(row: Row) -> Iterator[Problem]:
        yield from known_or_problem(row, "service", known=services)
        yield from known_or_problem(row, "level", known=levels)

    rows = rows_of(path, OVERRIDES, check=problems)
    return {row.text("service"): Override(row.text("level"), row.text("reason")) for row in rows}


def _unconfirmed(care: CareDefinitions) -> tuple[str, ...]:
    return () if all(one.confirmed for one in (*care.levels, *care.services)) else (UNCONFIRMED,)


def _says(found: Sequence[Placement], titles: Mapping[str, str]) -> Iterator[str]:
    for level, title in titles.items():
        here = [one.service.title for one in found if one.level == level]
        if here:
            yield f"{title}: {', '.join(here)}."


def _findings(found: Sequence[Placement]) -> Iterator[str]:
    for one in found:
        if one.level is None:
            yield f"{one.service.title}: no level meets its rules."
        for failure in one.accepted:
            reason = one.override.reason if one.override else ""
            yield f"{one.service.title} is placed at {failure} (decided: {reason})."


def _table(found: Sequence[Placement], titles: Mapping[str, str]) -> TextTable:
    rows: list[tuple[str, str, str]] = []
    for one in found:
        decided = f"decided: {one.override.reason}" if one.override else ""
        why = [decided] if decided else []
        rows += [
            (one.service.title if first else "", (titles[one.level] if one.level else NOWHERE) if first else "", words)
            for first, words in _first((*why, *_by_level(one)) or ("",))
        ]
    return TextTable(("Service", "Level", "Why not lower"), tuple(rows), left=3)


def _by_level(one: Placement) -> Iterator[str]:
    for level in dict.fromkeys(failure.level for failure in one.failures):
        yield f"{level}: {'; '.join(failure.words for failure in one.why_not(level))}"


def _first(words: Sequence[str]) -> Iterator[tuple[bool, str]]:
    return ((place == 0, each) for place, each in enumerate(words))


def _document(one: Placement) -> dict[str, Any]:
    return {
        "service": one.service.id,
        "level": one.level,
        "lowest_level": one.lowest,
        "decided": None if one.override is None else one.override.reason,
        "failures": [{"level": each.level, "rule": each.rule.value, "words": each.words} for each in one.failures],
        "accepted": [{"level": each.level, "rule": each.rule.value, "words": each.words} for each in one.accepted],
    }
