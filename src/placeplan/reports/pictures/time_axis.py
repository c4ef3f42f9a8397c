"""Time on a horizontal axis: periods where they begin, with few enough labels to read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from placeplan.kernel.spans import Frequency
from placeplan.reports.pictures.fitting import width_of
from placeplan.reports.pictures.style import LABEL_SIZE, labels_from

APART = 16.0  # between one label and the next, so that they never read as one
STRIDES = {Frequency.MONTH: (1, 2, 3, 4, 6, 12, 24, 36, 60, 120), Frequency.QUARTER: (1, 2, 4, 8, 12, 20, 40)}
OTHER_STRIDES = (1, 2, 3, 4, 5, 10, 20, 50, 100)
MONTHS_IN = {Frequency.MONTH: 1, Frequency.QUARTER: 3}
FIRST_MONTH_OF_YEAR = 4
SPOKEN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(day: date) -> float:
    """A day on the axis: days are counted, so that no time zone can move them."""
    return float(day.toordinal())


def time_scale(first: float, last: float) -> dict[str, Any]:
    """The channel of an axis between two moments."""
    domain = {"domain": [first, last], "nice": False, "zero": False}
    return {"field": "at", "type": "quantitative", "scale": domain}


def time_words(period: str, starts: date, *, frequency: Frequency) -> str:
    """A period as a person writes it: ``Apr 2014`` for a month, the text that it has otherwise."""
    if frequency is Frequency.MONTH:
        return f"{SPOKEN_MONTHS[starts.month - 1]} {starts.year}"
    if frequency in {Frequency.DAY, Frequency.WEEK}:
        return f"{starts.day} {SPOKEN_MONTHS[starts.month - 1]} {starts.year}"
    return period


def time_axis(periods: Sequence[str], starts: Sequence[date], *, frequency: Frequency, width: float) -> dict[str, Any]:
    """An axis with a label for every so many periods, as many as have room; months are labelled from April.

    ``width`` is how much room the periods take on the axis, in points.
    """
    words = [time_words(period, day, frequency=frequency) for period, day in zip(periods, starts, strict=True)]
    widest = max((width_of(one, size=LABEL_SIZE) for one in words), default=0.0) + APART
    strides = STRIDES.get(frequency, OTHER_STRIDES)
    stride = next((one for one in strides if _room(starts, one, width=width) >= widest), strides[-1])
    chosen = _chosen(starts, stride, frequency=frequency) if starts else []
    names: Mapping[str, str] = {f"{moment(starts[place]):.0f}": words[place] for place in chosen}
    values = [moment(starts[place]) for place in chosen]
    return {
        "title": None,
        "values": values,
        "labelExpr": labels_from(names),
        "grid": False,
        "labelFlush": False,
        "labelOverlap": False,
    }


def _room(starts: Sequence[date], stride: int, *, width: float) -> float:
    """How far apart labels stand that leave out all but every so many periods."""
    return width if stride >= len(starts) else width / max(len(starts) - 1, 1) * stride


def _chosen(starts: Sequence[date], stride: int, *, frequency: Frequency) -> list[int]:
    """Places of the periods with a label: counted from April for months and quarters, so that a gap moves none."""
    if frequency not in MONTHS_IN:
        return list(range(0, len(starts), stride))
    months = MONTHS_IN[frequency]
    numbers = [(day.year * 12 + day.month - FIRST_MONTH_OF_YEAR) // months for day in starts]
    return [place for place, number in enumerate(numbers) if number % stride == 0] or [0]
