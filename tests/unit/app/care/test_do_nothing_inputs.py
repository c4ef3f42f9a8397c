"""People, rates and counted series from a small data folder that is made here."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from placeplan.app.care.do_nothing import DemandRequest, place_demand
from placeplan.app.care.do_nothing_backcast import ALL, NO_GROWTH, backcasts_of, counted_years
from placeplan.app.care.do_nothing_definitions import read_counted_series, read_demand_places, read_groups
from placeplan.app.care.do_nothing_inputs import read_demand_inputs
from placeplan.app.data_folder import data_folder
from placeplan.demand.alternatives import Alternatives
from placeplan.kernel.errors import InputError

AREAS = read_demand_places().places[0].areas
GROUPS = read_groups().groups
POD = {"walkin": "edc", "amb": "edc"}


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def write_people(folder: Path, name: str, years: Sequence[int], *, left_out: str = "", ages: int = 101) -> None:
    rows = [
        [area, f"Name of {area}", "district", sex, age, *(100 + age + (year - 2016) for year in years)]
        for area in AREAS
        for sex in "fm"
        for age in range(ages)
        if f"{area} {sex} {age}" != left_out
    ]
    write(folder / "population" / name, ["area_code", "area_name", "area_type", "sex", "age", *years], rows)


def write_rates(folder: Path, *, name: str = "hospital_activity_rates_by_age_sex_2023.csv") -> None:
    headings = ["area_code", "area_name", "area_type", "pod", "group", "label", "age"]
    headings += ["rate_f", "rate_m", "rate_f_smooth", "rate_m_smooth"]
    rows = [
        [
            area,
            f"Name of {area}",
            "district",
            POD.get(group.id, "apc"),
            group.id,
            group.title,
            age,
            0.5,
            0.25,
            0.4,
            -0.1,
        ]
        for area in AREAS
        for group in GROUPS
        for age in range(18, 91)
    ]
    write(folder / "activity" / name, headings, rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_people(tmp_path, "mid_year_estimates_sya_2000_2023.csv", range(2016, 2024))
    write_people(tmp_path, "projection_principal_sya_2024_2043.csv", range(2024, 2027))
    write_rates(tmp_path)
    return tmp_path


def test_people_of_90_and_over_are_put_together(folder: Path) -> None:
    found = read_demand_inputs(data_folder(folder), "kent-and-medway")
    assert found.years == ("2023", "2024", "2025", "2026")
    assert found.people.shape == (13, 2, 73, 4)
    assert found.people[0, 0, 0, 0] == 100 + 18 + 7
    assert found.people[0, 0, -1, 0] == sum(100 + age + 7 for age in range(90, 101))
    assert not found.synthetic
    assert found.gained is None
    assert any("healthier ageing is left out" in note for note in found.notes)


def test_people_whose_last_band_begins_below_90_are_not_put_at_its_first_age(folder: Path) -> None:
    write_people(folder, "mid_year_estimates_sya_2000_2023.csv", range(2016, 2024), ages=86)
    write_people(folder, "projection_principal_sya_2024_2043.csv", range(2024, 2027), ages=86)
    with pytest.raises(InputError, match=r"population: ages: 86 lies inside the band 85\+, which cannot be split"):
        read_demand_inputs(data_folder(folder), "kent-and-medway")


def test_rates_as_counted_or_smoothed(folder: Path) -> None:
    counted, smoothed = (
        read_demand_inputs(data_folder(folder), AREAS[0], rates=one) for one in ("counted", "smoothed")
    )
    assert counted.rates[0, 0, :, 0].tolist() == [0.5, 0.25]
    assert smoothed.rates[0, 0, :, 0].tolist() == [0.4, 0.0]
    assert any(note.startswith("949 smoothed rates below 0 count as 0") for note in smoothed.notes)


def test_a_place_without_life_expectancy_leaves_healthier_ageing_out(folder: Path) -> None:
    found = place_demand(DemandRequest(place="west-kent", data=folder))
    assert [one.identifier for one in found.nothing.adjustments] == [
        "size", "age-and-sex-structure", "non-demographic-growth",
    ]  # fmt: skip


def test_life_expectancy_that_ends_too_early_is_told(folder: Path) -> None:
    rows = [[year, sex, age, 20 + year - 2023] for year in (2023, 2024) for sex in "fm" for age in range(55, 91)]
    write(folder / "mortality" / "england_life_expectancy_by_age_sex_1981_on.csv", ["year", "sex", "age", "ex"], rows)
    found = read_demand_inputs(data_folder(folder), AREAS[0], until="2024")
    assert found.gained is not None
    assert found.gained[0, 55 - 18].tolist() == [0, 1]
    assert found.gained[0, 54 - 18].tolist() == [0, 0]
    with pytest.raises(InputError, match="life expectancy does not run from 2023 to 2026"):
        read_demand_inputs(data_folder(folder), AREAS[0])


def test_missing_people_are_named(folder: Path) -> None:
    write_people(folder, "mid_year_estimates_sya_2000_2023.csv", range(2016, 2024), left_out=f"{AREAS[2]} m 40")
    with pytest.raises(InputError, match=f"{AREAS[2]} has no row for male, 40"):
        read_demand_inputs(data_folder(folder), "kent-and-medway")


def test_missing_and_doubled_rates_are_named(folder: Path) -> None:
    path = folder / "activity" / "hospital_activity_rates_by_age_sex_2023.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:1], *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"rates of walkin: no number for {AREAS[0]}, f, age 18; 2 are missing"):
        read_demand_inputs(data_folder(folder), "kent-and-medway")
    path.write_text("\n".join([*lines, lines[4]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="an earlier row has the same area_code, group, age") as raised:
        read_demand_inputs(data_folder(folder), "kent-and-medway")
    assert [problem.location.line for problem in raised.value.problems] == [len(lines) + 1]


def test_rates_whose_file_does_not_say_the_year_are_refused(folder: Path) -> None:
    (folder / "activity" / "hospital_activity_rates_by_age_sex_2023.csv").unlink()
    write_rates(folder, name="hospital_activity_rates_by_age_sex_new.csv")
    with pytest.raises(InputError, match="does not say which year the rates are of"):
        read_demand_inputs(data_folder(folder), AREAS[0])


def test_a_place_whose_areas_have_no_people_is_refused(folder: Path) -> None:
    path = folder / "population" / "mid_year_estimates_sya_2000_2023.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(AREAS[0])]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=f"Kent and Medway has the area {AREAS[0]}, of which the estimates have no people"
    ):
        read_demand_inputs(data_folder(folder), "kent-and-medway")


def test_a_projection_can_be_moved_to_where_the_estimates_end(folder: Path) -> None:
    plain, moved = (read_demand_inputs(data_folder(folder), AREAS[0], rebase=one) for one in ("none", "by-area"))
    totals = moved.people.sum(axis=(0, 1, 2))
    np.testing.assert_allclose(plain.people[..., 0], moved.people[..., 0])
    assert totals[1] / totals[0] == pytest.approx(totals[2] / totals[1], rel=1e-3)
    assert any("moved to where the estimates end (by-area)" in note for note in moved.notes)
    assert not any("projected from an earlier base" in note for note in moved.notes)


def write_variants(folder: Path, *, areas: Sequence[str] = AREAS, times: float = 1.1) -> None:
    """A high projection with so many times the people of the principal one in each five-year band, and a low one."""
    years = range(2024, 2027)
    rows = []
    for name, factor in (("High population", times), ("Low population", 2 - times)):
        for area in areas:
            for sex in "fm":
                for start in range(0, 95, 5):
                    ages = range(start, 101 if start == 90 else start + 5)
                    people = [factor * sum(100 + age + (year - 2016) for age in ages) for year in years]
                    rows.append([area, f"Name of {area}", "district", name[0], name, sex, start, *people])
    headings = ["area_code", "area_name", "area_type", "variant", "variant_name", "sex", "age_band_start", *years]
    write(folder / "population" / "projection_variants_5yr_2024_2043.csv", headings, rows)


def test_other_projections_make_the_population_uncertain(folder: Path) -> None:
    write_variants(folder)
    found = place_demand(DemandRequest(place="west-kent", data=folder, variants=True))
    assert set(found.inputs.variants) == {"High population", "Low population"}
    high = found.inputs.variants["High population"] / found.inputs.people
    np.testing.assert_allclose(high[..., 0], 1)
    np.testing.assert_allclose(high[..., 1:], 1.1)
    (factor,) = next(one.factors for one in found.nothing.adjustments if one.identifier == "population-variants")
    assert isinstance(factor, Alternatives)
    assert factor.names == ("Low population", "Principal", "High population")
    np.testing.assert_allclose(factor.expected(), 1)
    certain = place_demand(DemandRequest(place="west-kent", data=folder))
    assert np.ptp(found.runs.figure(year="2026")) > np.ptp(certain.runs.figure(year="2026"))
    swings = {swing.identifier: swing for swing in found.drivers("elective-admissions").swings}
    assert swings["population-variants"].width > 0


def test_projections_that_lack_an_area_or_a_file_are_named(folder: Path) -> None:
    with pytest.raises(InputError, match="projection-variants-5yr"):
        place_demand(DemandRequest(place="west-kent", data=folder, variants=True))
    write_variants(folder, areas=AREAS[:2])
    with pytest.raises(InputError, match="the projection 'High population' has no people for E07000110"):
        place_demand(DemandRequest(place="west-kent", data=folder, variants=True))


MAJOR = next(series for series in read_counted_series().series if series.id == "ae-major-2016")


def write_attendances(folder: Path, by_year: Mapping[int, int], *, last_month: int = 12) -> None:
    """The same attendances every month of a financial year in each trust; of the last year only some months."""
    rows = []
    for year, attendances in by_year.items():
        months = last_month if year == max(by_year) else 12
        for number in range(months):
            month = f"{year + (number > 8)}-{(number + 3) % 12 + 1:02d}-01"
            rows += [[month, code, kind, attendances, 0, 0] for code in MAJOR.organisations for kind in ("1", "other")]
    headings = ["period", "org_code", "type", "attendances", "breaches", "admissions"]
    write(folder / "performance" / "ae_attendances_org_2016_2019.csv", headings, rows)


def test_only_complete_financial_years_are_counted(folder: Path) -> None:
    write_attendances(folder, {2016: 100, 2017: 110, 2018: 120}, last_month=11)
    counted, left_out = counted_years(data_folder(folder), MAJOR)
    assert counted == {"2016-17": 4 * 12 * 100, "2017-18": 4 * 12 * 110}
    assert left_out == ("2018-19: 44 of 48 months of organisations",)


def test_a_year_with_a_month_twice_is_left_out(folder: Path) -> None:
    write_attendances(folder, {2016: 100, 2017: 110})
    path = folder / "performance" / "ae_attendances_org_2016_2019.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    counted, left_out = counted_years(data_folder(folder), MAJOR)
    assert set(counted) == {"2017-18"}
    assert left_out == ("2016-17: 49 of 48 months of organisations",)


def test_a_backcast_starts_from_what_was_counted(folder: Path) -> None:
    write_attendances(folder, {2016: 1000, 2017: 1010, 2018: 1020})
    (found,) = backcasts_of(DemandRequest(place="kent-and-medway", data=folder))
    assert found.counted_at_origin == 48_000
    still = found.methods[NO_GROWTH]
    assert still.origin == "2016-17"
    np.testing.assert_allclose([one.foretold for one in still.years], 48_000)
    assert found.methods[ALL].bias > still.bias


def test_a_series_of_one_year_is_no_backcast(folder: Path) -> None:
    write_attendances(folder, {2016: 1000})
    with pytest.raises(InputError, match="no counted series of 'kent-and-medway' has two complete years"):
        backcasts_of(DemandRequest(place="kent-and-medway", data=folder))
