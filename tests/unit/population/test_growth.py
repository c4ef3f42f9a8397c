"""Growth compounds; a printed total is checked for it. Lists against residents; new lists."""

from decimal import Decimal

import numpy as np
import pytest
from tests.unit.population.people_examples import table_of

from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.population.errors import PopulationError
from placeplan.population.growth import (
    Compounding,
    average_growth,
    check_compounding,
    compounded,
    yearly_growth,
)
from placeplan.population.new_lists import new_list
from placeplan.population.registered import RegisteredPeople


def rates(*texts: str) -> list[PrintedNumber]:
    return [read for text in texts if (read := parse_printed(text))]


def test_two_years_of_ten_per_cent_are_twenty_one() -> None:
    assert compounded([0.1, 0.1]) == pytest.approx(0.21)
    assert average_growth(100, 121, years=2) == pytest.approx(0.1)


def test_growth_over_a_gap_is_growth_a_year() -> None:
    found = yearly_growth([[100, 121, 133.1]], years=[2015, 2017, 2018])
    assert found == pytest.approx(np.array([[0.1, 0.1]]))


@pytest.mark.parametrize(
    ("people", "years", "message"),
    [
        ([1, 2], [2016, 2015], "rising years"),
        ([1, 2], [2015, 2016, 2017], "rising years"),
        ([0, 2], [2015, 2016], "nobody is there at first"),
        ([1, -2], [2015, 2016], "below 0"),
        ([1, np.nan], [2015, 2016], "missing"),
        (["a", 2], [2015, 2016], "expected numbers"),
    ],
)
def test_growth_that_cannot_be(people: list[object], years: list[int], message: str) -> None:
    with pytest.raises(PopulationError, match=message):
        yearly_growth(people, years=years)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [[0.1, np.nan], [-1.5, 0.1]])
def test_rates_that_cannot_be(wrong: list[float]) -> None:
    with pytest.raises(PopulationError, match="expected shares of -1 or more"):
        compounded(wrong)


def test_average_growth_needs_time_and_people() -> None:
    with pytest.raises(PopulationError, match="expected numbers above 0"):
        average_growth(0, 5, years=2)


@pytest.mark.parametrize(
    ("yearly", "stated", "verdict"),
    [
        (("10.0%", "10.0%"), "21.0%", Compounding.COMPOUNDED),
        (("10.0%", "10.0%"), "20.0%", Compounding.SUMMED),
        (("1%", "1%"), "2%", Compounding.EITHER),
        (("1.0%", "1.0%"), "5.0%", Compounding.NEITHER),
        (("-10.0%", "-10.0%"), "-19.0%", Compounding.COMPOUNDED),
        (("-10.0%", "-10.0%"), "-20.0%", Compounding.SUMMED),
    ],
)
def test_how_a_printed_total_was_made(yearly: tuple[str, ...], stated: str, verdict: Compounding) -> None:
    total = rates(stated)[0]
    found = check_compounding(rates(*yearly), total, name="people")
    assert found.verdict is verdict
    assert str(found).startswith("people: ")
    assert found.wrong is (verdict in (Compounding.SUMMED, Compounding.NEITHER))


def test_rates_that_were_added_up_are_told_with_both_totals() -> None:
    found = check_compounding(rates("10.0%", "10.0%"), rates("20.0%")[0])
    assert (found.compounded, found.summed) == (Decimal(21), Decimal(20))
    assert "they were added where they compound" in str(found)


@pytest.mark.parametrize("yearly", [(), ("-150%",)])
def test_rates_as_printed_have_to_be_there_and_possible(yearly: tuple[str, ...]) -> None:
    with pytest.raises(PopulationError):
        check_compounding(rates(*yearly), rates("1%")[0])


def test_inflation_is_registered_less_resident_and_costs_by_list() -> None:
    lists = RegisteredPeople(("West Kent", "Rest"), np.array([484_460.0, 915_540]), np.array([478_654.0, 920_000]))
    assert lists.inflation == pytest.approx([5806, -4460])
    assert lists.ratio[0] == pytest.approx(1.01213, abs=1e-5)
    assert lists.inflation_per_cent[0] == pytest.approx(1.213, abs=1e-3)
    # 1% of 1.4 million people cost 2.7 million pounds: 192.86 for each person, wherever they are.
    cost = lists.payment_effect(lists.shared_by_list(2_700_000, of=1_400_000))
    assert cost == pytest.approx(lists.inflation * 2_700_000 / 14_000)


@pytest.mark.parametrize(
    ("areas", "registered", "resident", "message"),
    [
        (("A", "A"), [1, 1], [1, 1], "areas: 'A' stands here twice"),
        (("A", "B"), [1], [1, 1], "registered: expected a number for each of 2 areas, found 1"),
        (("A",), [0], [1], "registered: 0 people in 'A'"),
        (("A",), [1], [np.nan], "resident: the number for 'A' is missing"),
        (("A",), [1], [-4], "resident: -4 people in 'A'"),
    ],
)
def test_lists_that_cannot_be(
    areas: tuple[str, ...], registered: list[float], resident: list[float], message: str
) -> None:
    with pytest.raises(PopulationError, match=message):
        RegisteredPeople(areas, np.array(registered), np.array(resident))


def test_a_price_has_to_fit_the_areas() -> None:
    with pytest.raises(PopulationError, match="pounds for 1%: expected one number or 1"):
        RegisteredPeople(("A",), np.array([2.0]), np.array([1.0])).payment_effect([1, 2])


def test_the_first_year_in_which_growth_passes_a_list() -> None:
    people = np.zeros((2, 1, 1, 4))
    people[0, 0, 0] = [50_000, 54_000, 58_000, 58_001]
    people[1, 0, 0] = [50_000, 49_000, 50_500, 51_000]
    table = table_of(people, sexes=("persons",), ages=(0,), years=(2017, 2018, 2019, 2020))
    found = new_list(table, base_year=2017, over=8_000)
    assert found.first_year == {"E1": 2020, "E2": None}
    assert found.more_people[1, 0] == -1_000


@pytest.mark.parametrize(("base", "over"), [(2017, 8000), (1999, 8000), (2015, 0)])
def test_a_list_needs_a_year_to_grow_from_and_a_size(base: int, over: float) -> None:
    with pytest.raises(PopulationError):
        new_list(table_of(), base_year=base, over=over)
