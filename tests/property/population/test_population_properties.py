"""What holds for every population: rolling up, banding and joining lose nobody and count nobody twice."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.population.ages import band_names, parse_band
from placeplan.population.aligning import aligned_people
from placeplan.population.banding import banded, people_aged
from placeplan.population.components import Components, cohort_projection
from placeplan.population.contributions import Development, people_by_area, people_of
from placeplan.population.growth import compounded, yearly_growth
from placeplan.population.joining import Rebasing, joined
from placeplan.population.rolling_up import AreaShare, roll_up
from placeplan.population.types import PopulationTable

DAY = date(2017, 6, 30)


@st.composite
def tables(draw: st.DrawFn, *, least: int = 0, years: int = 3) -> PopulationTable:
    """Any small population of whole people."""
    areas = draw(st.integers(1, 4))
    ages = sorted(draw(st.sets(st.integers(0, 100), min_size=1, max_size=6)))
    sexes = draw(st.sampled_from([("f", "m"), ("m", "f"), ("persons",)]))
    shape = (areas, len(sexes), len(ages), years)
    count = int(np.prod(shape))
    people = draw(st.lists(st.integers(least, 10**6), min_size=count, max_size=count))
    return PopulationTable(
        areas=tuple(f"E{number}" for number in range(areas)),
        sexes=sexes,
        ages=tuple(ages),
        years=tuple(range(2015, 2015 + years)),
        people=np.array(people, dtype=float).reshape(shape),
    )


@given(tables(), st.data())
def test_banding_conserves_everybody(table: PopulationTable, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(table.ages)))
    wider = banded(table, sorted({table.ages[0], *kept}))
    np.testing.assert_array_equal(wider.totals(), table.totals())
    assert banded(wider, wider.ages) == wider


@given(tables())
def test_bands_of_a_table_cover_it_once(table: PopulationTable) -> None:
    parts = [
        people_aged(table, first=one, before=after)
        for one, after in zip(table.ages, (*table.ages[1:], None), strict=True)
    ]
    np.testing.assert_array_equal(sum(parts), table.people.sum(axis=2))


@given(st.sets(st.integers(0, 110), min_size=1, max_size=8))
def test_names_of_bands_are_read_back(ages: set[int]) -> None:
    bounds = sorted(ages)
    assert [parse_band(name) for name in band_names(bounds)] == list(pairwise([*bounds, None]))


@given(tables(least=1), st.data())
def test_rolling_up_conserves_everybody(table: PopulationTable, data: st.DataObject) -> None:
    shares = []
    for area in table.areas:
        weight = data.draw(st.sampled_from([None, 0.25, 0.595, 1.0]))
        if weight is not None:
            shares.append(AreaShare(area, data.draw(st.sampled_from("abc")), weight))
            if weight < 1 and data.draw(st.booleans()):
                shares.append(AreaShare(area, "rest", 1 - weight))
    if not shares:
        return
    found = roll_up(table, shares, on=DAY)
    outside = found.outside.totals().sum(axis=0) if found.outside else 0
    np.testing.assert_allclose(found.table.totals().sum(axis=0) + outside, table.totals().sum(axis=0), rtol=1e-12)


@given(tables(least=1), st.data())
def test_the_order_of_memberships_does_not_matter(table: PopulationTable, data: st.DataObject) -> None:
    shares = [AreaShare(area, place) for area, place in zip(table.areas, "abab", strict=False)]
    order = data.draw(st.permutations(shares))
    places = list(dict.fromkeys(share.place for share in shares))
    assert roll_up(table, shares, on=DAY, places=places).table == roll_up(table, order, on=DAY, places=places).table


@given(tables(), st.data())
def test_aligned_and_left_out_are_everybody(table: PopulationTable, data: st.DataObject) -> None:
    ages = sorted(data.draw(st.sets(st.sampled_from(table.ages), min_size=1)))
    found = aligned_people(table, ages=ages)
    np.testing.assert_array_equal(found.people.sum(axis=(1, 2)) + found.left_out, table.totals())


@given(tables(least=1, years=6), st.sampled_from(Rebasing))
def test_rebasing_keeps_the_growth_of_every_cell(table: PopulationTable, way: Rebasing) -> None:
    before, after = table.select(years=table.years[:3]), table.select(years=table.years[3:])
    join = joined(before, after, rebasing=way)
    ahead = join.table.people[..., 3:]
    np.testing.assert_allclose(
        ahead[..., 1:] / ahead[..., :-1], after.people[..., 1:] / after.people[..., :-1], rtol=1e-9
    )
    np.testing.assert_array_equal(join.table.people[..., :3], before.people)


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=12))
def test_compounding_is_the_product(people: list[int]) -> None:
    growth = yearly_growth(people, years=range(2000, 2000 + len(people)))
    assert float(1 + compounded(growth)) == pytest.approx(people[-1] / people[0], rel=1e-9)


@given(tables(least=100, years=1), st.floats(0.5, 1.0), st.floats(0, 0.2), st.integers(1, 4))
def test_a_cohort_projection_accounts_for_everybody(
    table: PopulationTable, survival: float, fertility: float, count: int
) -> None:
    if table.sexes == ("persons",):
        return
    bands = 4
    people = np.resize(table.people, (len(table.areas), 2, bands, 1))
    base = PopulationTable(areas=table.areas, sexes=("f", "m"), ages=(0, 1, 2, 3), years=(2017,), people=people)
    births = np.full((1, bands), fertility)
    births[:, 0] = 0
    step = Components(
        survival=np.full((1, 2, bands), survival),
        fertility=births,
        sex_ratio_at_birth=1.05,
        net_migration=np.zeros((len(table.areas), 2, bands)),
    )
    found = cohort_projection(base, [step] * count)
    totals = found.table.totals()
    np.testing.assert_allclose(totals[:, 1:], totals[:, :-1] + found.births - found.deaths, rtol=1e-9)
    assert (found.deaths >= -1e-6 * totals[:, :-1]).all()
    assert found.table.years == tuple(range(2017, 2018 + count))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 500)), min_size=1, max_size=6))
def test_people_of_developments_add_up(homes: list[tuple[str, int]]) -> None:
    developments = [Development(f"D{number}", area, {"house": count}) for number, (area, count) in enumerate(homes)]
    found = people_by_area(developments, {"house": 2.4})
    assert sum(found.values()) == pytest.approx(sum(people_of(one, {"house": 2.4}) for one in developments))
