"""PER007: the plan says nothing about an indicator of the round."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import listed, many
from placeplan.assurance.reading_plans import TRAJECTORIES
from placeplan.kernel.errors import Location
from placeplan.rounds.money_rules import ANY_SERVICE
from placeplan.rounds.standards import Standard


def find(case: Case) -> Iterator[Finding]:
    """Each indicator asked of a service that the plan has; one note for all in a plan without trajectories."""
    planned = {row.indicator for row in case.plan.trajectories}
    left_out = [standard for standard in _asked(case) if standard.id not in planned]
    if planned:
        for standard in left_out:
            yield _finding(case, standard)
    elif left_out:
        yield CHECK.finding(
            subject=TRAJECTORIES,
            location=Location(TRAJECTORIES),
            facts={
                "what": f"{many(len(left_out), 'indicator')} of the round ({listed([one.id for one in left_out])})",
                "round": case.round.id,
            },
            severity=Severity.NOTE,
        )


def _asked(case: Case) -> Iterator[Standard]:
    """Indicators of the round for a service of the plan: by its rules or its name, or for any where a service has no
    rules of its own.
    """
    names = {name for service in case.plan.header.services for name in (service.id, service.rules)}
    for standard in case.round.standards:
        if standard.service in names or (standard.service == ANY_SERVICE and ANY_SERVICE in names):
            yield standard


def _finding(case: Case, standard: Standard) -> Finding:
    return CHECK.finding(
        subject=standard.id,
        location=case.plan.trajectories[0].place.at("indicator"),
        facts={"what": f"{standard.title} ({standard.id})", "round": case.round.id},
        leans_on=unconfirmed([standard]),
    )


CHECK = Check(
    code="PER007",
    title="The plan says nothing about an indicator of the round",
    message="nothing is planned for {what}, which the round {round} asks for",
    severity=Severity.WARNING,
    why="What a round asks for and a plan leaves out cannot be assured, and nobody sees that it is missing.",
    mend="Add a row with planned values or a position; say in the exception column when the indicator does not apply.",
    references=("Technical guidance of each round: list of indicators",),
    find=find,
)
