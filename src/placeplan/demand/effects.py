"""What interventions leave of activity, as factors on the four axes.

An effect leaves ``1 - reach x effect x maturity`` of the activity at its point. Bed days follow admissions: an avoided
admission takes its bed days with it, and a shorter stay acts on the bed days that remain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.axes import Axes
from placeplan.demand.errors import refuse
from placeplan.demand.factors import Factor, Scaled
from placeplan.demand.interventions import BedDays, Effect, EffectKind, Intervention
from placeplan.demand.ramps import maturity


@dataclass(frozen=True, eq=False)
class Left:
    """What an intervention leaves of activity, in expectation, on four axes.

    Attributes:
        all: of every effect.
        by_admissions: of avoided admissions on the bed days that go with them; 1 at all other points.
    """

    all: FloatArray
    by_admissions: FloatArray


def left_by(intervention: Intervention, axes: Axes, *, bed_days: BedDays) -> Left:
    """Expectation of what one intervention leaves.

    Effects are independent of each other, so that the expectation of their product is the product of expectations.

    Args:
        intervention: known to fit; see ``checked_interventions``.
        axes: of the activity.
        bed_days: points that count bed days.

    Raises:
        DemandError: an avoided stay would be longer than all stays together.
    """
    whole, followed = np.ones(axes.shape), np.ones(axes.shape)
    for effect, taken in _claims(intervention, axes):
        for place, ratio, follows in _points(effect, axes, bed_days=bed_days):
            remains = 1.0 - effect.share.mean * ratio * taken
            whole[place] *= remains
            if follows:
                followed[place] *= remains
    refuse(_negative(intervention, whole, axes=axes))
    return Left(whole, followed)


def adjustment_of(intervention: Intervention, axes: Axes, *, bed_days: BedDays) -> Adjustment:
    """The intervention as an adjustment, to be run with others under ``run_do_nothing``.

    Each effect is one uncertain factor, named ``INTERVENTION/POINT/KIND`` (with its segments where it is not in all),
    so that scenarios with the same effect share its draws. Effects that differ by segment and ramp alone are one belief
    and share one factor. The first year of the path is observed: the ramp must be 0
    there.

    Raises:
        DemandError: see ``left_by``.
    """
    factors = tuple(_factors(intervention, axes, bed_days=bed_days))
    return _adjustment(intervention, factors)


def bed_days_adjustment_of(intervention: Intervention, axes: Axes, *, bed_days: BedDays) -> Adjustment | None:
    """What avoided admissions alone leave of bed days, under the names of ``adjustment_of``; none where nothing is.

    The difference between runs with this and with ``adjustment_of`` is what is saved and has a price of its own.
    """
    factors = tuple(_factors(intervention, axes, bed_days=bed_days, followed_only=True))
    return _adjustment(intervention, factors) if factors else None


def _adjustment(intervention: Intervention, factors: tuple[Factor, ...]) -> Adjustment:
    return Adjustment(
        intervention.identifier, intervention.title, factors, intervention.source, intervention.confidence
    )


def _factors(
    intervention: Intervention, axes: Axes, *, bed_days: BedDays, followed_only: bool = False
) -> Iterator[Factor]:
    """One factor for each belief: what is not known of an effect is the same wherever it acts."""
    for alike in _by_belief(intervention, axes):
        table, acts = np.ones(axes.shape), False
        for effect, taken in alike:
            points = [each for each in _points(effect, axes, bed_days=bed_days) if each[2] or not followed_only]
            for place, ratio, _ in points:
                table[place] -= ratio * taken
            acts = acts or bool(points)
        if acts:
            effects = [effect for effect, _ in alike]
            yield Scaled(_stream(intervention, effects), table, effects[0].share)


def _by_belief(intervention: Intervention, axes: Axes) -> list[list[tuple[Effect, FloatArray]]]:
    """Effects with their claims; those on one point that differ by segment and ramp alone stand together."""
    groups: dict[tuple[object, ...], list[tuple[Effect, FloatArray]]] = {}
    for effect, taken in _claims(intervention, axes):
        groups.setdefault((effect.point, effect.kind, effect.share, effect.stay_ratio), []).append((effect, taken))
    return list(groups.values())


def _claims(intervention: Intervention, axes: Axes) -> Iterator[tuple[Effect, FloatArray]]:
    """Each effect with ``reach x maturity`` where it acts, segments by areas by years."""
    start, areas, starts = intervention.start, intervention.areas, intervention.starts
    for effect in intervention.effects:
        grown = maturity(effect.ramp or intervention.ramp, axes, start=start, areas=areas, starts=starts)
        reach = np.zeros(len(axes.segments))
        for segment in intervention.segments_of(effect):
            reach[axes.position("segments", segment)] = intervention.reach[segment]
        yield effect, reach[:, np.newaxis, np.newaxis] * grown


def _points(effect: Effect, axes: Axes, *, bed_days: BedDays) -> Iterator[tuple[int, float, bool]]:
    """Where an effect acts: place of the point, stay over the mean stay, and whether it goes with admissions."""
    yield axes.position("points", effect.point), 1.0, False
    if effect.kind is EffectKind.AVOIDED:
        for days, admissions in bed_days.items():
            if admissions == effect.point and days in axes.points:
                yield axes.position("points", days), effect.stay_ratio, True


def _stream(intervention: Intervention, effects: Sequence[Effect]) -> str:
    acts_in = {segment for effect in effects for segment in intervention.segments_of(effect)}
    everywhere = acts_in == set(intervention.reach)
    where = "" if everywhere else "/" + "+".join(sorted(acts_in))
    return f"{intervention.identifier}/{effects[0].point}/{effects[0].kind}{where}"


def _negative(intervention: Intervention, left: FloatArray, *, axes: Axes) -> Iterator[str]:
    cells = np.argwhere(left < 0)
    if len(cells):
        yield (
            f"intervention '{intervention.identifier}': {axes.where(cells[0])}: it takes more than all bed days; its "
            f"stay ratio is too high for the share of admissions that it avoids"
        )
