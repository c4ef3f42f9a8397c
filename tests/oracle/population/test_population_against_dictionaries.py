"""Reading, sharing, banding, growth and people for rates against the way of a spreadsheet, to 1e-9."""

import random
from pathlib import Path

import numpy as np
import pytest
from tests.oracle.population.plain_population import activity, people, rows_of, shares_of, step
from tests.unit.app.population.public_files import (
    DISTRICTS,
    ESTIMATED,
    ESTIMATES_FILE,
    LOOKUP_FILE,
    PRINCIPAL_FILE,
    PROJECTED,
    SMALL_AREAS_FILE,
    write_public_files,
)

from placeplan.app.data_folder import data_folder
from placeplan.app.population.places import PlacePopulation, PlaceRequest, place_population
from placeplan.app.population.reading import estimates
from placeplan.population.aligning import aligned_people
from placeplan.population.banding import people_aged
from placeplan.population.changes import band_changes
from placeplan.population.components import Components, cohort_projection
from placeplan.population.growth import compounded, yearly_growth
from placeplan.population.types import PopulationTable

TIGHT = 1e-9


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_public_files(tmp_path_factory.mktemp("oracle") / "data", seed=7)


@pytest.fixture(scope="module")
def place(folder: Path) -> PlacePopulation:
    return place_population(PlaceRequest("west-kent"), data_folder(folder))


@pytest.fixture(scope="module")
def shares(folder: Path) -> dict[str, float]:
    return shares_of(folder / LOOKUP_FILE, folder / SMALL_AREAS_FILE, group="99J")


def test_the_place_in_every_year(folder: Path, place: PlacePopulation, shares: dict[str, float]) -> None:
    for file, years in ((ESTIMATES_FILE, ESTIMATED), (PRINCIPAL_FILE, PROJECTED)):
        rows = rows_of(folder / file)
        for year in years:
            assert place.whole.total(year=year) == pytest.approx(people(rows, shares, year=year), rel=TIGHT)


def test_bands_and_their_changes(folder: Path, place: PlacePopulation, shares: dict[str, float]) -> None:
    before, after = (rows_of(folder / file) for file in (ESTIMATES_FILE, PRINCIPAL_FILE))
    ends = {"0-15": (0, 15), "16-64": (16, 64), "65-84": (65, 84), "85+": (85, 200)}
    found = band_changes(place.whole, first=2017, last=2030, bands=tuple(ends))[1:]
    for change in found:
        first, last = ends[change.band]
        then = people(before, shares, year=2017, first=first, last=last)
        later = people(after, shares, year=2030, first=first, last=last)
        assert change.people == pytest.approx(later - then, rel=TIGHT)
        assert change.per_cent == pytest.approx(100 * (later / then - 1), rel=TIGHT)


def test_do_nothing_growth_of_each_district(folder: Path) -> None:
    rng = random.Random(3)
    oldest = 90
    rates = {(sex, age): rng.random() for sex in ("f", "m") for age in range(18, oldest + 1)}
    table = estimates(data_folder(folder))
    aligned = aligned_people(table, ages=range(18, oldest + 1), sexes=("f", "m"), years=(2017, 2023))
    array = np.array([[rates[sex, age] for age in aligned.ages] for sex in aligned.sexes])
    found = np.einsum("sa,rsay->ry", array, aligned.people)
    rows = rows_of(folder / ESTIMATES_FILE)
    for number, area in enumerate(DISTRICTS):
        before, after = (activity(rows, rates, area=area, year=year, oldest=oldest) for year in (2017, 2023))
        assert found[number, 1] / found[number, 0] == pytest.approx(after / before, rel=TIGHT)


def test_growth_compounds_to_the_ratio(folder: Path, place: PlacePopulation, shares: dict[str, float]) -> None:
    totals = place.whole.totals()[0]
    growth = yearly_growth(totals, years=place.whole.years)
    after = people(rows_of(folder / PRINCIPAL_FILE), shares, year=PROJECTED[-1])
    before = people(rows_of(folder / ESTIMATES_FILE), shares, year=ESTIMATED[0])
    assert float(compounded(growth)) == pytest.approx(after / before - 1, rel=1e-6)


def test_people_left_out_are_the_young(folder: Path) -> None:
    table = estimates(data_folder(folder))
    aligned = aligned_people(table, ages=(18, 65), years=(2017,))
    rows = rows_of(folder / ESTIMATES_FILE)
    for number, area in enumerate(DISTRICTS):
        young = people(rows, {area: 1.0}, year=2017, last=17)
        assert aligned.left_out[number, 0] == pytest.approx(young, rel=TIGHT)
        old = people(rows, {area: 1.0}, year=2017, first=65, sexes=("m",))
        assert aligned.people[number, 1, 1, 0] == pytest.approx(old, rel=TIGHT)
    adults = people(rows, dict.fromkeys(DISTRICTS, 1.0), year=2019, first=18)
    assert people_aged(table.select(years=[2019]), first=18).sum() == pytest.approx(adults, rel=TIGHT)


def test_three_steps_of_a_cohort_projection() -> None:
    rng = np.random.default_rng(5)
    width, bands, areas = 5, 12, 3
    base = PopulationTable(
        areas=tuple(f"A{number}" for number in range(areas)),
        sexes=("f", "m"),
        ages=tuple(range(0, width * bands, width)),
        years=(2020,),
        people=rng.uniform(500, 900, size=(areas, 2, bands, 1)),
    )
    steps = [_random_components(rng, areas=areas, bands=bands) for _ in range(3)]
    found = cohort_projection(base, steps)
    for area in range(areas):
        women = list(base.people[area, 0, :, 0])
        for number, one in enumerate(steps):
            women, births = step(
                women,
                survival=list(one.survival[area, 0]),
                fertility=list(one.fertility[area]),
                sex_ratio=one.sex_ratio_at_birth,
                migrants=list(one.net_migration[area, 0]),
                width=width,
            )
            assert found.births[area, number] == pytest.approx(births, rel=TIGHT)
            np.testing.assert_allclose(found.table.people[area, 0, :, number + 1], women, rtol=TIGHT)


def _random_components(rng: np.random.Generator, *, areas: int, bands: int) -> Components:
    fertility = rng.uniform(0, 0.1, size=(areas, bands))
    fertility[:, 0] = 0
    return Components(
        survival=rng.uniform(0.7, 1, size=(areas, 2, bands)),
        fertility=fertility,
        sex_ratio_at_birth=1.05,
        net_migration=rng.uniform(-40, 40, size=(areas, 2, bands)),
    )
