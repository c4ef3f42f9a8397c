"""Units side by side in one period: a funnel, a caterpillar, and the red outliers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from placeplan.app.area_scores import read_unit_groups
from placeplan.app.indicator_levels import read_levels
from placeplan.app.indicators.outlier_records import read_reasons
from placeplan.app.indicators.reading import MeasureRows, read_measure, reported
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.survey_limits import survey_limits
from placeplan.app.indicators.working_out import Options, protected, results_of
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.variation.outliers import Flag, Outliers, outliers_of
from placeplan.indicators.variation.unit_funnels import UnitFunnel, unit_funnel
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.pictures.caterpillar import Comparator, caterpillar_picture
from placeplan.reports.pictures.funnel import funnel_picture
from placeplan.reports.pictures.naming import spoken

NAMES_SAID = 8


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """How to compare units.

    ``groups`` is a file that says which larger unit each belongs to; ``over_dispersion`` is ``none``,
    ``multiplicative`` or ``additive``; ``baseline`` is an average from elsewhere: a number in the unit of the measure,
    or the code of an area in the file; ``disclosure`` names the rule for small numbers; ``reasons`` is a file of what
    was found on outliers; ``design_effect`` is that of a weighted survey.
    """

    groups: Path | None = None
    over_dispersion: str = "none"
    baseline: float | str | None = None
    disclosure: str = ""
    reasons: Path | None = None
    design_effect: float | None = None


def outliers(
    path: Path, measure: str, *, selection: Selection | None = None, options: ComparisonOptions | None = None
) -> IndicatorReport:
    """Compare units in one period (the latest unless one is selected): who stands apart, and by which rule.

    Under a disclosure rule the funnel and the flags are worked out from the protected counts.

    Raises:
        InputError: a file cannot be read, it does not give the measure, nothing is selected, or units cannot be
            compared by its method.
    """
    asked = options or ComparisonOptions()
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=Options())
    with reported(rows.file):
        survey = survey_limits(path, rows, results=results, design_effect=asked.design_effect)
    if survey.says and asked.disclosure:
        message = "numbers of a weighted survey are not counts of people that a rule could round"
        raise InputError([Problem(Location(rows.file), message, "a disclosure rule, or a survey base: not both")])
    results, suppressed = protected(survey.results, options=Options(disclosure=asked.disclosure))
    groups: Mapping[str, str] = read_unit_groups(asked.groups) if asked.groups else {}
    with reported(rows.file):
        report = _report(results, rows, asked=asked, groups=groups, suppressed=suppressed)
    return replace(report, says=(*report.says, *survey.says))


def _report(
    results: MeasureResults,
    rows: MeasureRows,
    *,
    asked: ComparisonOptions,
    groups: Mapping[str, str],
    suppressed: pl.DataFrame | None,
) -> IndicatorReport:
    funnel = unit_funnel(results, over_dispersion=asked.over_dispersion, baseline=asked.baseline, group=groups)
    found = outliers_of(results, levels=read_levels(), period=funnel.period, average=asked.baseline, group=groups)
    comparator = Comparator(funnel.average_of, funnel.average)
    tables = {"units": funnel.units, "outliers": found.units}
    reasons = read_reasons(asked.reasons) if asked.reasons else None
    beside = {"reasons": reasons.beside(found)} if reasons else {}
    return IndicatorReport(
        title=f"{rows.measure.title}: variation, {funnel.period}",
        measure=rows.measure,
        tables=tables | beside | ({"suppressed": suppressed} if suppressed is not None else {}),
        pictures=(
            funnel_picture(funnel),
            caterpillar_picture(results, period=funnel.period, comparator=comparator),
        ),
        says=(*_says(funnel, found), *(reasons.says([found]) if reasons else ())),
        remarks=(*rows.remarks, *(reasons.remarks if reasons else ())),
        attribution=rows.attribution,
    )


def _says(funnel: UnitFunnel, found: Outliers) -> Iterator[str]:
    yield f"{funnel.units.height:,} units in {funnel.period}; average {funnel.average:.2f} ({funnel.average_of})."
    beyond = funnel.units.filter(pl.col("significance").str.contains("0.001"))
    yield f"Beyond the 99.8% control limits: {_names(beyond)}."
    for flag in (Flag.RED, Flag.BETTER, Flag.HIGHER, Flag.LOWER):
        flagged = found.units.filter(pl.col("flag") == flag.value)
        if flagged.height:
            yield f"Interval apart from that of the average, {flag.value}: {_names(flagged)}."
    yield from dict.fromkeys((*funnel.caveats, *found.caveats))


def _names(units: pl.DataFrame) -> str:
    """How many, and the first of them by name."""
    if units.is_empty():
        return "none"
    names = [spoken(name) or area for area, name in units.select("area", "area_name").iter_rows()]
    more = f" and {len(names) - NAMES_SAID:,} more" if len(names) > NAMES_SAID else ""
    return f"{len(names):,} ({'; '.join(names[:NAMES_SAID])}{more})"
