"""The worked examples of docs/reference/do-nothing.md are what the functions give."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from tests.spec.pages import REFERENCE, rows_of

from placeplan.app.care.do_nothing import DemandRequest, place_demand
from placeplan.app.care.do_nothing_reporting import demand_document
from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.age_sex import demographic_growth
from placeplan.demand.axes import Axes
from placeplan.demand.backcasting import backcast
from placeplan.demand.belief_definitions import Belief
from placeplan.demand.do_nothing import do_nothing
from placeplan.demand.factors import Scaled
from placeplan.demand.gap import gap_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.rounds.governance import Confidence

PAGE = "do-nothing.md"
AXES = Axes(("ae-attendances",), ("everyone",), ("Swale",), ("2023", "2024"))
ONE_PLACE = Axes(AXES.points, AXES.segments, AXES.areas, AXES.years[:1])
YEARS = ("2016-17", "2017-18", "2018-19")
Numbers = list[float]


TABLES = rows_of(PAGE)


def of_belief(text: str) -> Numbers:
    belief = validated(Belief, read_yaml(text.strip("`"), "page")).distribution()
    quantiles = belief.quantile([0.1, 0.5, 0.9]).tolist()
    return [belief.mean, math.sqrt(belief.variance), *quantiles, belief.growth_moment(10)]


def of_people(*people: float) -> Numbers:
    young, old, young_later, old_later = people
    persons = np.array([[young, young_later], [old, old_later]]).reshape(1, 1, 2, 2)
    found = demographic_growth(persons, np.array([1.0, 4.0]).reshape(1, 1, 1, 2), axes=AXES)
    return [float(table.ravel()[1]) for table in (found.size, found.structure, found.demographic)]


def of_factors(*factors: float) -> Numbers:
    given = [
        Adjustment(name, name, (Scaled(name, np.array([1.0, one]).reshape(1, 1, 1, 2)),), "page", Confidence.CONFIRMED)
        for name, one in zip("ab", factors, strict=True)
    ]
    parts = do_nothing(Activity(ONE_PLACE, np.full((1, 1, 1, 1), 1000.0)), given, years=AXES.years).waterfall("2024")
    return [float(number) for number in (parts.own("a"), parts.own("b"), parts.interaction, parts.total)]


def of_series(*numbers: float) -> Numbers:
    counted = dict(zip(YEARS, (100.0, *numbers[:2]), strict=True))
    found = backcast(counted, dict(zip(YEARS, (100.0, *numbers[2:]), strict=True)), origin=YEARS[0])
    return [found.mean_absolute_percentage_error, found.bias]


def of_growth(*rates: float) -> Numbers:
    demand, inflation, funding = ([rate, rate] for rate in rates)
    found = gap_of(
        YEARS, cost=1000, resources=990, demand_growth=demand, cost_inflation=inflation, funding_growth=funding
    )
    return [float(one[2]) for one in (found.cost, found.resources, found.gap)]


WORKED: dict[str, tuple[int, Callable[..., Numbers]]] = {
    "young, base year": (4, of_people),
    "first factor": (2, of_factors),
    "counted, first": (4, of_series),
    "demand growth": (3, of_growth),
}


def test_every_table_of_the_page_is_worked_out() -> None:
    assert set(TABLES) == {"belief", "key", *WORKED}
    assert all(TABLES.values())


def test_the_answer_for_a_machine_has_the_keys_of_the_page() -> None:
    found = demand_document(place_demand(DemandRequest(place="anywhere", until="2024", runs=16)))
    assert [row[0].strip("`") for row in TABLES["key"]] == list(found)
    for key in found["points"][0]:
        assert f"`{key}`" in (REFERENCE / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", TABLES["belief"], ids=lambda row: row[0])
def test_beliefs(row: list[str]) -> None:
    assert of_belief(row[0]) == pytest.approx(list(map(float, row[1:])), rel=1e-9, abs=6e-6)


@pytest.mark.parametrize(
    ("table", "row"), [(name, row) for name in WORKED for row in TABLES[name]], ids=lambda one: str(one)[:60]
)
def test_worked_examples(table: str, row: list[str]) -> None:
    given, work = WORKED[table]
    expected = row[given:]
    places = len(expected[0].partition(".")[2])
    assert work(*map(float, row[:given])) == pytest.approx(list(map(float, expected)), abs=0.51 * 10**-places)
