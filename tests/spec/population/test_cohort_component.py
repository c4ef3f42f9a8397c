"""The cohort-component step against the worked case of Preston, Heuveline and Guillot, Demography, 2001, box 6.2.

Sweden, women and men, 1993 to 1998, five-year bands to 85 and over, with migration. The book uses the women's numbers
for the men too, and a sex ratio at birth of 1.05.
"""

import numpy as np
import pytest

from placeplan.population.components import CohortProjection, Components, cohort_projection
from placeplan.population.errors import PopulationError
from placeplan.population.types import PopulationTable

WOMEN_1993 = (
    293395, 248369, 240012, 261346, 285209, 314388, 281290, 286923, 304108, 324946, 247613, 211351, 215140, 221764,
    223506, 183654, 141990, 112424,
)  # fmt: skip
PERSON_YEARS = (
    497487, 497138, 496901, 496531, 495902, 495168, 494213, 492760, 490447, 486613, 480665, 471786, 457852, 436153,
    402775, 350358, 271512, 291707,
)  # fmt: skip
MIGRANTS = (
    6840, 4150, 3365, 5270, 9240, 8230, 5470, 3155, 1770, 1115, 1075, 845, 645, 530, 465, 300, 250, 175,
)  # fmt: skip
FERTILITY_FROM_15 = (0.0120, 0.0908, 0.1499, 0.1125, 0.0441, 0.0074, 0.0003)
RADIX, BIRTH_WIDTH = 100_000, 5
WOMEN_1998 = (
    302392, 298682, 252007, 244150, 268267, 293515, 320624, 284767, 288031, 303166, 322062, 243989, 205841, 205516,
    205270, 194771, 142565, 131966,
)  # fmt: skip
BOYS_1998 = 317340
BIRTHS = 15244 + 126688 + 229354 + 170057 + 63203 + 10971 + 472


def sweden() -> PopulationTable:
    return PopulationTable(
        areas=("Sweden",),
        sexes=("f", "m"),
        ages=tuple(range(0, 90, 5)),
        years=(1993,),
        people=np.array([WOMEN_1993, WOMEN_1993], dtype=float)[np.newaxis, :, :, np.newaxis],
    )


def components(*, migrants: tuple[int, ...] = MIGRANTS) -> Components:
    lived = np.array(PERSON_YEARS, dtype=float)
    survival = np.empty_like(lived)
    survival[0] = lived[0] / (BIRTH_WIDTH * RADIX)
    survival[1:] = lived[1:] / lived[:-1]
    survival[-1] = lived[-1] / (lived[-2] + lived[-1])
    fertility = np.zeros_like(lived)
    fertility[3:10] = FERTILITY_FROM_15
    return Components(
        survival=np.array([[survival, survival]]),
        fertility=fertility[np.newaxis],
        sex_ratio_at_birth=1.05,
        net_migration=np.array([[migrants, migrants]], dtype=float),
    )


@pytest.fixture
def projected() -> CohortProjection:
    return cohort_projection(sweden(), [components()])


def test_women_of_every_age_are_those_of_the_book(projected: CohortProjection) -> None:
    assert projected.table.years == (1993, 1998)
    np.testing.assert_array_equal(np.round(projected.table.people[0, 0, :, 1]), WOMEN_1998)


def test_boys_follow_the_sex_ratio_at_birth(projected: CohortProjection) -> None:
    assert round(projected.table.people[0, 1, 0, 1]) == BOYS_1998
    np.testing.assert_array_equal(np.round(projected.table.people[0, 1, 1:, 1]), WOMEN_1998[1:])


def test_births_are_those_of_the_book(projected: CohortProjection) -> None:
    assert projected.births[0, 0] == pytest.approx(BIRTHS, abs=4)  # seven bands, each rounded


def test_the_change_is_births_less_deaths_and_who_moved(projected: CohortProjection) -> None:
    before, after = projected.table.totals()[0]
    change = projected.births[0, 0] - projected.deaths[0, 0] + projected.net_migration[0, 0]
    assert after - before == pytest.approx(change)
    assert projected.deaths[0, 0] > 0


def test_more_people_than_there_are_cannot_leave() -> None:
    leaving = (*MIGRANTS[:-1], -2 * WOMEN_1993[-1] - 2)
    words = r"net migration: Sweden, f, 85\+, 1993: more people leave than are there \(-1.0 would be left\)"
    with pytest.raises(PopulationError, match=words):
        cohort_projection(sweden(), [components(migrants=leaving)])


def test_no_step_is_the_population_itself() -> None:
    found = cohort_projection(sweden(), [])
    assert found.table == sweden()
    assert found.births.shape == (1, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sexes": ("persons",), "people": np.ones((1, 1, 18, 1))}, "sexes: found persons; expected women and men"),
        ({"ages": tuple(range(1, 19))}, "ages: expected bands of one width from age 0"),
        ({"ages": (0, 4, *range(5, 85, 5))}, "ages: expected bands of one width from age 0"),
    ],
)
def test_populations_that_cannot_be_projected(change: dict[str, object], message: str) -> None:
    base = sweden()
    given = {"areas": base.areas, "sexes": base.sexes, "ages": base.ages, "years": base.years, "people": base.people}
    with pytest.raises(PopulationError, match=message):
        cohort_projection(PopulationTable(**given | change), [components()])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("survival", np.ones((1, 2, 17)), "step 1: components of 17 ages; expected 18|expected areas"),
        ("survival", np.full((1, 2, 18), 98.0), "survival: expected shares from 0 to 1; 98% is 0.98"),
        ("fertility", np.full((1, 18), 0.1), "fertility: the first band gives birth; expected 0"),
        ("fertility", np.full((1, 18), -0.1), "fertility: a rate is below 0"),
        ("net_migration", np.zeros((2, 2, 18)), "step 1: net migration of 2 areas; expected 1"),
        ("net_migration", np.full((1, 2, 18), np.nan), "net migration: a number is missing or infinite"),
        ("sex_ratio_at_birth", 0.0, "sex ratio at birth: 0; expected boys for each girl"),
    ],
)
def test_components_that_cannot_be(name: str, value: object, message: str) -> None:
    good = components()
    given = {part: getattr(good, part) for part in ("survival", "fertility", "sex_ratio_at_birth", "net_migration")}
    with pytest.raises(PopulationError, match=message):
        cohort_projection(sweden(), [Components(**given | {name: value})])
