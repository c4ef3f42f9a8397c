"""A plan to start from: the rows that every plan of a round needs, with nothing filled in that nobody knows."""

from datetime import date
from itertools import chain

from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.organisations import OrganisationType
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import FORMAT, CarryRule, PlanHeader, PlanningOrganisation, Service, Version
from placeplan.plan.model import Narrative, Plan
from placeplan.plan.tables import AllocationKind, AllocationLine, BridgeStep, FinanceLine, Project, Trajectory
from placeplan.rounds.planning_round import PlanningRound
from placeplan.rounds.standards import Standard

FIRST_SERVICE = "main-service"
_STEP_TITLES = {
    BridgeStep.OUTTURN: "Outturn of the year before",
    BridgeStep.PART_YEAR_EFFECT: "Part-year and full-year effects",
    BridgeStep.NON_RECURRENT: "Non-recurrent items taken out",
    BridgeStep.PRICE_INFLATION: "Price inflation",
    BridgeStep.DEMOGRAPHIC_GROWTH: "Demographic growth",
    BridgeStep.OTHER_GROWTH: "Other growth",
    BridgeStep.PROVIDER_EFFICIENCY: "Provider efficiency",
    BridgeStep.INVESTMENT: "Investments",
    BridgeStep.EFFICIENCY_SCHEME: "Efficiency schemes",
    BridgeStep.CONTINGENCY: "Contingency",
}
_TEXT = """# Context

Write here what the place is like and what the plan is for. A number that Placeplan computes is written as the name
of its figure in double braces. A number that you type can be tied to a figure, so that the text cannot contradict the
tables:

    {{ finance.main-service.YEAR.cumulative }}
    [£1.2m](figure:finance.main-service.YEAR.cumulative)
"""


def starting_plan(
    planning_round: PlanningRound, *, name: str, today: date, organisation_type: OrganisationType | None = None
) -> Plan:
    """A plan of a round with one service, blank amounts, the round's standards and must-dos, and a first version.

    Args:
        planning_round: round of the plan.
        name: short name of the plan, in small letters, digits and hyphens.
        today: date of the first version.
        organisation_type: kind of body that plans (the first that the round's rules speak of when absent).
    """
    years = planning_round.years
    header = PlanHeader(
        format=FORMAT,
        id=name,
        title=f"Plan of {name} for {planning_round.id}",
        place=name,
        organisation=PlanningOrganisation(
            name="Name of the organisation", type=organisation_type or _usual_type(planning_round)
        ),
        round=planning_round.id,
        years=years,
        money=MoneyUnit.THOUSAND,
        services=(Service(id=FIRST_SERVICE, name="Main service", carry_forward=dict.fromkeys(years, CarryRule.BOTH)),),
        versions=(Version(version="0.1", date=today, author="Name of the author", note="Started from the round"),),
    )
    return Plan(
        header=header,
        lines=tuple(_line(step, years) for step in _STEP_TITLES),
        allocations=_allocations(years),
        trajectories=tuple(_trajectory(standard, years) for standard in planning_round.standards),
        projects=tuple(
            Project(
                project=f"project-{each.number}",
                title=f"Project for: {each.text}",
                owner=None,
                must_dos=(each.id,),
                outcomes=None,
                source=None,
            )
            for each in planning_round.must_dos
        ),
        narrative=(Narrative("narrative/context.md", _TEXT.replace("YEAR", str(years[0]))),),
    )


def _usual_type(planning_round: PlanningRound) -> OrganisationType:
    named = chain.from_iterable(rule.organisation_types for rule in planning_round.business_rules)
    return next(iter(named), OrganisationType.ICB)


def _line(step: BridgeStep, years: tuple[FinancialYear, ...]) -> FinanceLine:
    return FinanceLine(
        service=FIRST_SERVICE,
        provider=None,
        line=_STEP_TITLES[step],
        step=step,
        recurrent=None,
        starts=None,
        amounts=dict.fromkeys(years),
        reason=None,
        source=None,
    )


def _allocations(years: tuple[FinancialYear, ...]) -> tuple[AllocationLine, ...]:
    titles = {AllocationKind.NOTIFIED: "Notified allocation", AllocationKind.BROUGHT_FORWARD: "Balance brought forward"}
    return tuple(
        AllocationLine(
            service=FIRST_SERVICE, line=title, kind=kind, recurrent=None, amounts=dict.fromkeys(years), source=None
        )
        for kind, title in titles.items()
    )


def _trajectory(standard: Standard, years: tuple[FinancialYear, ...]) -> Trajectory:
    return Trajectory(
        indicator=standard.id,
        area=None,
        service=None,
        title=standard.title,
        unit=standard.unit,
        planned=dict.fromkeys(years),
        position=None,
        exception=None,
        source=None,
    )
