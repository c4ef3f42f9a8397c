"""Where a service would stand if its open claims were granted.

The engine of the bridge runs once on the plan as it is and once with the open claims put in as adjustments of the
allocation, both without stated totals, for what a printed total settles in the plan it does not settle once a number
changes. The difference of the two runs is then laid on the position of the plan, part by named part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from placeplan.finance.amounts import Counted
from placeplan.finance.bridge import add_bridges, combined
from placeplan.finance.claims import CLAIM_WORDS, ClaimMeasure, add_counted
from placeplan.finance.ledger import Ledger
from placeplan.finance.linkable import add_linkable
from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.service_lines import lines_by_service
from placeplan.kernel.figures import ZERO, Figure, FigureReference, Figures, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationKind, AllocationLine


def with_claims_granted(plan: Plan) -> Plan:
    """The plan with each open claim as an adjustment of the allocation of its service."""
    granted = tuple(
        AllocationLine(
            service=claim.service,
            line=claim.title,
            kind=AllocationKind.ADJUSTMENT,
            recurrent=claim.recurrent,
            amounts=claim.amounts,
            source=claim.source,
            place=claim.place,
        )
        for claim in plan.claims
        if claim.is_open
    )
    return replace(plan, allocations=(*plan.allocations, *granted))


@dataclass(frozen=True, slots=True)
class _Runs:
    """The bridges as they are and with the open claims granted, neither settled by stated totals."""

    plain: Figures
    granted: Figures

    def moved(self, identifier: str) -> tuple[Figure, Figure] | None:
        """A figure of both runs, where it is known in both and differs."""
        one, other = self.plain.get(identifier), self.granted.get(identifier)
        if one is None or other is None or one.value is None or other.value is None or one.value == other.value:
            return None
        return one, other


def add_if_granted(plan: Plan, ledger: Ledger, *, known: Mapping[str, Figure] | None) -> None:
    """Add where each service with claims would stand, in every year in which it has a position.

    Args:
        plan: the plan.
        ledger: with the positions of the plan and its claims.
        known: figures of other engines, which cells may link to.
    """
    asking = {claim.service for claim in plan.claims}
    if not asking:
        return
    plain, granted = (_bridges(each, ledger.unit, known=known) for each in (plan, with_claims_granted(plan)))
    for service in plan.header.services:
        if service.id in asking:
            for year in plan.header.years:
                _add_position(service, year, runs=_Runs(plain, granted), ledger=ledger)


def _bridges(plan: Plan, unit: str, *, known: Mapping[str, Figure] | None) -> Figures:
    ledger = Ledger((), unit=unit, known=known)
    add_linkable(plan, ledger)
    add_bridges(plan, ledger, lines=lines_by_service(plan))
    return ledger.figures


def _add_position(service: Service, year: FinancialYear, *, runs: _Runs, ledger: Ledger) -> None:
    for planned, measure in (
        (Measure.IN_YEAR, ClaimMeasure.IN_YEAR_IF_GRANTED),
        (Measure.CUMULATIVE, ClaimMeasure.CUMULATIVE_IF_GRANTED),
    ):
        position = ledger.get(figure_id(service.id, year, measure=planned))
        if position is None:
            continue
        claimed = ledger[figure_id(service.id, year, measure=ClaimMeasure.OPEN)]
        parts = combined([(position, 1), (claimed, 1)], ledger)
        more = [*_spend_that_moves(service, year, runs=runs)]
        rests_on = [Measure.TOTAL]
        if measure is ClaimMeasure.CUMULATIVE_IF_GRANTED:
            more += _carried(service, year, runs=runs)
            rests_on.append(Measure.BROUGHT_FORWARD)
        missing = (*parts.missing, *_lost(service, year, measures=rests_on, runs=runs))
        add_counted(
            ledger,
            figure_id(service.id, year, measure=measure),
            label=f"{service.name}, {CLAIM_WORDS[measure]}, {year}",
            formula=f"{WORDS[planned]}, plus open claims, and what moves with them",
            parts=Counted([*parts.inputs, *more], parts.tolerance, missing),
        )


def _spend_that_moves(service: Service, year: FinancialYear, *, runs: _Runs) -> Iterator[Input]:
    """Reserves that are a rate of the allocation grow with it."""
    identifier = figure_id(service.id, year, measure=Measure.TOTAL)
    moved = runs.moved(identifier)
    if moved is not None:
        one, other = (figure.value or ZERO for figure in moved)
        yield Input("planned spend grows with the allocation", other, FigureReference(identifier), one - other)


def _carried(service: Service, year: FinancialYear, *, runs: _Runs) -> Iterator[Input]:
    """What comes in from the year before, beyond what comes in as planned."""
    moved = runs.moved(figure_id(service.id, year, measure=Measure.BROUGHT_FORWARD))
    if moved is not None:
        one, other = (figure.value or ZERO for figure in moved)
        origin = FigureReference(figure_id(service.id, year.previous, measure=ClaimMeasure.CUMULATIVE_IF_GRANTED))
        yield Input(f"balance of {year.previous} that is carried, beyond the plan's", other, origin, other - one)


def _lost(service: Service, year: FinancialYear, *, measures: Iterable[Measure], runs: _Runs) -> Iterator[str]:
    """What is known of the plan and no longer is once claims of an unknown amount are granted."""
    for measure in measures:
        identifier = figure_id(service.id, year, measure=measure)
        one, other = runs.plain.get(identifier), runs.granted.get(identifier)
        if one is not None and one.value is not None and other is not None and other.value is None:
            yield f"{other.label}, with the claims granted, is not known: {'; '.join(other.missing)}"
