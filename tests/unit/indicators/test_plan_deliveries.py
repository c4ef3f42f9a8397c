"""What stands in a plan joins the store: periods as printed, observations beside trajectories, remarks on the rest."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.checks.example_plans import Example

from placeplan.app.measure_definitions import read_measures
from placeplan.assurance.findings import Case
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery, deliveries_of_plan
from placeplan.indicators.in_plans.plan_observations import plan_observations
from placeplan.indicators.in_plans.plan_readings import period_of, readings
from placeplan.indicators.observed.remarks import RemarkKind
from placeplan.indicators.trajectory.delivery import Standing
from placeplan.indicators.trajectory.recovery import recovery_to_plan
from placeplan.kernel.spans import Frequency

HEAD = "indicator,title,area,period,numerator,denominator,value,unit,status,source\n"
YEARS = {"years": ["2016-17", "2017-18"]}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2014/15", "2014-15"),
        ("2015/2016", "2015-16"),
        ("2011-12", "2011-12"),
        ("2014-15 Q1", "2014-15 Q1"),
        ("Q1 2014/15", "2014-15 Q1"),
        ("2014-04", "2014-04"),
        ("February 2016", "2016-02"),
        ("31 December 2016", "2016-12-31"),
        ("2016", "2016"),
        ("2012 to 2014", "2012 to 2014"),
    ],
)
def test_printed_periods_are_read(text: str, read: str) -> None:
    span = period_of(text)
    assert span is not None
    assert span.text == read


def test_a_text_of_two_lengths_is_that_of_the_measure_or_a_financial_year() -> None:
    year, month = period_of("2011-12"), period_of("2011-12", Frequency.MONTH)
    assert year is not None
    assert month is not None
    assert (year.starts, month.starts) == (date(2011, 4, 1), date(2011, 12, 1))


@pytest.mark.parametrize("text", ["", None, "pooled", "202/13", "2011/15 pooled", "since 2012/13", "Febuary 2016"])
def test_other_texts_are_no_period(text: str | None) -> None:
    assert period_of(text) is None


def case_of(folder: Path, *, observations: str = "", trajectories: str = "") -> Case:
    """A small plan for two years with some observations and trajectories."""
    files = {
        "performance/observations.csv": HEAD + observations,
        "performance/trajectories.csv": "indicator,area,title,unit,2016-17,2017-18\n" + trajectories,
    }
    return Example("PER011", "made up", YEARS, files, ()).check(folder).case


def joined(case: Case) -> tuple[PlanDelivery, ...]:
    """The deliveries of a plan, with the definitions that come with Placeplan."""
    return deliveries_of_plan(case.plan, read_measures(), standards=case.round.standards)


def test_rows_become_observations_and_the_rest_is_remarked_on(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        observations=(
            "ae-4-hours,Four hours,Example,2016-04,930,1000,,,,Return\n"
            "ae-4-hours,Four hours,Example,May 2016,,,94.1%,,provisional,Return\n"
            "ae-4-hours,Four hours,Example,2016-06,,,0.95,share,estimate,Return\n"
            "ae-4-hours,Four hours,Example,2016-07,,,95%,,projection,Return\n"
            "ae-4-hours,Four hours,Example,lately,,,95%,,,Return\n"
            "ae-4-hours,Four hours,Example,,,,95%,,,Return\n"
            "ae-4-hours,Four hours,Example,2016-08,930,,,,,Return\n"
            "Local,Of our own,Elsewhere,2016-17,,,12,people,,Return\n"
        ),
    )
    found, remarks = plan_observations(case.plan, read_measures())
    assert found.frame["period"].to_list() == ["2016-04", "2016-05", "2016-06", "2016-17"]
    assert found.frame["measure"].to_list() == ["ae-4-hours"] * 3 + ["Local"]
    assert found.frame["value"].to_list() == [None, 94.1, 95.0, 12.0]
    assert found.frame["status"].to_list() == ["final", "provisional", "estimated", "final"]
    assert found.frame.filter(pl.col("numerator") == 930)["line"].to_list() == [2]
    assert [remark.kind for remark in remarks] == [
        RemarkKind.NOTHING_MEASURED,
        RemarkKind.UNREADABLE,
        RemarkKind.INCOMPLETE,
        RemarkKind.NOTHING_MEASURED,
    ]
    assert "performance/observations.csv:6:4 (period): ae-4-hours, Example: 'lately' is not a period" in str(remarks[1])


def test_a_plan_without_observations_has_none(tmp_path: Path) -> None:
    found, remarks = plan_observations(case_of(tmp_path).plan, read_measures())
    assert (len(found), remarks) == (0, ())


def test_observations_of_the_place_stand_beside_its_trajectory(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        trajectories="ae-4-hours,,Four hours,per cent,93%,95%\nae-4-hours,Elsewhere,Four hours,per cent,90%,91%\n",
        observations=(
            "ae-4-hours,Four hours,Example,2016-05,940,1000,,,,Return\n"
            "AE-4-hours,Four hours,NHS Example CCG,2016-04,920,1000,,,,Return\n"
            "ae-4-hours,Four hours,England,2016-04,,,91%,,,Return\n"
        ),
    )
    place, elsewhere = joined(case)
    assert [point.value for point in place.delivery.actual] == [92.0, 94.0]
    assert [gap.to_plan for gap in place.delivery.gaps] == [-1.0, 1.0]
    assert (place.delivery.standard_test, place.delivery.trajectory_test) == (Standing.MISSED, Standing.MET)
    assert elsewhere.delivery.trajectory_test is Standing.NO_DATA
    assert recovery_to_plan(place.delivery) == 0


def test_a_local_indicator_has_no_better_side(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        trajectories="of-our-own,,Of our own,people,10,12\n",
        observations="of-our-own,Of our own,Example,2016-17,,,9,people,,Return\n",
    )
    [found] = joined(case)
    assert found.delivery.trajectory_test is Standing.NOT_KNOWN


def test_the_round_says_which_way_is_better_where_no_definition_does(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        trajectories="ae-4-hours,,Four hours,per cent,93%,95%\n",
        observations="ae-4-hours,Four hours,Example,2016-17,,,92%,,,Return\n",
    )
    [found] = deliveries_of_plan(case.plan, None, standards=case.round.standards)
    assert found.delivery.trajectory_test is Standing.MISSED


def test_one_length_of_period_is_used_and_one_row_a_period(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        trajectories="ae-4-hours,,Four hours,per cent,93%,95%\n",
        observations=(
            "ae-4-hours,Four hours,Example,2015/16,,,91%,,,Return\n"
            "ae-4-hours,Four hours,Example,2016-04,,,92%,,,First source\n"
            "ae-4-hours,Four hours,Example,2016-04,,,99%,,,Second source\n"
        ),
    )
    [found] = joined(case)
    assert [point.value for point in found.delivery.actual] == [92.0]
    assert found.delivery.notes == ("Observations of other lengths of period are left out.",)


def test_shares_and_per_cents_are_brought_to_one_scale(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        trajectories="ae-4-hours,,Four hours,share,0.93,0.95\nof-our-own,,Of our own,per cent,50,51\n",
        observations=(
            "ae-4-hours,Four hours,Example,2016-17,92,100,,,,Return\n"
            "of-our-own,Of our own,Example,2016-17,,,0.49,share,,Return\n"
        ),
    )
    hours, own = joined(case)
    assert [gap.to_plan for gap in hours.delivery.gaps] == [-1.0]
    assert hours.delivery.unit == "per cent"
    assert [point.value for point in own.delivery.actual] == [49.0]


def test_readings_keep_exact_numbers(tmp_path: Path) -> None:
    case = case_of(tmp_path, observations="ae-4-hours,Four hours,Example,2016-04,,,94.1%,,,Return\n")
    [reading], _ = readings(case.plan.observations)
    assert reading.value == Decimal("94.1")


def test_checks_can_use_deliveries_without_loading_frames() -> None:
    module = "placeplan.indicators.in_plans.plan_deliveries"
    program = f"import sys, {module}; print('polars' in sys.modules, 'scipy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
