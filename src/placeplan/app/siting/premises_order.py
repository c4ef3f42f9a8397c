"""Which new practice premises come first, from a small table."""

from collections.abc import Sequence
from pathlib import Path

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_standards
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.capacity.premises import PremisesPriority, PremisesProposal, premises_in_order

LAYOUT, STANDARD, YES = "siting-premises", "new-practice-list", "yes"


def answer_premises(path: Path) -> CapacityAnswer:
    """Proposals of a file in order, each with whether it meets the criterion and why.

    Raises:
        InputError: the table cannot be read, with every problem.
    """
    rows, standard = rows_of(path, LAYOUT), read_standards()[STANDARD]
    with refusals_located(path):
        found = premises_in_order([_proposal(row) for row in rows], smallest_new_list=float(standard.value))
    meeting = sum(one.meets for one in found)
    return CapacityAnswer(
        title=f"Premises for {len(found)} areas",
        says=(
            f"{meeting} of {len(found)} meet the criterion.",
            f"A new practice: a list above {standard.value:,} people. One that is there: a need that has been named.",
            f"Source of the criterion: {standard.reference}.",
        ),
        tables=(_table(found),),
        document={"smallest_new_list": float(standard.value), "premises": _document(found)},
        marks=marks_of(rows),
    )


def _proposal(row: Row) -> PremisesProposal:
    return PremisesProposal(
        area=row["area"],
        people_now=row.number("people_now"),
        growth=row.number("growth"),
        new_practice=row["new_practice"] == YES,
        need=row.text("need"),
    )


def _table(found: Sequence[PremisesPriority]) -> TextTable:
    rows = tuple(
        (
            str(place),
            one.proposal.area,
            "yes" if one.meets else "no",
            f"{one.proposal.list_size:,.0f}",
            f"{one.proposal.growth:+,.0f}",
            f" {one.why}",
        )
        for place, one in enumerate(found, start=1)
    )
    return TextTable(("Order", "Area", "Meets", "List", "Growth", " Why"), rows, left=3)


def _document(found: Sequence[PremisesPriority]) -> list[dict[str, object]]:
    return [
        {
            "area": one.proposal.area,
            "meets": one.meets,
            "list_size": one.proposal.list_size,
            "growth": one.proposal.growth,
            "why": one.why,
        }
        for one in found
    ]
