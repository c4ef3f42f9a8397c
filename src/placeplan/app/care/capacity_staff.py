"""Answers how many staff are needed from contacts, and how many are there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_workforce_definitions, workforce_definitions_in
from placeplan.app.care.capacity_files import Row, known_or_problem, marks_of, refusals_located, rows_of
from placeplan.capacity.standards import WorkforceDefinitions
from placeplan.capacity.workforce import StaffTable, headcount, staff_table, wte_needed
from placeplan.kernel.errors import Problem
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.staff_need import RoleNeed, staff_picture

LAYOUT = "capacity-staff"
UNCONFIRMED = "Unconfirmed working time"


def answer_staff(path: Path, *, definitions: Path | None) -> CapacityAnswer:
    """Staff needed from contacts against staff in post, by area and role.

    Raises:
        InputError: the table or the definitions cannot be read, with every problem.
    """
    known = workforce_definitions_in(definitions) if definitions else read_workforce_definitions()
    hours = {pattern.id: pattern.time.contact_hours for pattern in known.working_time}
    rows = rows_of(path, LAYOUT, check=lambda row: _staff_problems(row, patterns=list(hours)))
    names = tuple(f"{row['area']}: {row['role']}" for row in rows)
    with refusals_located(path):
        needed = [_needed(row, hours) for row in rows]
        table = staff_table(
            names,
            needed=needed,
            in_post=[row.number("in_post") for row in rows],
            vacancies=[row.number("vacancies") for row in rows],
        )
    people = headcount(needed, participation=[row.number("participation", 1.0) for row in rows]).tolist()
    marks = (*marks_of(rows), *_unconfirmed_hours(rows, known))
    roles = _by_role(rows, table)
    return CapacityAnswer(
        title=f"Staff needed and in post: {len({row['area'] for row in rows})} areas, {len(roles)} roles",
        says=(_says(roles),),
        tables=(_staff_rows(rows, table, people=people), _role_rows(roles)),
        document={"staff": list(_staff_document(rows, table, people=people))},
        marks=marks,
        findings=tuple(_short(roles)),
        pictures=(_picture(roles, marks=marks),),
    )


def _staff_problems(row: Row, *, patterns: Sequence[str]) -> Iterator[Problem]:
    yield from known_or_problem(row, "working_time", known=patterns)
    if bool(row.text("working_time")) == row.has("contact_hours"):
        message = "a row gives a pattern of work, or hours for contacts"
        yield row.problem("working_time", message, mend="Fill one of the two, and leave the other blank.")
    for heading in ("contact_hours", "participation"):
        if row.has(heading) and row.number(heading) <= 0:
            yield row.problem(heading, f"{row.number(heading):g} is not above 0")


def _needed(row: Row, hours: dict[str, float]) -> float:
    contact_hours = row.number("contact_hours") if row.has("contact_hours") else hours[row.text("working_time")]
    return float(
        wte_needed(
            row.number("contacts"),
            minutes=row.number("minutes"),
            travel_minutes=row.number("travel_minutes"),
            contact_hours=contact_hours,
        )
    )


def _unconfirmed_hours(rows: Sequence[Row], known: WorkforceDefinitions) -> Iterator[str]:
    unsure = {pattern.id for pattern in known.working_time if not pattern.confirmed}
    if any(row.text("working_time") in unsure for row in rows):
        yield UNCONFIRMED


def _by_role(rows: Sequence[Row], table: StaffTable) -> tuple[RoleNeed, ...]:
    names = np.array([row["role"] for row in rows])
    return tuple(
        RoleNeed(
            role,
            float(table.needed[names == role].sum()),
            float(table.in_post[names == role].sum()),
            float(table.vacancies[names == role].sum()),
        )
        for role in dict.fromkeys(names.tolist())
    )


def _says(roles: Sequence[RoleNeed]) -> str:
    needed, in_post = sum(role.needed for role in roles), sum(role.in_post for role in roles)
    vacant = sum(role.vacancies for role in roles)
    told = f"{needed:,.1f} whole-time equivalents are needed, {in_post:,.1f} are in post"
    return f"{told}, and {vacant:,.1f} posts are vacant."


def _short(roles: Sequence[RoleNeed]) -> Iterator[str]:
    for role in roles:
        if role.in_post < role.needed:
            posts = role.in_post + role.vacancies
            without = f", {role.needed - posts:,.1f} of them without a post" if posts < role.needed else ""
            yield f"{role.role}: {role.needed - role.in_post:,.1f} whole-time equivalents short{without}."


def _staff_rows(rows: Sequence[Row], table: StaffTable, *, people: Sequence[float]) -> TextTable:
    headings = ("Area", "Role", "Needed", "People", "In post", "Vacant", "Gap")
    cells = tuple(
        (
            row["area"],
            row["role"],
            f"{table.needed[place]:,.1f}",
            f"{people[place]:,.1f}",
            f"{table.in_post[place]:,.1f}",
            f"{table.vacancies[place]:,.1f}",
            f"{table.gap[place]:+,.1f}",
        )
        for place, row in enumerate(rows)
    )
    return TextTable(headings, cells, left=2)


def _role_rows(roles: Sequence[RoleNeed]) -> TextTable:
    cells = tuple(
        (
            role.role,
            f"{role.needed:,.1f}",
            f"{role.in_post:,.1f}",
            f"{role.vacancies:,.1f}",
            f"{role.in_post - role.needed:+,.1f}",
        )
        for role in roles
    )
    return TextTable(("All areas", "Needed", "In post", "Vacant", "Gap"), cells)


def _staff_document(rows: Sequence[Row], table: StaffTable, *, people: Sequence[float]) -> Iterator[dict[str, Any]]:
    for place, row in enumerate(rows):
        yield {
            "area": row["area"],
            "role": row["role"],
            "needed": float(table.needed[place]),
            "people_needed": float(people[place]),
            "in_post": float(table.in_post[place]),
            "vacancies": float(table.vacancies[place]),
            "gap": float(table.gap[place]),
            "without_money": float(table.without_money[place]),
        }


def _picture(roles: Sequence[RoleNeed], *, marks: Sequence[str]) -> StatisticalPicture:
    return staff_picture(
        "staff-needed-and-in-post",
        roles,
        title="Staff needed and in post",
        subtitle="All areas together, whole-time equivalents.",
        note="Needed: contacts times minutes over the hours that one whole-time equivalent has for contacts.",
        marks=marks,
    )
