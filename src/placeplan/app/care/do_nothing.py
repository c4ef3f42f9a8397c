"""Do-nothing demand of a place: its path by named adjustments, its runs, and what drives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from placeplan.app.care.do_nothing_definitions import read_adjustments, read_groups, read_own_adjustments, read_points
from placeplan.app.care.do_nothing_files import COUNTED
from placeplan.app.care.do_nothing_inputs import NOT_REBASED, DemandInputs, read_demand_inputs
from placeplan.app.care.do_nothing_synthetic import synthetic_inputs
from placeplan.app.care.do_nothing_variants import with_variants
from placeplan.app.data_folder import data_folder
from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.adjustment_library import AdjustmentDefinition, AdjustmentLibrary, How, adjustment_of
from placeplan.demand.age_sex import DemographicGrowth, demographic_growth, health_status
from placeplan.demand.axes import Axes
from placeplan.demand.do_nothing import DoNothing, do_nothing
from placeplan.demand.draws import USUAL_RUNS, draw
from placeplan.demand.errors import DemandError
from placeplan.demand.running import Model, model_of
from placeplan.demand.tornado import Tornado, tornado, variance_shares
from placeplan.demand.uncertainty import Runs
from placeplan.kernel.errors import InputError, Location, Problem

BY_POINT, BY_GROUP = "point", "group"
EVERYONE = ("everyone",)
PRINCIPAL = "Principal"
BY_AREA = ("points", "areas", "years")
FULL_SHIFT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRequest:
    """What is asked for.

    Attributes:
        place: a place of the definitions, or one area by its code or name; passed over for an invented place.
        data: the data folder; an invented place stands in where there is none.
        by: ``point`` of delivery, or ``group`` of the published rates.
        rates: ``counted`` or ``smoothed``.
        until: the last year; the last of the projection when empty.
        adjustments: a file with adjustments of the user's.
        seed: of the draws.
        runs: how many.
        rebase: ``none``, ``by-area`` or ``by-cell``: whether the projection is moved to where the estimates end.
        variants: whether the projection of the population is uncertain too.
    """

    place: str
    data: Path | None = None
    by: str = BY_POINT
    rates: str = COUNTED
    until: str = ""
    adjustments: Path | None = None
    seed: int = 1
    runs: int = USUAL_RUNS
    rebase: str = NOT_REBASED
    variants: bool = False


@dataclass(frozen=True, eq=False)
class PlaceDemand:
    """Do-nothing demand of a place.

    Attributes:
        request: what was asked for.
        inputs: people and rates.
        growth: by population, before anything else.
        library: every adjustment that there is.
        nothing: the path in expectation, with its attribution.
        titles: of points or groups, by identifier.
        units: likewise.
    """

    request: DemandRequest
    inputs: DemandInputs
    growth: DemographicGrowth
    library: AdjustmentLibrary
    nothing: DoNothing
    titles: Mapping[str, str]
    units: Mapping[str, str]

    @property
    def axes(self) -> Axes:
        """Points, one segment, areas and years."""
        return self.nothing.axes

    @property
    def baseline(self) -> Activity:
        """Activity of the base year."""
        return _baseline(self.growth.activity)

    @cached_property
    def model(self) -> Model:
        """The path reduced to points and years."""
        return model_of(self.baseline, self.nothing.adjustments, years=self.axes.years)

    @cached_property
    def runs(self) -> Runs:
        """Every run, by point and year.

        Raises:
            InputError: the seed or the number of runs cannot be.
        """
        try:
            return self.model.run(draw(self.model.beliefs, seed=self.request.seed, runs=self.request.runs))
        except DemandError as error:
            raise told(error, "runs") from error

    @cached_property
    def area_runs(self) -> Runs:
        """The same runs by point, area and year.

        Raises:
            InputError: see ``runs``.
        """
        model = model_of(self.baseline, self.nothing.adjustments, years=self.axes.years, keep=BY_AREA)
        return model.run(self.runs.draws)

    def drivers(self, point: str, *, year: str = "") -> Tornado:
        """What drives one point of delivery in a year, the last when empty.

        Raises:
            InputError: there is no such point or year, or there are too few runs.
        """
        last = year or self.axes.years[-1]
        try:
            beliefs = self.model.acting_on(point)
            where = self.axes.position("points", point), self.axes.position("years", last)
            shares = variance_shares(self.runs.draws.only(beliefs), self.runs.figure(point=point, year=last))
            return tornado(beliefs, lambda held: self._expected(held, where=where), shares=shares)
        except DemandError as error:
            raise told(error, "tornado") from error

    def _expected(self, held: Mapping[str, float], *, where: tuple[int, int]) -> float:
        return float(self.model.expected_when(held)[where[0], 0, 0, where[1]])


def place_demand(request: DemandRequest) -> PlaceDemand:
    """Work out do-nothing demand, in expectation; runs follow when somebody asks for them.

    Raises:
        InputError: a file cannot be read, a place, year, point or area is not known, or an adjustment does not fit.
    """
    return demand_of(request, inputs_of(request))


def demand_of(request: DemandRequest, inputs: DemandInputs) -> PlaceDemand:
    """The same from people and rates that were read already.

    Raises:
        InputError: see ``place_demand``.
    """
    library = read_own_adjustments(request.adjustments) if request.adjustments else read_adjustments()
    if inputs.variants:
        library = library.applying(How.VARIANTS)
    where = request.adjustments.name if request.adjustments else "adjustments"
    try:
        return _worked_out(request, inputs, library=library)
    except DemandError as error:
        raise told(error, where) from error


def inputs_of(request: DemandRequest) -> DemandInputs:
    """People and rates from the data folder, or of the invented place.

    Raises:
        InputError: see ``place_demand``.
    """
    if request.data is None:
        return synthetic_inputs(until=request.until, variants=request.variants)
    folder = data_folder(request.data)
    inputs = read_demand_inputs(folder, request.place, rates=request.rates, until=request.until, rebase=request.rebase)
    return with_variants(inputs, folder) if request.variants else inputs


def told(error: DemandError, where: str) -> InputError:
    """What the engine cannot work with, as problems of the input."""
    return InputError(Problem(Location(where), message) for message in error.messages)


def _worked_out(request: DemandRequest, inputs: DemandInputs, *, library: AdjustmentLibrary) -> PlaceDemand:
    points, adding = _points(request.by, inputs.groups)
    axes = Axes(points, EVERYONE, inputs.areas, inputs.years)
    growth = demographic_growth(inputs.people, np.tensordot(adding, inputs.rates, axes=1), axes=axes)
    population = {How.SIZE: growth.size, How.STRUCTURE: growth.structure}
    entries = [one for one in library.applied if one.how is not How.HEALTH or inputs.gained is not None]
    if inputs.gained is not None:
        smooth = np.tensordot(adding, inputs.smooth_rates, axes=1)
        population[How.HEALTH] = health_status(
            inputs.people, smooth, years_gained=inputs.gained, share=FULL_SHIFT, axes=axes
        )
    others = _variants(inputs, growth, rates=np.tensordot(adding, inputs.rates, axes=1))
    adjustments = [
        adjustment_of(_along(one, request.by), axes, population=population, variants=others) for one in entries
    ]
    nothing = do_nothing(_baseline(growth.activity), adjustments, years=inputs.years)
    titles, units = _words(request.by)
    return PlaceDemand(request, inputs, growth, library, nothing, titles, units)


def _variants(inputs: DemandInputs, growth: DemographicGrowth, *, rates: FloatArray) -> dict[str, FloatArray]:
    """Demographic factor by each projection over that of the principal one, from least activity to most."""
    if not inputs.variants:
        return {}
    axes, same = growth.activity.axes, growth.demographic
    every = {PRINCIPAL: inputs.people, **inputs.variants}
    grown = {name: demographic_growth(people, rates, axes=axes) for name, people in every.items()}
    ordered = sorted(grown, key=lambda name: _against(grown[name].activity, growth.activity))
    found = {name: grown[name].demographic for name in ordered}
    return {name: np.divide(other, same, out=np.ones_like(other), where=same > 0) for name, other in found.items()}


def _against(activity: Activity, other: Activity) -> float:
    """How many times the activity of another path in the last year, on average over points of delivery."""
    each, same = (one.values[..., -1].sum(axis=(1, 2)) for one in (activity, other))
    return float(np.divide(each, same, out=np.ones_like(each), where=same > 0).mean())


def _baseline(activity: Activity) -> Activity:
    axes = activity.axes
    return Activity(Axes(axes.points, axes.segments, axes.areas, axes.years[:1]), activity.values[..., :1])


def _points(by: str, groups: tuple[str, ...]) -> tuple[tuple[str, ...], FloatArray]:
    """Points of the axis, and which groups each adds up."""
    if by == BY_GROUP:
        return groups, np.eye(len(groups))
    point_of = {group.id: group.point for group in read_groups().groups}
    points = tuple(point for point in read_points().ids if point in {point_of[group] for group in groups})
    return points, np.array([[float(point_of[group] == point) for group in groups] for point in points])


def _along(definition: AdjustmentDefinition, by: str) -> AdjustmentDefinition:
    """An entry whose terms name groups where the path is by group: those that belong to the points it names."""
    if by == BY_POINT:
        return definition
    groups = read_groups().groups
    terms = tuple(
        term.model_copy(update={"points": tuple(group.id for group in groups if group.point in term.points)})
        for term in definition.terms
    )
    return definition.model_copy(update={"terms": terms})


def _words(by: str) -> tuple[dict[str, str], dict[str, str]]:
    points = read_points()
    if by == BY_POINT:
        return {one.id: one.title for one in points.points}, {one.id: one.unit for one in points.points}
    groups = read_groups().groups
    return {one.id: one.title for one in groups}, {one.id: points[one.point].unit for one in groups}
