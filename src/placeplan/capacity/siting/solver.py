"""Whole-number programs in HiGHS: variables and rows gathered and solved, and what was proven kept apart.

Source: Huangfu and Hall, Mathematical Programming Computation 2018;10:119 (HiGHS).
"""

from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.types import FloatArray, IndexArray

WITHIN = 1e-6
NO_GAP = 0.0


@dataclass(frozen=True, eq=False)
class Solved:
    """What the solver found.

    Attributes:
        values: of the variables; empty where no solution is known.
        objective: of the values; ``nan`` without.
        bound: no solution has less.
        impossible: the solver has proven that there is no solution.
    """

    values: FloatArray
    objective: float
    bound: float
    impossible: bool


class _QuietHighs(highspy.Highs):
    """HiGHS without a word. It prints a header at the first call that sets no option, and its constructor has one."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is that of the library
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(eq=False)
class Program:
    """A program to be minimised, gathered block by block. Variables are numbered in the order of their blocks."""

    cost: list[FloatArray] = field(default_factory=list)
    upper: list[FloatArray] = field(default_factory=list)
    lower: list[FloatArray] = field(default_factory=list)
    whole: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    entries: list[tuple[IndexArray, IndexArray, FloatArray]] = field(default_factory=list)
    least: list[FloatArray] = field(default_factory=list)
    most: list[FloatArray] = field(default_factory=list)
    size: int = 0
    rows: int = 0

    def variables(
        self, cost: npt.ArrayLike, *, lower: npt.ArrayLike = 0.0, upper: npt.ArrayLike = 1.0, whole: bool = False
    ) -> IndexArray:
        """Add variables with their costs; gives their numbers."""
        costs = np.atleast_1d(np.asarray(cost, dtype=float)).ravel()
        self.cost.append(costs)
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=float), costs.shape))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), costs.shape))
        self.whole.append(np.full(costs.shape, whole))
        self.size += len(costs)
        return np.arange(self.size - len(costs), self.size)

    def constrain(
        self,
        rows: npt.ArrayLike,
        variables: npt.ArrayLike,
        factors: npt.ArrayLike,
        *,
        least: npt.ArrayLike = -np.inf,
        most: npt.ArrayLike = np.inf,
        count: int = 1,
    ) -> None:
        """Add ``count`` rows, given as triples of row (from 0 in this block), variable and factor."""
        which, who = np.asarray(rows, dtype=np.int64), np.asarray(variables, dtype=np.int64)
        which, who, how = np.broadcast_arrays(which, who, np.asarray(factors, dtype=float))
        self.entries.append((which.ravel() + self.rows, who.ravel(), how.ravel()))
        self.least.append(np.broadcast_to(np.asarray(least, dtype=float), (count,)))
        self.most.append(np.broadcast_to(np.asarray(most, dtype=float), (count,)))
        self.rows += count

    def solve(self, *, time_limit: float, gap: float = NO_GAP, ones: IndexArray | None = None) -> Solved:
        """Minimise, for so many seconds at most; ``ones`` are whole variables that are 1 to begin with."""
        solver = _QuietHighs()
        for option, value in (
            ("mip_rel_gap", gap),
            ("mip_abs_gap", WITHIN),
            ("time_limit", max(float(time_limit), WITHIN)),
            ("threads", 1),
            ("random_seed", 0),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        if ones is not None:
            which = np.flatnonzero(np.concatenate(self.whole))
            solver.setSolution(len(which), which.astype(np.int32), np.isin(which, ones).astype(np.float64))
        solver.run()
        return _told(solver, whole=bool(np.concatenate(self.whole).any()))

    def _model(self) -> highspy.HighsLp:
        rows, columns, factors = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        order = np.lexsort((rows, columns))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, self.rows
        model.col_cost_ = np.concatenate(self.cost)
        model.col_lower_, model.col_upper_ = np.concatenate(self.lower), np.concatenate(self.upper)
        model.row_lower_, model.row_upper_ = np.concatenate(self.least), np.concatenate(self.most)
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in np.concatenate(self.whole)
        ]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.num_col_, matrix.num_row_ = self.size, self.rows
        matrix.start_ = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=self.size))]).astype(np.int32)
        matrix.index_ = rows[order].astype(np.int32)
        matrix.value_ = factors[order]
        model.a_matrix_ = matrix
        return model


def _told(solver: highspy.Highs, *, whole: bool) -> Solved:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return Solved(np.zeros(0), np.nan, np.inf, impossible=True)
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    objective = float(info.objective_function_value) if feasible else np.nan
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = float(info.mip_dual_bound) if whole else (objective if optimal else -np.inf)
    if optimal and objective - bound <= WITHIN * max(1.0, abs(objective)):
        bound = objective
    values = np.array(solver.getSolution().col_value) if feasible else np.zeros(0)
    return Solved(values, objective, bound, impossible=False)
