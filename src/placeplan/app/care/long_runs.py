"""Many more runs of a care model than a page can wait for: made by a worker, kept as data, shown on the page."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from placeplan.app.care.intervention_library import read_sliders
from placeplan.app.care.moved_figures import MovedFigures, with_runs
from placeplan.app.care.moving import moved_plan
from placeplan.app.care.plan_figures import rounded
from placeplan.app.care.plan_inputs import care_inputs
from placeplan.app.care.plan_model import CareModel, Plausibility, at_tariff, believed_model, care_model
from placeplan.app.care.plan_money_figures import BANDS, HUNDRED, TENTHS
from placeplan.app.care.sliders import positions_of
from placeplan.app.plan_texts import Texts, read_texts
from placeplan.demand.activity import FloatArray
from placeplan.demand.draws import Draws, draw
from placeplan.kernel.figures import Figure, Figures

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LongRun:
    """What many runs say of each year.

    Attributes:
        runs: how many.
        seed: of the plan.
        years: of the plan.
        levels: for ``low``, ``middle`` and ``high``, the saving in the unit of the plan, by year.
        probability: per cent of the runs that save at least what is claimed, by year.
    """

    runs: int
    seed: int
    years: tuple[str, ...]
    levels: Mapping[str, tuple[float, ...]]
    probability: tuple[float, ...]


def most_long_runs() -> int:
    """How many long runs one person may have under way."""
    return read_sliders().most_waiting


def runs_of_a_long_run() -> int:
    """How many runs a long run has."""
    return read_sliders().more_runs


def long_run_content(texts: Texts, given: Mapping[str, str], *, progress: Progress) -> bytes:
    """Make the runs and write them down.

    Args:
        texts: of the plan.
        given: positions of sliders, as an address has them.
        progress: is told how far it is.

    Raises:
        InputError: the plan cannot be read, or a slider cannot stand there.
    """
    plan = read_texts(texts)
    runs = read_sliders().more_runs
    moved = with_runs(moved_plan(plan, positions_of(plan, given)), runs)
    inputs = care_inputs(moved)
    found = _plausibility(care_model(inputs), progress=progress)
    pounds = float(plan.header.money.pounds)
    places = range(len(found.years))
    content = LongRun(
        runs=runs,
        seed=inputs.settings.seed,
        years=found.years,
        levels={name: tuple(found.quantile(place, level) / pounds for place in places) for name, level in BANDS},
        probability=tuple(found.probability(place) * HUNDRED for place in places),
    )
    return json.dumps(asdict(content)).encode()


def read_long_run(content: bytes) -> LongRun:
    """Read what was written down."""
    found = json.loads(content)
    return LongRun(
        runs=found["runs"],
        seed=found["seed"],
        years=tuple(found["years"]),
        levels={name: tuple(values) for name, values in found["levels"].items()},
        probability=tuple(found["probability"]),
    )


def with_long_run(found: MovedFigures, run: LongRun) -> MovedFigures:
    """The same figures, with what evidence allows as the long run says it."""
    told: dict[str, Figure] = {}
    for place, year in enumerate(run.years):
        values = {f"saving-{name}": rounded(levels[place]) for name, levels in run.levels.items()}
        values["claim-probability"] = rounded(run.probability[place]).quantize(TENTHS)
        for measure, value in values.items():
            figure = found.figures.get(f"demand.total.{year}.{measure}")
            if figure is not None:
                told[figure.id] = replace(figure, value=value)
    figures = Figures(told.get(figure.id, figure) for figure in found.figures.values())
    return replace(found, plan=with_runs(found.plan, run.runs), figures=figures)


def _plausibility(model: CareModel, *, progress: Progress) -> Plausibility:
    """As the plan's own, a block of runs after another, so that somebody who waits sees how far it is."""
    believed, settings = believed_model(model), model.inputs.settings
    draws = draw(believed.beliefs, seed=settings.seed, runs=settings.runs, latin=True)
    totals: list[FloatArray] = []
    for values in draws.blocks(read_sliders().runs_at_a_time):
        count = len(next(iter(values.values()), ()))
        runs = believed.run(Draws(draws.seed, count, draws.latin, values))
        totals.append(at_tariff(model, runs.values[:, :, 0, 0, :]))
        done = sum(len(each) for each in totals)
        progress(f"{done:,} of {settings.runs:,} runs")
    claimed = model.money.at_tariff.total.sum(axis=0)[1:]
    return Plausibility(model.inputs.years[1:], np.concatenate(totals)[:, 1:], claimed)
