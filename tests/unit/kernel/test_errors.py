"""What is wrong with an input is said with its place, in order, all at once."""

import pytest

from placeplan.kernel.errors import InputError, Location, Place, Problem


@pytest.mark.parametrize(
    ("location", "printed"),
    [
        (Location("plan.yaml"), "plan.yaml"),
        (Location("plan.yaml", 3), "plan.yaml:3"),
        (Location("plan.yaml", 3, "years", 8), "plan.yaml:3:8 (years)"),
        (Location("plan.yaml", field="years"), "plan.yaml (years)"),
    ],
)
def test_a_place(location: Location, printed: str) -> None:
    assert str(location) == printed


def test_a_cell_of_a_row() -> None:
    row = Place("finance/lines.csv", 4, ("service", "line"))
    assert row.at("line") == Location("finance/lines.csv", 4, "line", 2)
    assert row.at("2014-15") == Location("finance/lines.csv", 4, "2014-15", 0)


def test_a_problem_says_what_was_expected_and_how_to_mend_it() -> None:
    problem = Problem(Location("a.csv", 2), "'x' cannot be read.", "a number", "Correct it.")
    assert str(problem) == "a.csv:2: 'x' cannot be read. Expected a number. Correct it."


def test_problems_are_told_in_the_order_of_the_files() -> None:
    later, sooner = Problem(Location("b.csv", 1), "second"), Problem(Location("a.csv", 9), "first")
    assert [problem.message for problem in InputError([later, sooner]).problems] == ["first", "second"]
    with pytest.raises(ValueError, match="at least one problem"):
        InputError([])
