"""A saving as rows of a plan: its schemes, and the lines of the bridge that count on them.

A new scheme enters the bridge by a line that links to its net saving, unless a line already links to all schemes of the
service and year. A saving that is made once is taken out of the recurrent baseline of the year after; so is a reserve.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from placeplan.finance.efficiency import SchemeMeasure, efficiency_id, net_saving, scheme_id
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import ONE, PrintedNumber
from placeplan.plan.cells import PER_CENT, Amount, Cell, Link
from placeplan.plan.model import Plan
from placeplan.plan.tables import BridgeStep, EfficiencyScheme, FinanceLine

SOURCE = "Solved from the savings requirement"


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a saving: the scheme that makes it, and its weight among the parts. ``title`` is for a new scheme."""

    scheme: str
    title: str
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a saving is made.

    Attributes:
        service: that saves.
        year: in which it saves.
        recurrent: whether it goes on.
        investment_share: what a new scheme needs as investment, in per cent of its gross saving.
        portions: the schemes that make it, new or already there; none where ``line`` holds it.
        line: the line of the bridge, with an amount in the year, that is raised by it instead.
        reserves_of: the year in which contingency and non-recurrent spend are planned in full too (``None``: not).
    """

    service: str
    year: FinancialYear
    recurrent: bool
    investment_share: Decimal
    portions: tuple[Portion, ...]
    line: str | None = None
    reserves_of: FinancialYear | None = None


@dataclass(frozen=True, slots=True)
class Reserves:
    """What is put in so that the rules on contingency and on non-recurrent spend are met."""

    contingency: Decimal = ZERO
    non_recurrent: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Both."""
        return self.contingency + self.non_recurrent


@dataclass(frozen=True, slots=True)
class SavingRows:
    """Rows that a saving adds to a plan, and schemes and lines of the plan that it raises."""

    schemes: tuple[EfficiencyScheme, ...] = ()
    raised: tuple[EfficiencyScheme, ...] = ()
    lines: tuple[FinanceLine, ...] = ()
    raised_lines: tuple[FinanceLine, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.schemes or self.raised or self.lines or self.raised_lines)

    def put_into(self, plan: Plan) -> Plan:
        """The plan with these rows."""
        raised = {_key(scheme): scheme for scheme in self.raised}
        kept = tuple(raised.get(_key(scheme), scheme) for scheme in plan.schemes)
        by_place = {(line.service, line.provider, line.line): line for line in self.raised_lines}
        lines = tuple(by_place.get((line.service, line.provider, line.line), line) for line in plan.lines)
        return replace(plan, schemes=(*kept, *self.schemes), lines=(*lines, *self.lines))


def finest(plan: Plan, service: str) -> Decimal:
    """The last digit in which the money of a service is printed; a whole unit where nothing is."""
    own = [
        *(line.amounts for line in plan.lines if line.service == service),
        *(given.amounts for given in plan.allocations if given.service == service),
    ]
    cells = (cell for amounts in own for cell in amounts.values())
    return min((cell.number.resolution for cell in cells if isinstance(cell, Amount)), default=ONE)


def rounded_up(value: Decimal, step: Decimal) -> Decimal:
    """The least multiple of ``step`` that is no less."""
    return (value / step).to_integral_value(ROUND_CEILING) * step


def rows_of(plan: Plan, manner: Manner, *, net: Decimal, reserves: Reserves) -> SavingRows:
    """The rows of a net saving, split over the portions by their weights.

    Args:
        plan: the plan that they are for.
        manner: how the saving is made.
        net: how much is saved net of investment, a multiple of the last printed digit.
        reserves: what is put in beside it.
    """
    if manner.line is not None:
        held = tuple(_raised_line(plan, manner, net=net)) if net else ()
        beside = [*_taken_out(plan, manner, net=net), *_reserve_lines(plan, manner, reserves=reserves)]
        return SavingRows(raised_lines=held, lines=tuple(_with_own_names(plan, beside)))
    step = finest(plan, manner.service)
    there = {each.scheme: each for each in plan.schemes if (each.service, each.year) == (manner.service, manner.year)}
    nets = [(part, own) for part, own in zip(manner.portions, shared_out(net, manner, step=step), strict=True) if own]
    new = tuple(_new_scheme(part, own, manner=manner, step=step) for part, own in nets if part.scheme not in there)
    raised = tuple(_raised(there[part.scheme], own, step=step) for part, own in nets if part.scheme in there)
    lines = [
        *_saving_lines(plan, manner, new=new),
        *_raising_line(plan, manner, raised=raised, before=there),
        *_taken_out(plan, manner, net=sum((own for _, own in nets), ZERO)),
        *_reserve_lines(plan, manner, reserves=reserves),
    ]
    return SavingRows(new, raised, tuple(_with_own_names(plan, lines)))


