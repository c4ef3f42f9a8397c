import numpy as np
import pytest

from placeplan.demand.activity import Activity, Attribution, Change
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError

AXES = Axes(
    points=("ae-attendances", "elective-admissions"),
    segments=("frail", "everyone-else"),
    areas=("Ashford", "Swale", "Thanet"),
    years=("2017-18", "2018-19"),
)


def test_the_shape_follows_the_axes() -> None:
    assert AXES.shape == (2, 2, 3, 2)


def test_lists_become_tuples() -> None:
    assert Axes(["a"], ["b"], ["c"], ["d"]).points == ("a",)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": ()}, "points: expected at least one point of delivery, found none"),
        ({"segments": ("frail", "frail")}, "segments: 'frail' stands here twice; expected each segment once"),
        ({"areas": ("Ashford", " ")}, "areas: ' ' is no identifier; expected a text that is not blank"),
        ({"years": ("2018-19", "2017-18")}, "years: '2017-18' stands after '2018-19'; expected them in order"),
        ({"years": ("2018-19", "2019")}, "years: '2018-19' and '2019' are written in two ways"),
        ({"years": "2017"}, "years: expected several identifiers, found the one text '2017'"),
    ],
)
def test_axes_that_cannot_be(change: dict[str, tuple[str, ...]], message: str) -> None:
    given = {"points": AXES.points, "segments": AXES.segments, "areas": AXES.areas, "years": AXES.years} | change
    with pytest.raises(DemandError, match=message):
        Axes(**given)


def test_all_problems_of_axes_are_said_at_once() -> None:
    with pytest.raises(DemandError) as raised:
        Axes((), ("a", "a"), ("b",), ("2019", "2018"))
    assert len(raised.value.messages) == 3


def test_an_unknown_identifier_is_named_with_those_that_are_known() -> None:
    with pytest.raises(DemandError, match=r"segment 'healthy' is not known; expected one of: frail, everyone-else"):
        AXES.position("segments", "healthy")
    assert AXES.positions("areas", ["Thanet", "Ashford"]) == (2, 0)
    with pytest.raises(DemandError) as raised:
        AXES.positions("areas", ["Dover", "Swale", "Medway"])
    assert len(raised.value.messages) == 2


def test_activity_is_a_read_only_copy() -> None:
    given = np.ones(AXES.shape)
    activity = Activity(AXES, given)
    given[0] = 5
    assert activity.values.sum() == 24
    with pytest.raises(ValueError, match="read-only"):
        activity.values[0] = 1


def test_activity_adds_up_what_is_not_named() -> None:
    activity = Activity(AXES, np.arange(24.0).reshape(AXES.shape))
    assert activity.total() == 276
    assert activity.total(point="elective-admissions", segment="frail", area="Swale", year="2018-19") == 15
    assert activity.total(area="Thanet", year="2017-18") == 4 + 10 + 16 + 22


def test_a_shape_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DemandError, match=r"expected 2 x 2 x 3 x 2 by its axes, found 2 x 2 x 3"):
        Activity(AXES, np.ones((2, 2, 3)))


def test_bad_cells_are_named() -> None:
    values = np.ones(AXES.shape)
    values[0, 1, 2, 0], values[1, 0, 0, 1] = np.nan, -3
    with pytest.raises(DemandError) as raised:
        Activity(AXES, values)
    missing, negative = raised.value.messages
    assert missing.startswith("activity: ae-attendances, everyone-else, Thanet, 2017-18: nan is missing or infinite")
    assert negative.startswith("activity: elective-admissions, frail, Ashford, 2018-19: -3 is below zero; expected")


def test_many_bad_cells_are_counted() -> None:
    with pytest.raises(DemandError, match="activity: 19 more cells: is below zero"):
        Activity(AXES, np.full(AXES.shape, -1.0))


def test_text_is_not_activity() -> None:
    with pytest.raises(DemandError, match="activity: expected numbers"):
        Activity(AXES, [["many"]])  # type: ignore[arg-type]


def test_what_is_left_to_the_total_is_the_interaction() -> None:
    found = Attribution.of([100.0, 50.0], {"size": [10.0, 5.0], "structure": [20.0, 0.0]}, total=[132.0, 55.0])
    assert found.interaction.tolist() == [2.0, 0.0]
    assert found.names == ("size", "structure")
    assert found.own("size").tolist() == [10.0, 5.0]
    assert found.summed().total == 187
    assert found.summed().discrepancy == 0


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(DemandError, match="the parts miss the total by 1; expected them to add up"):
        Attribution(np.array([1.0]), (Change("size", np.array([1.0])),), np.array([0.0]), np.array([3.0]))


def test_names_shapes_and_numbers_of_an_attribution_are_checked() -> None:
    one, two = np.array([1.0]), np.array([1.0, 2.0])
    with pytest.raises(DemandError) as raised:
        Attribution(one, (Change("size", two), Change("size", one)), np.array([np.nan]), one)
    assert (
        raised.value.messages
        == (
            "attribution: 'size' stands here twice; expected each change once",
            "attribution: 'interaction' has a missing or infinite number",
        )
        or len(raised.value.messages) == 3
    )
    with pytest.raises(DemandError, match="'size' has another shape than the total"):
        Attribution.of(one, {"size": two}, total=one)
    with pytest.raises(DemandError, match="'x' is not among the changes"):
        Attribution.of(one, {}, total=one).own("x")
