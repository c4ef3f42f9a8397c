"""Answers how many staff a module has for each area that it is scaled to."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_workforce_definitions, workforce_definitions_in
from placeplan.app.care.capacity_files import marks_of, rows_of
from placeplan.capacity.standards import StaffModule
from placeplan.capacity.workforce import ScaledModule, scaled_module
from placeplan.kernel.errors import InputError, Location, Problem

LAYOUT = "capacity-areas"
UNCONFIRMED = "Unconfirmed module"


def answer_module(path: Path, *, module: str, definitions: Path | None) -> CapacityAnswer:
    """Staff of a module scaled to areas, with the range that its range of population gives.

    Raises:
        InputError: the table or the definitions cannot be read, or there is no such module.
    """
    known = workforce_definitions_in(definitions) if definitions else read_workforce_definitions()
    found = next((one for one in known.modules if one.id == module), None)
    if found is None:
        names = ", ".join(one.id for one in known.modules)
        raise InputError([Problem(Location("--module"), f"there is no module '{module}'", f"one of {names}")])
    rows = rows_of(path, LAYOUT)
    scaled = scaled_module(
        found.wte(known.working_time),
        smallest=float(found.smallest),
        largest=float(found.largest),
        populations=[row.number("people") for row in rows],
    )
    areas = [row["area"] for row in rows]
    return CapacityAnswer(
        title=f"{found.title}, scaled to {len(areas)} areas",
        says=tuple(_module_says(found, scaled)),
        tables=(_module_rows(found, scaled, areas=areas),),
        document={
            "module": found.id,
            "smallest": float(found.smallest),
            "largest": float(found.largest),
            "areas": list(_module_document(found, scaled, areas=areas)),
        },
        marks=(*marks_of(rows), *(() if found.confirmed else (UNCONFIRMED,))),
        findings=tuple(_undivided(scaled, areas)),
    )


def _module_says(module: StaffModule, scaled: ScaledModule) -> Iterator[str]:
    low, central, high = (float(each.sum()) for each in (scaled.low, scaled.central, scaled.high))
    sizes = f"one team for {module.largest:,.0f} people to one for {module.smallest:,.0f}"
    people = f"{scaled.populations.sum():,.0f} people"
    yield f"{people} need {central:,.1f} whole-time equivalents ({low:,.1f} to {high:,.1f}, from {sizes})."
    if module.note:
        yield module.note


def _module_rows(module: StaffModule, scaled: ScaledModule, *, areas: Sequence[str]) -> TextTable:
    headings = ("Area", "Role", "Needed", "Low", "High")
    cells = tuple(
        (
            area,
            role.title,
            f"{scaled.central[row, column]:,.1f}",
            f"{scaled.low[row, column]:,.1f}",
            f"{scaled.high[row, column]:,.1f}",
        )
        for column, area in enumerate(areas)
        for row, role in enumerate(module.roles)
    )
    return TextTable(headings, cells, left=2)


def _module_document(module: StaffModule, scaled: ScaledModule, *, areas: Sequence[str]) -> Iterator[dict[str, Any]]:
    for column, area in enumerate(areas):
        yield {
            "area": area,
            "people": float(scaled.populations[column]),
            "fewest_modules": int(scaled.fewest_modules[column]),
            "most_modules": int(scaled.most_modules[column]),
            "roles": [
                {
                    "role": role.id,
                    "needed": float(scaled.central[row, column]),
                    "low": float(scaled.low[row, column]),
                    "high": float(scaled.high[row, column]),
                }
                for row, role in enumerate(module.roles)
            ],
        }


def _undivided(scaled: ScaledModule, areas: Sequence[str]) -> Iterator[str]:
    for column, area in enumerate(areas):
        if not scaled.divides[column]:
            few, most = int(scaled.fewest_modules[column]), int(scaled.most_modules[column])
            people = f"{scaled.populations[column]:,.0f} people"
            yield f"{area}: {people} are too many for {most:,} teams of the module's size and too few for {few:,}."
