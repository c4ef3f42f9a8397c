"""The bridge lines of each service, sorted once in the ways in which the engine asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationLine, BridgeStep, FinanceLine

LinesOfStep = dict[BridgeStep, list[FinanceLine]]
NEVER_NON_RECURRENT = frozenset({BridgeStep.OUTTURN, BridgeStep.PART_YEAR_EFFECT, BridgeStep.NON_RECURRENT})
NOT_SPENT_ONCE = frozenset({BridgeStep.CONTINGENCY, BridgeStep.EFFICIENCY_SCHEME})


@dataclass(frozen=True, slots=True)
class ServiceLines:
    """Lines of one service: by step, also of each provider; that do not go on; that start within a year; allocations.

    What does not go on is spend (``spent_once``), or a contingency or saving (``other_non_recurrent``).
    """

    by_step: LinesOfStep = field(default_factory=dict)
    by_provider: dict[str, LinesOfStep] = field(default_factory=dict)
    spent_once: list[FinanceLine] = field(default_factory=list)
    other_non_recurrent: list[FinanceLine] = field(default_factory=list)
    starting: list[FinanceLine] = field(default_factory=list)
    allocations: list[AllocationLine] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether the plan has money of this service."""
        return bool(self.by_step or self.allocations)


def lines_by_service(plan: Plan) -> Mapping[str, ServiceLines]:
    """The lines of every service of the plan, in the order of the plan."""
    found = {service.id: ServiceLines() for service in plan.header.services}
    for line in plan.lines:
        lines = found[line.service]
        lines.by_step.setdefault(line.step, []).append(line)
        if line.provider is not None:
            lines.by_provider.setdefault(line.provider, {}).setdefault(line.step, []).append(line)
        if is_non_recurrent(line):
            (lines.other_non_recurrent if line.step in NOT_SPENT_ONCE else lines.spent_once).append(line)
        elif line.starts is not None and line.recurrent is not False and line.step not in NEVER_NON_RECURRENT:
            lines.starting.append(line)
    for allocation in plan.allocations:
        found[allocation.service].allocations.append(allocation)
    return found


def is_non_recurrent(line: FinanceLine) -> bool:
    """Whether a line is a movement that does not go on: marked so, or headroom unless it is marked recurrent."""
    if line.recurrent is None:
        return line.step is BridgeStep.HEADROOM
    return line.recurrent is False and line.step not in NEVER_NON_RECURRENT
