"""Control charts of a measure, one for each series of its results: area, sex, age and category, in order of time.

Dates become positions here, periods that are missing become blank points, and series of one shape are worked out
together. What is drawn and what is listed comes from the same record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

import numpy as np

from placeplan.indicators.control.series_rows import SeriesRows, series_rows
from placeplan.indicators.measures import Measure, Polarity
from placeplan.indicators.methods import ASSURANCE_WORDS, VARIATION_WORDS, Assurance, ControlChart, Variation, xmr
from placeplan.indicators.methods.control_charts import Improvement
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.errors import InputError, Location, Problem

EVERY_AREA = ""
IMPROVEMENT = {
    Polarity.HIGHER_IS_BETTER: Improvement.UP,
    Polarity.LOWER_IS_BETTER: Improvement.DOWN,
    Polarity.NEITHER: Improvement.NEITHER,
}


@dataclass(frozen=True)
class Rebase:
    """A day from which a series is another process, so that limits begin afresh, and why.

    Raises:
        ValueError: there is no reason; limits begin afresh only at a change that somebody can explain.
    """

    on: date
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError(f"limits cannot begin afresh on {self.on} without a reason")


@dataclass(frozen=True, eq=False)
class ControlSeries:
    """One series as a control chart, with what a reader must know of it.

    ``periods``, ``starts``, ``provisional`` and the arrays of ``chart`` have one entry for each period from the first
    to the last of the series; a period without a value is a blank point. ``rebased`` are the changes at which limits
    begin afresh, in order of time. ``notes`` are sentences. Values are in the unit of the measure.
    """

    measure: Measure
    area: str
    area_name: str
    sex: str
    age: str
    category: str
    periods: tuple[str, ...]
    starts: tuple[date, ...]
    chart: ControlChart
    target: float | None
    rebased: tuple[Rebase, ...]
    provisional: tuple[bool, ...]
    notes: tuple[str, ...]

    @property
    def variation(self) -> Variation:
        """The verdict on the latest point."""
        return Variation(int(self.chart.variation))

    @property
    def assurance(self) -> Assurance:
        """The verdict on the target."""
        return Assurance(int(self.chart.assurance))

    @property
    def variation_words(self) -> str:
        """The verdict on the latest point, in words."""
        return VARIATION_WORDS[self.variation]

    @property
    def assurance_words(self) -> str:
        """The verdict on the target, in words; says so where there is no target."""
        return ASSURANCE_WORDS[self.assurance]

    @cached_property
    def latest_position(self) -> int | None:
        """The position of the last point with a value; nothing when no point has one."""
        known = np.flatnonzero(np.isfinite(self.chart.observed))
        return int(known[-1]) if known.size else None

    @property
    def latest(self) -> tuple[float, str] | None:
        """The last value and its period."""
        place = self.latest_position
        return None if place is None else (float(self.chart.observed[place]), self.periods[place])

    @cached_property
    def since(self) -> str | None:
        """The first period of the special cause that the latest point is part of: all points since then are special
        and go the same way. Nothing where the latest point is common cause.
        """
        place = self.latest_position
        if place is None or not self.chart.special_cause[place]:
            return None
        way = self.chart.direction[place]
        while place and self.chart.special_cause[place - 1] and self.chart.direction[place - 1] == way:
            place -= 1
        return self.periods[place]


def control_series(
    results: MeasureResults,
    *,
    target: float | None = None,
    rebases: Mapping[str, Sequence[Rebase]] | None = None,
    screen_moving_ranges: bool = False,
) -> tuple[ControlSeries, ...]:
    """Control charts of every series of the results, in the order of their areas.

    ``target`` is in the unit of the measure. ``rebases`` gives for the code of an area the changes at which its limits
    begin afresh; under ``EVERY_AREA`` stand those of all areas, which hold for the series that they fall within. Of a
    period with two rows no value is used, and a note says so.

    Raises:
        InputError: a change is for an area that has no series, or does not fall within one: after its first period and
            not after its last. All such changes are told at once.
    """
    measure = results.measure
    rows = series_rows(results)
    placed = _placed(rows, rebases or {}, measure=measure)
    charts = _charts(rows, placed, measure=measure, target=target, screen=screen_moving_ranges)
    return tuple(
        ControlSeries(
            measure=measure,
            area=series.area,
            area_name=series.area_name,
            sex=series.sex,
            age=series.age,
            category=series.category,
            periods=series.grid.periods,
            starts=series.grid.starts,
            chart=chart,
            target=target,
            rebased=tuple(changes.values()),
            provisional=series.provisional,
            notes=(*series.notes, *_words_on(chart, changes.values(), measure=measure, target=target)),
        )
        for series, changes, chart in zip(rows, placed, charts, strict=True)
    )


def _placed(
    rows: Sequence[SeriesRows], rebases: Mapping[str, Sequence[Rebase]], *, measure: Measure
) -> list[dict[int, Rebase]]:
    """The changes of each series by the position of the first point after them."""
    problems = list(_misplaced(rows, rebases, measure=measure))
    if problems:
        raise InputError(problems)
    own = (
        [*rebases.get(series.area, ()), *(each for each in rebases.get(EVERY_AREA, ()) if _position(series, each))]
        for series in rows
    )
    return [
        {place: each for each in sorted(changes, key=lambda one: one.on) if (place := _position(series, each))}
        for series, changes in zip(rows, own, strict=True)
    ]


def _misplaced(
    rows: Sequence[SeriesRows], rebases: Mapping[str, Sequence[Rebase]], *, measure: Measure
) -> Iterator[Problem]:
    """A problem for each change that falls within none of the series it is for."""
    for area, changes in rebases.items():
        mine = [series for series in rows if area in (series.area, EVERY_AREA)]
        for change in changes:
            if not any(_position(series, change) for series in mine):
                yield Problem(
                    Location(f"series of {measure.id}", field=area or "every area"),
                    f"limits cannot begin afresh on {change.on}",
                    _within(mine),
                    "Correct the day or the code of the area.",
                )


def _within(series: Sequence[SeriesRows]) -> str:
    if not series:
        return "the code of an area that has a series"
    first = min(one.grid.starts[0] for one in series)
    last = max(one.grid.starts[-1] for one in series)
    return f"a day after {first} and not after {last}"


def _position(series: SeriesRows, change: Rebase) -> int | None:
    """Where limits begin afresh; nothing (or 0) when the change does not fall within the series."""
    return series.grid.position_of(change.on)


def _charts(
    rows: Sequence[SeriesRows],
    placed: Sequence[Mapping[int, Rebase]],
    *,
    measure: Measure,
    target: float | None,
    screen: bool,
) -> list[ControlChart]:
    """The chart of each series; series with as many points and the same positions go through one call."""
    together: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for number, (series, changes) in enumerate(zip(rows, placed, strict=True)):
        together.setdefault((len(series.grid.spans), tuple(changes)), []).append(number)
    charts: dict[int, ControlChart] = {}
    for (_, positions), numbers in together.items():
        charted = xmr(
            np.array([rows[number].values for number in numbers], dtype=np.float64),
            improvement=IMPROVEMENT[measure.polarity],
            target=target,
            screen_moving_ranges=screen,
            rebase_at=positions,
        )
        charts.update(zip(numbers, _one_by_one(charted), strict=True))
    return [charts[number] for number in range(len(rows))]


def _one_by_one(charted: ControlChart) -> Iterator[ControlChart]:
    """The chart of each series of a call."""
    names = [field.name for field in fields(charted) if field.name != "method"]
    arrays = [getattr(charted, name) for name in names]
    for row in range(len(charted.variation)):
        own = {name: np.asarray(array[row]) for name, array in zip(names, arrays, strict=True)}
        yield ControlChart(**own, method=charted.method)


def _words_on(
    chart: ControlChart, changes: Iterable[Rebase], *, measure: Measure, target: float | None
) -> Iterator[str]:
    """What must be known when reading the chart."""
    for change in changes:
        yield f"Limits begin afresh on {change.on}: {change.reason.rstrip('.')}."
    known = np.isfinite(chart.observed)
    if known.any() and not np.isfinite(chart.lower[-1]):
        yield "No limits: they need at least two values in a row."
    elif known.any() and chart.trial[-1]:
        count = int((known & (chart.segment == chart.segment[-1])).sum())
        yield f"Trial limits: they rest on {count} points, and on 12 or more they would be settled."
    if target is not None and measure.polarity is Polarity.NEITHER:
        yield "No verdict on the target: the definition does not say which way is better."
