"""Sites that each cost something to keep: how many are worth it, against the travel that they save.

Source: Balinski 1964 and Daskin, Network and Discrete Location, 2nd edition 2013, chapter 7.
"""

from collections.abc import Sequence

import numpy.typing as npt

from placeplan.capacity.siting.assigning import METHOD, solved_assignment
from placeplan.capacity.siting.fairness import Fairness
from placeplan.capacity.siting.impossible import by_counting, by_search, no_choice
from placeplan.capacity.siting.terms import Limits, Terms, fitting, per_candidate
from placeplan.capacity.siting.types import Siting, columns, problem_of


def fixed_charge(
    cost: npt.ArrayLike,
    demand: npt.ArrayLike,
    charges: npt.ArrayLike,
    *,
    capacities: npt.ArrayLike | None = None,
    catchments: npt.ArrayLike | None = None,
    single_source: bool = False,
    time_limit: float = 60.0,
    gap: float = 0.0,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    fairness: Sequence[Fairness] = (),
) -> Siting:
    """Choose sites, however many, so that their charges and everybody's travel together cost least.

    Args:
        cost: of serving a unit of demand, demand points by candidates, in the unit of the charges; ``inf`` where there
            is no way.
        demand: of each point.
        charges: of each candidate when it is chosen; one number stands for all.
        capacities: most demand that each can serve; unlimited when left out.
        catchments: least demand that each chosen site needs.
        single_source: whether all of a point goes to one site; else ``shares`` of the result say who serves how much.
        time_limit: seconds.
        gap: share of the objective that may stay open.
        forced: columns that must be chosen.
        forbidden: columns that must not be chosen.
        fairness: whose travel counts more, or may not be above a limit.

    Raises:
        SitingError: values that do not fit.
    """
    problem, limits = problem_of(cost, demand), Limits(seconds=time_limit, gap=gap)
    terms = Terms(
        charges=per_candidate("charges", charges, problem=problem),
        capacities=per_candidate("capacities", capacities, problem=problem),
        catchments=per_candidate("catchments", catchments, problem=problem),
        forced=columns("forced", forced, problem=problem),
        forbidden=columns("forbidden", forbidden, problem=problem),
        fairness=fitting(fairness, problem),
        single_source=single_source,
    )
    reasons = by_counting(problem, terms)
    if reasons:
        return no_choice(problem, reasons)
    found = solved_assignment(problem, terms, limits=limits)
    return found or no_choice(problem, by_search(problem, terms), method=METHOD)
