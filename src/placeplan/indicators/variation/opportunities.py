"""Opportunities of an area: what the gap to the better half of similar areas is worth, in events and in pounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import (
    COMPARISON_WORDS,
    Comparison,
    Improvement,
    MethodInputError,
    Statistic,
    compare_with_peers,
)
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.indicators.values.which_is_better import better_side

NO_WAY = "no way is better for this measure"
NOT_COUNTS = "the measure is no count over a population"
NOT_THERE = "the area is not in the results"
HYPOTHETICAL = (
    "An opportunity is what would change if the area had the mean of the better half of its peers. It is a size to "
    "compare, not a saving that can be counted on."
)
_STATISTICS = {Method.PROPORTION: Statistic.PROPORTION, Method.RATE: Statistic.RATE}


@dataclass(frozen=True, slots=True)
class Opportunity:
    """What the gap of one measure is worth. Positive is room to improve, negative is already better.

    ``best_half`` is the mean of the better half of peers, in the unit of the measure like ``value``. ``standing`` says
    how the area's interval lies to it. ``pounds`` needs a cost for each event. Where there is no gap ``note`` says why.
    """

    measure: Measure
    period: str
    value: float | None = None
    best_half: float | None = None
    events: float | None = None
    pounds: float | None = None
    standing: str = ""
    peers_used: int = 0
    note: str = ""


def opportunities(
    results: Sequence[MeasureResults],
    area: str,
    *,
    peers: Sequence[str],
    unit_costs: Mapping[str, Decimal] | None = None,
) -> tuple[Opportunity, ...]:
    """Rank the opportunities of an area: by pounds where every event has a cost, then by events; those without a gap
    last. ``unit_costs`` has pounds for each event by the identifier of the measure.

    Raises:
        MethodInputError: the area among its own peers, or a peer twice.

    Source: see ``methods.compare_with_peers``.
    """
    if area in peers or len(set(peers)) < len(peers):
        raise MethodInputError(f"peers: expected areas other than '{area}', each once.")
    found = [_opportunity(one, area, peers=peers, cost=(unit_costs or {}).get(one.measure.id)) for one in results]
    return tuple(sorted(found, key=_place))


def _place(one: Opportunity) -> tuple[int, float, str]:
    if one.pounds is not None:
        return 0, -one.pounds, one.measure.id
    if one.events is not None:
        return 1, -one.events, one.measure.id
    return 2, 0.0, one.measure.id


def _opportunity(results: MeasureResults, area: str, *, peers: Sequence[str], cost: Decimal | None) -> Opportunity:
    measure = results.measure
    of_area = results.frame.filter(pl.col("area") == area).sort("ends", "starts")
    if of_area.is_empty():
        return Opportunity(measure, "", note=NOT_THERE)
    rows, period = rows_of_one_period(results, period=of_area["period"][-1])
    better = better_side(measure)
    if not better or measure.method not in _STATISTICS:
        return Opportunity(measure, period, value=of_area["value"][-1], note=NOT_COUNTS if better else NO_WAY)
    chosen = pl.concat([rows.filter(pl.col("area") == area), rows.filter(pl.col("area").is_in(list(peers)))])
    counts, sizes = (chosen[name].fill_null(float("nan")).to_numpy() for name in ("numerator", "denominator"))
    # Only the area is compared; its peers stand in the rows after it.
    positions = np.full((chosen.height, max(chosen.height - 1, 1)), -1)
    positions[0, : chosen.height - 1] = np.arange(1, chosen.height)
    compared = compare_with_peers(
        counts,
        sizes,
        peers=positions,
        improvement=Improvement.UP if better > 0 else Improvement.DOWN,
        statistic=_STATISTICS[measure.method],
        multiplier=float(measure.multiplier) if measure.method is Method.RATE else None,
        unit_cost=None if cost is None else float(cost),
    )
    scale = float(measure.multiplier) if measure.method is Method.PROPORTION else 1.0
    if note := str(compared.why[0]):
        return Opportunity(measure, period, value=of_area["value"][-1], note=note)
    return Opportunity(
        measure,
        period,
        value=float(compared.own.value[0]) * scale,
        best_half=float(compared.best_half[0]) * scale,
        events=float(compared.events_to_best_half[0]),
        pounds=None if compared.pounds_to_best_half is None else float(compared.pounds_to_best_half[0]),
        standing=COMPARISON_WORDS[Comparison(int(compared.to_best_half[0]))],
        peers_used=int(compared.peers_used[0]),
    )
