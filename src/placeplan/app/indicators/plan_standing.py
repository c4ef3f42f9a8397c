"""Where the indicators of a plan stand, worst first: latest value, standard, plan, control chart, and a small line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from placeplan.assurance.plan_delivery import measured, plan_deliveries
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery
from placeplan.indicators.measures import Polarity
from placeplan.indicators.naming import observed_id, slug
from placeplan.indicators.trajectory.delivery import STANDING_WORDS, Standing
from placeplan.indicators.trajectory.recovery import recovery_to_plan, recovery_to_standard, required_rate
from placeplan.kernel.wording import worded
from placeplan.reports.document import Tone
from placeplan.reports.pictures.sparkline import sparkline
from placeplan.reports.sections.long_series import control_of, long_series
from placeplan.reports.types import PlanResults

TONES = {
    Standing.MET: Tone.GOOD,
    Standing.MISSED: Tone.BAD,
    Standing.NO_DATA: Tone.NEAR,
    Standing.NOT_KNOWN: Tone.QUIET,
    Standing.NOT_ASKED: Tone.QUIET,
}
GRAVITY = {
    Standing.MISSED: 0,
    Standing.NO_DATA: 1,
    Standing.NOT_KNOWN: 2,
    Standing.MET: 3,
    Standing.NOT_ASKED: 4,
}
OFF_TRAJECTORY = ("PER011", "PER012", "PER013", "PER014")
SIDES = {Polarity.HIGHER_IS_BETTER: "at least", Polarity.LOWER_IS_BETTER: "at most", Polarity.NEITHER: ""}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in words, with the tone of its colour."""

    words: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """One trajectory of a plan as a row of the table of standings; numbers are printed, empty where not known.

    ``anchor`` is where its picture stands in the chapter; ``figure`` names the latest value; ``spark`` is a drawing.
    ``variation`` and ``assurance`` are the verdicts of its control chart, empty where its series is too short.
    """

    indicator: str
    title: str
    area: str
    latest: str
    period: str
    figure: str
    level: str
    standard: Verdict
    short_of_standard: str
    planned: str
    trajectory: Verdict
    short_of_plan: str
    periods_off: int
    needed: str
    variation: str
    assurance: str
    spark: str
    anchor: str


def standing_rows(results: PlanResults) -> tuple[StandingRow, ...]:
    """Every trajectory of the plan, the worst first: what misses its standard, then its plan, then what has no data."""
    charts = _verdicts(results)
    found = [each for each in plan_deliveries(results.case) if _says_something(each)]
    return tuple(_row(results, each, charts=charts) for each in sorted(found, key=_gravity))


def _says_something(found: PlanDelivery) -> bool:
    """Whether there is a value, a plan or a standard; a row of words alone stands in the chapter below."""
    delivery = found.delivery
    return bool(delivery.actual or delivery.planned or delivery.standards)


def _gravity(found: PlanDelivery) -> tuple[int, int, int, str]:
    delivery = found.delivery
    tests = (GRAVITY[delivery.standard_test], GRAVITY[delivery.trajectory_test])
    return (min(tests), max(tests), -delivery.periods_off, found.row.indicator)


def _row(
    results: PlanResults, found: PlanDelivery, *, charts: Mapping[tuple[str, str], tuple[str, str]]
) -> StandingRow:
    delivery, row = found.delivery, found.row
    latest = delivery.latest
    step = delivery.standard_on(latest.span.ends if latest else results.case.as_at)
    planned = delivery.planned_for(latest.span) if latest else next(iter(delivery.planned), None)
    variation, assurance = charts.get((row.indicator.lower(), slug(_area(found))), ("", ""))
    return StandingRow(
        indicator=row.indicator.upper(),
        title=row.title,
        area=row.area or "",
        latest=measured(latest.value, delivery.unit) if latest else "",
        period=latest.period if latest else "",
        figure=_figure(results, found),
        level=f"{SIDES[delivery.polarity]} {measured(step.value, delivery.unit)}".strip() if step else "",
        standard=_verdict(delivery.standard_test),
        short_of_standard=_short(recovery_to_standard(delivery)),
        planned=f"{measured(planned.value, delivery.unit)} in {planned.period}" if planned else "",
        trajectory=_verdict(delivery.trajectory_test),
        short_of_plan=_short(recovery_to_plan(delivery)),
        periods_off=delivery.periods_off,
        needed=_needed(found),
        variation=variation,
        assurance=assurance,
        spark=sparkline([point.value for point in delivery.actual], level=step.value if step else None),
        anchor=f"trajectory-{row.indicator}-{slug(row.area)}" if row.area else f"trajectory-{row.indicator}",
    )


def _verdict(standing: Standing) -> Verdict:
    return Verdict(STANDING_WORDS[standing], TONES[standing])


def _short(count: int | None) -> str:
    return f"{count:,}" if count else ""


def _area(found: PlanDelivery) -> str:
    return found.latest.row.area if found.latest else ""


def _figure(results: PlanResults, found: PlanDelivery) -> str:
    """The identifier of the latest value, where it is a figure of the plan."""
    if found.latest is None:
        return ""
    row = found.latest.row
    name = observed_id(row.indicator, row.area, period=row.period)
    return name if name in results.figures else ""


def _needed(found: PlanDelivery) -> str:
    """How fast the value has to change to reach the plan for the end of the year."""
    rate = required_rate(found.delivery)
    if rate is None:
        return ""
    change = worded(Decimal(str(round(rate.per_period, 2))), found.delivery.unit)
    return f"{change} a period over {rate.periods_left} to reach {measured(rate.planned.value, found.delivery.unit)}"


def _verdicts(results: PlanResults) -> dict[tuple[str, str], tuple[str, str]]:
    """The verdicts of the control charts of the long series, by indicator and area."""
    return {(indicator, area): words for indicator, area, words in _charted(results)}


def _charted(results: PlanResults) -> Iterator[tuple[str, str, tuple[str, str]]]:
    for series in long_series(results.plan.observations, results.case.measures):
        chart = control_of(results, series)
        yield series.indicator.lower(), slug(series.area), (chart.variation_words, chart.assurance_words)
