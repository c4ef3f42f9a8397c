"""From public and tidy files to observations."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from placeplan.app.measure_definitions import read_measures
from placeplan.app.observation_files import ReadObservations, read_observations
from placeplan.app.tidy_observations import write_observations
from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.types import Dataset
from placeplan.indicators.observed.observations import KEY, observations_from
from placeplan.indicators.observed.remarks import RemarkKind
from placeplan.kernel.errors import InputError

AE = (
    "org_code,org_name,month,total_attendances,attendances_over_4hours,total_emergency_admissions,"
    "emergency_admissions_over_4hours\n"
)


def written(folder: Path, text: str, *, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_attendances_within_four_hours_are_those_that_are_not_over(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n")
    read = read_observations(path, measure_id="ae-4-hours")
    row = read.observations.frame.row(0, named=True)
    assert (row["measure"], row["area"], row["area_name"], row["period"]) == ("ae-4-hours", "RPA", "Medway", "2021-04")
    assert (row["starts"], row["ends"], row["frequency"]) == (date(2021, 4, 1), date(2021, 4, 30), "month")
    assert (row["numerator"], row["denominator"], row["status"]) == (9000, 12000, "final")
    assert (row["file"], row["line"]) == ("file.csv", 2)
    assert read.dataset.id == "ae-monthly-trust"


def test_every_measure_of_a_file_is_read_where_none_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n")
    read = read_observations(path)
    assert read.observations.frame["measure"].to_list() == ["ae-4-hours", "emergency-admission-4-hours-bed-wait"]


def test_a_cell_that_cannot_be_read_hides_no_other_row(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,many,3000,2500,40\nRPA,Medway,2021-05,12000,3000,2500,40\n")
    read = read_observations(path, measure_id="ae-4-hours")
    assert read.observations.frame["period"].to_list() == ["2021-05"]
    (remark,) = read.remarks
    assert str(remark) == (
        "file.csv:2:4 (total_attendances): 'many' cannot be read here. Expected a whole number that is not negative."
    )


TYPES = "period,org_code,type,attendances,breaches,admissions\n"
DELAYS = "org_code,org_name,date,delay_reason,delay_count\n"
COVER = "area_code,utla_name,year,quarter,eligible_12m,coverage_12m_pct,eligible_24m,coverage_24m_pct\n"
REGISTERS = "year,condition,ccg_ods,ccg_name,practices,list_definition,list_size,register,prevalence_pct\n"
DEATHS = "area_code,area_name,sex,age,deaths,population\n"
DAYS = (
    "area_code,area_name,month,days_total,days_nhs,days_social_care,days_both,days_awaiting_assessment,"
    "days_awaiting_public_funding,days_awaiting_further_nhs_care,days_awaiting_residential_home,"
    "days_awaiting_nursing_home,days_awaiting_home_care_package,days_awaiting_equipment,days_patient_family_choice,"
    "days_disputes,days_housing,days_other\n"
)


def read(folder: Path, text: str, *, measure: str | None = None, name: str = "file.csv") -> ReadObservations:
    return read_observations(written(folder, text, name=name), measure_id=measure)


def kinds(found: ReadObservations) -> list[RemarkKind]:
    return [remark.kind for remark in found.remarks]


def refused(folder: Path, text: str, *, measure: str | None = None, name: str = "file.csv") -> str:
    with pytest.raises(InputError) as caught:
        read(folder, text, measure=measure, name=name)
    return str(caught.value)


def test_a_measure_that_the_file_does_not_give_is_refused_with_those_that_it_does(tmp_path: Path) -> None:
    said = refused(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n", measure="rtt-list-size")
    assert "does not give the measure 'rtt-list-size'. Expected one of ae-4-hours, emergency-admission" in said


def test_a_file_that_nobody_knows_is_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused(tmp_path, "org_code,date,discharged_total\nRPA,2025-04-01,5\n")
    assert "fit no data set that Placeplan knows" in said
    assert "discharge-daily-trust lacks" in said


def test_a_data_set_without_observations_says_what_it_is_for(tmp_path: Path) -> None:
    said = refused(tmp_path, "icd10_3char,hfrs_points\nF00,7.1\n")
    assert "'hospital-frailty-risk-score-icd10' is not mapped to observations" in said
    assert "It serves: Nothing yet" in said


def test_a_data_set_can_be_named_when_headings_do_not_tell(tmp_path: Path) -> None:
    path = written(tmp_path, "org_code,month\nRPA,2021-04\n")
    with pytest.raises(InputError, match="the column 'total_attendances' of 'ae-monthly-trust' is missing"):
        read_observations(path, dataset_id="ae-monthly-trust")
    with pytest.raises(InputError, match="there is no data set called 'ae'"):
        read_observations(path, dataset_id="ae")


def test_types_of_department_add_up(tmp_path: Path) -> None:
    rows = "2017-02-01,RPA,1,8000,2000,9\n2017-02-01,RPA,other,2000,0,0\n2017-03-01,RPA,1,10,1,1\n"
    frame = read(tmp_path, TYPES + rows).observations.frame
    assert frame.select("period", "numerator", "denominator", "line").rows() == [
        ("2017-02", 8000, 10000, 2),
        ("2017-03", 9, 10, 4),
    ]


def test_a_sum_that_lacks_a_row_is_left_out_and_said(tmp_path: Path) -> None:
    rows = "2017-02-01,RPA,1,8000,x,9\n2017-02-01,RPA,other,2000,0,0\n2017-03-01,RPA,1,10,1,1\n"
    found = read(tmp_path, TYPES + rows)
    assert found.observations.frame["period"].to_list() == ["2017-03"]
    assert kinds(found) == [RemarkKind.UNREADABLE, RemarkKind.INCOMPLETE]
    assert found.remarks[1].problem.location.line == 3


def test_a_row_of_an_unreadable_month_may_be_missing_from_every_sum_of_its_organisation(tmp_path: Path) -> None:
    rows = "soon,RPA,1,8000,5,9\n2017-02-01,RPA,other,2000,0,0\n2017-02-01,RN7,1,10,1,1\n"
    found = read(tmp_path, TYPES + rows)
    assert found.observations.frame["area"].to_list() == ["RN7"]


def test_a_part_that_stands_twice_has_no_sum(tmp_path: Path) -> None:
    rows = "2017-02-01,RPA,1,8000,5,9\n2017-02-01,RPA,1,8001,5,9\n2017-02-01,RN7,1,10,1,1\n"
    found = read(tmp_path, TYPES + rows)
    assert found.observations.frame["area"].to_list() == ["RN7"]
    assert kinds(found) == [RemarkKind.INCOMPLETE]


def test_a_sum_with_an_unknown_part_is_unknown(tmp_path: Path) -> None:
    rows = "2017-02-01,RPA,1,8000,,9\n2017-02-01,RPA,other,2000,0,0\n"
    row = read(tmp_path, TYPES + rows).observations.frame.row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (None, 10000)


def test_reasons_of_delay_have_one_spelling(tmp_path: Path) -> None:
    first = "Interface\u00a0process – Homeless with no recourse to public funds?"
    second = "Care transfer hub process– Awaiting referrals?(Pathway 1 or 3)"
    rows = f"RPA,Medway,2024-06-01,{first},5\nRPA,Medway,2024-06-01,{second},6\n"
    frame = read(tmp_path, DELAYS + rows).observations.frame
    assert frame["category"].to_list() == [
        "Interface process - Homeless with no recourse to public funds",
        "Care transfer hub process - Awaiting referrals (Pathway 1 or 3)",
    ]
    assert frame["period"].to_list() == ["2024-06", "2024-06"]


def test_columns_of_reasons_become_categories_and_blank_ones_are_not_collected(tmp_path: Path) -> None:
    frame = read(tmp_path, DAYS + "E10000016,Kent,2014-04,9,5,3,1,0,,,,,,,,,9,\n").observations.frame
    assert frame.select("category", "numerator").rows() == [
        ("", 9),
        ("Responsible: NHS", 5),
        ("Responsible: social care", 3),
        ("Responsible: both", 1),
        ("Reason: awaiting assessment", 0),
        ("Reason: housing", 9),
    ]


@pytest.mark.parametrize(
    ("eligible", "percent", "count", "status"),
    [
        ("317", "94.3", 299, "final"),  # 298 would print as 94.0 and 300 as 94.6
        ("269", "95.167", 256, "final"),
        ("5000", "94.3", 4715, "estimated"),  # 4713 to 4717 all print as 94.3
        ("10", "94.3", 9, "estimated"),  # no count of ten prints as 94.3
        ("317", "100", 317, "estimated"),  # 316 prints as 100 too, where no digit stands behind the point
    ],
)
def test_counts_are_worked_back_from_percentages(
    eligible: str, percent: str, count: int, status: str, tmp_path: Path
) -> None:
    rows = f"E06000035,Medway,2013/2014,Q2,{eligible},{percent},325,91.7\n"
    found = read(tmp_path, COVER + rows, measure="cover-pcv-12-months")
    row = found.observations.frame.row(0, named=True)
    assert (row["period"], row["numerator"], row["status"]) == ("2013-14 Q2", count, status)
    assert kinds(found) == ([RemarkKind.ESTIMATED] if status == "estimated" else [])


def test_percentages_of_one_period_have_as_many_digits_as_the_longest(tmp_path: Path) -> None:
    rows = "E06000035,Medway,2013/2014,Q2,317,100.0,,\nE06000036,Other,2013/2014,Q2,317,94.3,,\n"
    found = read(tmp_path, COVER + rows, measure="cover-pcv-12-months")
    assert found.observations.frame.select("numerator", "status").rows() == [(317, "final"), (299, "final")]


def test_numbers_held_back_are_known_to_be(tmp_path: Path) -> None:
    found = read(tmp_path, COVER + "E06000035,Medway,2013/2014,Q2,317,*,325,91.7\n")
    rows = found.observations.frame.select("measure", "numerator", "status").rows()
    assert rows == [("cover-pcv-12-months", None, "suppressed"), ("cover-pcv-24-months", 298, "final")]


def test_a_share_of_the_whole_list_is_not_made_of_a_register_of_some_ages(tmp_path: Path) -> None:
    whole = "whole list (see README)"
    rows = f"2014/15,CHD,09C,Ashford,14,{whole},1000,30,3.0\n2014/15,DM,09C,Ashford,14,{whole},1000,50,6.2\n"
    frame = read(tmp_path, REGISTERS + rows).observations.frame
    assert frame.select("measure", "numerator", "denominator", "value").rows() == [
        ("qof-prevalence-chd", 30, 1000, None),
        ("qof-prevalence-dm", None, None, 6.2),
    ]


def test_an_area_without_a_code_is_known_by_its_name(tmp_path: Path) -> None:
    rows = ",Adur,f,0,2,345\nE07000105,Ashford,m,1-4,1,99\n"
    frame = read(tmp_path, DEATHS + rows, name="deaths_2014.csv").observations.frame
    assert frame.select("area", "sex", "age", "period", "frequency").rows() == [
        ("Adur", "female", "0", "2014", "calendar-year"),
        ("E07000105", "male", "1-4", "2014", "calendar-year"),
    ]


@pytest.mark.parametrize("name", ["deaths.csv", "deaths_2014_2015.csv"])
def test_a_period_that_stands_nowhere_or_twice_in_the_name_is_refused(name: str, tmp_path: Path) -> None:
    said = refused(tmp_path, DEATHS + ",Adur,f,0,2,345\n", name=name)
    assert "Put the period of the rows in the name of the file, once." in said


TIDY = "measure,area,period,numerator,denominator\n"


def test_a_tidy_file_has_the_length_of_period_of_its_measure(tmp_path: Path) -> None:
    frame = read(tmp_path, TIDY + "ae-4-hours,RPA,2011-12,9,10\n").observations.frame
    assert frame.select("frequency", "starts").rows() == [("month", date(2011, 12, 1))]


def test_a_tidy_file_says_its_length_of_period_itself(tmp_path: Path) -> None:
    text = "measure,area,period,frequency,numerator,denominator\nours,RPA,2011-12,financial-year,9,10\n"
    assert read(tmp_path, text).observations.frame["starts"].to_list() == [date(2011, 4, 1)]


def test_a_measure_that_nobody_knows_needs_a_length_of_period(tmp_path: Path) -> None:
    found = read(tmp_path, TIDY + "ours,RPA,2011-12,9,10\nae-4-hours,RPA,2011-12,9,10\n")
    assert len(found.observations) == 1
    assert "the length of the period is not known. Fill the column 'frequency'" in str(found.remarks[0])


def test_a_period_that_cannot_be_read_hides_no_other_row(tmp_path: Path) -> None:
    found = read(tmp_path, TIDY + "ae-4-hours,RPA,soon,9,10\nae-4-hours,RPA,2011-12,9,10\n")
    assert found.observations.frame["line"].to_list() == [3]
    assert str(found.remarks[0]) == "file.csv:2:3 (period): 'soon' is not a month such as 2014-04."


def test_rows_without_a_measure_are_of_the_one_that_is_named(tmp_path: Path) -> None:
    text = "area,period,numerator,denominator\nRPA,2011-12,9,10\n"
    assert read(tmp_path, text, measure="ae-4-hours").observations.frame["measure"].to_list() == ["ae-4-hours"]
    assert "nothing says which measure this file is about" in refused(tmp_path, text)


def test_a_row_without_a_measure_is_remarked_on_where_none_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, TIDY + ",RPA,2011-12,9,10\nae-4-hours,RPA,2011-12,9,10\n")
    assert len(found.observations) == 1
    assert str(found.remarks[0]).startswith("file.csv:2:1 (measure): this row does not say which measure")


def test_a_tidy_file_of_other_measures_says_which(tmp_path: Path) -> None:
    said = refused(tmp_path, TIDY + "ae-4-hours,RPA,2011-12,9,10\n", measure="EF1")
    assert "no row is about the measure 'EF1'. Expected one of ae-4-hours" in said


def test_a_tidy_file_without_numbers_is_refused(tmp_path: Path) -> None:
    assert "no column holds a number" in refused(tmp_path, "measure,area,period\nae-4-hours,RPA,2011-12\n")


def test_a_status_is_one_of_those_known(tmp_path: Path) -> None:
    text = "measure,area,period,value,status\nae-4-hours,RPA,2011-12,95,Provisional\nae-4-hours,RPA,2012-01,95,draft\n"
    found = read(tmp_path, text)
    assert found.observations.frame["status"].to_list() == ["provisional"]
    assert "'draft' cannot be read here. Expected one of final, revised" in str(found.remarks[0])


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_what_is_written_is_whole_and_alone(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n")
    write_observations(read_observations(path).observations, tmp_path / name)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file.csv", name]
    again = read_observations(tmp_path / name).observations.frame
    assert again["numerator"].to_list() == [9000, 40]


def test_observations_are_written_only_where_and_how_that_is_known(tmp_path: Path) -> None:
    nothing = observations_from(pl.DataFrame(schema={"measure": pl.String()}))
    with pytest.raises(InputError, match=r"a name that ends in \.csv or \.parquet"):
        write_observations(nothing, tmp_path / "out.xlsx")
    with pytest.raises(InputError, match="this cannot be written"):
        write_observations(nothing, tmp_path / "none" / "out.csv")


MAPPED = [each for each in read_catalogue().datasets if each.observations and each.group != "own"]
ROWS = {
    "ae-attendances-org": 8298,
    "ae-monthly-icb": 2 * 1680,
    "ae-monthly-trust": 2 * 352,
    "beds-monthly-trust": 204,
    "deaths-population-by-age-sex-lad": 13560,
    "delayed-transfers-monthly-la": 224956,
    "discharge-daily-trust": 6061,
    "discharge-delay-reasons-trust": 2220,
    "lad-modelled-prevalence": 6594,
    "pcv-coverage-quarterly-utla": 2 * 6816,
    "practice-qof-cvd": 6 * 310,
    "practice-smoking-prevalence-qof": 717,
    "qof-ccg-indicators": 731,
    "qof-ccg-prevalence": 24045,
    "rtt-long-waits-trust": 2 * 8222,
}


@pytest.mark.parametrize("dataset", MAPPED, ids=lambda each: each.id)
def test_every_mapped_file_of_the_data_folder_is_read(dataset: Dataset, shared_data: Path) -> None:
    (path,) = [path for pattern in dataset.files for path in shared_data.glob(pattern)]
    found = read_observations(path)
    frame = found.observations.frame
    assert found.dataset.id == dataset.id
    assert len(frame) == ROWS[dataset.id]
    assert set(kinds(found)) <= {RemarkKind.ESTIMATED}
    assert set(frame["measure"].unique()) == set(dataset.measures)
    twice = frame.select(KEY).is_duplicated().sum()
    assert twice == (84 if dataset.id == "practice-smoking-prevalence-qof" else 0)


@pytest.mark.parametrize("dataset", MAPPED, ids=lambda each: each.id)
def test_every_measure_that_a_layout_gives_is_defined_with_its_length_of_period(dataset: Dataset) -> None:
    measures = read_measures()
    for layout in dataset.observations:
        for measure in layout.gives:
            assert measures[measure].id == measure
            assert measures[measure].frequency is layout.period.frequency


def test_every_data_set_that_a_measure_names_is_known() -> None:
    named = {source.dataset for measure in read_measures().measures for source in measure.sources if source.dataset}
    assert named <= set(read_catalogue().ids)
