"""From the care tables of a plan to what the demand engine takes; what does not fit is a problem at its cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from placeplan.app.care.capacity_definitions import read_workforce_definitions
from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_library import read_unit_prices
from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Distribution, Fixed, Pert
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Factor, Scaled
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.ramps import Ramp
from placeplan.demand.savings import UnitPrice
from placeplan.kernel.errors import InputError, Location, Place, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.care_tables import CareEffect, CareGrowth, CareIntervention, CarePrice, Firmness
from placeplan.plan.cells import PER_CENT, Cell, Link, Rate
from placeplan.plan.header import CareSettings
from placeplan.plan.model import HEADER_FILE, Plan
from placeplan.rounds.governance import Confidence

FIRM = frozenset({Firmness.STATED, Firmness.PUBLISHED})
FULL_STRENGTH = 1.0
RESTS_ON_COSTS = "finance.", "efficiency.", "investments.", "delivery.", "spend.", "demand.costs."
ENDS_IN_COSTS = ".investment", ".net"
Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class CareInputs:
    """What the engine takes.

    Attributes:
        settings: of the care model.
        baseline: activity of the base year.
        years: the base year, then the years of the plan.
        adjustments: what grows when nobody intervenes.
        claimed: interventions with the effects that the plan claims.
        believed: the same with the effects that evidence allows; where a row gives no evidence, as claimed.
        without_evidence: interventions, points and kinds whose effect has no evidence behind it.
        prices: by point of delivery.
        bed_days: points that count bed days.
    """

    settings: CareSettings
    baseline: Activity
    years: tuple[str, ...]
    adjustments: tuple[Adjustment, ...]
    claimed: tuple[Intervention, ...]
    believed: tuple[Intervention, ...]
    without_evidence: tuple[str, ...]
    prices: Mapping[str, UnitPrice]
    bed_days: Mapping[str, str]


def has_care_model(plan: Plan) -> bool:
    """Whether a plan has activity to model."""
    return plan.header.care is not None and bool(plan.care_activity)


def care_inputs(plan: Plan) -> CareInputs:
    """What the engine takes of a plan that has a care model.

    Raises:
        InputError: with every problem of every row, at its cell.
    """
    settings = plan.header.care
    if settings is None:
        mend = "Write care: with base_year, segments, areas, seed, runs and claim_probability."
        raise InputError([Problem(Location(HEADER_FILE), "the care model has no settings", "care", mend)])
    _refuse([*_point_problems(plan), *_pattern_problems(plan), *_reach_problems(plan), *_link_problems(plan)])
    years = (str(settings.base_year), *map(str, plan.header.years))
    _refuse(_year_problems(plan, settings))
    baseline = _baseline(plan, settings)
    path = Axes(baseline.axes.points, baseline.axes.segments, baseline.axes.areas, years)
    problems: list[Problem] = []
    adjustments = tuple(_adjustments(plan, path, problems=problems))
    claimed = tuple(_interventions(plan, path, problems=problems, believed=False))
    believed = tuple(_interventions(plan, path, problems=problems, believed=True))
    prices = _prices(plan, problems)
    _refuse(dict.fromkeys(problems))
    bed_days = {days: of for days, of in read_points().bed_days.items() if days in path.points}
    return CareInputs(
        settings=settings,
        baseline=baseline,
        years=years,
        adjustments=adjustments,
        claimed=claimed,
        believed=believed,
        without_evidence=tuple(_named(row) for row in plan.care_effects if row.low is None),
        prices=prices,
        bed_days=bed_days,
    )


def _baseline(plan: Plan, settings: CareSettings) -> Activity:
    """Activity of the base year; what no row says is none."""
    named = {row.point for row in plan.care_activity}
    axes = Axes(
        tuple(point for point in read_points().ids if point in named),
        tuple(segment.id for segment in settings.segments),
        tuple(area.id for area in settings.areas),
        (str(settings.base_year),),
    )
    values = np.zeros(axes.shape)
    problems = []
    for row in plan.care_activity:
        if row.activity.value < 0:
            expected = "0 or more events"
            problems.append(Problem(row.place.at("activity"), "this activity is below zero", expected))
        place = tuple(
            axes.position(axis, name)
            for axis, name in (("points", row.point), ("segments", row.segment), ("areas", row.area))
        )
        values[(*place, 0)] = float(row.activity.value)
    _refuse(problems)
    return Activity(axes, values)


def _adjustments(plan: Plan, axes: Axes, *, problems: list[Problem]) -> Iterator[Adjustment]:
    for name in dict.fromkeys(row.adjustment for row in plan.care_growth):
        rows = [row for row in plan.care_growth if row.adjustment == name]
        factors = [factor for row in rows if (factor := _growth(row, axes, problems=problems)) is not None]
        if factors:
            firm = all(row.firmness in FIRM for row in rows)
            confidence = Confidence.CONFIRMED if firm else Confidence.UNCONFIRMED
            yield Adjustment(name, _spoken(name), tuple(factors), rows[0].source, confidence)


def _growth(row: CareGrowth, axes: Axes, *, problems: list[Problem]) -> Factor | None:
    """Compounded growth where the row acts; its belief is about how strong it is."""
    rates = _fractions(row.rates, row.place, expected="a rate such as 1.2%, or 0%", problems=problems)
    if rates is None:
        return None
    level = np.concatenate([[1.0], np.cumprod(1.0 + np.array(rates))])
    table = np.ones(axes.shape)
    inside = [
        [name in (None, at) for at in along] for name, along in ((row.point, axes.points), (row.segment, axes.segments))
    ]
    if row.point is not None and row.point not in axes.points:
        message = f"there is no activity at {row.point}"
        problems.append(Problem(row.place.at("point"), message, f"one of {', '.join(axes.points)}"))
        return None
    table[np.ix_(*inside, [True] * len(axes.areas), [True] * len(axes.years))] = level
    identifier = "/".join(filter(None, (row.adjustment, row.point, row.segment)))
    return _built(lambda: Scaled(identifier, table, _strength(row)), row.place, problems=problems)


def _strength(row: CareGrowth) -> Distribution:
    if row.low is None or row.high is None:
        return Fixed(FULL_STRENGTH)
    return Pert(_share(row.low), FULL_STRENGTH, _share(row.high))


def _interventions(plan: Plan, axes: Axes, *, problems: list[Problem], believed: bool) -> Iterator[Intervention]:
    for row in plan.care_interventions:
        made = _intervention(plan, row, problems=problems, first=axes.years[1], believed=believed)
        if made is not None:
            yield made


def _intervention(
    plan: Plan, row: CareIntervention, *, problems: list[Problem], first: str, believed: bool
) -> Intervention | None:
    shares = _fractions(row.maturity, row.place, expected="a share of maturity such as 40%", problems=problems)
    reach = {each.segment: _share(each.reach) for each in plan.care_reach if each.intervention == row.intervention}
    rows = [each for each in plan.care_effects if each.intervention == row.intervention]
    effects = [effect for each in rows if (effect := _effect(each, problems=problems, believed=believed)) is not None]
    if shares is None or len(effects) < len(rows):
        return None
    confidence = Confidence.CONFIRMED if row.firmness in FIRM else Confidence.UNCONFIRMED

    def make() -> Intervention:
        ramp = Ramp(tuple(shares))
        return Intervention(
            row.intervention, row.title, reach, tuple(effects), ramp, first, source=row.source, confidence=confidence
        )

    return _built(make, row.place, problems=problems)


def _effect(row: CareEffect, *, problems: list[Problem], believed: bool) -> Effect | None:
    segments = (row.segment,) if row.segment else ()
    ratio = 1.0 if row.stay_ratio is None else float(row.stay_ratio.value)
    ramp = _built(partial(_own_ramp, row, problems), row.place, problems=problems)

    def make() -> Effect:
        return Effect(
            row.point,
            _belief(row) if believed else Fixed(_share(row.share)),
            EffectKind(row.kind.value),
            segments,
            ratio,
            ramp,
        )

    return _built(make, row.place, problems=problems)


def _own_ramp(row: CareEffect, problems: list[Problem]) -> Ramp | None:
    """How an effect grows up in a way of its own; nothing where no year says anything."""
    if all(cell is None for cell in row.maturity.values()):
        return None
    expected = "a share of maturity such as 40% in every year, or in none"
    shares = _fractions(row.maturity, row.place, expected=expected, problems=problems)
    return Ramp(tuple(shares)) if shares is not None else None


def _belief(row: CareEffect) -> Distribution:
    """What evidence says of an effect: least, most likely and greatest; as claimed where it says nothing."""
    if row.low is None or row.high is None:
        return Fixed(_share(row.share))
    low, high = _share(row.low), _share(row.high)
    likely = (low + high) / 2 if row.likely is None else _share(row.likely)
    return Pert(low, likely, high)


def _prices(plan: Plan, problems: list[Problem]) -> dict[str, UnitPrice]:
    """The price book, with what the plan says in place of its amounts; how a cost goes away is the book's."""
    book = read_unit_prices().unit_prices()
    for row in plan.care_prices:
        made = _built(partial(_price, row, book), row.place, problems=problems)
        if made is not None:
            book[row.point] = made
    return book


