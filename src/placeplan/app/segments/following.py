"""What follows from segments: moves and forecast, spread and variance of cost, risk lists.

Everything here is inside: no small number is held back, and the lists have a row a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from placeplan.app.segments.following_rules import read_pooling_rules
from placeplan.app.segments.running import Segmented
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.concentration import SpendConcentration, concentration_of, spend_bins
from placeplan.segments.engine import Frame
from placeplan.segments.features import FRAILTY, flag_column
from placeplan.segments.membership import Membership
from placeplan.segments.results import Dimension
from placeplan.segments.risk_lists import (
    adults_at_risk,
    children_with_complex_needs,
    churn,
    coverage,
    dearest_people,
)
from placeplan.segments.risk_scores import RiskRules, scored
from placeplan.segments.transition_rates import PoolingRules, YearOfMoves, year_of_moves
from placeplan.segments.transitions import Transitions, moves_between, transitions_of
from placeplan.segments.variance_explained import Compared, compared, cost_sums, cost_sums_of

SEED = 1


def columns_for(rules: RiskRules) -> tuple[str, ...]:
    """What must be held of people beyond the usual for risk lists: give it as ``also`` to ``segment``."""
    return (FRAILTY, *(flag_column(flag) for flag in rules.flags))


def transitions_between(earlier: Segmented, later: Segmented, *, tables: Mapping[str, Frame]) -> Transitions:
    """Who went where between two snapshots of one dataset under one scheme.

    Raises:
        InputError: a year is no snapshot, the schemes differ, or the years are not in order.
    """
    _refuse_unless_snapshots(earlier, later)
    frame = moves_between(
        earlier.people, later.people, people=tables["people"], earlier=earlier.period, later=later.period
    )
    return transitions_of(later.engine.fetched_rows(frame), later.scheme)


def rates_between(transitions: Transitions, rules: PoolingRules | None = None) -> YearOfMoves:
    """The rates of a year, ready for a forecast; pooled by Placeplan's own rules unless others are given."""
    return year_of_moves(transitions, rules or read_pooling_rules())


def forecast_table(year: YearOfMoves, years: int) -> pl.DataFrame:
    """People by year from the later snapshot (0), segment, age band and sex, as forecast: not whole numbers.

    Raises:
        ValueError: see ``forecast_segments``.
    """
    found = year.forecast(years)
    rows = [
        (number, state.segment, state.age_band, state.sex, float(people))
        for number, row in enumerate(found.population)
        for state, people in zip(year.states, row, strict=True)
    ]
    kinds = {"year": pl.Int64, "segment": pl.String, "age_band": pl.String, "sex": pl.String, "people": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def spend_concentration(found: Segmented) -> SpendConcentration:
    """How spend is spread over the people of a year."""
    return concentration_of(found.engine.fetched_rows(spend_bins(found.people)))


def schemes_compared(found: Sequence[Segmented], *, with_age: bool = False, seed: int = SEED) -> tuple[Compared, ...]:
    """What each scheme explains of the variance of cost of one year's people, the best first.

    Args:
        found: the same people, segmented by each scheme.
        with_age: let the age bands of the scheme cross its segments.
        seed: which practices are in which half.
    """
    by = [Dimension.SEGMENT, Dimension.AGE_BAND] if with_age else [Dimension.SEGMENT]
    sums = {one.scheme.id: cost_sums_of(one.engine.fetched_rows(cost_sums(one.people, by))) for one in found}
    return compared(sums, seed=seed)


@dataclass(frozen=True)
class RiskLists:
    """Whom practices look at first, a row a person, held by the engine; ``coverage`` has a row a practice."""

    found: Segmented
    adults: Frame
    children: Frame
    dearest: Frame
    coverage: pl.DataFrame


def risk_lists(found: Segmented, rules: RiskRules) -> RiskLists:
    """The lists of each practice on the last day of a year.

    Args:
        found: a snapshot; segmented with ``also=columns_for(rules)``.
        rules: points, shares and what flags a child.

    Raises:
        InputError: the year is no snapshot: then people who died or left would be listed.
    """
    _refuse_unless_snapshots(found)
    engine = found.engine
    people = engine.kept(scored(found.people, rules, scheme_id=found.scheme.id))
    adults = engine.kept(adults_at_risk(people, rules))
    children = engine.kept(children_with_complex_needs(people, rules, scheme_id=found.scheme.id))
    told = engine.fetched(coverage(people, adults, children=children, rules=rules))
    return RiskLists(found, adults, children, engine.kept(dearest_people(people, rules)), told)


def risk_churn(earlier: RiskLists, later: RiskLists, *, tables: Mapping[str, Frame], rules: RiskRules) -> pl.DataFrame:
    """For each practice, how many adults stayed on its list, are new, or left it, and why."""
    frame = churn(
        earlier.adults,
        later.adults,
        earlier_people=earlier.found.people,
        later_people=later.found.people,
        people=tables["people"],
        later=later.found.period,
        rules=rules,
    )
    return later.found.engine.fetched(frame)


def _refuse_unless_snapshots(*years: Segmented) -> None:
    """Raise unless every year counts who was there on its last day, by one scheme, the earlier first."""
    problems = [
        Problem(
            Location(year.period.name),
            "this year counts everybody who was on a list on any day",
            mend=f"Segment it again with membership {Membership.ON_LAST_DAY}.",
        )
        for year in years
        if year.features.membership is not Membership.ON_LAST_DAY
    ]
    if len({year.scheme.id for year in years}) > 1:
        names = " and ".join(year.scheme.id for year in years)
        problems.append(Problem(Location("scheme"), f"the years are segmented by {names}", "one scheme"))
    if [year.period.last for year in years] != sorted({year.period.last for year in years}):
        names = ", ".join(year.period.name for year in years)
        problems.append(Problem(Location("period"), f"the years are out of order: {names}", "the earlier first"))
    if problems:
        raise InputError(problems)
