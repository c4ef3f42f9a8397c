"""What each kind of picture says and shows, and what it does where there is little or nothing to draw."""

import pytest
from tests.unit.indicators.practice_results import results_of as practice_results_of
from tests.unit.indicators.series_examples import results_of
from tests.unit.reports.pictures.examples import (
    area_map,
    areas,
    caterpillar,
    control_chart,
    delivery,
    funnel,
    heat_map,
    slope,
    squares,
    trajectory,
)

from placeplan.indicators.variation.unit_funnels import unit_funnel
from placeplan.reports.pictures.caterpillar import Comparator, caterpillar_picture
from placeplan.reports.pictures.funnel import funnel_picture
from placeplan.reports.pictures.heat_map import heat_map_picture
from placeplan.reports.pictures.map import map_picture
from placeplan.reports.pictures.picture import safe_name
from placeplan.reports.pictures.projecting import projected
from placeplan.reports.pictures.trajectory import trajectory_picture

STEADY = [80.0, 82, 79, 81, 80, 83, 78, 80, 81, 79, 80, 82]


def test_control_chart_says_value_verdicts_mean_and_limits() -> None:
    picture = control_chart()
    assert "the latest value is 78.0% (Jul 2014); special cause, concern, low, since" in picture.says
    assert "Against the target of 95.0%: consistently falls short of the target." in picture.says
    assert [icon.letter for icon in picture.icons] == ["L", "F"]
    assert "Limits begin afresh on 2013-12-01: a new way of counting" in picture.note
    assert "1 Dec 2013: a new way" in picture.svg()


def test_control_chart_of_common_cause_has_no_colour_but_grey() -> None:
    picture = control_chart(values=STEADY[:8])
    assert "common cause variation" in picture.says
    assert [mark.words for mark in picture.key][:2] == ["Common cause", "Mean"]


def test_provisional_points_are_marked_and_hollow() -> None:
    picture = control_chart(values=STEADY[:8], status="provisional")
    assert picture.marks[0] == "8 of 8 points provisional"
    assert "Provisional" in [mark.words for mark in picture.key]


@pytest.mark.parametrize("values", [[80.0], [80.0, 80.0, 80.0], [80.0, None, 81.0]])
def test_short_and_level_series_are_drawn(values: list[float | None]) -> None:
    picture = control_chart(values=values)
    assert "the latest value is 8" in picture.says
    assert "nan" not in picture.svg().lower()


def test_series_without_a_value_is_a_message() -> None:
    picture = control_chart(values=[None, None])
    assert picture.says == "There is nothing to draw: No period has a value, so there is nothing to chart."
    assert "nothing to chart" in picture.svg()
    assert picture.data.height == 2


def test_caterpillar_counts_who_differs() -> None:
    picture = caterpillar()
    assert "3 areas range from 70.0% (Weald 0) to 90.5% (Weald 2)." in picture.says
    assert "1 is worse (Weald 0), 1 is similar, 1 is better (Weald 2)." in picture.says
    assert "1 of 4 areas has no value: an input is missing." in picture.note
    assert picture.data["comparison"].to_list() == [
        "worse than England",
        "similar to England",
        "better than England",
        None,
    ]


def test_caterpillar_of_many_units_names_only_the_chosen() -> None:
    results = results_of(areas([50 + place / 10 for place in range(250)]))
    picture = caterpillar_picture(results, comparator=Comparator("England", 60), highlight=["X7"])
    drawn = picture.svg()
    assert "Weald 7 50.7%" in drawn
    assert "Weald 8" not in drawn
    assert "250 areas range" in picture.says


@pytest.mark.parametrize("values", [[80.0], [80.0, 80.0, 80.0]])
def test_caterpillar_of_one_or_of_equal_values_is_drawn(values: list[float]) -> None:
    assert "80.0%" in caterpillar(values=values).says


def test_caterpillar_without_values_is_a_message() -> None:
    assert "2 of 2 areas have no value: an input is missing." in caterpillar(values=[None, None]).says


def test_funnel_names_those_outside() -> None:
    picture = funnel()
    assert "Of 6 units, 1 lies within" in picture.says or "lie within the 95% limits" in picture.says
    assert "below the 99.8% limits (Practice Weald E 37.5%" in picture.says
    assert "1 of 7 units has no value: an input is missing." in picture.note
    assert "Unconfirmed definition" in picture.marks
    assert "Practice Weald E" in picture.svg()


def test_funnel_labels_the_chosen_and_uses_a_log_scale_for_unequal_sizes() -> None:
    rows = [("A", 60, 100), ("B", 16_000, 20_000), ("C", 8_000, 10_000)]
    picture = funnel_picture(unit_funnel(practice_results_of(rows)), highlight=["C"])
    assert "logarithmic scale" in picture.svg()
    assert "Practice C" in picture.svg()