def _price(row: CarePrice, book: Mapping[str, UnitPrice]) -> UnitPrice:
    return UnitPrice(float(row.tariff.value), float(row.cost.value), book[row.point].behaviour)


def _fractions(
    cells: Mapping[FinancialYear, Cell | None], place: Place, *, expected: str, problems: list[Problem]
) -> list[float] | None:
    """The rates of a row as fractions; nothing, and a problem for each cell, where one is not a rate."""
    wrong = [
        Problem(place.at(str(year)), "this year has no rate" if cell is None else f"{cell} is not a rate", expected)
        for year, cell in cells.items()
        if not isinstance(cell, Rate)
    ]
    problems.extend(wrong)
    if wrong:
        return None
    return [float(cell.fraction) for cell in cells.values() if isinstance(cell, Rate)]


def _built(make: Callable[[], Made], place: Place, *, problems: list[Problem]) -> Made | None:
    """What is made, or nothing and a problem of the row for each thing that the engine refuses."""
    try:
        return make()
    except DemandError as error:
        problems.extend(Problem(place.at(), message) for message in error.messages)
        return None


def _point_problems(plan: Plan) -> Iterator[Problem]:
    known = read_points().ids
    named: list[tuple[str | None, Place]] = [(row.point, row.place) for row in plan.care_activity]
    named += [(row.point, row.place) for row in plan.care_prices]
    named += [(row.point, row.place) for row in plan.care_growth]
    named += [(row.point, row.place) for row in plan.care_effects]
    named += [(row.point, row.place) for row in plan.care_beds]
    for point, place in named:
        if point is not None and point not in known:
            message = f"there is no point of delivery called {point!r}"
            yield Problem(place.at("point"), message, f"one of {', '.join(known)}")


