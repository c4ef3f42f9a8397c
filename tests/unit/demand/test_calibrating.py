"""Effects that give a stated saving: put back into the model they save what was stated, to the digit."""

from dataclasses import replace

import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.calibrating import Calibrated, StatedYear, Weight, calibrated, fitted_cells
from placeplan.demand.combining import combine
from placeplan.demand.distributions import Fixed
from placeplan.demand.errors import DemandError
from placeplan.demand.fitting import Margin
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.ramps import Ramp

POINTS = ("non-elective-admissions", "non-elective-bed-days")
SEGMENTS = ("older", "others")
YEARS = ("2016-17", "2017-18", "2018-19")
BED_DAYS = {"non-elective-bed-days": "non-elective-admissions"}
PRICES = {"non-elective-admissions": 2000.0, "non-elective-bed-days": 300.0}
BASE = np.array([[3000.0, 6000.0], [30000.0, 24000.0]])
PATH = Activity(Axes(POINTS, SEGMENTS, ("place",), YEARS), BASE[:, :, np.newaxis, np.newaxis] * 1.02 ** np.arange(3))
WEIGHTS = tuple(
    Weight(intervention=name, point=point, kind=kind, segment=segment, reach=reach, evidence=evidence, stay_ratio=ratio)
    for name, point, kind, ratio, evidence in (
        ("rapid-response", POINTS[0], EffectKind.AVOIDED, 0.6, 0.10),
        ("teams", POINTS[0], EffectKind.AVOIDED, 0.9, 0.05),
        ("teams", POINTS[1], EffectKind.SHORTER_STAY, 1.0, 0.02),
        ("reablement", POINTS[1], EffectKind.SHORTER_STAY, 1.0, 0.09),
    )
    for segment, reach in (("older", 0.5), ("others", 0.3))
)


def _margins(names: tuple[str, ...], *totals: float | None) -> tuple[Margin, ...]:
    return tuple(Margin(name, (place,), total) for place, (name, total) in enumerate(zip(names, totals, strict=True)))


STATED = (
    StatedYear("2017-18", _margins(POINTS, 0.0, 400.0), _margins(SEGMENTS, None, None), 400.0),
    StatedYear("2018-19", _margins(POINTS, 700.0, 1500.0), _margins(SEGMENTS, 1300.0, 900.0), 2200.0),
)


def _cells(stated: tuple[StatedYear, ...] = STATED) -> np.ndarray:
    return fitted_cells(stated, PATH, weights=WEIGHTS, prices=PRICES, unit=1000)


def _found(cells: np.ndarray) -> tuple[Calibrated, ...]:
    return calibrated(cells, PATH, years=YEARS[1:], weights=WEIGHTS, prices=PRICES, unit=1000, bed_days=BED_DAYS)


def _interventions(found: tuple[Calibrated, ...]) -> list[Intervention]:
    names = dict.fromkeys(one.weight.intervention for one in found)
    return [
        Intervention(
            name,
            name,
            {one.weight.segment: one.weight.reach for one in found if one.weight.intervention == name},
            tuple(
                Effect(
                    one.weight.point,
                    Fixed(one.share),
                    one.weight.kind,
                    (one.weight.segment,),
                    one.weight.stay_ratio if one.weight.kind is EffectKind.AVOIDED else 1.0,
                    Ramp(one.maturity),
                )
                for one in found
                if one.weight.intervention == name
            ),
            Ramp((1.0,)),
            YEARS[1],
        )
        for name in names
    ]


def test_the_model_saves_what_was_stated() -> None:
    cells = _cells()
    saved = combine(PATH, _interventions(_found(cells)), bed_days=BED_DAYS).saved.total[:, :, 0, 1:]
    worth = saved * np.array([2.0, 0.3])[:, np.newaxis, np.newaxis]
    assert worth == pytest.approx(cells, abs=1e-9)
    assert worth.sum(axis=1)[:, 1] == pytest.approx([700, 1500], abs=1e-6)
    assert worth.sum(axis=0)[:, 1] == pytest.approx([1300, 900], abs=1e-6)
    assert worth.sum(axis=1)[:, 0] == pytest.approx([0, 400], abs=1e-6)


def test_effects_divide_a_cell_as_evidence_has_them() -> None:
    found = {(one.weight.intervention, one.weight.point, one.weight.segment): one for one in _found(_cells())}
    strong = found["rapid-response", POINTS[0], "older"]
    weak = found["teams", POINTS[0], "older"]
    left = [np.log(1 - one.share * one.weight.reach) for one in (strong, weak)]
    assert left[0] / left[1] == pytest.approx(0.10 / 0.05)


def test_no_effect_falls_and_the_last_year_is_maturity() -> None:
    for one in _found(_cells()):
        assert one.maturity[0] <= one.maturity[1] == 1.0


def test_a_statement_that_would_make_an_effect_fall_is_told_with_its_year() -> None:
    falling = StatedYear("2018-19", _margins(POINTS, 700.0, 395.0), _margins(SEGMENTS, None, None), 1095.0)
    with pytest.raises(DemandError, match="2018-19: non-elective-bed-days: 395 is stated, which is 13 less than"):
        _cells((STATED[0], falling))


def test_a_statement_beyond_those_who_are_reached_is_told() -> None:
    much = StatedYear("2018-19", _margins(POINTS, 5000.0, 0.0), _margins(SEGMENTS, 4500.0, 500.0), 5000.0)
    with pytest.raises(
        DemandError, match="rapid-response on non-elective-admissions in older: the stated saving asks for"
    ):
        _found(np.dstack([np.zeros((2, 2)), _cells((much,))[..., 0]]))


def test_an_effect_without_evidence_takes_nothing() -> None:
    weights = tuple(replace(one, evidence=0.0) if one.intervention == "teams" else one for one in WEIGHTS)
    cells = fitted_cells(STATED, PATH, weights=weights, prices=PRICES, unit=1000)
    found = calibrated(cells, PATH, years=YEARS[1:], weights=weights, prices=PRICES, unit=1000, bed_days=BED_DAYS)
    assert len(found) == len(weights)
    assert {one.share for one in found if one.weight.intervention == "teams"} == {0.0}