def test_trajectory_says_both_tests_and_the_forecast() -> None:
    picture = trajectory()
    assert picture.says.startswith("The latest value is 85.0% (Jan 2014).")
    assert "the trajectory is missed, for" in picture.says
    assert "The standard of 95.0% is missed by 10 percentage points." in picture.says
    assert "The forecast for Jul 2014 is 84.0%, between 80.2% and 87.8%." in picture.says
    assert "Unconfirmed standard" in picture.marks
    assert "1 of 10 periods has no value: not sent." in picture.note
    assert len({(mark.shape, mark.colour) for mark in picture.key}) == 4


def test_plan_without_a_value_yet_is_drawn() -> None:
    picture = trajectory_picture(delivery(actual=()))
    assert picture.says.startswith("There is no observed value yet; 16 planned values")
    assert "Planned" in picture.svg()


def test_nothing_planned_and_nothing_seen_is_a_message() -> None:
    assert "Nothing was planned" in trajectory_picture(delivery(actual=(), planned=())).says


def test_heat_map_says_its_ends_and_hatches_what_is_not_known() -> None:
    picture = heat_map()
    assert picture.says == "The highest value is 100.0% (Weald B, Weald 0). The lowest is 0.0% (Weald A, Weald 0)."
    assert "1 of 12 cells has no value." in picture.note
    assert "<pattern" in picture.svg()


def test_heat_map_of_another_shape_than_its_names_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 1 rows of 2 values"):
        heat_map_picture("x", [[1.0]], rows=["a"], columns=["b", "c"], title="", subtitle="", unit="", note="")


@pytest.mark.parametrize("values", [[[None]], [[]]])
def test_heat_map_without_values_is_a_message(values: list[list[float | None]]) -> None:
    names = ["b"] * len(values[0])
    picture = heat_map_picture("x", values, rows=["a"], columns=names, title="T", subtitle="", unit="", note="")
    assert "No cell has a value." in picture.says


def test_slope_says_both_indices_with_limits() -> None:
    picture = slope()
    assert "Weald 1 has 70 years and Weald 5 78 years." in picture.says
    assert "from 69 years at the most deprived end to 79" in picture.says
    assert "the slope index is 10.0 years (95% interval 9." in picture.says
    assert "The relative index is 1.14 (1.1" in picture.says


def test_slope_without_an_index_says_why() -> None:
    picture = slope(values=[70.0, None, 74, 76, 78])
    assert "There is no slope index: an input is missing." in picture.says
    assert "1 of 5 groups has no value." in picture.note
    assert "Fitted" not in picture.svg()


def test_slope_without_values_is_a_message() -> None:
    assert "None of the 5 groups has a value." in slope(values=[None] * 5).says


def test_map_says_its_ends_and_what_is_missing() -> None:
    picture = area_map()
    assert "3 areas: the highest is Weald 2 (3.5%), the lowest Weald 0 (1.2%)" in picture.says
    assert "1 of 4 areas (Weald 3) has no value: not sent by Weald." in picture.note
    assert picture.note.endswith("Boundaries of nowhere, Weald.")
    assert "No value" in [mark.words for mark in picture.key]
    assert "Weald 0" in picture.svg()


def test_map_must_say_whose_boundaries_it_shows() -> None:
    with pytest.raises(ValueError, match="attribution: a map must say whose boundaries it shows"):
        area_map(attribution=" ")


def test_map_says_which_properties_there_are() -> None:
    with pytest.raises(ValueError, match="no feature of the boundaries has the property 'nhs'; they have code, name"):
        area_map(code="nhs")


def test_value_without_boundaries_is_told() -> None:
    picture = area_map(values={"X0": 1.0, "elsewhere": 2.0})
    assert "1 value for areas without boundaries cannot be shown." in picture.note
    assert picture.says == "Only Weald 0 has a value: 1.0%."


def test_map_without_values_is_a_message() -> None:
    assert "No area has a value." in area_map(values={}).says


def test_outlines_that_cannot_be_drawn_are_told() -> None:
    boundaries = squares(count=2)
    boundaries["features"][1]["geometry"] = None
    picture = map_picture(
        boundaries,
        {"X0": 1.0},
        identifier="m",
        title="T",
        subtitle="",
        unit="",
        attribution="Nobody",
        code="code",
        name="name",
    )
    assert "1 outline could not be drawn." in picture.note


def test_projection_is_that_of_the_national_grid_but_for_the_shape_of_the_earth() -> None:
    # Ordnance Survey, A guide to coordinate systems in Great Britain, annexe C: 52 39 27.2531 N, 1 43 4.5177 E is
    # easting 651,409.903 and northing 313,177.270; the true origin at 49 N, 2 W is 400,000 and -100,000.
    x, y = projected(1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600)
    _, origin = projected(-2, 49)
    assert x * 6_371_000 == pytest.approx(251_409.903, rel=0.005)
    assert (y - origin) * 6_371_000 == pytest.approx(413_177.270, rel=0.005)


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("ae-4-hours-xmr-RVV", "ae-4-hours-xmr-rvv"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ŵ", "picture"),
        ("", "picture"),
    ],
)
def test_file_names_are_safe(identifier: str, name: str) -> None:
    assert safe_name(identifier) == name
