"""How far a practice's sum may lie from its expectation by chance, where people and not events are independent.

One person has several admissions, and costs are skewed, so that counts of events say too little of chance. Here each
person of a group is taken as drawn from all people of the group: the variance of a practice's sum is the sum over its
people of the variance within their group. With hundreds of people the sum is near to normal.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt
from statistics import NormalDist

from placeplan.segments.variance_explained import Groups, Sums


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """What a practice has over what its mix leads one to expect, with limits; blank where nothing is expected.

    Attributes:
        practice: its code.
        people: on its list.
        observed: what was counted or spent.
        expected: what as many people of the same groups have over all practices.
        ratio: observed over expected.
        lower: lower limit of the ratio, not below 0.
        upper: upper limit.
    """

    practice: str
    people: int
    observed: int
    expected: float
    ratio: float | None
    lower: float | None
    upper: float | None


def standardised_ratios(practices: Mapping[str, Groups], *, confidence: float = 0.95) -> tuple[StandardisedRatio, ...]:
    """The ratio of each practice, in order of its code.

    Expected adds up to observed over all practices. A practice is part of what it is held against; where one practice
    has most of a group, its ratio is drawn towards 1.

    Args:
        practices: for each practice and group, people with the sum and the sum of squares of what was counted.
        confidence: level of the limits, as a share.

    Raises:
        ValueError: the level is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        message = f"a level of confidence of {confidence:g}: expected more than 0 and less than 1"
        raise ValueError(message)
    whole: dict[tuple[str, ...], Sums] = defaultdict(Sums)
    for groups in practices.values():
        for group, sums in groups.items():
            whole[group] += sums
    usual = {group: (sums.mean, _variance(sums)) for group, sums in whole.items() if sums.people}
    deviate = NormalDist().inv_cdf((1 + confidence) / 2)
    return tuple(_ratio(name, groups, usual=usual, deviate=deviate) for name, groups in sorted(practices.items()))


def _variance(sums: Sums) -> Fraction:
    """Variance between the people of a group; none is known of one person."""
    return sums.about(sums.mean) / (sums.people - 1) if sums.people > 1 else Fraction(0)


def _ratio(
    practice: str,
    groups: Groups,
    *,
    usual: Mapping[tuple[str, ...], tuple[Fraction, Fraction]],
    deviate: float,
) -> StandardisedRatio:
    own = [(sums, *usual[group]) for group, sums in groups.items() if sums.people]
    people, observed = sum(sums.people for sums, *_ in own), sum(sums.total for sums, *_ in own)
    expected = fsum(float(sums.people * mean) for sums, mean, _ in own)
    if not expected:
        return StandardisedRatio(practice, people, observed, expected, None, None, None)
    reach = deviate * sqrt(fsum(float(sums.people * variance) for sums, _, variance in own)) / expected
    ratio = observed / expected
    return StandardisedRatio(practice, people, observed, expected, ratio, max(0.0, ratio - reach), ratio + reach)
