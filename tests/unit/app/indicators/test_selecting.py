"""Choosing rows: areas by code or name, periods, categories; what is not there is said with what is."""

from datetime import date

import polars as pl
import pytest

from placeplan.app.indicators.selecting import EVERY_CATEGORY, Selection, selected
from placeplan.indicators.observed.observations import Observations, observations_from
from placeplan.kernel.errors import InputError


def some_observations() -> Observations:
    rows = [
        ("E06000023", "Bristol, City of", "2021-04", ""),
        ("E06000023", "Bristol, City of", "2021-05", ""),
        ("E10000016", "Kent", "2021-04", ""),
        ("E10000016", "Kent", "2021-04", "housing"),
    ]
    frame = pl.DataFrame(rows, schema=["area", "area_name", "period", "category"], orient="row")
    days = pl.concat_str("period", pl.lit("-01")).str.to_date()
    return observations_from(
        frame.with_columns(
            days.alias("starts"), days.dt.month_end().alias("ends"), measure=pl.lit("m"), numerator=pl.lit(1.0)
        )
    )


def areas_of(selection: Selection) -> list[tuple[str, str, str]]:
    kept = selected(some_observations(), selection, file="delays.csv")
    return kept.frame.select("area", "period", "category").rows()


def test_the_rows_about_everything_are_kept_unless_a_category_is_asked_for() -> None:
    assert areas_of(Selection()) == [
        ("E06000023", "2021-04", ""),
        ("E06000023", "2021-05", ""),
        ("E10000016", "2021-04", ""),
    ]
    assert areas_of(Selection(category="housing")) == [("E10000016", "2021-04", "housing")]
    assert len(areas_of(Selection(category=EVERY_CATEGORY))) == 4


def test_an_area_is_named_by_its_code_or_its_name_and_several_with_commas() -> None:
    assert len(areas_of(Selection(areas=("Kent",)))) == 1
    assert len(areas_of(Selection(areas=("E10000016, E06000023",)))) == 3
    assert len(areas_of(Selection(areas=("Bristol, City of",)))) == 2


def test_periods_are_kept_by_their_days() -> None:
    assert areas_of(Selection(since=date(2021, 5, 1))) == [("E06000023", "2021-05", "")]
    assert len(areas_of(Selection(until=date(2021, 4, 30)))) == 2


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(areas=("Kentt",)), "no row is about the area 'Kentt'. Expected Kent"),
        (Selection(period="2021-06"), "no row is about the period '2021-06'"),
        (Selection(category="hosing"), "no row is about the category 'hosing'. Expected housing"),
        (Selection(since=date(2022, 1, 1)), "no row is left after the selection"),
    ],
)
def test_what_is_not_in_the_file_is_said_with_what_is(selection: Selection, words: str) -> None:
    with pytest.raises(InputError, match=r"delays\.csv") as told:
        areas_of(selection)
    assert words in str(told.value)
