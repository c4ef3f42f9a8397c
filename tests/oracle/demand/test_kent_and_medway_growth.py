"""Do-nothing growth of every district and group of activity, against the sums that a spreadsheet would make."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from placeplan.app.care.do_nothing import BY_GROUP, DemandRequest, PlaceDemand, place_demand
from placeplan.app.care.do_nothing_definitions import read_demand_places
from placeplan.app.care.do_nothing_reporting import demand_tables

WITHIN = 1e-9
OLDEST, YOUNGEST = 90, 18
Cells = dict[tuple[str, str, int, str], float]


def people_by_hand(data: Path) -> Cells:
    """People by area, sex, age (90 and over together) and year."""
    found: Cells = defaultdict(float)
    for name in ("mid_year_estimates_sya_2000_2023.csv", "projection_principal_sya_2024_2043.csv"):
        with (data / "population" / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                age = min(int(row["age"]), OLDEST)
                for heading, cell in row.items():
                    if heading.isdigit() and age >= YOUNGEST:
                        found[row["area_code"], row["sex"], age, heading] += float(cell)
    return found


def rates_by_hand(data: Path, ending: str) -> dict[tuple[str, str, str, int], float]:
    """Rates by group, area, sex and age."""
    found = {}
    with (data / "activity" / "hospital_activity_rates_by_age_sex_2023.csv").open(
        encoding="utf-8", newline=""
    ) as lines:
        for row in csv.DictReader(lines):
            for sex in "fm":
                rate = max(0.0, float(row[f"rate_{sex}{ending}"]))
                found[row["group"], row["area_code"], sex, int(row["age"])] = rate
    return found


@pytest.fixture(scope="module")
def people(shared_data: Path) -> Cells:
    return people_by_hand(shared_data)


@pytest.mark.parametrize(("rates", "ending"), [("counted", ""), ("smoothed", "_smooth")])
def test_every_district_and_group_agrees_with_a_spreadsheet(
    shared_data: Path, people: Cells, rates: str, ending: str
) -> None:
    found = place_demand(DemandRequest(place="kent-and-medway", data=shared_data, by=BY_GROUP, rates=rates))
    by_hand = rates_by_hand(shared_data, ending)
    districts = read_demand_places().places[0].areas
    assert found.axes.areas == districts
    ages = range(YOUNGEST, OLDEST + 1)
    compared = 0
    for a, area in enumerate(districts):
        for p, group in enumerate(found.axes.points):
            for y in (1, 10, 20):
                year = found.axes.years[y]
                size = sum(people[area, sex, age, year] for sex in "fm" for age in ages) / sum(
                    people[area, sex, age, "2023"] for sex in "fm" for age in ages
                )
                now, then = (
                    sum(people[area, sex, age, when] * by_hand[group, area, sex, age] for sex in "fm" for age in ages)
                    for when in (year, "2023")
                )
                assert found.growth.size[0, 0, a, y] == pytest.approx(size, abs=WITHIN)
                assert found.growth.demographic[p, 0, a, y] == pytest.approx(now / then, abs=WITHIN)
                assert found.baseline.values[p, 0, a, 0] == pytest.approx(then, rel=WITHIN)
                compared += 1
    assert compared == 13 * 13 * 3


def test_points_of_delivery_add_up_their_groups(shared_data: Path) -> None:
    by_point, by_group = (
        place_demand(DemandRequest(place="west-kent", data=shared_data, by=by, until="2033"))
        for by in ("point", "group")
    )
    for point, groups in {
        "ae-attendances": ("walkin", "amb"),
        "elective-admissions": ("ordelec_n", "daycase_n"),
    }.items():
        added = sum(by_group.growth.activity.total(point=group, year="2033") for group in groups)
        assert by_point.growth.activity.total(point=point, year="2033") == pytest.approx(added, rel=1e-12)


def test_the_waterfall_of_every_district_closes(shared_data: Path) -> None:
    found = place_demand(DemandRequest(place="kent-and-medway", data=shared_data))
    check_closing(found)


def test_the_waterfall_of_the_invented_place_closes() -> None:
    found = place_demand(DemandRequest(place="anywhere"))
    assert found.inputs.synthetic
    check_closing(found)


def check_closing(found: PlaceDemand) -> None:
    """Each row of the table adds up to its total, within 1e-9 of it."""
    for row in demand_tables(found)["growth"].iter_rows(named=True):
        changes = sum(row[one.identifier] for one in found.nothing.adjustments)
        assert row["base"] + changes + row["interaction"] == pytest.approx(row["total"], rel=WITHIN)
        assert row["size_factor"] * row["structure_factor"] == pytest.approx(row["demographic_factor"], rel=1e-12)


def test_growth_of_the_invented_place_agrees_with_plain_sums() -> None:
    found = place_demand(DemandRequest(place="anywhere", until="2030", by=BY_GROUP))
    people, rates = found.inputs.people.tolist(), found.inputs.rates.tolist()
    for p, each in enumerate(rates):
        for a, by_sex in enumerate(each):
            now, then = (
                sum(
                    rate * people[a][sex][age][year]
                    for sex, by_age in enumerate(by_sex)
                    for age, rate in enumerate(by_age)
                )
                for year in (7, 0)
            )
            assert found.growth.demographic[p, 0, a, 7] == pytest.approx(now / then, abs=WITHIN)