def _reach_problems(plan: Plan) -> Iterator[Problem]:
    for row in plan.care_reach:
        if not 0 <= row.reach.value <= PER_CENT:
            yield Problem(row.place.at("reach"), f"{row.reach} of a segment cannot be reached", "0% to 100%")


def _pattern_problems(plan: Plan) -> Iterator[Problem]:
    known = [pattern.id for pattern in read_workforce_definitions().working_time]
    for row in plan.care_staff:
        if row.working_time not in known:
            message = f"there is no pattern of work called {row.working_time!r}"
            yield Problem(row.place.at("working_time"), message, f"one of {', '.join(known)}")


def _link_problems(plan: Plan) -> Iterator[Problem]:
    """Costs that rest on money, while money rests on them."""
    for row in plan.care_costs:
        for year, cell in row.amounts.items():
            if isinstance(cell, Link) and (
                cell.figure.startswith(RESTS_ON_COSTS) or cell.figure.endswith(ENDS_IN_COSTS)
            ):
                message = f"{cell} makes a circle: it is worked out from the care model, and the care model from it"
                yield Problem(row.place.at(str(year)), message, "an amount, or a link to a figure that comes before")


def _year_problems(plan: Plan, settings: CareSettings) -> Iterator[Problem]:
    first = plan.header.years[0]
    if settings.base_year.next != first:
        message = f"the base year is {settings.base_year}"
        yield Problem(plan.where("care", "base_year"), message, f"the year before the plan, which begins in {first}")


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


def _share(number: PrintedNumber) -> float:
    return float(number.value / PER_CENT)


def _named(row: CareEffect) -> str:
    return f"{row.intervention} on {row.point}"


def _spoken(name: str) -> str:
    return name.replace("-", " ").capitalize()