def shared_out(net: Decimal, manner: Manner, *, step: Decimal) -> list[Decimal]:
    """A saving shared out by weight in multiples of ``step``; what rounding leaves goes to the largest remainders."""
    whole = sum((part.weight for part in manner.portions), ZERO)
    exact = [net * part.weight / whole for part in manner.portions]
    found = [(each / step).to_integral_value(ROUND_FLOOR) * step for each in exact]
    left = int((net - sum(found, ZERO)) / step)
    order = sorted(range(len(exact)), key=lambda number: found[number] - exact[number])
    for number in order[:left]:
        found[number] += step
    return found


def _new_scheme(part: Portion, net: Decimal, *, manner: Manner, step: Decimal) -> EfficiencyScheme:
    gross = rounded_up(net * PER_CENT / (PER_CENT - manner.investment_share), step)
    return EfficiencyScheme(
        scheme=part.scheme,
        service=manner.service,
        year=manner.year,
        title=part.title,
        programme=None,
        gross=printed(gross),
        investment=printed(gross - net) if gross > net else None,
        starts=None,
        phasing=None,
        recurrent_share=None if manner.recurrent else PrintedNumber(ZERO, ONE, "0%", percent=True),
        full_year=None,
        confidence=None,
        identified=None,
        owner=None,
        provider=None,
        intention=None,
        source=SOURCE,
    )


def _raised(scheme: EfficiencyScheme, net: Decimal, *, step: Decimal) -> EfficiencyScheme:
    """A scheme that saves more, with as much investment for each pound of saving as it has now."""
    own = net_saving(scheme)
    more = rounded_up(net * scheme.gross.value / own, step) if own > 0 else net
    invested = (scheme.investment.value if scheme.investment else ZERO) + more - net
    investment = printed(invested) if invested else scheme.investment
    return replace(scheme, gross=printed(scheme.gross.value + more), investment=investment)


def _saving_lines(plan: Plan, manner: Manner, *, new: Iterable[EfficiencyScheme]) -> Iterator[FinanceLine]:
    if efficiency_id(manner.service, manner.year, measure=SchemeMeasure.NET) in _linked(plan, manner):
        return
    for scheme in new:
        link = Link(scheme_id(scheme, SchemeMeasure.NET), negative=True)
        recurrent = None if manner.recurrent else False
        yield _line(
            plan, manner, name=scheme.title, step=BridgeStep.EFFICIENCY_SCHEME, cells=(recurrent, {manner.year: link})
        )


def _raising_line(
    plan: Plan, manner: Manner, *, raised: Sequence[EfficiencyScheme], before: Mapping[str, EfficiencyScheme]
) -> Iterator[FinanceLine]:
    """A line for what schemes that no line of the bridge links to save more."""
    linked = _linked(plan, manner)
    if efficiency_id(manner.service, manner.year, measure=SchemeMeasure.NET) in linked:
        return
    loose = [scheme for scheme in raised if scheme_id(scheme, SchemeMeasure.NET) not in linked]
    more = sum((net_saving(scheme) - net_saving(before[scheme.scheme]) for scheme in loose), ZERO)
    if more:
        name = f"More from schemes of {manner.year}"
        cells = (None, {manner.year: Amount(printed(-more))})
        yield _line(plan, manner, name=name, step=BridgeStep.EFFICIENCY_SCHEME, cells=cells)


def lines_that_hold_savings(plan: Plan, service: str, *, year: FinancialYear) -> tuple[FinanceLine, ...]:
    """The lines of a service's bridge that hold savings of a year as an amount; those of providers are left out."""
    return tuple(
        line
        for line in plan.lines
        if (line.service, line.step, line.provider) == (service, BridgeStep.EFFICIENCY_SCHEME, None)
        and isinstance(line.amounts.get(year), Amount)
    )


