"""Pictures of do-nothing demand: fan, waterfall and tornado of each point of delivery, and the fan of a backcast."""

from collections.abc import Iterator

from placeplan.app.care.do_nothing import PlaceDemand
from placeplan.app.care.do_nothing_backcast import ALL, POPULATION, SeriesBackcast
from placeplan.demand.alternatives import Alternatives
from placeplan.demand.tornado import Swing
from placeplan.reports.pictures.axes import sentence
from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.tornado import tornado_picture
from placeplan.reports.pictures.waterfall import waterfall_picture

SYNTHETIC, UNCONFIRMED = "Synthetic", "Unconfirmed adjustments"
BANDS = ((0.05, 0.95), (0.1, 0.9), (0.25, 0.75))
LEVELS = tuple(sorted({level for band in BANDS for level in band}))


def marks_of(demand: PlaceDemand) -> tuple[str, ...]:
    """Words that must be seen on every page and picture."""
    return tuple(
        mark
        for mark, holds in ((SYNTHETIC, demand.inputs.synthetic), (UNCONFIRMED, not demand.nothing.confirmed))
        if holds
    )


def demand_pictures(demand: PlaceDemand) -> Iterator[StatisticalPicture]:
    """For each point of delivery: its fan, the waterfall to the last year, and what drives it."""
    for point in demand.axes.points:
        yield fan_of(demand, point)
        yield waterfall_of(demand, point)
        yield drivers_of(demand, point)


def fan_of(demand: PlaceDemand, point: str) -> StatisticalPicture:
    """The path of one point of delivery with bands of the runs."""
    place, bands = demand.axes.position("points", point), demand.runs.bands(LEVELS)
    ends = {level: tuple(map(float, bands.at(level)[place, 0, 0])) for level in LEVELS}
    expected = tuple(map(float, demand.model.expected()[place, 0, 0]))
    drawn = tuple(FanBand(high - low, ends[low], ends[high]) for low, high in BANDS)
    return fan_picture(
        f"{point}-fan",
        Fan(demand.axes.years, expected, drawn),
        title=f"{demand.titles[point]} if nothing is done: {demand.inputs.title}",
        subtitle=_subtitle(demand, point),
        unit=demand.units[point],
        note=f"{demand.runs.runs:,} runs from seed {demand.request.seed}. {_note(demand)}",
        marks=marks_of(demand),
    )


def waterfall_of(demand: PlaceDemand, point: str) -> StatisticalPicture:
    """How each adjustment brings one point of delivery from the base year to the last."""
    first, last = demand.axes.years[0], demand.axes.years[-1]
    growth = f"{demand.nothing.growth(last, point=point):+.1%}".replace("-", "−")
    return waterfall_picture(
        f"{point}-waterfall",
        demand.nothing.waterfall(last, point=point),
        names={one.identifier: one.title for one in demand.nothing.adjustments},
        ends=(first, f"{last}, nothing done"),
        title=f"{demand.titles[point]}: {growth} by {last} if nothing is done, {demand.inputs.title}",
        subtitle=f"{_subtitle(demand, point)}, expectation",
        unit=demand.units[point],
        note=_note(demand),
        marks=marks_of(demand),
    )


def drivers_of(demand: PlaceDemand, point: str) -> StatisticalPicture:
    """What drives one point of delivery in the last year."""
    last = demand.axes.years[-1]
    return tornado_picture(
        f"{point}-tornado",
        demand.drivers(point),
        names=factor_titles(demand),
        title=f"{demand.titles[point]} in {last}: what drives them, {demand.inputs.title}",
        subtitle=f"{_subtitle(demand, point)}, in {last} if nothing is done",
        unit=demand.units[point],
        note=f"{demand.runs.runs:,} runs from seed {demand.request.seed}. {_note(demand)}",
        marks=marks_of(demand),
    )


def factor_titles(demand: PlaceDemand) -> dict[str, str]:
    """A title for each factor: that of its adjustment, with what it acts on where there are several."""
    return {
        factor.identifier: one.title
        if len(one.factors) == 1
        else f"{one.title}: {_acted_on(demand, factor.identifier)}"
        for one in demand.nothing.adjustments
        for factor in one.factors
    }


def factor_values(demand: PlaceDemand, swing: Swing) -> tuple[str, str]:
    """The low and the high value of a factor for people: the names of its tables, where it is one of several."""
    every = {factor.identifier: factor for one in demand.nothing.adjustments for factor in one.factors}
    factor = every[swing.identifier]
    if isinstance(factor, Alternatives):
        low, high = (factor.names[round(value)] for value in swing.values)
        return low, high
    return f"{swing.values[0]:.4g}", f"{swing.values[1]:.4g}"


def _acted_on(demand: PlaceDemand, identifier: str) -> str:
    name = identifier.rpartition("/")[2]
    return demand.titles.get(name, name)


def backcast_picture(found: SeriesBackcast) -> StatisticalPicture:
    """What every adjustment, and the population alone, would have foretold beside what was counted."""
    series, every, population = found.series, found.methods[ALL], found.methods[POPULATION].years[-1]
    counted = {every.origin: found.counted_at_origin, **{one.year: one.counted for one in every.years}}
    path = (found.counted_at_origin, *(one.foretold for one in every.years))
    return fan_picture(
        f"{series.id}-backcast",
        Fan(tuple(counted), path, (), counted),
        title=f"{series.title}: foretold from {every.origin}, and counted",
        subtitle=f"{found.place}; off by {every.mean_absolute_percentage_error:.1%} a year on average",
        unit=series.unit,
        note=f"Population alone would have foretold {population.foretold:,.0f} in {population.year}. {series.note}",
        marks=(UNCONFIRMED,),
    )


def _subtitle(demand: PlaceDemand, point: str) -> str:
    return f"{sentence(demand.units[point])}, adults"


def _note(demand: PlaceDemand) -> str:
    return f"{' '.join(demand.inputs.notes)} Source: {'; '.join(demand.inputs.sources)}."
