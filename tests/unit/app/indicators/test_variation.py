"""Use cases of variation: what is read, what is set aside, and what is said of it."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from placeplan.app.indicators.area_issues import unit_costs_from
from placeplan.app.indicators.concentration import SEVERAL_RATINGS, provider_concentration
from placeplan.app.indicators.opening_hours import HoursOptions, opening_hours
from placeplan.app.indicators.outlier_records import read_reasons
from placeplan.app.indicators.several_measures import WhichMeasures, read_several
from placeplan.kernel.errors import InputError

REASONS = "measure,area,period,finding,reason,found_by,found_on,action"
OBSERVATIONS = "measure,area,area_name,period,frequency,sex,numerator,denominator"


def written(folder: Path, *lines: str) -> Path:
    file = folder / "rows.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_cost_of_an_event_is_read_as_people_write_it() -> None:
    assert unit_costs_from(["ef26=£1,085.50"]) == {"EF26": Decimal("1085.50")}


@pytest.mark.parametrize("text", ["EF26", "EF26=", "EF26=-3", "EF26=0", "EF26=nan", "=20"])
def test_what_is_no_cost_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        unit_costs_from([text])


def test_every_wrong_cost_is_told() -> None:
    with pytest.raises(InputError) as caught:
        unit_costs_from(["EF26=free", "EF99=3"])
    assert len(caught.value.problems) == 2


def test_a_record_counts_once_and_by_the_identifier_of_the_definition(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        REASONS,
        "ef26,P1,2013-14,Warranted,students,A. Nurse,2014-05-01,",
        "EF26,P1,2013-14,unwarranted,other,A. Nurse,2014-05-01,",
        "EF99,P1,2013-14,unwarranted,other,A. Nurse,2014-05-01,",
        "EF25,P1,2013-14,warranted,students,A. Nurse,1 May,",
    )
    found = read_reasons(file)
    assert [(one.measure, one.finding.value) for one in found.reasons] == [("EF26", "warranted")]
    assert sorted(remark.problem.location.line for remark in found.remarks) == [3, 4, 5]


def test_rows_about_everybody_are_taken_where_there_are_several_sexes(tmp_path: Path) -> None:
    rows = [f"EF26,P1,One,2013-14,financial-year,{sex},{count},100" for sex, count in (("female", 30), ("persons", 40))]
    several = read_several(written(tmp_path, OBSERVATIONS, *rows), WhichMeasures())
    (results,) = several.results
    assert results.frame["value"].to_list() == [40.0]
    assert several.code_of("One") == several.code_of("P1") == "P1"
    with pytest.raises(InputError, match="no row is about the area 'Onn'"):
        several.code_of("Onn")


def test_a_measure_without_a_row_that_can_be_used_hides_no_other(tmp_path: Path) -> None:
    rows = ["EF26,P1,,2013-14,financial-year,,30,100", "EF25,P1,,2013-14,financial-year,,130,100"]
    several = read_several(written(tmp_path, OBSERVATIONS, *rows), WhichMeasures())
    assert [one.measure.id for one in several.results] == ["EF26"]
    assert several.left_out == ("EF25: no row can be used",)
    assert [remark.problem.location.line for remark in several.remarks if remark.kind.sets_aside] == [3]


def test_a_period_that_no_row_has_leaves_nothing(tmp_path: Path) -> None:
    rows = ["EF26,P1,,2013-14,financial-year,,30,100"]
    with pytest.raises(InputError, match="no row can be used in 2012-13"):
        read_several(written(tmp_path, OBSERVATIONS, *rows), WhichMeasures(period="2012-13"))


def test_ratings_that_differ_are_not_chosen_between(tmp_path: Path) -> None:
    file = written(tmp_path, "provider,spend,rating", "A,60,Good", "A,40,Inadequate", "B,100,")
    report = provider_concentration(file)
    providers = dict(report.tables["providers"].select("provider", "rating").iter_rows())
    assert providers == {"A": SEVERAL_RATINGS, "B": ""}
    assert report.tables["markets"]["index"].to_list() == [5_000.0]
    assert [remark.kind.sets_aside for remark in report.remarks] == [False]


def test_spend_that_is_not_known_is_not_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, "provider,spend", "A,60", "A,", "B,100")
    report = provider_concentration(file)
    assert dict(report.tables["providers"].select("provider", "note").iter_rows())["A"] == "spend is not known"
    assert report.tables["markets"]["pounds"].to_list() == [100.0]


def test_a_site_in_two_practices_is_told_and_stays_in_the_first(tmp_path: Path) -> None:
    file = written(tmp_path, "site,practice,weekday,opens,closes", "A,P1,Mon,08:00,12:00", "A,P2,Tue,08:00,12:00")
    report = opening_hours(file, options=HoursOptions(below=Decimal(9)))
    assert report.tables["sites"].select("practice", "hours").rows() == [("P1", 8.0)]
    assert "another practice in a row above" in str(report.remarks[0])
    assert report.rows_set_aside == 0
    assert report.tables["few-hours"]["short"].to_list() == [1.0]


def test_a_day_whose_hours_are_blank_is_unknown_and_not_closed(tmp_path: Path) -> None:
    file = written(tmp_path, "site,weekday,hours", 'A,Mon,"08:00-12:00, 14:00-18:00"', "A,Tue,")
    report = opening_hours(file)
    assert report.tables["sites"]["hours"].to_list() == [None]
    tuesday = report.tables["slots"].filter(pl.col("weekday") == "Tuesday")
    assert tuesday["share"].null_count() == tuesday.height


def test_a_file_in_which_no_site_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row names a site"):
        opening_hours(written(tmp_path, "site,hours", ",Mon 08:00-12:00"))
