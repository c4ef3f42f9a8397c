"""Equity audits: areas added up to quantiles of deprivation, with ratio, difference and indices of the ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from placeplan.app.area_scores import AreaScores
from placeplan.indicators.methods import MethodInputError, quantiles
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.indicators.variation.equity import EquityAudit, Gap, equity_audit
from placeplan.kernel.wording import PER_CENT
from placeplan.reports.pictures.axes import bare, how_many, printed
from placeplan.reports.pictures.bars import Bar, bars_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.slope import slope_picture

GAPS = ("ratio", "difference", "slope", "relative")


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How many quantiles of deprivation, and how to simulate the limits of the indices."""

    quantiles: int
    repetitions: int
    seed: int


def audit(results: MeasureResults, *, scores: AreaScores, options: AuditOptions) -> EquityAudit:
    """Add the areas of the latest period up to quantiles of their scores, each as many areas, and compare the ends.

    Raises:
        MethodInputError: fewer areas with a score than quantiles, or a measure that does not add up.
    """
    rows, period = rows_of_one_period(results, period=None)
    areas = [area for area in rows["area"].to_list() if area in scores.by_area]
    if len(areas) < options.quantiles:
        raise MethodInputError(
            f"{how_many(len(areas), 'area')} of '{results.measure.id}' in {period} have a score of deprivation; "
            f"{options.quantiles} quantiles need as many areas or more."
        )
    placed = quantiles([scores.by_area[area] for area in areas], number=options.quantiles)
    return equity_audit(
        results,
        quantile_of={area: int(place) for area, place in zip(areas, placed.value.tolist(), strict=True)},
        number=options.quantiles,
        seed=options.seed,
        repetitions=options.repetitions,
        period=period,
    )


def audit_tables(audits: Mapping[str, EquityAudit], *, options: AuditOptions) -> dict[str, pl.DataFrame]:
    """The indices of each breakdown, and the values of its quantiles."""
    rows = [
        {
            "breakdown": words,
            "period": one.period,
            "quantiles": one.quantiles.height,
            "areas": int(one.quantiles["areas"].sum()),
            "gradient": one.gradient,
            **{column: value for name in GAPS for column, value in _columns(name, getattr(one, name)).items()},
            "repetitions": options.repetitions,
            "seed": options.seed,
        }
        for words, one in audits.items()
    ]
    numbers = {f"{name}{side}": pl.Float64 for name in GAPS for side in ("", "_lower", "_upper")}
    parts = [one.quantiles.select(pl.lit(words).alias("breakdown"), pl.all()) for words, one in audits.items()]
    return {"indices": pl.DataFrame(rows, schema_overrides=numbers), "quantiles": pl.concat(parts)}


def _columns(name: str, gap: Gap) -> dict[str, float | str | None]:
    return {name: gap.value, f"{name}_lower": gap.lower, f"{name}_upper": gap.upper, f"{name}_note": gap.note}


def audit_pictures(audits: Mapping[str, EquityAudit], *, scores: AreaScores) -> Iterator[StatisticalPicture]:
    """The quantiles from the most to the least deprived with the fitted line; bars where there is no line."""
    for words, one in audits.items():
        measure, number = one.measure, one.quantiles.height
        title = f"{measure.title} over deprivation, {words}, {one.period}"
        subtitle = f"{number} quantiles of areas from the most to the least deprived, by {scores.of}."
        groups = one.quantiles.select(
            pl.Series("group", _names(number)), "value", "lower", "upper", population="denominator"
        )
        if one.index is not None:
            yield slope_picture(
                f"{measure.id}-equity-{words}",
                groups,
                index=one.index,
                title=title,
                subtitle=subtitle,
                unit=measure.unit,
                note=" ".join((_ratio_words(one), *one.caveats)),
            )
            continue
        yield bars_picture(
            f"{measure.id}-equity-{words}",
            [
                Bar(row["group"], row["value"], _value_words(row, measure.unit))
                for row in groups.drop_nulls("value").iter_rows(named=True)
            ],
            title=title,
            subtitle=subtitle,
            unit=measure.unit,
            note=" ".join((_ratio_words(one), f"There is no slope index: {one.slope.note}.", *one.caveats)),
        )


def _names(number: int) -> list[str]:
    middle = [f"Quantile {place}" for place in range(2, number)]
    return ["Most deprived", *middle, "Least deprived"]


def _value_words(row: Mapping[str, float | str], unit: str) -> str:
    lower, upper = (printed(float(row[side])) for side in ("lower", "upper"))
    return f"{printed(float(row['value']), unit)} ({lower} to {upper})"


def audit_says(audits: Mapping[str, EquityAudit]) -> Iterator[str]:
    """Which end is worse, by how much, and what to keep in mind."""
    for words, one in audits.items():
        points = "percentage points" if one.measure.unit == PER_CENT else one.measure.unit
        areas = how_many(int(one.quantiles["areas"].sum()), "area")
        yield f"{words}, {one.period}: {one.gradient}; {areas} in {one.quantiles.height} quantiles of deprivation."
        yield _ratio_words(one)
        yield f"Most deprived quantile less the least: {_gap_words(one.difference, points)}."
        yield (
            f"Slope index, least deprived end less most deprived: {_gap_words(one.slope, points)}; "
            f"relative index {_gap_words(one.relative, '')}."
        )
        if one.left_out:
            yield f"{how_many(len(one.left_out), 'area')} without a score of deprivation take no part."
    yield from _caveats(list(audits.values()))


def _caveats(audits: Sequence[EquityAudit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(caveat for one in audits for caveat in one.caveats))


def _ratio_words(one: EquityAudit) -> str:
    return f"Most deprived quantile over the least: {_gap_words(one.ratio, '')}."


def _gap_words(gap: Gap, unit: str) -> str:
    if gap.value is None or gap.lower is None or gap.upper is None:
        return f"not known ({gap.note})"
    return f"{_signed(gap.value)}{f' {unit}' if unit else ''} ({_signed(gap.lower)} to {_signed(gap.upper)})"


def _signed(number: float) -> str:
    return bare(number).replace("-", "−")
