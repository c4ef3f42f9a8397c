"""MAP003: the goals of the areas do not reach the target."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.spend_areas import AreaMeasure, area_id
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each area with a target and year in which its goals come to less, by more than rounding."""
    for area in case.plan.spend_areas:
        for year in area.amounts:
            against, target, asked = (
                known_figure(case, area_id(area.area, year, measure=measure))
                for measure in (AreaMeasure.AGAINST_TARGET, AreaMeasure.TARGET, AreaMeasure.ASKED)
            )
            if against is None or target is None or value_of(against) >= -against.tolerance:
                continue
            share = f"{percent(value_of(asked))} of what can be changed" if asked else "and nothing can be changed"
            yield CHECK.finding(
                subject=against.id,
                location=area.place.at("target"),
                facts={
                    "area": area.title,
                    "year": year,
                    "goals": worded(value_of(target) + value_of(against), target.unit),
                    "target": worded(target.value, target.unit),
                    "gap": worded(-value_of(against), against.unit),
                    "share": share,
                },
                figures=(against.id,),
            )


CHECK = Check(
    code="MAP003",
    title="The goals of the areas of spend do not reach the target",
    message="{area}, {year}: the goals come to {goals} of {target} asked for ({share}); {gap} is short",
    severity=Severity.WARNING,
    why="A target from above is a share of all spend, and part of that cannot be changed here at all.",
    mend="Raise goals where a lever is left, or show the rest as savings that are not identified.",
    references=("NHS England (Kent and Medway), operational plan 2014-16: savings by lever and local discretion",),
    find=find,
)
