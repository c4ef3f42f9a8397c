"""Calibrate the care model of a plan: effects and costs that give the savings and the investment that the plan states.

What is fitted to: stated values of ``demand.groups.GROUP.YEAR.saving``, ``demand.segments.SEGMENT.YEAR.saving``,
``demand.total.YEAR.saving`` and ``demand.costs.HEADING.YEAR.investment``, and what ``care/last_digits.csv`` says is
left of numbers that the print has lost. Where two sources state one figure, the first is used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from placeplan.app.care.plan_inputs import CareInputs, care_inputs
from placeplan.app.care.plan_money_figures import cost_id
from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.calibrating import Calibrated, StatedYear, Weight, calibrated, fitted_cells
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.errors import DemandError
from placeplan.demand.fitting import Margin
from placeplan.demand.interventions import EffectKind
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.plan.care_tables import CareCost, CareEffect, Firmness
from placeplan.plan.cells import PER_CENT, Amount, Cell, Rate
from placeplan.plan.model import Plan

STATED_FILE = "finance/stated.csv"
HOW = "Calibrated so that the stated savings come out; least, likely and greatest are those of the library"
HOW_COSTS = "Part of the stated total of the heading; how it divides over the interventions is made up"
DECIMALS = Decimal("0.0001")
WHOLE, HALF = 1, 0.5


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a calibration gives.

    Attributes:
        effects: rows for ``care/effects.csv``.
        costs: rows for ``care/costs.csv``.
        cells: what is saved, points by segments by years, in the unit of the plan.
        path: activity if nobody intervenes; its axes name points and segments.
    """

    effects: tuple[CareEffect, ...]
    costs: tuple[CareCost, ...]
    cells: FloatArray
    path: Activity


def calibrate_plan(plan: Plan) -> Calibration:
    """Find the effects that give what a plan states.

    The shares that stand in its tables are passed over; reach, and what evidence makes of each effect, are used.

    Raises:
        InputError: the tables cannot be read, nothing is stated, or what is stated cannot be met, and why.
    """
    inputs = care_inputs(plan)
    problems = [*_statement_problems(plan), *_digit_problems(plan)]
    if problems:
        raise InputError(problems)
    path = do_nothing(inputs.baseline, inputs.adjustments, years=inputs.years).path
    stated = _Stated.of(plan)
    prices = {point: price.tariff for point, price in inputs.prices.items()}
    unit = float(plan.header.money.pounds)
    rows = dict(_weighted(plan, inputs))
    years = [str(year) for year in plan.header.years]
    try:
        wanted = [stated.year(year, plan, path=path) for year in plan.header.years]
        cells = fitted_cells(wanted, path, weights=list(rows), prices=prices, unit=unit)
        found = calibrated(
            cells, path, years=years, weights=list(rows), prices=prices, unit=unit, bed_days=inputs.bed_days
        )
    except DemandError as error:
        raise InputError(Problem(Location(STATED_FILE), message) for message in error.messages) from error
    effects = tuple(_effect(rows[one.weight], one, years=plan.header.years) for one in found)
    return Calibration(effects, tuple(_costs(plan, stated)), cells, path)


def _statement_problems(plan: Plan) -> Iterator[Problem]:
    """Totals that are not stated: without them it is not known what is left for lost numbers."""
    stated = {row.figure for row in plan.stated}
    for year in plan.header.years:
        figure = f"demand.total.{year}.saving"
        if figure not in stated:
            message = f"no saving of {year} is stated"
            yield Problem(Location(STATED_FILE), message, "its total", f"Add a row for {figure}.")


def _digit_problems(plan: Plan) -> Iterator[Problem]:
    """Last digits that are none, that are of no margin, or that stand beside the whole number."""
    settings = plan.header.care
    margins = {f"demand.groups.{group.id}" for group in settings.groups} if settings else set()
    margins |= {f"demand.segments.{segment.id}" for segment in settings.segments} if settings else set()
    known = {f"{start}.{year}.saving" for start in margins for year in plan.header.years}
    stated = {row.figure for row in plan.stated}
    for row in plan.care_last_digits:
        if not row.digits.text.isdecimal():
            message = f"{row.digits} is not the end of a whole number"
            yield Problem(row.place.at("digits"), message, "digits alone, such as 833 of 1,833")
        if row.figure not in known:
            message = f"{row.figure} is not fitted"
            yield Problem(
                row.place.at("figure"), message, "the saving of a group or of a segment in a year of the plan"
            )
        elif row.figure in stated:
            message = f"the whole of {row.figure} is stated in {STATED_FILE}"
            yield Problem(row.place.at("figure"), message, "", "Take one of the two out.")


