"""The care model of a plan, computed: population and growth, interventions, money, beds and staff, in one chain."""

from dataclasses import dataclass

import numpy as np

from placeplan.app.care.plan_inputs import CareInputs
from placeplan.demand.activity import Activity, Attribution, FloatArray
from placeplan.demand.combining import Combined, combine
from placeplan.demand.do_nothing import DoNothing, do_nothing
from placeplan.demand.draws import draw
from placeplan.demand.saved_runs import SavedModel, saved_model
from placeplan.demand.savings import Savings, savings, savings_of_runs
from placeplan.demand.uncertainty import Runs

POINT_AXIS, SEGMENT_AXIS, AREA_AXIS = 0, 1, 2


@dataclass(frozen=True, eq=False)
class CareModel:
    """The chain of one plan.

    Attributes:
        inputs: what it was made from.
        nothing: activity if nobody intervenes.
        combined: what the interventions leave of it, with the effects that the plan claims.
        money: what is saved, three ways.
        at_tariff_by_segment: pounds at tariff by intervention, segments by years.
    """

    inputs: CareInputs
    nothing: DoNothing
    combined: Combined
    money: Savings
    at_tariff_by_segment: Attribution

    @property
    def after(self) -> Activity:
        """Activity with the interventions."""
        return self.combined.after


@dataclass(frozen=True, eq=False)
class Plausibility:
    """What evidence makes of the claimed saving at tariff, in many runs.

    Attributes:
        years: of the plan.
        totals: pounds at tariff, runs by years.
        claimed: pounds at tariff with the effects that the plan claims, by year.
    """

    years: tuple[str, ...]
    totals: FloatArray
    claimed: FloatArray

    def probability(self, place: int) -> float:
        """Share of the runs in which the saving of a year is at least what is claimed; 1 where nothing is claimed."""
        return float((self.totals[:, place] >= self.claimed[place] * (1 - WITHIN)).mean())

    def quantile(self, place: int, level: float) -> float:
        """The saving of a year that a share of the runs does not exceed."""
        return float(np.quantile(self.totals[:, place], level))


WITHIN = 1e-9


def care_model(inputs: CareInputs) -> CareModel:
    """Compute the chain, in expectation."""
    nothing = do_nothing(inputs.baseline, inputs.adjustments, years=inputs.years)
    combined = combine(nothing.path, inputs.claimed, bed_days=inputs.bed_days)
    money = savings(combined.saved, combined.axes, prices=inputs.prices)
    return CareModel(inputs, nothing, combined, money, _by_segment(combined, inputs))


def _by_segment(combined: Combined, inputs: CareInputs) -> Attribution:
    tariffs = [inputs.prices[point].tariff if point in inputs.prices else 0.0 for point in combined.axes.points]

    def worth(saved: FloatArray) -> FloatArray:
        return np.asarray(np.einsum("psay,p->sy", saved, np.array(tariffs)))

    own = {change.name: worth(change.own) for change in combined.saved.changes}
    total = worth(combined.saved.total)
    return Attribution.of(np.zeros(total.shape), own, total=total)


def plausibility(model: CareModel) -> Plausibility:
    """How the claimed saving stands to what evidence allows; growth and effects are drawn together."""
    runs = believed_runs(model, believed_model(model))
    totals = at_tariff(model, runs.values[:, :, 0, 0, :])
    return Plausibility(model.inputs.years[1:], totals[:, 1:], model.money.at_tariff.total.sum(axis=0)[1:])


def believed_model(model: CareModel) -> SavedModel:
    """What is saved with the effects that evidence allows."""
    inputs = model.inputs
    return saved_model(
        inputs.baseline,
        inputs.adjustments,
        interventions=inputs.believed,
        years=inputs.years,
        bed_days=inputs.bed_days,
    )


def believed_runs(model: CareModel, believed: SavedModel) -> Runs:
    """Every run, with the seed of the plan."""
    settings = model.inputs.settings
    return believed.run(draw(believed.beliefs, seed=settings.seed, runs=settings.runs, latin=True))


def at_tariff(model: CareModel, events: FloatArray) -> FloatArray:
    """Pounds saved at tariff by run and year, from events by run, point and year."""
    worth = savings_of_runs(events.clip(min=0.0), model.after.axes, prices=model.inputs.prices).at_tariff
    return np.asarray(worth.sum(axis=1))
