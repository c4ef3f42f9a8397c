"""People on named axes: what cannot be made, and what is found by name."""

import numpy as np
import pytest
from tests.unit.population.people_examples import table_of

from placeplan.population.errors import PopulationError


def test_the_shape_follows_the_axes_and_numbers_stay() -> None:
    table = table_of()
    assert table.shape == (2, 2, 4, 3)
    with pytest.raises(ValueError, match="read-only"):
        table.people[0, 0, 0, 0] = 9


def test_what_was_given_may_change_without_changing_the_table() -> None:
    given = np.ones((2, 2, 4, 3))
    table = table_of(given)
    given[:] = 7
    assert table.total() == 48


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"areas": ("E1", "E1")}, "areas: 'E1' stands here twice; expected each once"),
        ({"areas": ("E1", " ")}, "areas: ' ' is no identifier"),
        ({"sexes": ("f", "x")}, "sexes: found f, x; expected f and m, or persons alone"),
        ({"sexes": ("f", "persons")}, "sexes: found f, persons; expected f and m, or persons alone"),
        ({"ages": (0, 16, 16, 85)}, "ages: 16 stands here twice; expected each age once"),
        ({"ages": (0, 65, 16, 85)}, "ages: 16 stands after 65; expected rising ages"),
        ({"ages": (0, 16.5, 65, 85)}, "ages: 16.5 is no lower bound of ages"),
        ({"ages": (0, 16, 65, 200)}, "ages: 200 is no lower bound of ages; expected a whole number from 0 to 120"),
        ({"years": (2015, 2017, 2016)}, "years: 2016 stands after 2017; expected rising years, each once"),
        ({"years": (2015, 2015, 2016)}, "years: 2015 stands after 2015"),
        ({"years": ("2015", "2016", "2017")}, "years: '2015' is no calendar year"),
        ({"years": (True, 2016, 2017)}, "years: True is no calendar year"),
    ],
)
def test_axes_that_cannot_be(change: dict[str, object], message: str) -> None:
    with pytest.raises(PopulationError, match=message.replace("(", r"\(")):
        table_of(np.ones((2, 2, 4, 3)), **change)


@pytest.mark.parametrize("axis", ["areas", "sexes", "ages", "years"])
def test_an_empty_axis_is_refused(axis: str) -> None:
    with pytest.raises(PopulationError, match=f"{axis}: expected at least one"):
        table_of(np.ones((2, 2, 4, 3)), **{axis: ()})


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(PopulationError) as caught:
        table_of(np.ones((2, 2, 4, 3)), areas=("E1", "E1"), ages=(0, 0, 16, 85), years=(2015, 2014, 2016))
    assert len(caught.value.messages) == 3


@pytest.mark.parametrize(
    ("number", "words"),
    [(-1.0, "is below 0"), (np.nan, "is missing or infinite"), (np.inf, "is missing or infinite")],
)
def test_a_number_that_cannot_be_is_named_by_its_cell(number: float, words: str) -> None:
    people = np.ones((2, 2, 4, 3))
    people[1, 0, 3, 2] = number
    with pytest.raises(PopulationError, match=rf"people: Marsh, f, 85\+, 2017: \S+ {words}"):
        table_of(people)


def test_of_many_bad_cells_the_rest_is_counted() -> None:
    with pytest.raises(PopulationError, match="people: 43 more cells: a number is below 0"):
        table_of(-np.ones((2, 2, 4, 3)))


def test_a_shape_that_does_not_fit_is_told_with_both_shapes() -> None:
    with pytest.raises(PopulationError, match="areas x sexes x ages x years, here 2 x 2 x 4 x 3, found 2 x 2 x 4"):
        table_of(np.ones((2, 2, 4)))


def test_text_is_no_number() -> None:
    with pytest.raises(PopulationError, match="people: expected numbers"):
        table_of([["many"]])


def test_parts_are_found_by_name_in_the_order_asked_for() -> None:
    table = table_of()
    part = table.select(areas=["E2"], sexes=["m", "f"], years=[2017, *()])
    assert (part.areas, part.sexes, part.years) == (("E2",), ("m", "f"), (2017,))
    assert part.total(sex="m") == table.total(area="E2", sex="m", year=2017)


def test_everything_unknown_is_named() -> None:
    with pytest.raises(PopulationError) as caught:
        table_of().select(areas=["E9"], sexes=["persons"], years=[1999])
    assert [message.split(":")[0] for message in caught.value.messages] == ["areas", "sexes", "years"]


def test_totals_are_sums_over_what_is_not_named() -> None:
    table = table_of()
    assert table.total() == sum(range(1, 49))
    assert table.total(area="E1", band="85+") == table.people[0, :, 3].sum()
    with pytest.raises(PopulationError, match="bands: '90\\+' is not in this table; expected some of: 0-15, 16-64"):
        table.total(band="90+")


def test_women_and_men_together_are_persons() -> None:
    together = table_of().persons()
    assert together.sexes == ("persons",)
    assert together.persons() is together
    assert together.total() == table_of().total()


def test_an_area_is_found_by_code_or_name() -> None:
    table = table_of()
    assert table.area_called("e2") == table.area_called("marsh") == "E2"
    with pytest.raises(PopulationError, match="area: 'Wold' is not known; expected one of: Weald, Marsh"):
        table.area_called("Wold")
    twins = table_of(area_names={"E1": "Weald", "E2": "Weald"})
    with pytest.raises(PopulationError, match="'Weald' is the name of 2 areas"):
        twins.area_called("Weald")


def test_equal_tables_are_equal() -> None:
    assert table_of() == table_of()
    assert table_of() != table_of(variant="High migration")
    assert table_of() != "a table"