@dataclass(frozen=True, slots=True)
class _Stated:
    """Stated values and last digits, by figure."""

    values: Mapping[str, PrintedNumber]
    digits: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan) -> "_Stated":
        values = {row.figure: row.value for row in reversed(plan.stated)}
        return cls(values, {row.figure: row.digits.text for row in plan.care_last_digits})

    def year(self, year: FinancialYear, plan: Plan, *, path: Activity) -> StatedYear:
        """What is stated of a year."""
        settings = plan.header.care
        groups, segments_of = (settings.groups, settings.segments) if settings else ((), ())
        points = path.axes.points
        grouped = [
            self._margin(
                f"demand.groups.{group.id}.{year}.saving", name=group.title, places=_places(points, group.points)
            )
            for group in groups
        ]
        alone = [place for place in range(len(points)) if not any(place in one.places for one in grouped)]
        segments = [
            self._margin(f"demand.segments.{segment.id}.{year}.saving", name=segment.title, places=(place,))
            for place, segment in enumerate(segments_of)
        ]
        others = [Margin("points in no group", tuple(alone))] if alone else []
        total = self.values[f"demand.total.{year}.saving"]
        return StatedYear(str(year), (*grouped, *others), tuple(segments), float(total.value))

    def _margin(self, figure: str, *, name: str, places: tuple[int, ...]) -> Margin:
        stated = self.values.get(figure)
        if stated is None:
            return Margin(name, places, None, self.digits.get(figure, ""), HALF if figure in self.digits else 0.0)
        return Margin(name, places, float(stated.value), within=float(stated.tolerance))


def _places(points: Sequence[str], wanted: Sequence[str]) -> tuple[int, ...]:
    return tuple(points.index(point) for point in wanted if point in points)


def _weighted(plan: Plan, inputs: CareInputs) -> Iterator[tuple[Weight, CareEffect]]:
    """Each effect in each segment that it reaches, with the row that says so."""
    reach = {(row.intervention, row.segment): float(row.reach.value / PER_CENT) for row in plan.care_reach}
    for row in plan.care_effects:
        for segment in inputs.settings.segments:
            reached = reach.get((row.intervention, segment.id), 0.0)
            if reached > 0 and row.segment in (None, segment.id):
                ratio = 1.0 if row.stay_ratio is None else float(row.stay_ratio.value)
                yield (
                    Weight(
                        intervention=row.intervention,
                        point=row.point,
                        kind=EffectKind(row.kind.value),
                        segment=segment.id,
                        reach=reached,
                        evidence=_likely(row),
                        stay_ratio=ratio,
                    ),
                    row,
                )


def _likely(row: CareEffect) -> float:
    """What evidence makes most likely; where it says nothing, the share as it stands."""
    given = row.likely if row.likely is not None else row.share
    return float(given.value / PER_CENT)


def _effect(row: CareEffect, found: Calibrated, *, years: Sequence[FinancialYear]) -> CareEffect:
    maturity: dict[FinancialYear, Cell | None] = {
        year: _rate(share) for year, share in zip(years, found.maturity, strict=True)
    }
    return replace(
        row,
        segment=found.weight.segment,
        share=_printed(found.share),
        maturity=maturity,
        firmness=Firmness.CALIBRATED,
        source=HOW,
    )


def _printed(share: float) -> PrintedNumber:
    return _number(f"{(Decimal(repr(share)) * PER_CENT).quantize(DECIMALS)}%")


def _number(text: str) -> PrintedNumber:
    number = parse_printed(text)
    if number is None:
        raise ValueError(f"{text} is no number")
    return number


def _rate(share: float) -> Rate:
    return Rate(_printed(share))


def _costs(plan: Plan, stated: _Stated) -> Iterator[CareCost]:
    """Rows of costs, scaled so that each heading adds up to what is stated of it; the others as they are."""
    amounts = {
        (row.heading, year): _divided(plan, row.heading, year=year, stated=stated)
        for row in plan.care_costs
        for year in plan.header.years
    }
    for row in plan.care_costs:
        new = {year: amounts[row.heading, year].get(row.name, cell) for year, cell in row.amounts.items()}
        changed = any(new[year] is not row.amounts[year] for year in new)
        yield replace(row, amounts=new, firmness=Firmness.CALIBRATED, source=HOW_COSTS) if changed else row


def _divided(plan: Plan, heading: str, *, year: FinancialYear, stated: _Stated) -> dict[str, Cell | None]:
    """A stated amount divided by the largest remainder, in steps of its last digit, so that nothing is lost."""
    stated_total = stated.values.get(cost_id(heading, str(year)))
    rows = [row for row in plan.care_costs if row.heading == heading]
    weights = [_amount(row.amounts.get(year)) for row in rows]
    if stated_total is None or sum(weights) <= 0:
        return {}
    step = stated_total.resolution
    steps = int(stated_total.value / step)
    exact = [steps * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(rows)), key=lambda place: parts[place] - exact[place])
    for place in order[: steps - sum(parts)]:
        parts[place] += WHOLE
    return {row.name: Amount(_number(f"{part * step:,}")) for row, part in zip(rows, parts, strict=True)}


def _amount(cell: Cell | None) -> float:
    return float(cell.number.value) if isinstance(cell, Amount) else 0.0
