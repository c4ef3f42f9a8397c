"""Explains failing reconciliations by a slip in one cell.

For a stated value that fails, every number under its figure, and the stated value itself, is tried with every slip.
A candidate must leave nothing worse than it was, and put right either everything that fails and rests on the cell,
or at least two of them. First a quick sum, with the coefficients of the derivations, throws out nearly all
candidates; the few that are left are computed in full.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.assurance.copying_errors.budget import trials_for
from placeplan.assurance.copying_errors.dependence import Coefficient, Dependence
from placeplan.assurance.copying_errors.number_cells import NumberCells, key_of
from placeplan.assurance.copying_errors.slips import KINDS, Slip, slips
from placeplan.finance.ledger import Reconciliation
from placeplan.kernel.figures import CellReference, Figures
from placeplan.kernel.printed import PrintedNumber, Verdict
from placeplan.plan.model import Plan
from placeplan.plan.tables import Sign

MOST_SEARCHED = 25
MOST_CELLS = 400
MOST_TRIALS_EACH = 24
CLEARLY = 10  # a slip explains a gap when it closes more than ten times what it leaves open
MOST_OPTIONS = 3
Recompute = Callable[[Plan], Sequence[Reconciliation]]
RowKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A cell, what stands in it, and what may have been meant."""

    cell: CellReference
    printed: PrintedNumber
    slip: Slip


