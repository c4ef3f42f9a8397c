"""Published lists from the user's data folder: Charlson and Elixhauser codes and weights, hospital frailty points.

They are long and belong to their publishers, so they are read and never shipped.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.segments.code_lists import Code, Marker, normalised
from placeplan.segments.conditions import ICD10, HospitalFrailty, Score

TENTHS = 10
HOSPITAL_FRAILTY = "hospital-frailty"


@dataclass(frozen=True, slots=True)
class WeightedList:
    """A published score: its markers, the weight of each in tenths of a point, and which outranks which."""

    id: str
    markers: tuple[Marker, ...]
    tenths: dict[str, int]
    outranks: tuple[tuple[str, str], ...] = ()


def weighted_list(
    score: Score, *, codes: Sequence[tuple[str, str, str]], weights: Sequence[tuple[str, str, str, Decimal]]
) -> WeightedList:
    """Charlson or Elixhauser from the rows of the two published files.

    Args:
        score: which scheme and weighting to take.
        codes: scheme, condition, prefix.
        weights: scheme, weighting, condition, weight.

    Raises:
        ValueError: the rows have not the scheme or the weighting, or a condition without a weight.
    """
    prefixes: dict[str, list[Code]] = defaultdict(list)
    for scheme, condition, prefix in codes:
        if scheme == score.scheme:
            prefixes[condition].append(Code(ICD10, normalised(prefix)))
    points = {
        condition: weight for scheme, weighting, condition, weight in weights
        if (scheme, weighting) == (score.scheme, score.weighting)
    }  # fmt: skip
    ranked = {name for pair in score.outranks for name in pair}
    without = sorted((prefixes.keys() ^ points.keys()) | (ranked - prefixes.keys()))
    if not prefixes or without:
        message = f"codes and weights of '{score.scheme}' ({score.weighting}) do not agree on: {', '.join(without)}"
        raise ValueError(message)
    named = {condition: f"{score.id}/{condition}" for condition in prefixes}
    return WeightedList(
        id=score.id,
        markers=tuple(
            Marker(named[condition], tuple(some), score.look_back_months) for condition, some in prefixes.items()
        ),
        tenths={named[condition]: _tenths(points[condition]) for condition in prefixes},
        outranks=tuple((named[first], named[second]) for first, second in score.outranks),
    )


def hospital_frailty_list(definition: HospitalFrailty, *, points: Sequence[tuple[str, Decimal]]) -> WeightedList:
    """The Hospital Frailty Risk Score from rows of category and points."""
    markers = {category: f"{HOSPITAL_FRAILTY}/{category}" for category, _ in points}
    return WeightedList(
        id=HOSPITAL_FRAILTY,
        markers=tuple(
            Marker(name, (Code(ICD10, normalised(category)),), definition.look_back_months)
            for category, name in markers.items()
        ),
        tenths={markers[category]: _tenths(value) for category, value in points},
    )


def _tenths(value: Decimal) -> int:
    tenths = value * TENTHS
    if tenths != int(tenths):
        message = f"the weight {value} has more than one decimal place"
        raise ValueError(message)
    return int(tenths)
