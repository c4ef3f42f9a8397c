"""The four rules that tell a special cause from common cause variation, over series on the first axis."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from placeplan.indicators.methods.results import BoolArray, CodeArray, FloatArray

RUN = 7
NEAR_POINTS, NEAR_WINDOW = 2, 3


class SpecialCause(IntEnum):
    """Why a point stands out; the first rule that holds, in this order. The words are in ``SPECIAL_CAUSE_WORDS``."""

    NONE = 0
    OUTSIDE_LIMIT = 1
    TREND = 2
    TWO_OF_THREE_NEAR_LIMIT = 3
    ONE_SIDE_OF_MEAN = 4


SPECIAL_CAUSE_WORDS: dict[SpecialCause, str] = {
    SpecialCause.NONE: "common cause variation",
    SpecialCause.OUTSIDE_LIMIT: "outside a control limit",
    SpecialCause.TREND: "one of seven or more points that all rise or all fall",
    SpecialCause.TWO_OF_THREE_NEAR_LIMIT: "one of two in three points close to the same limit",
    SpecialCause.ONE_SIDE_OF_MEAN: "one of seven or more points on one side of the mean",
}


@dataclass(frozen=True, eq=False)
class Places:
    """Where each point stands: its side of the mean, beyond which limits, and the step from the point before it.

    ``side`` and ``step`` are 1 (above, rising), -1 (below, falling) or 0 (equal, or unknown); ``step`` has one point
    fewer. ``outside`` and ``near`` are beyond the control limits, and between the near limits and those.
    """

    side: CodeArray
    outside: BoolArray
    near: BoolArray
    step: CodeArray


def special_causes(places: Places) -> tuple[CodeArray, CodeArray]:
    """The label of every point and its direction (1 high or rising, -1 low or falling, 0 none).

    A point equal to the mean, and a gap, break a run. Every point of a run is labelled, not only the last; of two in
    three, those near the limit. A point where two trends meet has the direction of the later one.

    Source: NHS England, Making Data Count; the order is that of NHSRplotthedots.
    """
    trend, trend_direction = _trends(places.step)
    cause = np.zeros(places.side.shape, dtype=np.int8)
    np.copyto(cause, np.int8(SpecialCause.ONE_SIDE_OF_MEAN), where=_one_side(places.side))
    np.copyto(cause, np.int8(SpecialCause.TWO_OF_THREE_NEAR_LIMIT), where=_two_of_three(places))
    np.copyto(cause, np.int8(SpecialCause.TREND), where=trend)
    np.copyto(cause, np.int8(SpecialCause.OUTSIDE_LIMIT), where=places.outside)
    direction = np.where(cause == SpecialCause.TREND, trend_direction, places.side)
    return cause, np.where(cause == SpecialCause.NONE, np.int8(0), direction)


def signs(amounts: FloatArray, *, slack: FloatArray) -> CodeArray:
    """1, -1 or 0, where amounts within ``slack`` of 0, and blanks, are 0."""
    return np.subtract(amounts > slack, amounts < -slack, dtype=np.int8)


def _trends(step: CodeArray) -> tuple[BoolArray, CodeArray]:
    rising, falling = in_run(step > 0, RUN - 1), in_run(step < 0, RUN - 1)
    steps = np.subtract(rising, falling, dtype=np.int8)
    padded = np.pad(steps, ((0, 0), (1, 1)))
    before, after = padded[:, :-1], padded[:, 1:]
    direction = np.where(after != 0, after, before)
    return direction != 0, direction


def _one_side(side: CodeArray) -> BoolArray:
    return np.asarray(in_run(side > 0, RUN) | in_run(side < 0, RUN))


def _two_of_three(places: Places) -> BoolArray:
    flagged = np.zeros(places.near.shape, dtype=np.bool_)
    if places.near.shape[-1] < NEAR_WINDOW:
        return flagged
    one_side = all_in_window(places.side > 0, NEAR_WINDOW) | all_in_window(places.side < 0, NEAR_WINDOW)
    first, second, third = places.near[:, :-2], places.near[:, 1:-1], places.near[:, 2:]
    enough = one_side & ((first & second) | (first & third) | (second & third))
    for offset in range(NEAR_WINDOW):
        flagged[:, offset : offset + enough.shape[-1]] |= enough
    return np.asarray(flagged & places.near)


def in_run(holds: BoolArray, length: int) -> BoolArray:
    """Whether each element is one of ``length`` or more in a row that hold."""
    found = np.zeros_like(holds)
    if holds.shape[-1] < length:
        return found
    ends = np.pad(all_in_window(holds, length), ((0, 0), (length - 1, length - 1)))
    return np.asarray(~all_in_window(~ends, length))


def all_in_window(holds: BoolArray, length: int) -> BoolArray:
    """Whether all of the ``length`` elements from each on hold; the last ``length - 1`` elements begin no window."""
    if length == 1:
        return holds
    half = length // 2
    shorter = all_in_window(holds, length - half)
    return np.asarray(shorter[:, : shorter.shape[-1] - half] & shorter[:, half:])
