"""The bridge lines of each service, sorted once in the ways in which the engine asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationLine, BridgeStep, FinanceLine

NEVER_NON_RECURRENT = frozenset({BridgeStep.OUTTURN, BridgeStep.PART_YEAR_EFFECT, BridgeStep.NON_RECURRENT})


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """Lines of one service: by step, those that are non-recurrent, those that start within a year, and allocations."""

    by_step: dict[BridgeStep, list[FinanceLine]] = field(default_factory=dict)
    non_recurrent: list[FinanceLine] = field(default_factory=list)
    starting: list[FinanceLine] = field(default_factory=list)
    allocations: list[AllocationLine] = field(default_factory=list)


def lines_by_service(plan: Plan) -> Mapping[str, ServiceLines]:
    """The lines of every service of the plan, in the order of the plan."""
    found = {service.id: ServiceLines() for service in plan.header.services}
    for line in plan.lines:
        lines = found[line.service]
        lines.by_step.setdefault(line.step, []).append(line)
        if is_non_recurrent(line):
            lines.non_recurrent.append(line)
        if line.starts is not None and line.recurrent is not False:
            lines.starting.append(line)
    for allocation in plan.allocations:
        found[allocation.service].allocations.append(allocation)
    return found


def is_non_recurrent(line: FinanceLine) -> bool:
    """Whether a line is spend that does not go on: marked so, or headroom unless it is marked recurrent."""
    if line.recurrent is None:
        return line.step is BridgeStep.HEADROOM
    return line.recurrent is False and line.step not in NEVER_NON_RECURRENT
