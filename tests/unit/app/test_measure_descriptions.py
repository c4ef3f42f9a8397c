"""A measure in words, and the list of measures."""

from datetime import date

import pytest

from placeplan.app.describing_measures import MeasureDescription, describe, list_measures
from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.measures import Measure
from placeplan.kernel.errors import InputError

every_measure = pytest.mark.parametrize("measure", read_measures().measures, ids=lambda measure: measure.id)


def _lines(described: MeasureDescription, heading: str) -> tuple[str, ...]:
    [lines] = [section.lines for section in described.sections if section.heading == heading]
    return lines


@every_measure
def test_every_section_of_every_measure_says_something(measure: Measure) -> None:
    described = describe(measure.id)
    assert [section.heading for section in described.sections] == [
        "What it is",
        "Standard by date",
        "Method",
        "Where it is published",
        "Who answers for it",
    ]
    for section in described.sections:
        assert section.lines
        assert all(line.endswith(".") and "{" not in line and ".." not in line for line in section.lines)


def test_measure_is_told_with_its_counts_formula_and_data_set() -> None:
    described = describe("AE-4-Hours")
    assert described.id == "ae-4-hours"
    assert "Denominator: All attendances in emergency departments of every type (column attendances)." in _lines(
        described, "What it is"
    )
    assert _lines(described, "Method")[0] == (
        "Proportion: numerator / denominator x 100; limits by Wilson's score method."
    )
    assert _lines(described, "Where it is published")[0].endswith("data set ae-monthly-trust of a data folder.")


def test_each_level_is_told_once_with_its_rounds() -> None:
    lines = _lines(describe("dementia-diagnosis"), "Standard by date")
    assert [line.split(",")[0] for line in lines] == ["At least 67%", "At least 66.7%"]
    assert lines[0].endswith("Rounds: 2016-17, 2017-19.")
    assert "(UNCONFIRMED)" in lines[1]


def test_level_of_each_organisation_is_told_with_its_change() -> None:
    lines = _lines(describe("rtt-18-weeks"), "Standard by date")
    assert any(line.startswith("At least 65% or a change of +7 from the baseline by 2027-03-31") for line in lines)
    assert any(line.startswith("No year worse than the one before.") for line in lines)


def test_measure_without_a_level_says_so() -> None:
    assert _lines(describe("EF1"), "Standard by date") == ("No level is printed. Asked for in 2014-15.",)
    assert _lines(describe("fft-positive"), "Standard by date") == ("No planning round sets a level.",)


def test_unconfirmed_definition_is_marked() -> None:
    described = describe("ED1")
    assert not described.confirmed
    assert any("(UNCONFIRMED)" in line for line in _lines(described, "Who answers for it"))


def test_overdue_review_is_marked_on_the_day_asked_about() -> None:
    due = read_measures()["EF26"].review.review_due
    late = describe("EF26", day=date(due.year + 1, due.month, due.day))
    assert late.overdue
    assert _lines(late, "Who answers for it")[-1].startswith("OVERDUE: the review is 36")
    for described in (describe("EF26"), describe("EF26", day=due)):
        assert not described.overdue
        assert not any("OVERDUE" in line for line in _lines(described, "Who answers for it"))


def test_unknown_measure_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(InputError, match=r"no measure 'ae-4-hour'.*Did you mean ae-4-hours"):
        describe("ae-4-hour")
    with pytest.raises(InputError) as refused:
        describe("zzzzzzzz")
    assert refused.value.problems[0].mend == "`placeplan indicators describe` lists them."


def test_code_that_the_source_skips_is_answered_with_the_reason() -> None:
    with pytest.raises(InputError, match=r"EF18 has no definition\. The plan goes from EF17 to EF19"):
        describe("ef18")


def test_list_holds_every_measure_with_codes_in_their_order() -> None:
    assert len(list_measures()) == len(read_measures().measures)
    codes = [line.id for line in list_measures("kpi-2014-primary-care")]
    assert codes[:4] == ["ED1", "ED2", "ED3", "ED5"]
    assert codes[-1] == "ED13"


def test_unknown_set_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"no set of measures 'covr'.*Did you mean cover"):
        list_measures("covr")
