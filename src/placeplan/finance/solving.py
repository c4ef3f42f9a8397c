"""What must be saved so that a service reaches a position in a year: solved, then tried on the plan itself.

Each pound that is saved moves the gap by the same amount, its pull: by one pound in its own year; by more where it goes
on and the balance is carried, less what a rule on total resources then asks for in addition. So two trials give a line,
the line gives the answer, and the answer is rounded up to the last printed digit and tried. The trial is the whole
finance engine, so that what a printed total settles is in it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.finance.computing import compute_finance
from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.saving_rows import Manner, Reserves, SavingRows, finest, rounded_up, rows_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.figures import ZERO, Figure, Figures
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan
from placeplan.plan.tables import BridgeStep
from placeplan.rounds.planning_round import PlanningRound

MOST_DOUBLINGS = 20


class WishKind(StrEnum):
    """What a position is wished to reach: the surplus of the rules, a rate of the money received, or an amount."""

    RULES = "rules"
    RATE = "rate"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A position to reach. ``value`` is per cent for a rate, the plan's unit for an amount (surplus positive).

    ``in_year``: the in-year position, else the cumulative one. A rate is of the allocation for the first, of total
    resources for the second.
    """

    service: str
    year: FinancialYear
    kind: WishKind
    value: Decimal = ZERO
    in_year: bool = False

    @property
    def measure(self) -> Measure:
        """The position that is meant."""
        return Measure.IN_YEAR if self.in_year and self.kind is not WishKind.RULES else Measure.CUMULATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The saving that meets a wish, and what it is made of.

    Attributes:
        short: how far the position of the plan lies below the wished one (negative: above), before anything is put in.
        reserves: contingency and non-recurrent spend that are put in.
        other: what else widens the gap once rows are put in: what printed totals no longer settle, and what reserves of
            an earlier year move.
        pull: by how much each unit saved closes the gap.
        exact: the saving before rounding up; zero where none is needed.
        net: the saving; zero where none is needed.
        step: the last printed digit, to which it is rounded up.
        rows: what is put into the plan.
        before: figures of the plan.
        after: figures with the rows.
    """

    short: Decimal
    reserves: Reserves
    other: Decimal
    pull: Decimal
    exact: Decimal
    net: Decimal
    step: Decimal
    rows: SavingRows
    before: Figures
    after: Figures


def solve(
    plan: Plan, planning_round: PlanningRound, *, wish: Wish, manner: Manner, known: Mapping[str, Figure]
) -> Solved:
    """The least saving, in the last printed digit, with which a wish is met.

    Args:
        plan: the plan.
        planning_round: whose rules apply.
        wish: the position to reach.
        manner: how the saving is made.
        known: figures of other engines, which cells may link to.

    Raises:
        InputError: the position is not known, or a saving made so does not move it.
    """
    _refuse_later(wish, manner)
    trials = _Trials(plan, planning_round, manner=manner, known=known)
    before = trials.plain
    short = shortfall(wish, before)
    reserves = reserves_short(before, manner, step=trials.step)
    trials.reserves = reserves
    base = shortfall(wish, trials.of(ZERO)[1])
    if base <= 0:
        return _answer(trials, wish, short=short, line=(base, Decimal(1)), net=ZERO)
    first = rounded_up(base, trials.step)
    gaps = [shortfall(wish, trials.of(saved)[1]) for saved in (first, 2 * first)]
    pull = (gaps[0] - gaps[1]) / first
    if pull <= 0:
        raise _unmoved(wish, manner)
    at_nothing = gaps[0] + pull * first
    net = _tried(trials, wish, near=rounded_up(max(at_nothing / pull, ZERO), trials.step))
    return _answer(trials, wish, short=short, line=(at_nothing, pull), net=net)


class _Trials:
    """Plans with a saving put in, and their figures."""

    def __init__(
        self, plan: Plan, planning_round: PlanningRound, *, manner: Manner, known: Mapping[str, Figure]
    ) -> None:
        self.plan, self.manner = plan, manner
        self.step = finest(plan, manner.service)
        self.reserves = Reserves()
        self._round, self._known = planning_round, known
        self.plain = self._figures(plan)

    def of(self, net: Decimal) -> tuple[SavingRows, Figures]:
        rows = rows_of(self.plan, self.manner, net=net, reserves=self.reserves)
        return rows, self._figures(rows.put_into(self.plan))

    def _figures(self, plan: Plan) -> Figures:
        return compute_finance(plan, self._round, known=self._known).figures


def _tried(trials: _Trials, wish: Wish, *, near: Decimal) -> Decimal:
    """The least saving that meets the wish when it is tried: near the line's answer, else found by halving.

    The line is bent where a rule carries a surplus and no deficit, or the reverse.

    Raises:
        InputError: no saving meets it.
    """

    def met(steps: int) -> bool:
        return shortfall(wish, trials.of(steps * trials.step)[1]) <= 0

    most = max(int(near / trials.step), 1)
    least = 0
    for _ in range(MOST_DOUBLINGS):
        if met(most):
            break
        least, most = most, 2 * most
    else:
        raise _unmoved(wish, trials.manner)
    if most > 1 and least < most - 1 and not met(most - 1):
        least = most - 1
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if met(middle) else (middle, most)
    return most * trials.step


def _answer(trials: _Trials, wish: Wish, *, short: Decimal, line: tuple[Decimal, Decimal], net: Decimal) -> Solved:
    rows, after = trials.of(net)
    at_nothing, pull = line
    own = trials.reserves.total if trials.manner.reserves_of == wish.year else ZERO
    return Solved(
        short=short,
        reserves=trials.reserves,
        other=at_nothing - short - own,
        pull=pull,
        exact=max(at_nothing / pull, ZERO),
        net=net,
        step=trials.step,
        rows=rows,
        before=trials.plain,
        after=after,
    )


def shortfall(wish: Wish, figures: Figures) -> Decimal:
    """How far a position lies below the one that is wished for; negative where it lies above.

    Raises:
        InputError: the position, or what the wish is a rate of, is not known.
    """
    return wished(wish, figures) - _value(figures, wish, measure=wish.measure)


def wished(wish: Wish, figures: Figures) -> Decimal:
    """The position that is wished for. A service of which the rules ask no surplus is to balance.

    Raises:
        InputError: what the wish is a rate of is not known.
    """
    if wish.kind is WishKind.AMOUNT:
        return wish.value
    if wish.kind is WishKind.RATE:
        base = Measure.ALLOCATION if wish.in_year else Measure.RESOURCES
        return _value(figures, wish, measure=base) * wish.value / PER_CENT
    if figure_id(wish.service, wish.year, measure=Measure.SURPLUS_REQUIRED) not in figures:
        return ZERO
    return _value(figures, wish, measure=Measure.SURPLUS_REQUIRED)


def reserves_short(figures: Figures, manner: Manner, *, step: Decimal) -> Reserves:
    """What contingency and non-recurrent spend are short in the year in which they are to be planned in full.

    Reserves that the plan holds for the rules in one line stand in for both, up to their sum.

    Raises:
        InputError: what is short is not known.
    """
    if manner.reserves_of is None:
        return Reserves()
    at = Wish(service=manner.service, year=manner.reserves_of, kind=WishKind.RULES)
    lacking = (
        _value(figures, at, measure=Measure.SAVINGS_REQUIREMENT)
        - _value(figures, at, measure=Measure.SAVINGS_TO_BALANCE)
        - wished(at, figures)
    )
    contingency = min(
        lacking, _short(figures, at, required=Measure.CONTINGENCY_REQUIRED, planned=BridgeStep.CONTINGENCY)
    )
    return Reserves(rounded_up(contingency, step), rounded_up(lacking - contingency, step))


def _short(figures: Figures, at: Wish, *, required: str, planned: str) -> Decimal:
    amounts = [figures.get(figure_id(at.service, at.year, measure=measure)) for measure in (required, planned)]
    asked, has = (figure.value or ZERO if figure else ZERO for figure in amounts)
    return max(asked - has, ZERO)


def _value(figures: Figures, wish: Wish, *, measure: Measure) -> Decimal:
    figure = figures.get(figure_id(wish.service, wish.year, measure=measure))
    if figure is not None and figure.value is not None:
        return figure.value
    words = f"{WORDS[measure]} of {wish.year} is not known"
    why = "; ".join(figure.missing) if figure is not None else "the plan has no spend or no allocation there"
    raise InputError([Problem(Location("position"), f"{words}: {why}", "a position that is known")])


def _refuse_later(wish: Wish, manner: Manner) -> None:
    if manner.year > wish.year:
        message = f"a saving of {manner.year} cannot move the position of {wish.year}"
        raise InputError([Problem(Location("saved-in"), message, f"{wish.year} or a year before it")])


def _unmoved(wish: Wish, manner: Manner) -> InputError:
    message = f"a saving made so in {manner.year} does not raise the {WORDS[wish.measure]} of {wish.year}"
    mend = "The balance is not carried forward, or the saving is made once. Save in the year itself, or recurrently."
    return InputError([Problem(Location("saved-in"), message, "a saving that reaches the position", mend)])
