"""Answers how many rooms contacts need, and how many are there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_standards
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.capacity.rooms import Opening, RoomTable, room_table
from placeplan.kernel.errors import Problem

LAYOUT = "capacity-rooms"
UNCONFIRMED = "Unconfirmed standard"
OPENING = ("room-sessions", "room-weeks", "room-session-minutes")


def answer_rooms(path: Path) -> CapacityAnswer:
    """Rooms needed against rooms there, by site and type of room.

    Raises:
        InputError: the table cannot be read, with every problem.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    standards = read_standards()
    target = standards.number("room-utilisation")
    sessions, weeks, minutes = (standards.number(name) for name in OPENING)
    with refusals_located(path):
        table = room_table(
            [f"{row['site']}: {row['room_type']}" for row in rows],
            contacts=[row.number("contacts") for row in rows],
            minutes=[row.number("minutes") for row in rows],
            there=[row.number("rooms") for row in rows],
            utilisation=[row.number("utilisation", target) for row in rows],
            opening=Opening(sessions_a_week=sessions, weeks_a_year=weeks, session_minutes=minutes),
        )
    unconfirmed = not all(standards[name].confirmed for name in (*OPENING, "room-utilisation"))
    return CapacityAnswer(
        title=f"Rooms needed and there: {len({row['site'] for row in rows})} sites",
        says=(
            f"{table.needed_whole.sum():,} rooms are needed and {table.there.sum():,.0f} are there.",
            f"A room has {sessions:g} sessions of {minutes:g} minutes a week, {weeks:g} weeks a year.",
        ),
        tables=(_table(rows, table),),
        document={"rooms": list(_document(rows, table))},
        marks=(*marks_of(rows), *((UNCONFIRMED,) if unconfirmed else ())),
        findings=tuple(_findings(rows, table)),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    if row.has("utilisation") and row.number("utilisation") <= 0:
        yield row.problem("utilisation", "0 is no target", expected="a share above 0 and up to 1")


def _findings(rows: Sequence[Row], table: RoomTable) -> Iterator[str]:
    for row, gap, used in zip(rows, table.gap.tolist(), table.used.tolist()):
        if gap < 0:
            full = f"; contacts would fill {used:.0%} of all sessions" if row.number("rooms") else ""
            yield f"{row['site']}, {row['room_type']}: {-gap:,.0f} too few{full}."


def _table(rows: Sequence[Row], table: RoomTable) -> TextTable:
    cells = tuple(
        (
            row["site"],
            row["room_type"],
            f"{table.sessions[place]:,.0f}",
            f"{table.needed[place]:,.1f}",
            f"{table.there[place]:,.0f}",
            f"{table.gap[place]:+,.0f}",
            f"{table.used[place]:.0%}" if table.there[place] else "",
        )
        for place, row in enumerate(rows)
    )
    return TextTable(("Site", "Room", "Sessions", "Needed", "There", "Gap", "Used"), cells, left=2)


def _document(rows: Sequence[Row], table: RoomTable) -> Iterator[dict[str, Any]]:
    for place, row in enumerate(rows):
        yield {
            "site": row["site"],
            "room_type": row["room_type"],
            "sessions": float(table.sessions[place]),
            "needed": float(table.needed[place]),
            "needed_whole": int(table.needed_whole[place]),
            "there": int(table.there[place]),
            "gap": int(table.gap[place]),
            "used": float(table.used[place]) if table.there[place] else None,
        }
