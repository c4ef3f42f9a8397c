from dataclasses import replace

import numpy as np
import pytest
from tests.unit.reports.pictures.demand_examples import FAN, GROWTH, SWINGS, fan, tornado, waterfall

from placeplan.demand.activity import Attribution
from placeplan.demand.tornado import Swing, Tornado
from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture
from placeplan.reports.pictures.tornado import tornado_picture
from placeplan.reports.pictures.waterfall import waterfall_picture

WORDS = {"title": "t", "subtitle": "s", "unit": "admissions"}


def test_the_steps_of_a_waterfall_join_and_end_in_the_total() -> None:
    steps = waterfall().data
    assert steps["step"].to_list()[-2:] == ["Together, beyond each alone", "2033"]
    moving = steps.slice(1, steps.height - 2)
    assert moving["from"].to_list()[1:] == moving["to"].to_list()[:-1]
    assert moving["from"][0] == 1000
    assert moving["to"][-1] == 1048
    assert moving["change"].sum() == pytest.approx(48)


def test_a_waterfall_says_the_two_largest_changes_and_the_interaction() -> None:
    picture = waterfall("More people")
    assert "From 1,000 (2023 More people) to 1,048 (2033), admissions." in picture.says
    assert "More people (+60) and health More people (−15)" in picture.says
    assert "together they do +3 admissions beyond that" in picture.note


def test_a_waterfall_says_when_its_scale_leaves_zero_out() -> None:
    assert "the scale does not start at zero" in waterfall().note
    near_zero = Attribution.of(100.0, {"a": -60.0}, total=40.0)
    whole = waterfall_picture("w", near_zero, names={}, ends=("before", "after"), **WORDS)
    assert "does not start at zero" not in whole.note


def test_a_waterfall_of_nothing_is_a_message() -> None:
    still = waterfall_picture("w", Attribution.of(5.0, {}, total=5.0), names={}, ends=("a", "b"), **WORDS)
    assert "Nothing changes it." in still.says


def test_waterfalls_that_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="found an attribution of shape"):
        waterfall_picture("w", Attribution.of([1.0], {}, total=[1.0]), names={}, ends=("a", "b"), **WORDS)
    many = Attribution.of(0.0, {str(number): 1.0 for number in range(31)}, total=31.0)
    with pytest.raises(ValueError, match="a waterfall of 31 changes cannot be read"):
        waterfall_picture("w", many, names={}, ends=("a", "b"), **WORDS)


def test_a_tornado_says_its_widest_swing_and_its_method() -> None:
    picture = tornado("Growth")
    assert "Growth swings it most of 2 uncertain factors, from 990 to 1,100, 80% of the variance." in picture.says
    assert picture.data["figure_low"].to_list() == [990, 1060]
    assert "at its 10% and 90% quantile in turn" in picture.note
    assert "rank regression" not in picture.note
    told = tornado_picture("t", replace(SWINGS, explained=0.97), names={}, **WORDS)
    assert "rank regression, which explains 97% of it" in told.note


def test_a_tornado_of_many_factors_tells_what_it_leaves_out() -> None:
    swings = tuple(Swing(f"f{number}", (0, 1), (0.0, 50.0 - number)) for number in range(25))
    picture = tornado_picture("t", Tornado(10.0, (0.1, 0.9), swings), names={}, **WORDS)
    assert "5 narrower swings in the table." in picture.note
    assert picture.data.height == 25


def test_a_tornado_of_nothing_is_a_message() -> None:
    assert "Nothing is uncertain" in tornado_picture("t", Tornado(1.0, (0.1, 0.9), ()), names={}, **WORDS).says


def test_a_fan_says_where_it_ends() -> None:
    picture = fan()
    assert "1,000 admissions in 2023, 1,048 admissions expected in 2025 (+4.8%)" in picture.says
    assert "90% of the runs end between 990 and 1,100." in picture.says
    assert picture.data["year"].to_list() == ["2020", "2023", "2024", "2025"]
    assert picture.data["expected"].to_list() == [None, 1000, 1020, 1048]


def test_a_year_without_a_figure_keeps_its_place() -> None:
    layers = fan().spec["layer"]
    places = [row["at"] for layer in layers for row in layer["data"]["values"] if set(row) == {"at", "value"}]
    assert min(places) == 2020
    assert np.ptp(places) == 5


def test_years_in_other_words_stand_one_after_another() -> None:
    picture = fan_picture("f", Fan(("base", "later"), (1.0, 2.0), ()), **WORDS)
    assert picture.says == "1 admissions in base, 2 admissions expected in later (+100.0%)."


def test_fans_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="as many numbers in every line and band"):
        Fan(("2023",), (1.0, 2.0), ())
    with pytest.raises(ValueError, match="the widest first"):
        Fan(("2023",), (1.0,), (FanBand(0.5, (1,), (1,)), FanBand(0.9, (1,), (1,))))
    with pytest.raises(ValueError, match="expected 3 at most"):
        replace(FAN, bands=(FAN.bands[0],) * 4)
    assert "no year" in fan_picture("f", Fan((), (), ()), **WORDS).says


def test_the_attribution_of_the_example_closes() -> None:
    assert GROWTH.discrepancy == 0
