"""Answers how many staff there will be in later years, by who retires, leaves, joins and returns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.capacity.arrays import FloatArray
from placeplan.capacity.staff_projection import StaffProjection, projected_staff
from placeplan.kernel.errors import Problem

LAYOUT = "capacity-staff-ages"
JOINING = ("recruited", "trained")


@dataclass(frozen=True, slots=True)
class _Group:
    """A staff group in later years; ``wte`` has one number for the start and one for the end of each year."""

    name: str
    found: StaffProjection
    wte: FloatArray


def answer_leavers(path: Path, *, years: int) -> CapacityAnswer:
    """Staff of each group, year by year.

    Raises:
        InputError: the table cannot be read, with every problem.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    with refusals_located(path):
        groups = [_projected(name, each, years=years) for name, each in _by_group(rows).items()]
    return CapacityAnswer(
        title=f"Staff in later years: {len(groups)} groups, {years} years",
        says=tuple(map(_says, groups)),
        tables=tuple(_table(group) for group in groups),
        document={"groups": [_document(group) for group in groups]},
        marks=marks_of(rows),
        findings=tuple(_findings(groups)),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    for heading in ("band_years", "participation"):
        if row.has(heading) and row.number(heading) <= 0:
            yield row.problem(heading, "0 is too little", expected="a number above 0")


def _by_group(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.text("group"), []).append(row)
    return found


def _projected(name: str, rows: Sequence[Row], *, years: int) -> _Group:
    def column(heading: str, otherwise: float = 0.0) -> list[float]:
        return [row.number(heading, otherwise) for row in rows]

    found = projected_staff(
        [row.text("band") for row in rows],
        column("people"),
        band_years=column("band_years"),
        retiring=column("retiring"),
        leaving=column("leaving"),
        returning=column("returning"),
        joining={how: column(how) for how in JOINING},
        years=years,
    )
    return _Group(name, found, found.staff @ column("participation", 1.0))


def _says(group: _Group) -> str:
    start, end = group.found.total[0], group.found.total[-1]
    retired, left = group.found.retired.sum(), group.found.left.sum()
    return (
        f"{group.name}: {start:,.0f} people become {end:,.0f} ({group.wte[0]:,.1f} to {group.wte[-1]:,.1f} WTE); "
        f"{retired:,.0f} retire, {left:,.0f} leave, {group.found.all_joined.sum():,.0f} join and "
        f"{group.found.returned.sum():,.0f} return."
    )


def _findings(groups: Sequence[_Group]) -> Iterator[str]:
    for group in groups:
        if group.wte[-1] < group.wte[0]:
            yield f"{group.name}: {group.wte[0] - group.wte[-1]:,.1f} whole-time equivalents fewer at the end."


def _table(group: _Group) -> TextTable:
    found, flows = group.found, _flows(group.found)
    rows = tuple(
        (
            "now" if year == 0 else f"year {year}",
            f"{found.total[year]:,.1f}",
            f"{group.wte[year]:,.1f}",
            f"{found.share_in_last_bands[year]:.0%}",
            *(f"{flow[year - 1]:,.1f}" if year else "" for flow in flows.values()),
        )
        for year in range(len(found.total))
    )
    return TextTable((group.name, "People", "WTE", "Last two bands", *map(str.capitalize, flows)), rows)


def _flows(found: StaffProjection) -> dict[str, list[float]]:
    """People of all ages by how they came or went, year by year."""
    told = {"retired": found.retired, "left": found.left, **found.joined, "returned": found.returned}
    return {name: flow.sum(axis=1).tolist() for name, flow in told.items()}


def _document(group: _Group) -> dict[str, Any]:
    return {
        "group": group.name,
        "bands": list(group.found.bands),
        "people": group.found.staff.tolist(),
        "wte": group.wte.tolist(),
        "share_in_last_two_bands": group.found.share_in_last_bands.tolist(),
        **_flows(group.found),
    }
