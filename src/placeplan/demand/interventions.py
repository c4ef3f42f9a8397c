"""Interventions: whom they reach, which share of whose activity they take, and how they grow up.

An intervention takes ``reach x effect x maturity`` of the activity of its target segments. Reach and ramp are what a
plan sets out to do, and are numbers. The effect is what is believed of the people reached, and has a distribution.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite

from placeplan.demand.axes import WORDS, Axes
from placeplan.demand.distributions import Distribution
from placeplan.demand.errors import refuse
from placeplan.demand.ramps import Ramp
from placeplan.rounds.governance import Confidence

BedDays = Mapping[str, str]
"""Points of delivery that count bed days, each with the point that counts the admissions behind them."""


class EffectKind(StrEnum):
    """What an effect takes."""

    AVOIDED = "avoided"
    SHORTER_STAY = "shorter-stay"


@dataclass(frozen=True)
class Effect:
    """One claim: the share of activity at a point of delivery that a reached person no longer needs, at maturity.

    Attributes:
        point: a point of delivery; one that counts bed days where the kind is a shorter stay.
        share: belief about the share, from 0 to 1.
        kind: whether events do not happen, or stays that do happen are shorter.
        segments: where it acts; every target segment of the intervention when empty.
        stay_ratio: how long the stay of an avoided admission would have been, over the mean stay. Admissions that can
            be avoided are often the short ones.
        ramp: how this effect grows up, where it does so in a way of its own; as the intervention when left out.

    Raises:
        DemandError: a share below 0 or above 1 may come, or the ratio is below 0.
    """

    point: str
    share: Distribution
    kind: EffectKind = EffectKind.AVOIDED
    segments: tuple[str, ...] = ()
    stay_ratio: float = 1.0
    ramp: Ramp | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", EffectKind(self.kind))
        object.__setattr__(self, "segments", tuple(self.segments))
        refuse(f"effect on {self.point}: {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        if self.share.low < 0:
            yield f"a share of {self.share.low:.4g} may come; expected 0 or more. Added activity is a cost"
        if self.share.high > 1:
            found = f"{self.share.high:.4g}" if isfinite(self.share.high) else "any size"
            yield f"a share of {found} may come; expected at most 1, that is 100% of the activity"
        if not (isfinite(self.stay_ratio) and self.stay_ratio >= 0):
            yield f"the stay ratio is {self.stay_ratio:g}; expected 0 or more, and 1 for a stay of average length"
        elif self.kind is EffectKind.SHORTER_STAY and self.stay_ratio != 1:
            yield f"the stay ratio is {self.stay_ratio:g}; only avoided admissions have one"


@dataclass(frozen=True, eq=False)
class Intervention:
    """One intervention as a plan uses it.

    Attributes:
        identifier: names its line in a waterfall and the streams of its draws.
        title: for people.
        reach: by target segment, the share of its people that the intervention reaches at maturity, 0 to 1.
        effects: what it takes, at each point of delivery.
        ramp: how it grows up.
        start: the year of its first share of maturity.
        areas: where it is; everywhere when empty.
        starts: years of areas that start in another year.
        source: where its numbers come from.
        confidence: whether that source was read.

    Raises:
        DemandError: with every problem: a reach outside 0 to 1, no effect, a segment of an effect that is no target,
            or two effects that claim the same activity.
    """

    identifier: str
    title: str
    reach: Mapping[str, float]
    effects: tuple[Effect, ...]
    ramp: Ramp
    start: str
    areas: tuple[str, ...] = ()
    starts: Mapping[str, str] = field(default_factory=dict)
    source: str = "not given"
    confidence: Confidence = Confidence.UNCONFIRMED

    def __post_init__(self) -> None:
        object.__setattr__(self, "effects", tuple(self.effects))
        object.__setattr__(self, "areas", tuple(self.areas))
        object.__setattr__(self, "reach", dict(self.reach))
        object.__setattr__(self, "starts", dict(self.starts))
        found = [*self._own_problems(), *self._claimed_twice()]
        refuse(f"intervention '{self.identifier}': {problem}" for problem in found)

    def segments_of(self, effect: Effect) -> tuple[str, ...]:
        """Where one of its effects acts."""
        return effect.segments or tuple(self.reach)

    def _own_problems(self) -> Iterator[str]:
        if not self.identifier.strip():
            yield "its identifier is blank"
        if not self.reach:
            yield "it has no target segment"
        if not self.effects:
            yield "it has no effect"
        for segment, share in self.reach.items():
            if not (isfinite(share) and 0 <= share <= 1):
                yield f"it reaches {share:g} of the segment '{segment}'; expected 0 to 1"
        for effect in self.effects:
            for segment in effect.segments:
                if segment not in self.reach:
                    yield f"its effect on {effect.point} is in '{segment}', which is none of its target segments"

    def _claimed_twice(self) -> Iterator[str]:
        for place, effect in enumerate(self.effects):
            for other in self.effects[:place]:
                both = sorted(set(self.segments_of(effect)) & set(self.segments_of(other)))
                if both and (effect.point, effect.kind) == (other.point, other.kind):
                    yield f"two of its effects claim {effect.point} ({effect.kind}) in {', '.join(both)}; expected one"


def checked_interventions(
    interventions: Iterable[Intervention], axes: Axes, *, bed_days: BedDays
) -> tuple[Intervention, ...]:
    """The interventions, when they fit together and fit the axes.

    Args:
        interventions: of one plan.
        axes: of the activity that they change.
        bed_days: points that count bed days.

    Raises:
        DemandError: with every problem: an identifier twice, a segment, point, area or year that is not on its axis,
            or a shorter stay at a point that counts no bed days.
    """
    given = tuple(interventions)
    names = [one.identifier for one in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    found = [f"the intervention '{name}' stands here twice; expected each once" for name in twice]
    found += [
        f"intervention '{one.identifier}': {problem}"
        for one in given
        for problem in _misfits(one, axes, bed_days=bed_days)
    ]
    refuse(found)
    return given


def _misfits(intervention: Intervention, axes: Axes, *, bed_days: BedDays) -> Iterator[str]:
    asked = {
        "points": [effect.point for effect in intervention.effects],
        "segments": list(intervention.reach),
        "areas": [*intervention.areas, *intervention.starts],
        "years": [intervention.start, *intervention.starts.values()],
    }
    for axis, names in asked.items():
        along: tuple[str, ...] = getattr(axes, axis)
        for name in dict.fromkeys(names):
            if name not in along:
                yield f"the {WORDS[axis]} '{name}' does not exist here; expected one of: {', '.join(along)}"
    for area in intervention.starts:
        if intervention.areas and area not in intervention.areas:
            yield f"the area '{area}' is given a start, but the intervention is not there"
    for effect in intervention.effects:
        yield from _wrong_kind(effect, bed_days)


def _wrong_kind(effect: Effect, bed_days: BedDays) -> Iterator[str]:
    if effect.kind is EffectKind.SHORTER_STAY and effect.point not in bed_days:
        expected = ", ".join(bed_days) or "none here counts bed days"
        yield f"a shorter stay at {effect.point}; expected a point that counts bed days: {expected}"
    if effect.kind is EffectKind.AVOIDED and effect.point in bed_days:
        yield (
            f"bed days are avoided at {effect.point}; expected a shorter stay there, or avoided "
            f"{bed_days[effect.point]}, which take their bed days with them"
        )
