"""Where a projection goes on from estimates: the break is shown, and rebasing keeps the projection's growth."""

import numpy as np
import pytest
from tests.unit.population.people_examples import table_of

from placeplan.population.errors import PopulationError
from placeplan.population.joining import Rebasing, joined
from placeplan.population.types import PopulationTable


def of(*totals: float, first: int, share: float = 0.5, **more: object) -> PopulationTable:
    """One area with two bands; ``share`` of its people are in the first."""
    people = np.array([[[[share * one for one in totals], [(1 - share) * one for one in totals]]]])
    years = tuple(range(first, first + len(totals)))
    given = {"areas": ("E1",), "sexes": ("persons",), "ages": (0, 65), "years": years} | more
    return table_of(people, **given)


def test_the_break_is_the_projection_less_the_estimate_carried_on() -> None:
    # The projection grows by 2% in its first year: the estimate of 1,000 would be 1,020 in 2024; it says 990.
    join = joined(of(980, 1000, first=2022), of(990, 1009.8, first=2024, variant="principal"))
    assert join.table.years == (2022, 2023, 2024, 2025)
    assert join.table.totals()[0] == pytest.approx([980, 1000, 990, 1009.8])
    assert join.break_people[0] == pytest.approx(-30)
    assert join.break_per_cent[0] == pytest.approx(-100 * 30 / 1020)
    assert join.table.variant == "principal"


@pytest.mark.parametrize("way", [Rebasing.BY_AREA, Rebasing.BY_CELL])
def test_rebasing_starts_at_the_estimate_and_keeps_growth(way: Rebasing) -> None:
    join = joined(of(980, 1000, first=2022), of(990, 1009.8, 1100, first=2024), rebasing=way)
    totals = join.table.totals()[0]
    assert totals[2] == pytest.approx(1020)
    assert totals[3:] / totals[2] == pytest.approx(np.array([1009.8, 1100]) / 990)


def test_by_area_keeps_the_ages_of_the_projection_and_by_cell_those_of_the_estimates() -> None:
    before, after = of(1000, first=2023, share=0.8), of(990, 1009.8, first=2024, share=0.7)
    by_area = joined(before, after, rebasing="by-area").table
    by_cell = joined(before, after, rebasing="by-cell").table
    assert by_area.total(band="0-64", year=2024) / by_area.total(year=2024) == pytest.approx(0.7)
    assert by_cell.total(band="0-64", year=2024) / by_cell.total(year=2024) == pytest.approx(0.8)


def test_a_common_year_is_the_join() -> None:
    join = joined(of(900, 1000, first=2022), of(800, 880, first=2023), rebasing="by-area")
    assert join.table.totals()[0] == pytest.approx([900, 1000, 1100])
    assert join.break_people[0] == pytest.approx(-220)


def test_a_projection_that_fits_has_no_break() -> None:
    join = joined(of(900, 1000, first=2022), of(1000, 1100, first=2023))
    assert join.break_people[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (of(1, 2, first=2025), "years: 2024 is missing between the estimates and the projection"),
        (of(1, first=2024), "years: the projection holds 2024 alone"),
        (of(1, 2, first=2021), "years: the projection ends in 2022; expected a year after the estimate of 2023"),
        (
            of(1, 2, first=2024, areas=("E2",)),
            "areas: the estimates and the projection differ: only one of the two has",
        ),
        (of(1, 2, first=2024, ages=(0, 85)), "ages: the estimates and the projection differ"),
        (of(1, 2, first=2024, sexes=("f",)), "sexes: the estimates and the projection differ"),
        (of(0, 2, first=2024), "people: nobody lives in Weald in the projection at the join"),
    ],
)
def test_tables_that_do_not_join(after: PopulationTable, message: str) -> None:
    with pytest.raises(PopulationError, match=message):
        joined(of(980, 1000, first=2022), after)


def test_an_age_cannot_come_from_nobody() -> None:
    with pytest.raises(PopulationError, match="Weald, persons, 65\\+, 2023: the estimate cannot come from"):
        joined(of(1000, first=2023), of(900, 950, first=2024, share=1.0), rebasing="by-cell")


def test_an_unknown_way_lists_those_that_are_known() -> None:
    with pytest.raises(PopulationError, match="expected one of: none, by-area, by-cell"):
        joined(of(1000, first=2023), of(900, 950, first=2024), rebasing="by-magic")


def test_invented_people_stay_marked() -> None:
    assert joined(of(1000, first=2023, synthetic=True), of(900, 950, first=2024)).table.synthetic
