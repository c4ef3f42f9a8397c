"""The local care plan of 2017: savings and investments as stated, lost digits left lost."""

from decimal import Decimal

import pytest
from tests.spec.plans.bundled import bundled

from placeplan.plan.cells import Word

NAME = "west-kent-2017"
YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")


def test_cells_that_lost_digits_are_illegible() -> None:
    cells = [
        (line.line, str(year))
        for line in bundled(NAME).plan.benefits
        for year, cell in line.amounts.items()
        if cell is Word.ILLEGIBLE
    ]
    assert cells == [
        ("A&E", "2019-20"),
        ("Older complex tier, first row", "2018-19"),
        ("Older complex tier, second row", "2018-19"),
        ("Older complex tier, third row", "2018-19"),
    ]


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        ("investment.{}.investment", (1717, 5152, 8366, 10630)),
        ("net-position.{}.saving", (3700, 19405, 36340, 47752)),
        ("net-position.{}.net", (1983, 14253, 27974, 37122)),
        ("segment-tier.{}.saving", (None, None, 36340, 47752)),
        ("point-of-delivery.{}.saving", (None, None, None, None)),
    ],
)
def test_totals(figure: str, values: tuple[int | None, ...]) -> None:
    found = [bundled(NAME).figures[f"benefits.local-care.{figure.format(year)}"].value for year in YEARS]
    assert found == [None if value is None else Decimal(value) for value in values]


def test_saving_of_2018_19_is_printed_in_two_ways() -> None:
    figure = "benefits.local-care.net-position.2018-19.saving"
    found = {str(each.row.value): str(each.verdict) for each in bundled(NAME).reconciliations if each.figure == figure}
    assert found == {"19,405": "exact", "19,406": "within rounding"}


def test_increase_of_the_resident_population() -> None:
    rows = {
        (row.indicator, row.period): row.value for row in bundled(NAME).plan.observations if row.area == "West Kent"
    }
    before, after = (rows["resident-population", year].value for year in ("2015", "2035"))
    assert after - before == rows["resident-population-increase", "2015 to 2035"].value
