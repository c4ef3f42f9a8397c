"""Reads a table of spend and answers what a savings target asks of each area."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, marks_of, rows_of
from placeplan.app.care.intervention_library import FOLDER
from placeplan.demand.errors import DemandError
from placeplan.demand.financial_mapping import FinancialMapping, Lever, MappedArea, SpendArea, financial_mapping
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files

BETWEEN, WHOLE, INDENT = ">", "All spend", "  "
HEADINGS = ("area", "spend", "can be changed", "goals", "target", "gap")


@dataclass(frozen=True, slots=True)
class _Branch:
    parts: dict[str, "_Branch | SpendArea"] = field(default_factory=dict)


def mapping_answer(path: Path, *, target: Decimal) -> CapacityAnswer:
    """What a target asks of each area of a table of spend.

    Args:
        path: a table of the layout ``spend-areas``.
        target: share of all spend to be saved, such as 0.03.

    Raises:
        InputError: the table cannot be used, or nothing in it can be changed; with every problem.
    """
    rows = rows_of(path, "spend-areas", check=_row_problems)
    whole = SpendArea(WHOLE, parts=_parts(_tree(rows)))
    try:
        found = financial_mapping(whole, target_share=target)
    except DemandError as error:
        raise InputError([Problem(Location(path.name), message) for message in error.messages]) from error
    return CapacityAnswer(
        title=f"Financial mapping: {target:.1%} of all spend",
        says=tuple(_sentences(found)),
        tables=(TextTable(HEADINGS, tuple(_cells(area) for area in found.areas)),),
        document={"target_share": float(target), "areas": [_area_document(area) for area in found.areas]},
        marks=marks_of(rows),
    )


def write_contracting_example(folder: Path) -> tuple[Path, ...]:
    """Write an example of each table about contracts and spend; most of its numbers are made up.

    Raises:
        InputError: the folder cannot be written to.
    """
    examples = sorted((FOLDER / "examples" / "contracting").glob("*.csv"))
    return write_files(folder, {path.name: path.read_bytes() for path in examples})


def _row_problems(row: Row) -> Iterator[Problem]:
    if not all(_names(row)):
        yield row.problem("area", "a name of the path is blank", expected="such as Primary care > Dental")
        return
    if row.has("spend") and row.text("lever") in set(Lever):
        try:
            _leaf(row)
        except DemandError as error:
            heading = "spend" if row.number("spend") < 0 else "goal"
            yield from (row.problem(heading, message) for message in error.messages)


def _names(row: Row) -> tuple[str, ...]:
    return tuple(name.strip() for name in row.text("area").split(BETWEEN))


def _leaf(row: Row) -> SpendArea:
    spend, goal = (Decimal(str(row.number(heading))) for heading in ("spend", "goal"))
    return SpendArea(_names(row)[-1], spend, Lever(row.text("lever")), discretion=row.text("here") == "yes", goal=goal)


def _tree(rows: Sequence[Row]) -> _Branch:
    """The areas under one another; a path that is both an area and the sum of others is a problem."""
    top, problems = _Branch(), []
    for row in sorted(rows, key=lambda one: len(_names(one))):
        place: _Branch | SpendArea = top
        for name in _names(row)[:-1]:
            if isinstance(place, _Branch):
                place = place.parts.setdefault(name, _Branch())
        if isinstance(place, SpendArea) or _names(row)[-1] in place.parts:
            expected = "a row for the lowest areas alone, once each"
            problems.append(row.problem("area", f"'{row.text('area')}' meets another row", expected=expected))
        else:
            place.parts[_names(row)[-1]] = _leaf(row)
    if problems:
        raise InputError(problems)
    return top


def _parts(branch: _Branch) -> tuple[SpendArea, ...]:
    return tuple(
        SpendArea(name, parts=_parts(part)) if isinstance(part, _Branch) else part
        for name, part in branch.parts.items()
    )


def _sentences(found: FinancialMapping) -> Iterator[str]:
    whole = found.whole
    yield f"The target is £{whole.target:,.0f} of £{whole.spend:,.0f}."
    if whole.addressable:
        asked = found.share_asked_of_addressable
        yield f"£{whole.addressable:,.0f} can be changed here: the target is {asked:.1%} of it."
    reach = "short of" if whole.gap > 0 else "beyond"
    yield f"The goals come to £{whole.realistic:,.0f}: £{abs(whole.gap):,.0f} {reach} the target."


def _cells(area: MappedArea) -> tuple[str, ...]:
    figures = (area.spend, area.addressable, area.realistic, area.target, area.gap)
    return (INDENT * (len(area.path) - 1) + area.path[-1], *(f"{figure:,.0f}".replace("-", "−") for figure in figures))


def _area_document(area: MappedArea) -> Mapping[str, object]:
    names = ("spend", "addressable", "realistic", "target", "gap")
    return {"path": list(area.path), **{name: float(getattr(area, name)) for name in names}}
