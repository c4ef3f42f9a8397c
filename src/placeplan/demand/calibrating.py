"""Calibrate interventions: how strong they would have to be for a stated saving to come true.

A plan states what is saved by point of delivery and by segment, and not what each intervention does. The calibration
goes back from the statement to the effects in two steps.

1. **Cells.** What is saved at each point in each segment is fitted to the stated totals, starting from what evidence
   would have the interventions save there (see ``fitting``). A year keeps what the year before had, at the same
   strength; only what is added is fitted. So no effect falls from one year to the next.
2. **Effects.** The share of a cell's activity that is saved is split over the interventions that act there, in
   proportion to reach x evidence, so that together they leave exactly what is to be left:
   ``1 - share = (1 - e1) (1 - e2) …`` with ``ei = 1 - (1 - share) ** (weight i / all weights)``.

Bed days are taken after admissions: an avoided admission takes its days with it, and a shorter stay acts on the days
that remain. It says what a plan asks for, not that it will come.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError, refuse
from placeplan.demand.fitting import Margin, fitted, with_last_digits
from placeplan.demand.interventions import BedDays, EffectKind

FULL = 1.0


@dataclass(frozen=True, slots=True)
class StatedYear:
    """What a plan states of the savings of a year, in any unit.

    Attributes:
        year: of the path.
        by_point: totals over points of delivery; places are those of the axis of points.
        by_segment: totals over segments.
        total: of everything.
    """

    year: str
    by_point: tuple[Margin, ...]
    by_segment: tuple[Margin, ...]
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """An effect that may be calibrated: where it acts, and how strong evidence makes it.

    Attributes:
        intervention: identifier.
        point: where it acts.
        kind: what it takes.
        segment: in whom.
        reach: share of the people of the segment who are reached, above 0.
        evidence: share of their activity that evidence makes most likely, 0 or more.
        stay_ratio: stay of an avoided admission over the mean stay.
    """

    intervention: str
    point: str
    kind: EffectKind
    segment: str
    reach: float
    evidence: float
    stay_ratio: float = 1.0

    @property
    def strength(self) -> float:
        """Share of all activity of the segment at the point."""
        return self.reach * self.evidence


@dataclass(frozen=True, slots=True)
class Calibrated:
    """An effect as the stated savings ask for it.

    Attributes:
        weight: what it was calibrated from.
        share: of the activity of those reached, in the last year.
        maturity: share of that in each year of the statement, not falling, 1 in the last.
    """

    weight: Weight
    share: float
    maturity: tuple[float, ...]


def fitted_cells(
    stated: Sequence[StatedYear], path: Activity, *, weights: Sequence[Weight], prices: Mapping[str, float], unit: float
) -> FloatArray:
    """What is saved in each year, points by segments by years, in the unit of the statement.

    Args:
        stated: years in their order.
        path: activity with no intervention.
        weights: the effects that act.
        prices: pounds for an event, by point.
        unit: pounds of one unit of the statement.

    Raises:
        DemandError: with the year: the totals cannot be met, or would make an effect fall.
    """
    axes, activity = path.axes, path.values.sum(axis=2)
    price = np.array([prices.get(point, 0.0) for point in axes.points])[:, np.newaxis] / unit
    strength = np.zeros(activity.shape[:2])
    for one in weights:
        strength[axes.position("points", one.point), axes.position("segments", one.segment)] += one.strength
    cells = np.zeros((*activity.shape[:2], len(stated)))
    before: int | None = None
    for number, year in enumerate(stated):
        now = axes.position("years", year.year)
        kept = np.zeros(strength.shape)
        if before is not None:
            grown = np.divide(activity[..., now], activity[..., before], where=activity[..., before] > 0, out=kept)
            kept = cells[..., number - 1] * grown
        try:
            cells[..., number] = kept + _added(strength * activity[..., now] * price, year, kept=kept)
        except DemandError as error:
            raise DemandError(f"{year.year}: {message}" for message in error.messages) from error
        before = now
    return cells


def _added(seed: FloatArray, year: StatedYear, *, kept: FloatArray) -> FloatArray:
    """What a year adds to what it keeps of the year before."""
    rows, columns = year.by_point, year.by_segment
    for _ in range(2):
        more = _less(rows, kept), _less(columns, kept.T), year.total - float(kept.sum())
        refuse([*_falling(rows, more[0]), *_falling(columns, more[1])])
        added = fitted(seed, rows=more[0], columns=more[1], total=more[2])
        whole = kept + added
        rows = with_last_digits(rows, _sums(whole, rows), total=year.total)
        columns = with_last_digits(columns, _sums(whole.T, columns), total=year.total)
    return added


def _less(margins: Sequence[Margin], kept: FloatArray) -> tuple[Margin, ...]:
    return tuple(
        one if one.total is None else replace(one, total=_positive(one.total - held, within=one.within))
        for one, held in zip(margins, _sums(kept, margins), strict=True)
    )


def _positive(number: float, *, within: float) -> float:
    """A number that is below 0 by rounding alone is 0."""
    return 0.0 if -within <= number < 0 else number


def _sums(cells: FloatArray, margins: Sequence[Margin]) -> list[float]:
    return [float(cells[list(one.places)].sum()) for one in margins]


def _falling(stated: Sequence[Margin], added: Sequence[Margin]) -> Iterator[str]:
    for one, more in zip(stated, added, strict=True):
        if one.total is not None and more.total is not None and more.total < 0:
            yield (
                f"{one.name}: {one.total:,.6g} is stated, which is {-more.total:,.6g} less than the effects of the "
                f"year before give of the activity of this year; expected effects that do not fall"
            )


def calibrated(
    cells: FloatArray,
    path: Activity,
    *,
    years: Sequence[str],
    weights: Sequence[Weight],
    prices: Mapping[str, float],
    unit: float,
    bed_days: BedDays,
) -> tuple[Calibrated, ...]:
    """How strong each effect has to be for the cells to be saved.

    Args:
        cells: see ``fitted_cells``.
        path: activity with no intervention.
        years: of the cells.
        weights: the effects that act, in the order of the result. One without strength takes nothing.
        prices: pounds for an event, by point.
        unit: pounds of one unit of the cells.
        bed_days: points that count bed days.

    Raises:
        DemandError: with every effect that would take more than all of the activity of those whom it reaches.
    """
    places = [path.axes.position("years", year) for year in years]
    worth = path.values.sum(axis=2)[..., places]
    worth = worth * (np.array([prices.get(point, 0.0) for point in path.axes.points]) / unit)[:, np.newaxis, np.newaxis]
    taken: dict[int, FloatArray] = {}
    for kind in (EffectKind.AVOIDED, EffectKind.SHORTER_STAY):
        chosen = [number for number, one in enumerate(weights) if one.kind is kind]
        followed = _followed(weights, taken, axes=path.axes, bed_days=bed_days, shape=worth.shape)
        shares = _shares(cells, worth * followed)
        for number in chosen:
            one = weights[number]
            where = path.axes.position("points", one.point), path.axes.position("segments", one.segment)
            alike = sum(weights[other].strength for other in chosen if _same_cell(weights[other], one))
            taken[number] = 1.0 - (1.0 - shares[where]) ** (one.strength / alike if alike > 0 else 0.0)
    refuse(_too_strong(weights, taken))
    return tuple(_effect(weights[number], taken[number]) for number in sorted(taken))


def _same_cell(one: Weight, other: Weight) -> bool:
    return (one.point, one.segment) == (other.point, other.segment)


def _followed(
    weights: Sequence[Weight],
    taken: Mapping[int, FloatArray],
    *,
    axes: Axes,
    bed_days: BedDays,
    shape: tuple[int, ...],
) -> FloatArray:
    """What avoided admissions leave of bed days."""
    left = np.ones(shape)
    for number, gone in taken.items():
        one = weights[number]
        for days, admissions in bed_days.items():
            if admissions == one.point and days in axes.points:
                left[axes.position("points", days), axes.position("segments", one.segment)] *= 1 - gone * one.stay_ratio
    return left


def _shares(cells: FloatArray, worth: FloatArray) -> FloatArray:
    """The share of activity that each cell saves; rounding apart it does not fall."""
    shares = np.divide(cells, worth, out=np.zeros(cells.shape), where=worth > 0)
    return np.asarray(np.maximum.accumulate(shares.clip(0.0, FULL), axis=-1))


def _too_strong(weights: Sequence[Weight], taken: Mapping[int, FloatArray]) -> Iterator[str]:
    for number, gone in taken.items():
        one = weights[number]
        if gone[-1] > one.reach:
            yield (
                f"{one.intervention} on {one.point} in {one.segment}: the stated saving asks for "
                f"{gone[-1] / one.reach:.0%} of the activity of those whom it reaches; expected at most 100%. Reach "
                f"more people, or state less"
            )


def _effect(weight: Weight, taken: FloatArray) -> Calibrated:
    last = float(taken[-1])
    maturity = tuple((taken / last).tolist()) if last > 0 else (FULL,) * len(taken)
    return Calibrated(weight, last / weight.reach, maturity)
