"""Units in the order of their values, each with its interval, beside a comparator: who differs, and who may not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.indicators.measures import Measure, Polarity
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, how_many, is_per_cent, printed, scale_of, sentence
from placeplan.reports.pictures.labelling import Plot, Spot, label_layers
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.saying import names_of, of_people, source_words, status_marks, without_value
from placeplan.reports.pictures.style import KeyMark, Shape, Verdict

MOST_NAMED = 60
ROW, TIGHT_ROW, TIGHT_FROM = 19, 15, 30
MANY_HEIGHT = 380
MOST_TOLD = 3
NO_COMPARISON = "no interval to compare"
_SIDES = {
    Polarity.HIGHER_IS_BETTER: (Verdict.CONCERN, Verdict.IMPROVEMENT),
    Polarity.LOWER_IS_BETTER: (Verdict.IMPROVEMENT, Verdict.CONCERN),
    Polarity.NEITHER: (Verdict.LOWER, Verdict.HIGHER),
}
_BETTER_WORDS = {Verdict.IMPROVEMENT: "better", Verdict.CONCERN: "worse", Verdict.COMMON: "similar"}


@dataclass(frozen=True, slots=True)
class Comparator:
    """A level that units are held against, such as the value of England."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class _Unit:
    area: str
    name: str
    value: float
    lower: float | None
    upper: float | None
    verdict: Verdict
    words: str


def caterpillar_picture(
    results: MeasureResults,
    *,
    period: str | None = None,
    comparator: Comparator | None = None,
    highlight: Iterable[str] = (),
    noun: str = "area",
    identifier: str = "",
) -> StatisticalPicture:
    """The areas of one measure and period (the latest, unless given) in the order of their values.

    An area differs from the comparator when its interval does not hold it. ``highlight`` names codes of areas that are
    labelled even where there are too many to label all. ``noun`` is what an area is, such as ``practice``.

    Raises:
        MethodInputError: no such period, or several rows for one area.
    """
    rows, text = rows_of_one_period(results, period=period)
    measure = results.measure
    title = f"{measure.title}, {text}"
    units = sorted(_units(rows, measure, comparator=comparator), key=lambda unit: unit.value)
    missing = without_value(rows, noun=noun)
    called = f"{identifier or measure.id}-caterpillar"
    if not units:
        why = missing or f"there are no rows for {text}."
        return message_picture(called, title=title, subtitle="", why=why, data=rows)
    return StatisticalPicture(
        id=called,
        title=title,
        subtitle=_subtitle(results, units, comparator=comparator, rows=rows, noun=noun),
        spec=_spec(units, measure, comparator=comparator, named=set(highlight), noun=noun),
        says=_says(units, measure, comparator=comparator, noun=noun),
        note=" ".join(filter(None, (missing, _rule(comparator, noun)))),
        source=source_words(rows),
        data=_table(rows, units),
        marks=status_marks(rows),
        key=tuple(_key(units, comparator)),
    )


def _units(rows: pl.DataFrame, measure: Measure, *, comparator: Comparator | None) -> Iterator[_Unit]:
    for row in rows.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        lower, upper = row["lower"], row["upper"]
        verdict, words = _verdict(lower, upper, measure=measure, comparator=comparator)
        name = spoken(row["area_name"]) or row["area"]
        yield _Unit(row["area"], name, row["value"], lower, upper, verdict, words)


def _verdict(
    lower: float | None, upper: float | None, *, measure: Measure, comparator: Comparator | None
) -> tuple[Verdict, str]:
    if comparator is None:
        return Verdict.COMMON, ""
    if lower is None or upper is None:
        return Verdict.UNKNOWN, NO_COMPARISON
    if lower <= comparator.value <= upper:
        return Verdict.COMMON, f"similar to {comparator.name}"
    below, above = _SIDES[measure.polarity]
    verdict, way = (below, "lower") if upper < comparator.value else (above, "higher")
    return verdict, f"{_BETTER_WORDS.get(verdict, way)} than {comparator.name}"


def _subtitle(
    results: MeasureResults, units: Sequence[_Unit], *, comparator: Comparator | None, rows: pl.DataFrame, noun: str
) -> str:
    measure = results.measure
    parts = [f"{sentence(measure.unit)}, {how_many(len(units), noun)} in order of value"]
    if any(unit.lower is not None for unit in units):
        parts.append(f"bars are {results.confidence:.0%} confidence intervals")
    if comparator:
        parts.append(f"the line is {comparator.name}, {printed(comparator.value, measure.unit)}")
    return "; ".join(parts) + f".{of_people(rows)}"


def _says(units: Sequence[_Unit], measure: Measure, *, comparator: Comparator | None, noun: str) -> str:
    low, high = units[0], units[-1]
    if len(units) == 1:
        spread = f"{low.name} has {printed(low.value, measure.unit)}."
    else:
        spread = (
            f"{how_many(len(units), noun)} range from {printed(low.value, measure.unit)} ({low.name}) "
            f"to {printed(high.value, measure.unit)} ({high.name})."
        )
    if comparator is None:
        return spread
    held = f"Against {comparator.name} ({printed(comparator.value, measure.unit)}),"
    groups = [(words, [unit for unit in units if unit.words == words]) for words in _groups(units)]
    told = [f"{len(members)} {_group_words(members, words)}" for words, members in groups]
    return f"{spread} {held} {', '.join(told)}."


def _groups(units: Sequence[_Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.words for unit in units))


def _group_words(members: Sequence[_Unit], words: str) -> str:
    """``2 are worse (Thanet, Swale)``: names only where they are few and differ."""
    verb = "is" if len(members) == 1 else "are"
    plain = words.split(" than ")[0].split(" to ")[0]
    if words == NO_COMPARISON:
        return "without an interval"
    if len(members) > MOST_TOLD or members[0].verdict is Verdict.COMMON:
        return f"{verb} {plain}"
    return f"{verb} {plain} ({names_of(unit.name for unit in members)})"


