"""A forecast in documented steps: what it makes of each form of input, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest

from placeplan.segments import forecasting
from placeplan.segments.forecast_flows import Rates, Spread
from placeplan.segments.forecast_stability import stable_population, stationary_shares
from placeplan.segments.forecasting import ORDER, Step, forecast_segments, whole_rows

WELL, ILL = 0, 1
START = [100.0, 50.0]
MOVES = [[0.9, 0.1], [0.2, 0.8]]
NOBODY = {"births": 0, "net_migration": 0, "deaths": 0}


def test_the_order_of_steps_is_the_documented_one(root: Path) -> None:
    words = [str(step) for step in ORDER]
    assert words == ["departures", "deaths", "transitions", "ageing", "births", "net migration"]
    told = [line for line in (forecasting.__doc__ or "").splitlines() if line[:2] in {f"{n}." for n in range(1, 7)}]
    page = (root / "docs/explanation/segment-forecast.md").read_text(encoding="utf-8")
    listed = [line for line in page.splitlines() if line[:2] in {f"{n}." for n in range(1, 7)}]
    for lines in (told, listed):
        assert [line[3:].lstrip("*").startswith(word) for line, word in zip(lines, words, strict=True)] == [True] * 6


def test_the_dead_do_not_move_and_the_newborn_move_a_year_later() -> None:
    found = forecast_segments(START, MOVES, births=[10, 0], net_migration=[0, 4], deaths=[0, 20], years=2)
    assert found.population[1].tolist() == pytest.approx([100 * 0.9 + 30 * 0.2 + 10, 100 * 0.1 + 30 * 0.8 + 4])
    assert found.population[1].tolist() == pytest.approx([106, 38])
    assert found.population[2].tolist() == pytest.approx([106 * 0.9 + 18 * 0.2 + 10, 106 * 0.1 + 18 * 0.8 + 4])


def test_rows_are_where_people_come_from() -> None:
    found = forecast_segments([100, 0], [[0, 1], [0, 1]], years=1, **NOBODY)
    assert found.population[1].tolist() == [0, 100]


def test_another_order_gives_another_answer() -> None:
    flows = {"births": [10, 0], "net_migration": 0, "deaths": [0, 20]}
    late = (Step.TRANSITIONS, Step.BIRTHS, Step.NET_MIGRATION, Step.DEATHS)
    found = forecast_segments(START, MOVES, years=1, order=late, **flows)
    assert found.population[1].tolist() == pytest.approx([90 + 10 + 10, 10 + 40 - 20])


def test_figures_of_each_year() -> None:
    found = forecast_segments(
        START, np.eye(2), births=[[1, 0], [2, 0]], net_migration=Spread([10, -10], [0.5, 0.5]), deaths=0, years=2
    )
    assert found.population.tolist() == [[100, 50], [106, 55], [103, 50]]


def test_transitions_of_each_year() -> None:
    found = forecast_segments(START, [np.eye(2).tolist(), [[0, 1], [0, 1]]], years=2, **NOBODY)
    assert found.population.tolist() == [[100, 50], [100, 50], [0, 150]]


def test_deaths_by_rate_follow_the_population() -> None:
    found = forecast_segments(START, np.eye(2), births=0, net_migration=0, deaths=Rates([0, 0.5]), years=2)
    assert found.population[:, ILL].tolist() == [50, 25, 12.5]
    assert found.entered[Step.DEATHS][:, ILL].tolist() == [25, 12.5]


def test_deaths_by_rate_are_scaled_to_a_total() -> None:
    deaths = Rates([0.01, 0.1], totals=[12, 6])
    found = forecast_segments(START, np.eye(2), births=0, net_migration=0, deaths=deaths, years=2)
    assert found.entered[Step.DEATHS].sum(axis=1).tolist() == pytest.approx([12, 6])
    assert found.entered[Step.DEATHS][0].tolist() == pytest.approx([2, 10])


def test_ageing_follows_transitions() -> None:
    young_ages = [[0.5, 0.5], [0, 1]]
    found = forecast_segments([80, 0], np.eye(2), ageing=young_ages, births=[7, 0], net_migration=0, deaths=0, years=1)
    assert found.population[1].tolist() == [47, 40]
    assert found.moved[Step.AGEING][0].tolist() == [-40, 40]


def test_nobody_is_set_to_zero_in_silence() -> None:
    with pytest.raises(ValueError, match=r"'ill' would have -10\.00 people in year 2 after deaths"):
        forecast_segments(
            [100, 50], np.eye(2), births=0, net_migration=0, deaths=[0, 30], years=3, states=["well", "ill"]
        )
    with pytest.raises(ValueError, match=r"'segment 1' would have -20\.00 people in year 1 after net migration"):
        forecast_segments(START, np.eye(2), births=0, net_migration=[-120, 0], deaths=0, years=1)


def test_everybody_may_leave() -> None:
    found = forecast_segments(START, np.eye(2), births=0, net_migration=0, deaths=[0.1 + 0.2, 50], years=1)
    assert found.population[1].tolist() == [99.7, 0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transitions": [[0.9, 0.2], [0.2, 0.8]]}, r"the row of 'segment 1' in year 1 adds up to 1\.100000, not 1"),
        ({"transitions": [[1.1, -0.1], [0, 1]]}, "from 'segment 1' to 'segment 2' in year 1 is below 0"),
        ({"transitions": np.eye(3)}, "transitions: expected 2 by 2, or 3 years of it; found 3 by 3"),
        ({"births": 100}, "births: 100 does not say in which segment; give shares too"),
        ({"births": [1, 2, 3]}, "births: expected 2 segments, or 3 years by 2 segments; found 3"),
        ({"births": [1, float("nan")]}, "births: a figure is missing or infinite"),
        ({"births": [[1, 2], [3]]}, "births: expected numbers in rows of one length"),
        ({"births": [-1, 2]}, "births: -1 of 'segment 1' in year 1 is below 0"),
        ({"deaths": [0, -2]}, "deaths: -2 of 'segment 2' in year 1 is below 0"),
        ({"deaths": Rates([0, 1.5])}, r"rates of deaths: 1\.5 of 'segment 2' in year 1 is above 1"),
        ({"deaths": Rates([0, -0.5])}, r"rates of deaths: -0\.5 of 'segment 2' in year 1 is below 0"),
        ({"deaths": Rates([0, 0], totals=5)}, r"deaths of year 1 cannot be scaled to 5\.0: the rates give nobody"),
        ({"net_migration": Spread([1, 2], [0.5, 0.5])}, "totals of net migration: expected one figure, or 3 years"),
        ({"initial": [[1, 2]]}, "initial population: expected one figure for each segment; found 2 axes"),
        ({"initial": [100, -1]}, "initial population: -1 of 'segment 2' is below 0"),
        ({"states": ["well"]}, "1 names of segments for an initial population of 2"),
        ({"states": ["well", "well"]}, "the segment 'well' stands here twice"),
        ({"years": 0}, "a forecast of 0 years: expected 1 or more"),
        ({"order": [Step.TRANSITIONS]}, "the order of steps leaves out deaths"),
        ({"order": [*ORDER, Step.BIRTHS]}, "the order of steps has a step twice"),
    ],
)
def test_what_cannot_be_forecast_is_refused(change: dict, words: str) -> None:
    given = {"initial": START, "transitions": MOVES, "births": 0, "net_migration": 0, "deaths": [0, 1], "years": 3}
    given |= change
    with pytest.raises(ValueError, match=words):
        forecast_segments(given.pop("initial"), given.pop("transitions"), **given)


def test_printed_shares_are_made_to_add_up() -> None:
    rows = whole_rows([[0.333, 0.333, 0.333], [0, 0.5, 0.5], [0, 0, 1]], within=0.005)
    assert rows.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    with pytest.raises(ValueError, match=r"a row adds up to 0\.900000, which rounding within 0\.005 does not explain"):
        whole_rows([[0.9, 0], [0, 1]], within=0.005)


def test_shares_at_rest() -> None:
    assert stationary_shares(MOVES).tolist() == pytest.approx([2 / 3, 1 / 3])


def test_people_who_never_mix_have_no_one_rest() -> None:
    with pytest.raises(ValueError, match="never mix"):
        stationary_shares(np.eye(2))


def test_a_growing_population_does_not_come_to_rest() -> None:
    with pytest.raises(ValueError, match=r"the population changes by \+5\.00 every year"):
        stable_population(START, MOVES, births=[5, 0], net_migration=0, deaths=0)
    with pytest.raises(ValueError, match="rates that are scaled to a total have no population at rest"):
        stable_population(START, MOVES, births=0, net_migration=0, deaths=Rates([0.1, 0.1], totals=3))
