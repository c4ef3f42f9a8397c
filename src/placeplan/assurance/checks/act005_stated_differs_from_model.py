"""ACT005: a saving that the plan states in its money is not what its activity gives."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.reading_care import place_of_claims, total_id
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.benefits import benefit_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BenefitKind, BenefitLine


def find(case: Case) -> Iterator[Finding]:
    """Each year and way of cutting the savings that differs from the model by more than rounding.

    Only a plan with one programme is looked at: which programme a care model is for is known then.
    """
    first_lines: dict[tuple[str, BenefitKind], BenefitLine] = {}
    for line in case.plan.benefits:
        first_lines.setdefault((line.view, line.kind), line)
    if len({line.programme for line in case.plan.benefits}) == 1:
        for line in first_lines.values():
            yield from _differences(case, line)


def _differences(case: Case, line: BenefitLine) -> Iterator[Finding]:
    for year in case.plan.header.years:
        modelled = known_figure(case, total_id(year, line.kind))
        stated = known_figure(case, benefit_id(line.programme, line.view, year=year, measure=line.kind))
        if modelled is None or stated is None:
            continue
        gap = value_of(stated) - value_of(modelled)
        if abs(gap) > stated.tolerance + modelled.tolerance:
            yield CHECK.finding(
                subject=stated.id,
                location=line.place.at(str(year)),
                facts={
                    "kind": str(line.kind),
                    "year": year,
                    "view": line.view.replace("-", " "),
                    "stated": worded(stated.value, stated.unit),
                    "modelled": worded(modelled.value, modelled.unit),
                    "gap": worded(gap, stated.unit),
                },
                related=(Related(place_of_claims(case.plan), "the effects behind the modelled one start here"),),
                figures=(stated.id, modelled.id),
            )


CHECK = Check(
    code="ACT005",
    title="A stated saving or investment is not what the care model gives",
    message="{kind} in {year}, by {view}: {stated} is stated and {modelled} modelled; the difference is {gap}",
    severity=Severity.ERROR,
    why="Activity and money of a plan are one plan. Where they differ, one of them is not what will be delivered.",
    mend="Correct the line, or the effects, reach and prices behind the modelled amount.",
    references=("Placeplan's design: stated and derived are different things",),
    find=find,
)