def _rule(comparator: Comparator | None, noun: str) -> str:
    if comparator is None:
        return "Where intervals overlap, the order may be chance."
    article = "An" if noun[0] in "aeiou" else "A"
    return (
        f"{article} {noun} differs when its interval does not hold {comparator.name}. "
        "This is a reason to look, not a verdict."
    )


def _key(units: Sequence[_Unit], comparator: Comparator | None) -> Iterator[KeyMark]:
    if comparator is None:
        return
    for words in _groups(units):
        verdict = next(unit.verdict for unit in units if unit.words == words)
        yield style.key_mark(verdict, sentence(words))
    yield KeyMark(sentence(comparator.name), Shape.DASHED, style.TARGET)


def _table(rows: pl.DataFrame, units: Sequence[_Unit]) -> pl.DataFrame:
    words = pl.DataFrame(
        {"area": [unit.area for unit in units], "comparison": [unit.words for unit in units]},
        schema={"area": pl.String, "comparison": pl.String},
    ).unique("area", keep="first")
    kept = ("area", "area_name", "period", "numerator", "denominator", "value", "lower", "upper", "status", "note")
    return rows.select(kept).join(words, on="area", how="left").sort("value", nulls_last=True)


def _spec(
    units: Sequence[_Unit], measure: Measure, *, comparator: Comparator | None, named: set[str], noun: str
) -> Mapping[str, Any]:
    numbers = [number for unit in units for number in (unit.value, unit.lower, unit.upper)]
    scale = scale_of([*numbers, comparator.value if comparator else None], unit=measure.unit)
    own = measure.unit if is_per_cent(measure.unit) else ""
    values = [
        {"place": place, "name": unit.name, "value": unit.value, "lower": unit.lower, "upper": unit.upper}
        | style.looks(unit.verdict)
        | {"label": f"{unit.name} {printed(unit.value, own)}" if unit.area in named else ""}
        for place, unit in enumerate(units)
    ]
    if len(units) <= MOST_NAMED:
        return _rows_down(values, scale, unit=measure.unit, comparator=comparator)
    return _units_across(values, scale, unit=measure.unit, comparator=comparator, noun=noun)


def _rows_down(
    values: Sequence[Mapping[str, Any]], scale: Scale, *, unit: str, comparator: Comparator | None
) -> Mapping[str, Any]:
    """Few units: one row each with its name, the highest on top."""
    step = ROW if len(values) <= TIGHT_FROM else TIGHT_ROW
    names = {str(row["place"]): row["name"] for row in values}
    axis = {"title": None, "labelExpr": style.labels_from(names), "ticks": False, "domain": False, "labelPadding": 8}
    across = {"field": "value", "type": "quantitative", "scale": scale.domain, "axis": scale.axis(sentence(unit))}
    down = {"field": "place", "type": "ordinal", "sort": "descending", "axis": axis}
    interval = {"x": {**across, "field": "lower"}, "x2": {"field": "upper"}, "y": down}
    layers = [
        {"mark": {"type": "rule", "color": style.SOFT_INK, "strokeWidth": 2}, "encoding": interval},
        *_line("x", comparator),
        {"mark": style.POINTS, "encoding": {"x": across, "y": down, **style.AS_GIVEN}},
    ]
    return style.specification(*layers, height=len(values) * step + 60, data={"values": list(values)})


def _units_across(
    values: Sequence[Mapping[str, Any]], scale: Scale, *, unit: str, comparator: Comparator | None, noun: str
) -> Mapping[str, Any]:
    """Many units: side by side without names, the lowest on the left; chosen ones are labelled."""
    height = MANY_HEIGHT - style.TITLED_AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - 4, height=height, scale=scale)
    axis = {"title": f"{sentence(noun)}s in order of value", "labels": False, "ticks": False, "grid": False}
    ends = {"domain": [-1, len(values)], "nice": False, "zero": False}
    across = {"field": "place", "type": "quantitative", "scale": ends, "axis": axis}
    axis_up = {**style.UPRIGHT, **scale.axis(sentence(unit))}
    up = {"field": "value", "type": "quantitative", "scale": scale.domain, "axis": axis_up}
    interval = {"x": across, "y": {**up, "field": "lower"}, "y2": {"field": "upper"}}
    spots = [
        Spot((row["place"] + 1) / (len(values) + 1) * plot.width, plot.up(row["value"]), row["label"]) for row in values
    ]
    named = [spot for spot in spots if spot.words]
    layers = [
        {"mark": {"type": "rule", "color": style.SOFT_INK, "strokeWidth": 1}, "encoding": interval},
        *_line("y", comparator),
        {
            "mark": {**style.POINTS, "size": 24, "strokeWidth": 0.5},
            "encoding": {"x": across, "y": up, **style.AS_GIVEN},
        },
        *label_layers(named, spots, plot=plot, sure=len(named)),
    ]
    sizes = (plot.width, plot.height)
    below = style.TITLED_AXIS_HEIGHT - 14
    return style.plotted(*layers, plot=sizes, right=4, below=below, data={"values": list(values)})


def _line(channel: str, comparator: Comparator | None) -> list[Mapping[str, Any]]:
    """The comparator as a dashed line."""
    if comparator is None:
        return []
    mark = {"type": "rule", "color": style.TARGET, "strokeWidth": 1.6, "strokeDash": [6, 4]}
    return [{"mark": mark, "encoding": {channel: {"datum": comparator.value, "type": "quantitative"}}}]
