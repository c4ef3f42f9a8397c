import numpy as np
import pytest

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.alternatives import Alternatives, Choice
from placeplan.demand.axes import Axes
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.draws import draw
from placeplan.demand.errors import DemandError
from placeplan.demand.running import model_of
from placeplan.rounds.governance import Confidence

YEARS = ("2023", "2024")
BASE = Activity(Axes(("ae-attendances",), ("everyone",), ("Dover", "Swale"), YEARS[:1]), np.full((1, 1, 2, 1), 100.0))


def tables(*later: float) -> np.ndarray:
    return np.array([[1.0, one] for one in later]).reshape(len(later), 1, 1, 1, 2)


THREE = Alternatives("variants", ("low", "principal", "high"), tables(0.9, 1.0, 1.2), Choice((0.25, 0.5, 0.25)))


def test_a_share_of_outcomes_is_the_place_of_a_table() -> None:
    assert THREE.belief.quantile([0, 0.25, 0.26, 0.75, 0.76, 1]).tolist() == [0, 0, 1, 1, 2, 2]
    assert THREE.belief.mean == pytest.approx(1.0)
    assert THREE.belief.variance == pytest.approx(0.5)
    assert Choice.equal(4).probabilities == (0.25,) * 4
    assert Choice.equal(1).is_fixed


def test_the_expectation_is_the_mean_of_the_tables_by_probability() -> None:
    np.testing.assert_allclose(THREE.expected().ravel(), [1, 0.25 * 0.9 + 0.5 + 0.25 * 1.2])
    assert THREE.at(2.0).ravel().tolist() == [1, 1.2]
    assert THREE.at([0.0, 1.0]).shape == (2, 1, 1, 1, 2)
    assert THREE.acts.ravel().tolist() == [False, True]


def test_runs_have_each_table_as_often_as_it_is_likely() -> None:
    adjustment = Adjustment("variants", "Variants", (THREE,), "a test", Confidence.UNCONFIRMED)
    model = model_of(BASE, [adjustment], years=YEARS)
    runs = model.run(draw(model.beliefs, seed=1, runs=400, latin=True))
    later = runs.figure(year="2024")
    assert [int(np.isclose(later, value).sum()) for value in (180, 200, 240)] == [100, 200, 100]
    expected = do_nothing(BASE, [adjustment], years=YEARS).path.total(year="2024")
    assert later.mean() == pytest.approx(expected)
    assert model.expected()[0, 0, 0, 1] == pytest.approx(expected)


def test_one_table_that_differs_by_area_is_run_cell_by_cell() -> None:
    by_area = np.ones((2, 1, 1, 2, 2))
    by_area[1, 0, 0, :, 1] = [1.5, 0.5]
    factor = Alternatives("variants", ("a", "b"), by_area, Choice.equal(2))
    adjustment = Adjustment("variants", "Variants", (factor,), "a test", Confidence.UNCONFIRMED)
    model = model_of(BASE, [adjustment], years=YEARS, keep=("areas", "years"))
    runs = model.run(draw(model.beliefs, seed=1, runs=50), block=7)
    assert {tuple(row) for row in runs.values[:, 0, 0, :, 1].tolist()} == {(100.0, 100.0), (150.0, 50.0)}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Choice(()), "choice: expected at least one probability, found none"),
        (lambda: Choice.equal(0), "choice: expected at least one probability, found none"),
        (lambda: Choice((0.5, 0.6)), "choice: the probabilities add up to 1.1; expected 1"),
        (lambda: Choice((1.5, -0.5)), "expected each between 0 and 1"),
        (lambda: Alternatives("v", ("a",), tables(1, 2), Choice((1.0,))), "2 tables, 1 names, 1 probabilities"),
        (lambda: Alternatives("v", ("a",), np.ones((1, 2)), Choice((1.0,))), "found 2 axes"),
        (lambda: Alternatives("v", ("a",), tables(-1), Choice((1.0,))), "-1 is below 0; expected 0 or more"),
        (lambda: Alternatives("v", ("a",), tables(float("nan")), Choice((1.0,))), "a number is missing"),
    ],
)
def test_alternatives_that_cannot_be(make: object, message: str) -> None:
    with pytest.raises(DemandError, match=message):
        make()  # type: ignore[operator]
