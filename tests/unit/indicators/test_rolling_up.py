"""Figures are carried to the organisations of a day and added up to footprints, never short and never twice."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.unit.indicators.observation_examples import observed, row
from tests.unit.indicators.places import graph_of, membership, succession

from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.remarks import RemarkKind
from placeplan.indicators.observed.rolling_up import RolledUp, rolled_up
from placeplan.kernel.organisations import OrganisationType
from placeplan.rounds.organisations_reader import read_organisations

TODAY = date(2026, 11, 22)
MERGER = graph_of(succession("a", "ab", on="2020-04-01"), succession("b", "ab", on="2020-04-01"))


def figures(found: RolledUp, *more: str) -> list[tuple[Any, ...]]:
    return found.observations.frame.select("area", "period", "numerator", "denominator", *more).rows()


def counted(area: str, period: str = "2018-19", count: int = 1, people: int = 10) -> dict[str, Any]:
    return row(area, period, numerator=count, denominator=people)


def test_figures_of_merged_organisations_are_added_under_the_new_one() -> None:
    rows = observed(counted("a", count=1), counted("b", count=2), counted("ab", "2020-21", count=4, people=20))
    found = rolled_up(rows, MERGER, on=TODAY)
    assert found.remarks == ()
    assert figures(found) == [("ab", "2018-19", 3, 20), ("ab", "2020-21", 4, 20)]


def test_before_the_merger_each_stands_alone() -> None:
    rows = observed(counted("a"), counted("b"))
    found = rolled_up(rows, MERGER, on=date(2020, 3, 31))
    assert figures(found) == [("a", "2018-19", 1, 10), ("b", "2018-19", 1, 10)]


def test_a_sum_is_never_short() -> None:
    found = rolled_up(observed(counted("a"), counted("b", "2017-18"), counted("a", "2017-18")), MERGER, on=TODAY)
    assert figures(found) == [("ab", "2017-18", 2, 20)]
    [remark] = found.remarks
    assert (remark.kind, remark.count) == (RemarkKind.INCOMPLETE, 1)
    assert str(remark).startswith(
        "example.csv:2 (area): ab in 2018-19 is not added up: there are no figures of b. Expected "
    )


def test_a_suppressed_part_leaves_the_sum_out() -> None:
    found = rolled_up(observed(counted("a"), row("b", denominator=10, status="suppressed")), MERGER, on=TODAY)
    assert figures(found) == []
    assert [remark.kind for remark in found.remarks] == [RemarkKind.INCOMPLETE]


def test_figures_of_an_organisation_and_of_those_before_it_are_not_mixed() -> None:
    rows = observed(counted("a"), counted("b"), counted("ab"))
    found = rolled_up(rows, MERGER, on=TODAY)
    assert figures(found) == []
    [remark] = found.remarks
    assert remark.kind is RemarkKind.DUPLICATE
    assert "figures stand under ab and under a, b, whose work it took over" in str(remark)


def test_published_values_are_not_added_but_a_new_name_keeps_them() -> None:
    renamed = graph_of(succession("old", "new", on="2020-04-01"), *MERGER.successions)
    rows = observed(
        row("old", value=12.5, lower=10.0, upper=15.0), row("a", value=10.0), counted("b"), counted("a", "2017-18")
    )
    found = rolled_up(rows, renamed, on=TODAY)
    assert found.observations.frame.select("area", "value", "lower", "upper").rows() == [("new", 12.5, 10.0, 15.0)]
    assert [(remark.kind, remark.count) for remark in found.remarks] == [
        (RemarkKind.INCOMPLETE, 1),
        (RemarkKind.NO_COUNTS, 2),
    ]
    assert "published values cannot be added, and counts are missing in a" in str(found.remarks[1])


def test_a_part_without_the_denominator_that_others_have_is_not_added() -> None:
    found = rolled_up(observed(counted("a"), row("b", numerator=3)), MERGER, on=TODAY)
    assert figures(found) == []
    assert "counts are missing in b" in str(found.remarks[0])
    counts = rolled_up(observed(row("a", numerator=2), row("b", numerator=3)), MERGER, on=TODAY)
    assert figures(counts) == [("ab", "2018-19", 5, None)]


def test_a_split_needs_weights() -> None:
    split = graph_of(succession("whole", "north", on="2020-04-01"), succession("whole", "south", on="2020-04-01"))
    rows = observed(counted("whole"), counted("other"), counted("whole", "2017-18"))
    found = rolled_up(rows, split, on=TODAY)
    assert figures(found) == [("other", "2018-19", 1, 10)]
    [remark] = found.remarks
    assert (remark.kind, remark.count) == (RemarkKind.SPLIT, 2)
    assert "whole was split between north, south" in str(remark)
    shares = {("whole", "north"): 0.75, ("whole", "south"): 0.25}
    shared = rolled_up(rows, split, on=TODAY, weights=shares)
    assert figures(shared, "status")[:2] == [
        ("north", "2017-18", 0.75, 7.5, "estimated"),
        ("north", "2018-19", 0.75, 7.5, "estimated"),
    ]
    assert rolled_up(rows, split, on=TODAY, weights={("whole", "north"): 0.75}).remarks == found.remarks


def test_footprints_are_made_up_of_their_members_of_the_time() -> None:
    graph = graph_of(
        membership("practice 1", "network"),
        membership("practice 2", "network", until="2019-03-31"),
        membership("practice 3", "network", since="2019-04-01"),
        membership("network", "place"),
        membership("practice 4", "place"),
    )
    years = ("2018-19", "2019-20")
    rows = observed(*(counted(f"practice {number}", year, count=number) for number in range(1, 5) for year in years))
    found = rolled_up(rows, graph, on=TODAY, to=["network", "place"])
    assert found.remarks == ()
    assert figures(found) == [
        ("network", "2018-19", 1 + 2, 20),
        ("network", "2019-20", 1 + 3, 20),
        ("place", "2018-19", 1 + 2 + 4, 30),
        ("place", "2019-20", 1 + 3 + 4, 30),
    ]


def test_a_member_that_comes_in_the_middle_of_a_period_leaves_it_out() -> None:
    graph = graph_of(membership("a", "place"), membership("b", "place", since="2018-10-01"))
    found = rolled_up(observed(counted("a"), counted("b")), graph, on=TODAY, to="place")
    assert figures(found) == []
    assert "members changed within the period in place" in str(found.remarks[0])


def test_an_area_in_two_footprints_of_one_place_counts_once() -> None:
    graph = graph_of(*(membership(*pair) for pair in (("a", "x"), ("a", "y"), ("x", "place"), ("y", "place"))))
    assert figures(rolled_up(observed(counted("a")), graph, on=TODAY, to="place")) == [("place", "2018-19", 1, 10)]


def test_a_sum_is_as_weak_as_its_weakest_part_and_names_every_source() -> None:
    rows = observed(counted("a") | {"status": "provisional", "source": "first"}, counted("b") | {"source": "second"})
    [found] = rolled_up(rows, MERGER, on=TODAY).observations.frame.to_dicts()
    assert (found["status"], found["source"]) == ("provisional", "first; second")
    assert (found["file"], found["line"]) == ("example.csv", 2)


def test_sexes_and_ages_are_added_apart() -> None:
    rows = observed(*(counted(area) | {"sex": sex, "age": "0-4"} for area in "ab" for sex in "fm"))
    found = rolled_up(rows, MERGER, on=TODAY)
    assert found.observations.frame.select("sex", "age", "numerator").rows() == [("f", "0-4", 2), ("m", "0-4", 2)]


def test_a_suppressed_row_of_an_area_that_stays_is_kept() -> None:
    rows = observed(row("c", status="suppressed", denominator=5))
    assert rolled_up(rows, MERGER, on=TODAY).observations.frame.equals(rows.frame)
    assert len(rolled_up(rows, MERGER, on=TODAY, to=["ab"]).observations) == 0


def test_rows_that_stand_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="check the observations before adding up"):
        rolled_up(observed(counted("a"), counted("a")), MERGER, on=TODAY)


def test_commissioning_groups_of_kent_and_medway_come_to_the_board_of_today() -> None:
    graph = read_organisations()
    groups = [body.id for body in graph.organisations if body.type is OrganisationType.CCG][:8]
    rows = observed(*(counted(group) for group in groups), counted("kent-and-medway-ccg", "2020-21", people=80))
    found = rolled_up(rows, graph, on=TODAY, to=OrganisationType.ICB)
    assert found.remarks == ()
    assert figures(found) == [("kent-and-medway-icb", "2018-19", 8, 80), ("kent-and-medway-icb", "2020-21", 1, 80)]
    assert found.observations.frame["area_name"].unique().to_list() == [graph["kent-and-medway-icb"].name]


def test_no_rows_give_no_rows() -> None:
    none = Observations(observed(counted("a")).frame.clear())
    assert rolled_up(none, MERGER, on=TODAY).observations.frame.equals(none.frame)


def test_many_sums_that_lack_a_part_are_counted() -> None:
    rows = observed(*(counted("a") | {"category": f"reason {number}"} for number in range(30)))
    found = rolled_up(rows, MERGER, on=TODAY)
    assert isinstance(found.observations.frame, pl.DataFrame)
    assert sum(remark.count for remark in found.remarks) == 30
