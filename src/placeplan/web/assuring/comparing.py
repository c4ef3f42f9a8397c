"""Places beside each other for an assurer: how each stands as it was last published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from placeplan.app.assuring import PlaceStanding, standing_of_place
from placeplan.registers.assurance_lines import Judgement
from placeplan.registers.sign_off import SIGNED
from placeplan.web.assuring.selectors import judged_lines, open_queries
from placeplan.web.planning.models import Plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import published
from placeplan.web.signing.selectors import sign_off_of


@dataclass(frozen=True, slots=True)
class PlaceBeside:
    """A place in the comparison: what data say, what the assurer judged, what is open, and who has signed."""

    plan: Plan
    standing: PlaceStanding
    judged: tuple[int, int, int, int]
    queries: int
    signed: int
    bodies: int
    submitted: bool


# What can be sorted by: the name in the address, what people read, and the order. More of what is worse stands first.
SORTS: dict[str, tuple[str, Callable[[PlaceBeside], tuple[object, ...]]]] = {
    "place": ("Place", lambda each: (each.plan.title,)),
    "errors": ("Errors", lambda each: (-each.standing.errors, -each.standing.warnings)),
    "warnings": ("Warnings", lambda each: (-each.standing.warnings,)),
    "rules": ("Rules of money missed", lambda each: (-each.standing.rules,)),
    "trajectories": ("Trajectories not assured", lambda each: (-each.standing.trajectories,)),
    "not-assured": ("Lines not assured", lambda each: (-each.judged[2], -each.judged[1])),
    "queries": ("Open queries", lambda each: (-each.queries,)),
    "signed": ("Signed", lambda each: (each.signed - each.bodies,)),
}


def places_beside(plans: Iterable[Plan], *, sort: str) -> tuple[PlaceBeside, ...]:
    """Places in the order that was asked for; as they were chosen where none was."""
    found = [_beside(plan) for plan in plans]
    if sort in SORTS:
        found.sort(key=SORTS[sort][1])
    return tuple(found)


def _beside(plan: Plan) -> PlaceBeside:
    seen = published(plan)
    lines = [line.judgement for line in judged_lines(plan, seen=seen)]
    counts = (*(lines.count(each) for each in Judgement), lines.count(None))
    states = sign_off_of(plan)
    return PlaceBeside(
        plan=plan,
        standing=standing_of_place(results_of(seen)),
        judged=(counts[0], counts[1], counts[2], counts[3]),
        queries=len(open_queries(plan)),
        signed=sum(each.state in SIGNED for each in states.states),
        bodies=len(states.states),
        submitted=states.submission is not None,
    )
