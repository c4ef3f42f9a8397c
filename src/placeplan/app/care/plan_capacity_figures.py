"""Figures of what the care model needs: beds, staff, and the size of clusters.

Identifiers: ``capacity.beds.POINT.YEAR.needed``, ``.there`` and ``.gap``; ``capacity.staff.ROLE.YEAR.needed``,
``.in-post`` and ``.gap``; ``capacity.clusters.CLUSTER.people``.
"""

from collections.abc import Mapping

import numpy as np

from placeplan.app.care.capacity_definitions import read_workforce_definitions
from placeplan.app.care.plan_figures import AFTER, rounded
from placeplan.app.care.plan_firmness import not_firm, reach_not_firm
from placeplan.app.care.plan_model import CareModel
from placeplan.capacity.beds import beds_at_occupancy, days_in
from placeplan.capacity.workforce import wte_needed
from placeplan.demand.investment import people_reached
from placeplan.finance.ledger import Draft, Ledger
from placeplan.kernel.figures import ZERO, CellReference, Figure, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.care_tables import CareStaff
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan

BEDS, FTE, PEOPLE = "beds", "FTE", "people"
NEEDED, THERE, IN_POST, GAP = "needed", "there", "in-post", "gap"


def add_capacity(plan: Plan, model: CareModel, *, ledger: Ledger) -> None:
    """Beds and staff that the activity and the interventions need, against what is there; people of clusters."""
    for point in dict.fromkeys(row.point for row in plan.care_beds):
        there = _add_beds_there(plan, point, ledger=ledger)
        for year in plan.header.years:
            _add_beds_needed(plan, point, year=year, there=there, ledger=ledger)
    _add_staff(plan, model, ledger=ledger)
    for cluster in dict.fromkeys(row.cluster for row in plan.care_clusters):
        rows = [row for row in plan.care_clusters if row.cluster == cluster and row.ends is None]
        inputs = tuple(
            Input(row.practice, row.people.value, CellReference(row.place, PEOPLE), row.people.value) for row in rows
        )
        label = f"{cluster.replace('-', ' ').capitalize()}, people on the lists"
        formula = "lists of its practices of today"
        draft = Draft(
            id=f"capacity.clusters.{cluster}.people",
            label=label,
            unit=PEOPLE,
            formula=formula,
            inputs=inputs,
            leans_on=not_firm("care/clusters.csv", rows),
        )
        ledger.add_sum(draft)


def _add_beds_there(plan: Plan, point: str, *, ledger: Ledger) -> Figure:
    rows = [row for row in plan.care_beds if row.point == point]
    inputs = tuple(Input(row.title, row.beds.value, CellReference(row.place, BEDS), row.beds.value) for row in rows)
    identifier, label = f"capacity.beds.{point}.{THERE}", f"{_spoken(point)}, beds that are there"
    return ledger.add_sum(
        Draft(
            id=identifier,
            label=label,
            unit=BEDS,
            formula="sum of the sites",
            inputs=inputs,
            leans_on=not_firm("care/beds.csv", rows),
        )
    )


def _add_beds_needed(plan: Plan, point: str, *, year: FinancialYear, there: Figure, ledger: Ledger) -> None:
    """Beds at the planned occupancy of the sites, weighted by their beds."""
    days = ledger.get(f"demand.{point}.{year}.{AFTER}")
    if days is None or days.value is None:
        return
    rows = [row for row in plan.care_beds if row.point == point]
    occupancy = sum((row.beds.value * row.occupancy.value for row in rows), ZERO) / (there.value or 1) / PER_CENT
    beds = beds_at_occupancy(float(days.value), occupancy=float(occupancy), days=days_in([year])[0])
    start = f"capacity.beds.{point}.{year}"
    needed = ledger.add_value(
        Draft(
            id=f"{start}.{NEEDED}",
            label=f"{_spoken(point)}, {year}, beds needed",
            unit=BEDS,
            formula=f"bed days over the days of the year at an occupancy of {occupancy * PER_CENT:.1f}%",
            inputs=(Input(days.label, days.value, ledger.input_from(days).origin),),
            value=rounded(float(beds)),
        )
    )
    _add_gap(
        f"{start}.{GAP}",
        there=there,
        needed=needed,
        label=f"{_spoken(point)}, {year}, beds there less needed",
        ledger=ledger,
    )


def _add_staff(plan: Plan, model: CareModel, *, ledger: Ledger) -> None:
    reached = _reached(model)
    hours = {pattern.id: pattern.time.contact_hours for pattern in read_workforce_definitions().working_time}
    for role in dict.fromkeys(row.role for row in plan.care_staff):
        rows = [row for row in plan.care_staff if row.role == role]
        there = _add_in_post(role, rows, ledger=ledger)
        for column, year in enumerate(plan.header.years, start=1):
            inputs = tuple(_work(row, people=reached[row.intervention][column], hours=hours) for row in rows)
            needed = ledger.add_sum(
                Draft(
                    id=f"capacity.staff.{role}.{year}.{NEEDED}",
                    label=f"{_spoken(role)}, {year}, needed",
                    unit=FTE,
                    formula="people reached x contacts x minutes, over the hours for contacts of a year",
                    inputs=inputs,
                    leans_on=(*reach_not_firm(plan), *not_firm("care/staff.csv", rows)),
                )
            )
            gap = f"capacity.staff.{role}.{year}.{GAP}"
            _add_gap(
                gap, there=there, needed=needed, label=f"{_spoken(role)}, {year}, in post less needed", ledger=ledger
            )


def _work(row: CareStaff, *, people: float, hours: Mapping[str, float]) -> Input:
    """Full-time equivalents for the contacts of one intervention."""
    contacts = float(row.contacts.value) * people
    wte = wte_needed(contacts, minutes=float(row.minutes.value), contact_hours=hours[row.working_time])
    return Input(row.intervention, row.contacts.value, CellReference(row.place, "contacts"), rounded(float(wte)))


def _reached(model: CareModel) -> dict[str, list[float]]:
    """People that each intervention reaches in each year of the path; none of a segment whose people are not known."""
    axes = model.after.axes
    people = np.zeros(axes.shape[1:])
    for place, segment in enumerate(model.inputs.settings.segments):
        people[place] = (segment.people or 0) / len(axes.areas)
    return {
        one.identifier: people_reached(one, axes, people=people).sum(axis=(0, 1)).tolist()
        for one in model.inputs.claimed
    }


def _add_in_post(role: str, rows: list[CareStaff], *, ledger: Ledger) -> Figure:
    known = [(row.intervention, row.in_post.value, row.place) for row in rows if row.in_post is not None]
    missing = tuple(f"{row.intervention} (blank, {row.place.at('in_post')})" for row in rows if row.in_post is None)
    return ledger.add_sum(
        Draft(
            id=f"capacity.staff.{role}.{IN_POST}",
            label=f"{_spoken(role)}, in post",
            unit=FTE,
            formula="sum over the interventions",
            inputs=tuple(Input(name, value, CellReference(place, "in_post"), value) for name, value, place in known),
            missing=missing,
        )
    )


def _add_gap(identifier: str, *, there: Figure, needed: Figure, label: str, ledger: Ledger) -> None:
    missing = tuple(f"{each.label} is not known" for each in (there, needed) if each.value is None)
    inputs = () if missing else (ledger.input_from(there), ledger.input_from(needed, sign=-1))
    formula = "what is there, less what is needed"
    ledger.add_sum(Draft(id=identifier, label=label, unit=needed.unit, formula=formula, inputs=inputs, missing=missing))


def _spoken(name: str) -> str:
    return name.replace("-", " ").capitalize()
