"""When a distance closes, and what a deficit becomes until it is corrected."""

from decimal import Decimal

import pytest

from placeplan.finance.closure import closure
from placeplan.finance.outlook import corrected_deficit
from placeplan.kernel.periods import FinancialYear

LATEST = FinancialYear(2040)


@pytest.mark.parametrize(
    ("distances", "pace", "year"),
    [
        ({2016: "-3.0", 2018: "-2.0"}, "0.5", 2022),
        ({2016: "-2.0", 2017: "-1.7"}, "0.3", 2023),  # 1.7 / 0.3 is 5.7: in the sixth year
        ({2016: "3", 2017: "1"}, "-2", 2018),
        ({2010: "-90", 2016: "-2", 2017: "-3"}, "-1", None),
        ({2016: "-2", 2017: "-2"}, "0", None),
        ({2016: "-2", 2017: "0"}, "2", 2017),
        ({2016: "-100", 2017: "-99"}, "1", None),  # after the latest year that may be named
    ],
)
def test_a_distance_closes_at_the_pace_of_its_last_two_years(
    distances: dict[int, str], pace: str, year: int | None
) -> None:
    found = closure({FinancialYear(each): Decimal(value) for each, value in distances.items()}, latest=LATEST)
    assert found is not None
    assert found.pace == Decimal(pace)
    assert found.year == (None if year is None else FinancialYear(year))


def test_one_year_has_no_pace() -> None:
    assert closure({FinancialYear(2016): Decimal(1)}, latest=LATEST) is None


@pytest.mark.parametrize(
    ("start", "expected"), [(2016, [-4026] * 3), (2017, [-4696] * 3), (2018, [-4696, -5366, -5366])]
)
def test_what_has_piled_up_stays_once_a_deficit_is_corrected(start: int, expected: list[int]) -> None:
    closing, in_year = Decimal(-4026), Decimal(-670)
    found = corrected_deficit(closing, in_year, last=FinancialYear(2015), years=3, corrected_from=FinancialYear(start))
    assert [later.cumulative for later in found] == expected
