"""Control charts of the long series that stand in a plan: is a change more than the ups and downs of every month?

Only a plan with such a series loads what is needed to work one out and to draw it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from placeplan.indicators.in_plans.observing import unit_of
from placeplan.indicators.in_plans.plan_deliveries import BETTER, standard_steps
from placeplan.indicators.in_plans.plan_readings import (
    Reading,
    definition_of,
    factor,
    is_of_fraction,
    readings,
    scale_to,
)
from placeplan.indicators.measures import Measure, Measures, Method, Polarity, Publication
from placeplan.indicators.naming import slug
from placeplan.kernel.spans import Frequency, next_span
from placeplan.plan.tables import Observation, ObservationStatus
from placeplan.reports.document import Chart, Column, Row, Table
from placeplan.reports.quoting import sentence
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.standards import Standard

if TYPE_CHECKING:
    from placeplan.indicators.control.control_series import ControlSeries
    from placeplan.reports.pictures.picture import StatisticalPicture

LONG = 12
SHORT_PERIODS = (Frequency.MONTH, Frequency.QUARTER)
NEUTRAL = "Placeplan has no definition of this indicator, so neither way counts as better."
NOBODY, PRINTED = "nobody", "as printed in the plan"
HEADINGS = ("Period", "Value", "Mean", "Lower limit", "Upper limit", "Verdict")


@dataclass(frozen=True, slots=True)
class LongSeries:
    """Readings of one indicator and area, in one unit and length of period, in order of time."""

    indicator: str
    title: str
    area: str
    unit: str
    frequency: Frequency
    readings: tuple[Reading, ...]


def long_series(rows: Iterable[Observation], measures: Measures | None) -> Iterator[LongSeries]:
    """The series of months or quarters of which at least ``LONG`` follow one another."""
    found, _ = readings(rows, measures)
    groups: dict[tuple[str, str, str, str, Frequency], list[Reading]] = {}
    for each in found:
        if each.span.frequency in SHORT_PERIODS:
            row = each.row
            key = (row.indicator, row.title or row.indicator, row.area, unit_of(row), each.span.frequency)
            groups.setdefault(key, []).append(each)
    for (indicator, title, area, unit, frequency), group in groups.items():
        ordered = tuple(sorted(group, key=lambda one: one.span))
        if _longest_run(ordered) >= LONG:
            yield LongSeries(indicator, title, area, unit, frequency, ordered)


def control_chart(results: PlanResults, series: LongSeries) -> Chart:
    """The control chart of a series, with its verdicts."""
    picture = _picture(results, series)
    name = f"control-{slug(series.indicator)}-{slug(series.area)}-{slug(series.title)}"
    picture = replace(picture, id=name)
    title = f"{picture.title}: control chart"
    own = NEUTRAL if definition_of(series.indicator, results.case.measures) is None else ""
    return Chart(
        id=name,
        title=title,
        picture=picture,
        note=" ".join(filter(None, (picture.subtitle, own, picture.words_below))),
        says=picture.says,
        data=_table(f"{name}-data", title, picture=picture),
    )


def _longest_run(ordered: Sequence[Reading]) -> int:
    """How many periods follow one another at most."""
    longest = run = 0
    before = None
    for each in ordered:
        if before is None or each.span != before:
            run = run + 1 if before is not None and each.span == next_span(before) else 1
        longest, before = max(longest, run), each.span
    return longest


def _picture(results: PlanResults, series: LongSeries) -> "StatisticalPicture":
    from placeplan.reports.pictures.xmr import xmr_picture

    source = f"Source: {'; '.join(dict.fromkeys(each.row.source for each in series.readings))}."
    return xmr_picture(control_of(results, series), source=source)


def control_of(results: PlanResults, series: LongSeries) -> "ControlSeries":
    """The limits and verdicts of a series."""
    import polars as pl

    from placeplan.indicators.control.control_series import control_series
    from placeplan.indicators.values.measure_results import results_from

    known = definition_of(series.indicator, results.case.measures)
    standard = next((one for one in results.round.standards if one.id.lower() == series.indicator.lower()), None)
    measure = _measure(results, series, known=known, standard=standard)
    scale = scale_to(series.unit, known)
    rows = [
        {
            "measure": measure.id,
            "area": each.row.area,
            "area_name": each.row.area,
            "period": each.span.text,
            "starts": each.span.starts,
            "ends": each.span.ends,
            "frequency": each.span.frequency.value,
            "value": float(each.value * factor(series.unit, scale)),
            "method": PRINTED,
            "status": _status(each.row.status),
            "source": each.row.source,
        }
        for each in series.readings
    ]
    nothing = [pl.lit("").alias(name) for name in ("sex", "age", "category", "note")]
    unknown = [pl.lit(None).alias(name) for name in ("numerator", "denominator", "lower", "upper")]
    frame = results_from(measure, pl.DataFrame(rows).with_columns(*nothing, *unknown), confidence=0.95)
    return control_series(frame, target=_target(series, known=known, standard=standard))[0]


def _status(status: ObservationStatus | None) -> str:
    """The status of a row in the words of observations."""
    words = {ObservationStatus.PROVISIONAL: "provisional", ObservationStatus.ESTIMATE: "estimated"}
    return words.get(status, "final") if status is not None else "final"


def _target(series: LongSeries, *, known: Measure | None, standard: Standard | None) -> float | None:
    """The standing level at the end of the series, where it is of the same kind of number."""
    scale = scale_to(series.unit, known)
    if standard is None or is_of_fraction(standard.unit) is not (scale is not None):
        return None
    last = series.readings[-1].span.ends
    steps = [step for step in standard_steps(standard, scale=scale) if step.starts <= last]
    return steps[-1].value if steps else None


def _measure(results: PlanResults, series: LongSeries, *, known: Measure | None, standard: Standard | None) -> Measure:
    """The definition, in the unit and length of period of the series; a neutral one where there is none."""
    better = BETTER[standard.direction if standard else None]
    if known is not None:
        polarity = better if known.polarity is Polarity.NEITHER else known.polarity
        unit = known.unit if is_of_fraction(known.unit) else series.unit or known.unit
        return known.model_copy(update={"frequency": series.frequency, "unit": unit, "polarity": polarity})
    header = results.header
    day = results.case.as_at
    return Measure(
        path=f"{header.id}/{series.indicator}",
        reference=header.title,
        confidence=Confidence.UNCONFIRMED,
        review=Review(reviewed=day, reviewer=NOBODY, review_due=day.replace(year=day.year + 1, day=1)),
        id=slug(series.indicator)[:60],
        title=series.title,
        why=PRINTED,
        sets=("plan",),
        polarity=better,
        unit=series.unit or "value",
        method=Method.AS_PUBLISHED,
        frequency=series.frequency,
        sources=(Publication(publisher=header.organisation.name, title=header.title),),
        counts_people=False,
        owner=NOBODY,
        author=header.organisation.name,
        checker=NOBODY,
    )


def _table(table_id: str, caption: str, *, picture: "StatisticalPicture") -> Table:
    columns = tuple(Column(heading, numeric=0 < place < len(HEADINGS) - 1) for place, heading in enumerate(HEADINGS))
    chosen = picture.data.select("period", "value", "mean", "lower_limit", "upper_limit", "verdict")
    rows = tuple(Row(tuple(plain(_printed(value)) for value in row)) for row in chosen.rows())
    return Table(id=table_id, caption=sentence(caption), columns=columns, rows=rows)


def _printed(value: object) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else str(value or "")