def _raised_line(plan: Plan, manner: Manner, *, net: Decimal) -> Iterator[FinanceLine]:
    for line in lines_that_hold_savings(plan, manner.service, year=manner.year):
        cell = line.amounts[manner.year]
        if line.line == manner.line and isinstance(cell, Amount):
            amount = Amount(printed(cell.number.value - net))
            yield replace(line, amounts={**line.amounts, manner.year: amount})


def _linked(plan: Plan, manner: Manner) -> frozenset[str]:
    """The figures to which lines for savings of the service link in the year, with the year named."""
    lines = [each for each in plan.lines if (each.service, each.step) == (manner.service, BridgeStep.EFFICIENCY_SCHEME)]
    links = [cell for each in lines if isinstance(cell := each.amounts.get(manner.year), Link) and cell.negative]
    all_schemes = efficiency_id(manner.service, manner.year, measure=SchemeMeasure.NET)
    return frozenset(link.named(manner.year, {all_schemes}) for link in links)


def _taken_out(plan: Plan, manner: Manner, *, net: Decimal) -> Iterator[FinanceLine]:
    """A saving that is made once, put back into the baseline of the year after, which starts without it."""
    after = manner.year.next
    if net and not manner.recurrent and _starts_from_plan(plan, manner.service, year=after):
        name = f"Savings of {manner.year} that were made once"
        yield _line(plan, manner, name=name, step=BridgeStep.NON_RECURRENT, cells=(None, {after: Amount(printed(net))}))


def _reserve_lines(plan: Plan, manner: Manner, *, reserves: Reserves) -> Iterator[FinanceLine]:
    year = manner.reserves_of
    if year is None or not reserves.total:
        return
    steps = (
        (BridgeStep.CONTINGENCY, f"Contingency of {year}, to the rule", reserves.contingency),
        (BridgeStep.HEADROOM, f"Non-recurrent spend of {year}, to the rule", reserves.non_recurrent),
    )
    for step, name, amount in steps:
        if amount:
            yield _line(plan, manner, name=name, step=step, cells=(False, {year: Amount(printed(amount))}))
    if _starts_from_plan(plan, manner.service, year=year.next):
        name, cell = f"Reserves of {year}, taken out", Amount(printed(-reserves.total))
        yield _line(plan, manner, name=name, step=BridgeStep.NON_RECURRENT, cells=(None, {year.next: cell}))


def _starts_from_plan(plan: Plan, service: str, *, year: FinancialYear) -> bool:
    """Whether a year of the plan starts from the planned spend of the year before, not from an outturn of its own."""
    lines = [line for line in plan.lines if (line.service, line.step) == (service, BridgeStep.OUTTURN)]
    return year in plan.header.years and all(line.amounts.get(year) is None for line in lines)


def _line(
    plan: Plan,
    manner: Manner,
    *,
    name: str,
    step: BridgeStep,
    cells: tuple[bool | None, Mapping[FinancialYear, Cell]],
) -> FinanceLine:
    """A line with its cells, and nothing (not: unknown) in the other years."""
    recurrent, amounts = cells
    return FinanceLine(
        service=manner.service,
        provider=None,
        line=name,
        step=step,
        recurrent=recurrent,
        starts=None,
        amounts={year: amounts.get(year, Amount(printed(ZERO))) for year in plan.header.years},
        reason=None,
        source=SOURCE,
    )


def _with_own_names(plan: Plan, lines: Iterable[FinanceLine]) -> Iterator[FinanceLine]:
    """Lines under names that no other line of the service has."""
    taken = {(line.service, line.line) for line in plan.lines if line.provider is None}
    for line in lines:
        name, number = line.line, 1
        while (line.service, name) in taken:
            number += 1
            name = f"{line.line} ({number})"
        taken.add((line.service, name))
        yield replace(line, line=name)


def _key(scheme: EfficiencyScheme) -> tuple[str, str, str]:
    return scheme.scheme, scheme.service, scheme.year


def printed(value: Decimal) -> PrintedNumber:
    """A number as a cell has it, with the digits that it has."""
    plain = value.normalize() if value == value.to_integral_value() else value
    text = f"{plain:f}"
    places = -int(Decimal(text).as_tuple().exponent)
    return PrintedNumber(Decimal(text), ONE.scaleb(-places) if places > 0 else ONE, text)
