"""XmR charts of every series of a file: has something changed, and will the target be met?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from placeplan.app.indicators.reading import read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.app.measure_standards import StandingLevel, level_on
from placeplan.indicators.control.control_series import EVERY_AREA, ControlSeries, Rebase, control_series
from placeplan.indicators.control.control_verdicts import exceptions, verdict_table
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.wording import worded
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.xmr import xmr_picture

MOST_PICTURES = 60
_REBASE = re.compile(r"(?:(?P<area>[^=]+)=)?(?P<day>\d{4}-\d{2}-\d{2}):(?P<reason>.*\S.*)")


@dataclass(frozen=True, slots=True)
class ChartOptions:
    """How to draw control charts.

    ``target`` is a level of the user's own (the national standard on the day of the latest period when nothing is
    given); ``rebases`` are dated, explained changes by area; ``screen_moving_ranges`` is the R package's convention.
    """

    target: float | None = None
    without_target: bool = False
    rebases: Mapping[str, Sequence[Rebase]] = field(default_factory=dict)
    screen_moving_ranges: bool = False


def control_charts(
    path: Path, measure: str, *, selection: Selection | None = None, options: ChartOptions | None = None
) -> IndicatorReport:
    """Draw an XmR chart of every series of a measure, with verdicts on variation and on the target.

    Raises:
        InputError: the file cannot be read, it does not give the measure, nothing is selected, or a rebase names a day
            outside its series.
    """
    asked = options or ChartOptions()
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=Options())
    standard = None if asked.without_target else _standard(results)
    target = asked.target if asked.target is not None or standard is None else float(standard.value)
    charts = control_series(
        results, target=target, rebases=asked.rebases, screen_moving_ranges=asked.screen_moving_ranges
    )
    return IndicatorReport(
        title=f"{rows.measure.title}: control charts",
        measure=rows.measure,
        tables={"verdicts": verdict_table(charts)},
        pictures=tuple(xmr_picture(chart) for chart in charts[:MOST_PICTURES]),
        says=tuple(_says(charts, standard if asked.target is None else None)),
        remarks=rows.remarks,
        attribution=rows.attribution,
    )


def rebases_from(texts: Iterable[str]) -> dict[str, list[Rebase]]:
    """Dated, explained changes from texts such as ``RWF=2021-10-01:new emergency department``, by area.

    Without an area before the day a change is for every area.

    Raises:
        InputError: a text has no day or no reason.
    """
    rebases: dict[str, list[Rebase]] = {}
    problems = []
    for text in texts:
        match = _REBASE.fullmatch(text.strip())
        day = _day(match["day"]) if match else None
        if match is None or day is None:
            place, message = Location("--rebase"), f"{text!r} cannot be read"
            problems.append(Problem(place, message, "DATE:REASON or AREA=DATE:REASON, such as 2021-10-01:new ward"))
        else:
            rebases.setdefault(match["area"] or EVERY_AREA, []).append(Rebase(day, match["reason"].strip()))
    if problems:
        raise InputError(problems)
    return rebases


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _standard(results: MeasureResults) -> StandingLevel | None:
    latest = results.frame["ends"].max()
    return level_on(results.measure, latest) if isinstance(latest, date) else None


def _says(charts: Sequence[ControlSeries], standard: StandingLevel | None) -> Iterator[str]:
    if standard is not None:
        sure = "" if standard.confirmed else " (unconfirmed)"
        yield f"Target: {worded(standard.value, standard.unit)}, {standard.basis}{sure}."
    for chart in exceptions(charts):
        name = ", ".join(filter(None, (spoken(chart.area_name) or chart.area, chart.sex, chart.category)))
        yield f"{name}: {chart.variation_words}; {chart.assurance_words}."
    if len(charts) > MOST_PICTURES:
        yield f"{len(charts):,} series; the first {MOST_PICTURES} are drawn. Choose areas to see others."