@dataclass(frozen=True, slots=True)
class Explanation:
    """Failing reconciliations that belong together, the first one found at their head.

    ``options``: cells that would explain all of them, equally well; empty when nothing is known. ``agreeing``:
    stated values further on that agree with the derived one, and what they would be with the stated one. ``exact``:
    whether the first would agree to the digit.
    """

    failing: tuple[Reconciliation, ...]
    options: tuple[Option, ...] = ()
    agreeing: tuple[tuple[Reconciliation, Decimal], ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An option, what it puts right, how much of that exactly, and how far the first one is still off."""

    option: Option
    mended: tuple[RowKey, ...]
    exact: int
    rest: Decimal

    @property
    def merit(self) -> tuple[int, int]:
        return len(self.mended), self.exact

    @property
    def rank(self) -> tuple[int, int, Decimal, int]:
        return -len(self.mended), -self.exact, self.rest, KINDS.index(self.option.slip.kind)


def explain(
    plan: Plan, figures: Figures, *, reconciliations: Sequence[Reconciliation], recompute: Recompute
) -> Iterator[Explanation]:
    """Group the reconciliations that fail by what may explain them; each is in exactly one group.

    Args:
        plan: the plan.
        figures: its figures.
        reconciliations: all of them.
        recompute: gives the reconciliations of a changed plan.
    """
    failing = [each for each in reconciliations if each.verdict is Verdict.FAILS]
    if not failing:
        return
    search = _Search(plan, figures, reconciliations=reconciliations, recompute=recompute)
    left = {_row_key(each): each for each in failing}
    for count, each in enumerate(failing):
        if _row_key(each) in left:
            found = search.explain(each, left) if count < MOST_SEARCHED else Explanation((each,))
            for one in found.failing:
                left.pop(_row_key(one), None)
            yield found


def _row_key(each: Reconciliation) -> RowKey:
    return each.figure, each.row.source


class _Search:
    """What is shared by the searches of one plan."""

    def __init__(
        self, plan: Plan, figures: Figures, *, reconciliations: Sequence[Reconciliation], recompute: Recompute
    ) -> None:
        self._cells = NumberCells(plan)
        self._dependence = Dependence(figures)
        self._recompute = recompute
        self._before = {_row_key(each): each for each in reconciliations}
        self._of_figure: dict[str, list[Reconciliation]] = {}
        for each in reconciliations:
            self._of_figure.setdefault(each.figure, []).append(each)
        self._trials_left = trials_for(plan)

    def explain(self, failing: Reconciliation, left: Mapping[RowKey, Reconciliation]) -> Explanation:
        """Explain one failing reconciliation, with the others that the same thing explains."""
        candidates = [*self._in_sources(failing, left), *self._in_stated(failing)]
        if not candidates:
            return self._unexplained(failing, left)
        best = min(candidates, key=lambda candidate: candidate.rank)
        equals = [candidate for candidate in candidates if candidate.merit == best.merit]
        mended = tuple(left[key] for key in best.mended if key in left)
        stated = key_of(CellReference(failing.row.place, "value"))
        in_stated = [candidate for candidate in equals if key_of(candidate.option.cell) == stated]
        if in_stated:
            return self._in_one(failing, in_stated, left=left)
        cells = {
            key_of(candidate.option.cell): candidate
            for candidate in sorted(equals, key=lambda one: one.rank, reverse=True)
        }
        options = tuple(candidate.option for candidate in reversed(cells.values()))
        others = tuple(each for each in mended if each is not failing)
        if len(options) > MOST_OPTIONS and not others:
            return self._unexplained(failing, left)
        return Explanation((failing, *others), options, (), best.rest == 0)

    def _in_one(
        self, failing: Reconciliation, found: list[_Candidate], *, left: Mapping[RowKey, Reconciliation]
    ) -> Explanation:
        """The stated value itself is the likeliest; the stated values that rest on its figure bear it out.

        A slip that leaves a good part of the gap open is no better guess than the derived value, and is not offered.
        """
        best = min(found, key=lambda candidate: candidate.rank)
        options = (best.option,) if best.rest * CLEARLY < abs(failing.gap) - best.rest else ()
        return Explanation((failing,), options, self._unexplained(failing, left).agreeing, best.rest == 0)

    def _in_sources(self, failing: Reconciliation, left: Mapping[RowKey, Reconciliation]) -> list[_Candidate]:
        promising: list[tuple[int, Decimal, Option]] = []
        for key, cell in self._dependence.cells_under(failing.figure, most=MOST_CELLS).items():
            printed = self._cells.number(key)
            if printed is not None and cell.heading != "value":
                promising.extend(self._promising(failing, cell, printed=printed))
        promising.sort(key=lambda one: (-one[0], one[1], KINDS.index(one[2].slip.kind)))
        found: list[_Candidate] = []
        enough = 0
        for score, _, option in promising[:MOST_TRIALS_EACH]:
            if score < enough or not self._may_try():
                break
            candidate = self._tried(failing, option, left=left)
            if candidate is not None:
                found.append(candidate)
                enough = score
        return found

    def _may_try(self) -> bool:
        self._trials_left -= 1
        return self._trials_left >= 0

    def _promising(
        self, failing: Reconciliation, cell: CellReference, *, printed: PrintedNumber
    ) -> Iterator[tuple[int, Decimal, Option]]:
        """Slips of a cell that pass the quick sum: what each mends, how far the first is off, and the option."""
        reach = self._dependence.reach_of_cell(key_of(cell), printed.value)
        touched = [
            (each, coefficient) for figure, coefficient in reach.items() for each in self._of_figure.get(figure, ())
        ]
        for slip in slips(printed):
            score = _quick_score(touched, change=slip.number.value - printed.value, failing=failing)
            if score is not None:
                yield (*score, Option(cell, printed, slip))

    def _tried(
        self, failing: Reconciliation, option: Option, *, left: Mapping[RowKey, Reconciliation]
    ) -> _Candidate | None:
        """Compute the plan in full with the option taken; nothing when that is no better, or makes anything worse."""
        changed = self._cells.with_number(key_of(option.cell), option.slip.number)
        after = {_row_key(each): each for each in self._recompute(changed)}
        worse = any(
            key not in after or (after[key].verdict is Verdict.FAILS and each.verdict is not Verdict.FAILS)
            for key, each in self._before.items()
        )
        mended = tuple(key for key in left if key in after and after[key].verdict is not Verdict.FAILS)
        moved = [key for key in left if key in after and after[key].derived != left[key].derived]
        if worse or _row_key(failing) not in mended or (len(mended) < 2 and len(mended) < len(moved)):
            return None
        exact = sum(after[key].verdict is Verdict.EXACT for key in mended)
        return _Candidate(option, mended, exact, abs(after[_row_key(failing)].gap))

    def _in_stated(self, failing: Reconciliation) -> Iterator[_Candidate]:
        """Slips of the stated value itself that bring it to the derived one."""
        turn = -1 if failing.row.sign is Sign.REVERSED else 1
        cell = CellReference(failing.row.place, "value")
        for slip in slips(failing.row.value):
            rest = abs(slip.number.value * turn - failing.derived)
            if rest <= slip.number.tolerance + failing.tolerance:
                option = Option(cell, failing.row.value, slip)
                yield _Candidate(option, (_row_key(failing),), int(rest == 0), rest)

    def _unexplained(self, failing: Reconciliation, left: Mapping[RowKey, Reconciliation]) -> Explanation:
        """Stated values further on: those that fail by the same gap belong to it, those that hold speak against the
        stated one.
        """
        followers: list[Reconciliation] = []
        agreeing: list[tuple[Reconciliation, Decimal]] = []
        for figure, coefficient in self._dependence.reach_of_figure(failing.figure).items():
            for each in self._of_figure.get(figure, ()) if coefficient is not None else ():
                moved = each.derived + failing.gap * (coefficient or 0)
                holds = abs(each.stated - moved) <= each.tolerance + each.row.value.tolerance
                if each.verdict is Verdict.FAILS and holds and _row_key(each) in left:
                    followers.append(each)
                elif each.verdict is not Verdict.FAILS and not holds:
                    agreeing.append((each, moved))
        return Explanation((failing, *followers), (), tuple(agreeing))


def _quick_score(
    touched: Iterable[tuple[Reconciliation, Coefficient]], *, change: Decimal, failing: Reconciliation
) -> tuple[int, Decimal] | None:
    """How many reconciliations a change would put right, by the coefficients alone; nothing when it would break one."""
    mended, rest = 0, abs(failing.gap)
    for each, coefficient in touched:
        if coefficient is None:
            continue
        gap = abs(each.gap - coefficient * change)
        holds = gap <= each.tolerance + each.row.value.tolerance
        if each.verdict is Verdict.FAILS:
            mended += holds
            if each is failing:
                rest = gap
                if not holds:
                    return None
        elif not holds:
            return None
    return mended, rest
