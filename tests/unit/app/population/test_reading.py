"""Public files as populations; what is wrong with one is said by file, line and column, all at once."""

from pathlib import Path

import pytest
from tests.unit.app.population.public_files import (
    DISTRICTS,
    ESTIMATED,
    ESTIMATES_FILE,
    PRINCIPAL_FILE,
    PROJECTED,
    SMALL_AREAS_FILE,
    VARIANTS,
    changed,
    without_line,
)

from placeplan.app.data_folder import data_folder
from placeplan.app.population.reading import estimates, principal, small_areas, variant, variants
from placeplan.kernel.errors import InputError


def problems(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [str(problem) for problem in caught.value.problems]


def test_estimates_are_by_single_year_sex_and_area(public_files: Path) -> None:
    table = estimates(data_folder(public_files))
    assert table.areas == tuple(DISTRICTS)
    assert table.area_names == DISTRICTS
    assert (table.sexes, table.ages, table.years) == (("f", "m"), tuple(range(101)), ESTIMATED)
    assert table.variant == "estimate"
    assert "Office for National Statistics" in table.source


def test_a_cell_of_the_file_is_a_cell_of_the_table(public_files: Path) -> None:
    changed(
        public_files / ESTIMATES_FILE, line=104, column="2017", to="123456"
    )  # the second sex of the first area, age 1
    table = estimates(data_folder(public_files))
    assert table.total(area="E07000110", sex="m", band="1", year=2017) == 123456


def test_the_order_of_rows_does_not_matter(public_files: Path) -> None:
    before = estimates(data_folder(public_files))
    path = public_files / ESTIMATES_FILE
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([heading, *reversed(rows)]) + "\n", encoding="utf-8")
    assert estimates(data_folder(public_files)) == before


def test_projections_and_their_variants(public_files: Path) -> None:
    folder = data_folder(public_files)
    assert principal(folder).years == PROJECTED
    assert variant(folder, "high migration") == variant(folder, "v6")
    assert variant(folder, "v6").ages == tuple(range(0, 95, 5))
    assert tuple(variants(folder)) == tuple(VARIANTS.values())


def test_an_unknown_variant_names_the_nearest(public_files: Path) -> None:
    with pytest.raises(InputError) as caught:
        variant(data_folder(public_files), "High migrations")
    assert "Did you mean 'High migration'?" in problems(caught)[0]


def test_small_areas_have_a_year_from_each_file(public_files: Path) -> None:
    later = public_files / SMALL_AREAS_FILE.replace("2017", "2020")
    later.write_bytes((public_files / SMALL_AREAS_FILE).read_bytes())
    table = small_areas(data_folder(public_files))
    assert table.shape == (20, 1, 91, 2)
    assert table.years == (2017, 2020)
    assert table.total(year=2017) == table.total(year=2020)


def test_small_areas_that_differ_between_years_are_refused(public_files: Path) -> None:
    later = public_files / SMALL_AREAS_FILE.replace("2017", "2020")
    later.write_bytes((public_files / SMALL_AREAS_FILE).read_bytes())
    without_line(later, 3)
    with pytest.raises(InputError) as caught:
        small_areas(data_folder(public_files))
    assert "it has other small areas or ages than lsoa11_mye_2017_sya_persons.csv" in problems(caught)[0]


def test_a_year_of_small_areas_that_is_not_there(public_files: Path) -> None:
    with pytest.raises(InputError) as caught:
        small_areas(data_folder(public_files), years=[2011])
    assert "there is no file of 'lsoa11-mye-sya-persons' for 2011. Expected one of 2017" in problems(caught)[0]


def test_small_areas_whose_file_does_not_say_the_year_are_refused(public_files: Path) -> None:
    path = public_files / SMALL_AREAS_FILE
    path.rename(path.with_name("lsoa11_mye_latest_sya_persons.csv"))
    with pytest.raises(InputError, match="no file of 'lsoa11-mye-sya-persons' has a year in its name"):
        small_areas(data_folder(public_files))


@pytest.mark.parametrize(
    ("column", "to", "message"),
    [
        ("2017", "-5", "'-5' cannot be read here. Expected a number that is not negative."),
        ("2017", "many", "'many' cannot be read here"),
        ("2017", "", "this cell is blank. Expected a number of people; 0 where nobody lives."),
        ("sex", "x", "'x' cannot be read here. Expected a sex"),
        ("age", "101+", "'101+' cannot be read here. Expected a single year of age"),
        ("area_code", "", "this cell is blank"),
    ],
)
def test_a_cell_that_cannot_be_read_is_located(public_files: Path, column: str, to: str, message: str) -> None:
    changed(public_files / ESTIMATES_FILE, line=7, column=column, to=to)
    with pytest.raises(InputError) as caught:
        estimates(data_folder(public_files))
    assert any(one.startswith(f"{ESTIMATES_FILE}:7:") and message in one for one in problems(caught))


def test_an_age_twice_is_located_and_the_one_that_is_missing_named(public_files: Path) -> None:
    changed(public_files / ESTIMATES_FILE, line=7, column="age", to="6")  # line 7 was age 5
    with pytest.raises(InputError) as caught:
        estimates(data_folder(public_files))
    told = problems(caught)
    assert len(told) == 2
    assert told[0].startswith(f"{ESTIMATES_FILE}: E07000110 has no row for female, 5")
    assert told[1].startswith(f"{ESTIMATES_FILE}:8:5 (age): E07000110, female, 6 stands in another row too")


def test_an_area_without_some_ages_is_named_with_how_many_more(public_files: Path) -> None:
    path = public_files / PRINCIPAL_FILE
    for _ in range(30):
        without_line(path, 10)
    with pytest.raises(InputError) as caught:
        principal(data_folder(public_files))
    told = problems(caught)
    assert len(told) == 21
    assert any("10 more rows are missing" in one for one in told)


def test_two_names_of_an_area_are_found(public_files: Path) -> None:
    changed(public_files / ESTIMATES_FILE, line=7, column="area_name", to="Maidenhead")
    with pytest.raises(InputError) as caught:
        estimates(data_folder(public_files))
    assert "E07000110 has two names" in problems(caught)[0]


def test_a_missing_file_says_what_to_look_for(public_files: Path) -> None:
    (public_files / PRINCIPAL_FILE).unlink()
    with pytest.raises(InputError) as caught:
        principal(data_folder(public_files))
    assert "population/projection_principal_sya_*.csv" in problems(caught)[0]


def test_a_missing_heading_is_said(public_files: Path) -> None:
    path = public_files / ESTIMATES_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("area_type", "kind", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        estimates(data_folder(public_files))
    assert "the column 'area_type' of 'mid-year-estimates-sya' is missing" in problems(caught)[0]


def test_no_rows_at_all(public_files: Path) -> None:
    path = public_files / ESTIMATES_FILE
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        estimates(data_folder(public_files))
    assert "there are no rows" in problems(caught)[0]
