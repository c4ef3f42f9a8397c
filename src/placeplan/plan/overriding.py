"""A plan under a scenario: the cells that the scenario names are set, and nothing else is changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.columns import Column
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.scenario import Override, Scenario

_TABLE_OF_PATH = {table.path: table for table in TABLES}


def scenario_named(plan: Plan, name: str) -> Scenario:
    """The scenario of the plan with this name.

    Raises:
        InputError: there is none; the message lists those that there are.
    """
    for scenario in plan.scenarios:
        if scenario.scenario == name:
            return scenario
    listed = ", ".join(scenario.scenario for scenario in plan.scenarios) or "none"
    raise InputError([Problem(Location("scenarios"), f"there is no scenario called {name!r}", f"one of: {listed}")])


def apply_scenario(plan: Plan, scenario: Scenario, *, places: Sequence[Location] = ()) -> Plan:
    """The plan with the scenario's cells set.

    Args:
        plan: the plan.
        scenario: what to set.
        places: where each override stands, for messages.

    Raises:
        InputError: an override names a table, a row or a column that the plan does not have, names two rows, or sets a
            key, or its
            value cannot be read; all such overrides at once.
    """
    problems: list[Problem] = []
    for index, override in enumerate(scenario.overrides):
        place = (
            places[index]
            if index < len(places)
            else Location(f"scenarios/{scenario.scenario}.yaml", field=f"overrides.{index}")
        )
        try:
            plan = _apply(plan, override, place=place)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return plan


def _apply(plan: Plan, override: Override, *, place: Location) -> Plan:
    table = _TABLE_OF_PATH.get(override.table)
    if table is None:
        raise _refusal(place, f"there is no table {override.table!r}", expected=f"one of {', '.join(_TABLE_OF_PATH)}")
    rows = plan.rows(table)
    index = _row_index(table, rows, override=override, place=place)
    changed = _with_cell(table, rows[index], override=override, place=place)
    changes: dict[str, Any] = {table.attribute: (*rows[:index], changed, *rows[index + 1 :])}
    return replace(plan, **changes)


def _row_index(table: Table, rows: Sequence[Any], *, override: Override, place: Location) -> int:
    unknown = sorted(set(override.row) - set(table.key))
    if unknown:
        raise _refusal(
            place,
            f"{', '.join(unknown)} is not part of the key of {table.path}",
            expected=f"some of {', '.join(table.key)}",
        )
    matches = [index for index, row in enumerate(rows) if _matches(table, row, override=override)]
    if len(matches) != 1:
        named = ", ".join(f"{name} {value!r}" for name, value in override.row.items())
        raise _refusal(place, f"{len(matches) or 'no'} rows of {table.path} have {named}", expected="exactly one row")
    return matches[0]


def _matches(table: Table, row: Any, *, override: Override) -> bool:
    key = dict(zip(table.key, table.key_of(row), strict=True))
    return all(key[name] == value for name, value in override.row.items())


def _with_cell(table: Table, row: Any, *, override: Override, place: Location) -> Any:
    for column in table.columns:
        if column.by_year and _has_year(row, column, heading=override.column):
            cells = dict(getattr(row, column.name))
            cells[FinancialYear.parse(override.column)] = _value(column, override.value, place=place)
            return replace(row, **{column.name: cells})
        if column.name == override.column and not column.by_year:
            if column.key:
                raise _refusal(
                    place,
                    f"{override.column!r} names the row and cannot be set",
                    expected="a column that is not part of the key",
                )
            return replace(row, **{column.name: _value(column, override.value, place=place)})
    names = [
        *(column.name for column in table.columns if not column.key and not column.by_year),
        *map(str, _years_of(table, row)),
    ]
    raise _refusal(
        place, f"{table.path} has no column {override.column!r} for this row", expected=f"one of {', '.join(names)}"
    )


def _years_of(table: Table, row: Any) -> tuple[FinancialYear, ...]:
    return tuple(year for column in table.columns if column.by_year for year in getattr(row, column.name))


def _has_year(row: Any, column: Column, *, heading: str) -> bool:
    return any(str(year) == heading for year in getattr(row, column.name))


def _value(column: Column, text: str, *, place: Location) -> Any:
    if not text.strip():
        if column.required:
            raise _refusal(place, f"{column.name!r} cannot be blank", expected=column.kind.expected)
        return None
    try:
        return column.kind.parse(text.strip())
    except ValueError:
        raise _refusal(place, f"{text!r} cannot be read for {column.name!r}", expected=column.kind.expected) from None


def _refusal(place: Location, message: str, *, expected: str) -> InputError:
    return InputError([Problem(place, message, expected)])
