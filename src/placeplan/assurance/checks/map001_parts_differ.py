"""MAP001: the parts of an area of spend do not add up to it."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.spend_areas import AreaMeasure, area_id
from placeplan.kernel.wording import worded
from placeplan.plan.cells import Amount
from placeplan.plan.spend_tree import parts_of


def find(case: Case) -> Iterator[Finding]:
    """Each area with parts and a spend of its own that is off by more than rounding."""
    parts = parts_of(case.plan.spend_areas)
    for area in case.plan.spend_areas:
        for year, cell in area.amounts.items():
            total = known_figure(case, area_id(area.area, year, measure=AreaMeasure.TOTAL))
            if area.area not in parts or not isinstance(cell, Amount) or total is None:
                continue
            gap = cell.number.value - value_of(total)
            if abs(gap) > cell.number.tolerance + total.tolerance:
                yield CHECK.finding(
                    subject=total.id,
                    location=area.place.at(str(year)),
                    facts={
                        "area": area.title,
                        "year": year,
                        "stated": worded(cell.number.value, total.unit),
                        "parts": worded(total.value, total.unit),
                        "gap": worded(gap, total.unit),
                    },
                    figures=(total.id,),
                )


CHECK = Check(
    code="MAP001",
    title="The parts of an area of spend do not add up to it",
    message="{area}, {year}: its parts come to {parts}, and {stated} is stated; the difference is {gap}",
    severity=Severity.ERROR,
    why="A target is a share of the whole. Where a part is missing, nobody is asked for its share.",
    mend="Enter the part that is missing, with the lever none where nothing can be changed about it.",
    references=("Placeplan's design: derived wins; a difference is a finding, never an overwrite",),
    find=find,
)
