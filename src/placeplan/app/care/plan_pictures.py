"""Pictures of a plan's care model: savings by intervention, the claim beside the evidence, and what drives it."""

from collections.abc import Iterator

import numpy as np

from placeplan.app.care.plan_drivers import driver_titles, saving_drivers
from placeplan.app.care.plan_model import CareModel, plausibility
from placeplan.demand.activity import Attribution
from placeplan.demand.errors import DemandError
from placeplan.demand.tornado import Swing, Tornado
from placeplan.kernel.errors import InputError, Problem
from placeplan.kernel.money import MoneyUnit
from placeplan.plan.care_tables import Firmness
from placeplan.plan.model import Plan
from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.tornado import tornado_picture
from placeplan.reports.pictures.waterfall import waterfall_picture

BANDS = ((0.05, 0.95), (0.1, 0.9), (0.25, 0.75))
MARKS = {Firmness.SYNTHETIC: "Synthetic activity", Firmness.CALIBRATED: "Calibrated effects"}


def marks_of(plan: Plan) -> tuple[str, ...]:
    """Words that must be seen: what of the model is made up or fitted."""
    found = {row.firmness for row in plan.care_activity} | {row.firmness for row in plan.care_effects}
    return tuple(words for firmness, words in MARKS.items() if firmness in found)


def care_pictures(plan: Plan, model: CareModel) -> Iterator[StatisticalPicture]:
    """The waterfall of the last year, the fan of savings, and the tornado of the last year.

    Raises:
        InputError: the plan asks for fewer runs than its model has uncertain factors.
    """
    yield _waterfall(plan, model)
    yield _fan(plan, model)
    yield _tornado(plan, model)


def _waterfall(plan: Plan, model: CareModel) -> StatisticalPicture:
    year = model.inputs.years[-1]
    return waterfall_picture(
        "savings-by-intervention",
        saved_by_intervention(model, pounds=float(plan.header.money.pounds)),
        names={one.identifier: one.title for one in model.inputs.claimed},
        ends=("No intervention", f"All, {year}"),
        title=f"What each intervention saves in {year}, as claimed",
        subtitle=f"{plan.header.place}, at tariff",
        unit=str(plan.header.money),
        marks=marks_of(plan),
    )


def saved_by_intervention(model: CareModel, *, pounds: float) -> Attribution:
    """The saving at tariff of the last year from nothing to all, in a unit of so many pounds."""
    money = model.money.at_tariff
    own = {change.name: np.asarray(change.own[:, -1].sum() / pounds) for change in money.changes}
    return Attribution.of(np.zeros(()), own, total=np.asarray(money.total[:, -1].sum() / pounds))


def _fan(plan: Plan, model: CareModel) -> StatisticalPicture:
    found, pounds = plausibility(model), float(plan.header.money.pounds)

    def along(level: float) -> tuple[float, ...]:
        return tuple(found.quantile(place, level) / pounds for place in range(len(found.years)))

    bands = tuple(FanBand(high - low, along(low), along(high)) for low, high in BANDS)
    expected = tuple(map(float, found.totals.mean(axis=0) / pounds))
    claimed = {year: float(value) / pounds for year, value in zip(found.years, found.claimed, strict=True)}
    return fan_picture(
        "saving-claimed-and-supported",
        Fan(found.years, expected, bands, claimed, "Claimed"),
        title="The saving that evidence allows, and what the plan claims",
        subtitle=f"{plan.header.place}, at tariff; points are the claim",
        unit=str(plan.header.money),
        note=f"{model.inputs.settings.runs:,} runs from seed {model.inputs.settings.seed}.",
        marks=marks_of(plan),
    )


def _tornado(plan: Plan, model: CareModel) -> StatisticalPicture:
    year = model.inputs.years[-1]
    try:
        drivers = saving_drivers(model)
    except DemandError as error:
        place = plan.where("care", "runs")
        raise InputError(Problem(place, message, "", "Raise runs.") for message in error.messages) from error
    return tornado_picture(
        "what-drives-the-saving",
        in_unit(drivers, plan.header.money),
        names=driver_titles(model),
        title=f"What drives the saving that evidence allows, {year}",
        subtitle=f"{plan.header.place}, at tariff",
        unit=str(plan.header.money),
        note=f"{model.inputs.settings.runs:,} runs from seed {model.inputs.settings.seed}.",
        marks=marks_of(plan),
    )


def in_unit(found: Tornado, money: MoneyUnit) -> Tornado:
    """A tornado of pounds in the unit of a plan."""
    pounds = float(money.pounds)
    swings = tuple(
        Swing(one.identifier, one.values, (one.figures[0] / pounds, one.figures[1] / pounds), one.share)
        for one in found.swings
    )
    return Tornado(found.expected / pounds, found.quantiles, swings, found.explained)
