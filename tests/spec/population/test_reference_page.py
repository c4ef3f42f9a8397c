"""The worked examples of docs/reference/population.md are what the functions give."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from tests.spec.pages import rows_of

from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.population.cohorts import cohort_demand
from placeplan.population.contributions import Development, people_of
from placeplan.population.growth import check_compounding
from placeplan.population.joining import joined
from placeplan.population.printed_changes import PrintedChange, chained
from placeplan.population.programmes import Programme
from placeplan.population.registered import RegisteredPeople
from placeplan.population.rolling_up import AreaShare, roll_up
from placeplan.population.types import PopulationTable

PAGE = "population.md"
PRICE, LISTED = 2_700_000, 1_400_000


TABLES = rows_of(PAGE)


def printed(text: str) -> PrintedNumber:
    read = parse_printed(text)
    assert read is not None
    return read


def people(numbers: Sequence[float], *, areas: int = 1) -> PopulationTable:
    """Persons of one age group in one or several areas, in the years from 2023 on."""
    array = np.array(numbers, dtype=float).reshape(areas, 1, 1, -1)
    names = tuple(f"E{number}" for number in range(areas))
    years = tuple(range(2023, 2023 + array.shape[-1]))
    return PopulationTable(areas=names, sexes=("persons",), ages=(0,), years=years, people=array)


def of_change(_: str, number: str, share: str) -> list[object]:
    base = PrintedChange("change", printed(number), printed(share)).base
    return [float(base.low), float(base.high)]


def of_rates(rates: str, total: str) -> list[object]:
    found = check_compounding([printed(rate) for rate in rates.split(", ")], printed(total))
    return [float(found.compounded), float(found.summed), str(found.verdict)]


def of_join(last: str, first: str, second: str) -> list[object]:
    after = people([0.0, float(first), float(second)]).select(years=[2024, 2025])
    join = joined(people([float(last)]), after, rebasing="by-area")
    return [float(join.break_people[0]), float(join.break_per_cent[0]), *join.table.totals()[0, 1:].tolist()]


def of_areas(first: str, second: str, share: str) -> list[object]:
    table = people([float(first), float(second)], areas=2)
    found = roll_up(table, [AreaShare("E0", "place"), AreaShare("E1", "place", float(share))], on=date(2023, 6, 30))
    return [found.table.total(), found.outside.total() if found.outside else 0.0]


def of_lists(registered: str, resident: str) -> list[object]:
    lists = RegisteredPeople(("place",), np.array([float(registered)]), np.array([float(resident)]))
    price = PRICE * float(registered) / LISTED
    numbers = (lists.ratio, lists.inflation, lists.inflation_per_cent, lists.payment_effect(price))
    return [float(number[0]) for number in numbers]


def of_programme(eligible: str, every: str, uptake: str) -> list[object]:
    programme = Programme.model_validate(
        {
            "id": "example",
            "title": "Example",
            "cohorts": [{"first_age": 0, "every_years": int(every)}],
            "uptake": {"low": 0, "expected": int(uptake), "high": 100},
            "reference": "none",
            "uptake_reference": "none",
            "confidence": "unconfirmed",
        }
    )
    found = cohort_demand(people([float(eligible)]), programme)
    return [float(number[0, 0]) for number in (found.invited, found.expected, found.per_point)]


def of_homes(small: str, large: str) -> list[object]:
    return [people_of(Development("homes", "area", {"2": int(small), "3": int(large)}), {"2": 2.0, "3": 2.8})]


WORKED: dict[str, tuple[int, Callable[..., list[object]]]] = {
    "printed change": (3, of_change),
    "yearly rates": (2, of_rates),
    "last estimate": (3, of_join),
    "first area": (3, of_areas),
    "registered": (2, of_lists),
    "eligible": (3, of_programme),
    "homes of 2.0": (2, of_homes),
}
ROWS = [(heading, row) for heading, rows in TABLES.items() for row in rows]


def test_every_table_of_the_page_is_worked_out() -> None:
    assert set(TABLES) == set(WORKED)
    assert all(TABLES.values())


@pytest.mark.parametrize(("heading", "row"), ROWS, ids=[f"{heading}: {', '.join(row)}" for heading, row in ROWS])
def test_a_row_of_the_page(heading: str, row: list[str]) -> None:
    count, work = WORKED[heading]
    for shown, found in zip(row[count:], work(*row[:count]), strict=True):
        if isinstance(found, str):
            assert shown == found
        else:
            places = len(shown.partition(".")[2])
            assert float(shown) == pytest.approx(float(found), abs=0.5000001 * 10**-places)  # type: ignore[arg-type]


def test_both_printed_changes_over_85_rest_on_the_same_people() -> None:
    first, second = (PrintedChange(row[0], printed(row[1]), printed(row[2])) for row in TABLES["printed change"][:2])
    base = chained(first, second).base
    assert base is not None
    assert (round(base.low), round(base.high)) == (12490, 12577)
