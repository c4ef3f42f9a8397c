from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placeplan.app.care.do_nothing_definitions import (
    read_adjustments,
    read_groups,
    read_own_adjustments,
    read_points,
    read_stated_gaps,
)
from placeplan.demand.adjustment_library import AdjustmentLibrary, How, adjustment_of
from placeplan.demand.axes import Axes
from placeplan.demand.belief_definitions import Belief
from placeplan.demand.distributions import Beta, Fixed, LogNormal, Normal, Pert, Triangular, Uniform
from placeplan.demand.errors import DemandError
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError

POINTS = read_points().ids
AXES = Axes(POINTS, ("everyone",), ("Swale",), ("2023", "2024", "2033"))
SIZE = np.array([1, 1.1, 1.2]).reshape(1, 1, 1, 3)
POPULATION = {How.SIZE: SIZE, How.STRUCTURE: SIZE, How.HEALTH: 1 / SIZE}
ENTRY = """adjustments:
  - id: waiting-list
    title: Waiting list
    how: level
    applied: true
    terms:
      - {points: [elective-admissions], by_year: {'2024': 1.03}, belief: {uniform: [0.5, 1.5]}}
    reference: Our own recovery plan
    confidence: confirmed
    review: {reviewed: 2026-11-01, reviewer: A. Planner, review_due: 2027-11-01}
"""


def library(text: str) -> AdjustmentLibrary:
    return validated(AdjustmentLibrary, read_yaml(text, "own.yaml"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{fixed: 0.1}", Fixed(0.1)),
        ("{uniform: [0, 1]}", Uniform(0, 1)),
        ("{triangular: [0, 0.5, 1]}", Triangular(0, 0.5, 1)),
        ("{pert: [0, 0.5, 1]}", Pert(0, 0.5, 1)),
        ("{normal: [0, 1], at_least: -1, at_most: 2}", Normal(0, 1, -1, 2)),
        ("{normal_between: [0, 1]}", Normal.between(0, 1)),
        ("{normal_between: [0, 1], share: 0.95}", Normal.between(0, 1, share=0.95)),
        ("{lognormal_between: [1, 2]}", LogNormal.between(1, 2)),
        ("{beta: [2, 3]}", Beta(2, 3)),
    ],
)
def test_a_belief_is_one_distribution(given: str, expected: object) -> None:
    assert validated(Belief, read_yaml(given, "b.yaml")).distribution() == expected


def test_a_normal_belief_is_cut_off_where_nothing_can_come() -> None:
    belief = validated(Belief, read_yaml("{normal_between: [0, 1]}", "b.yaml"))
    assert belief.distribution(at_least=-1).low == -1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{}", "expected exactly one of fixed, uniform"),
        ("{fixed: 1, uniform: [0, 1]}", "expected exactly one of fixed, uniform"),
        ("{uniform: [1, 0]}", "uniform: it runs from 1 to 0; expected the smaller number first"),
        ("{triangular: [0, 1]}", "triangular"),
        ("{uniform: [0, 1], share: 0.5}", "'share' belongs to lognormal_between and normal_between"),
        ("{uniform: [0, 1], at_least: 0}", "'at_least' and 'at_most' belong to normal and normal_between"),
        ("{gamma: [1, 2]}", "gamma"),
        ("{fixed: many}", "many"),
    ],
)
def test_beliefs_that_cannot_be_read(given: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        validated(Belief, read_yaml(given, "b.yaml"))


def test_the_library_that_comes_along_becomes_adjustments() -> None:
    made = [adjustment_of(one, AXES, population=POPULATION) for one in read_adjustments().applied]
    assert [one.identifier for one in made] == [
        "size", "age-and-sex-structure", "health-status", "non-demographic-growth",
    ]  # fmt: skip
    growth = made[-1]
    assert [factor.identifier for factor in growth.factors][:2] == [
        "non-demographic-growth/ae-attendances", "non-demographic-growth/non-elective-admissions",
    ]  # fmt: skip
    beds, admissions = (POINTS.index(f"non-elective-{what}") for what in ("bed-days", "admissions"))
    np.testing.assert_array_equal(growth.expected()[beds], growth.expected()[admissions])


def test_every_entry_says_where_it_comes_from_and_most_await_confirmation() -> None:
    every = read_adjustments().adjustments
    assert "population-variants" in {one.id for one in every if not one.applied}
    assert {one.id for one in every if one.confidence == "confirmed"} == {"size", "age-and-sex-structure"}
    assert all(one.reference for one in every)
    assert {"waiting-list", "repatriation", "counting-and-coding"} <= {one.id for one in every if not one.applied}


def test_every_group_of_published_rates_has_a_point_of_delivery() -> None:
    assert len(read_groups().groups) == 13
    assert {group.point for group in read_groups().groups} == set(POINTS) - {"community-contacts", "community-bed-days"}


def test_own_entries_take_the_place_of_those_in_the_library(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(ENTRY, encoding="utf-8")
    found = read_own_adjustments(file)
    assert [one.id for one in found.adjustments] == [one.id for one in read_adjustments().adjustments]
    waiting = next(one for one in found.applied if one.id == "waiting-list")
    table = adjustment_of(waiting, AXES).expected()
    assert table[POINTS.index("elective-admissions")].ravel().tolist() == pytest.approx([1, 1.03, 1.03])
    assert table[0].ravel().tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("level", "growth"), "growth needs terms, each with a 'belief'|own.yaml"),
        (("by_year: {'2024': 1.03}, ", ""), "a level that is applied needs a term with 'by_year'"),
        (("how: level", "how: population-size"), "so it has no terms"),
        (("how: level", "how: levle"), "levle"),
        (("title: Waiting list", "titel: Waiting list"), "Did you mean 'title'"),
        (("[0.5, 1.5]", "[1.5, 0.5]"), "expected the smaller number first"),
        (("adjustments:", "adjustment:"), "adjustment"),
    ],
)
def test_files_of_adjustments_that_cannot_be_read(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    file = tmp_path / "own.yaml"
    text = ENTRY.replace(*change)
    if change[1] == "growth":
        text = text.replace(", belief: {uniform: [0.5, 1.5]}", "")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as raised:
        read_own_adjustments(file)
    assert all(problem.location.file == "own.yaml" and problem.location.line for problem in raised.value.problems)


def test_a_missing_file_and_a_repeated_entry_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml: the file cannot be opened"):
        read_own_adjustments(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="the adjustment 'waiting-list' stands here twice"):
        library(ENTRY + ENTRY.removeprefix("adjustments:\n"))


def test_names_that_are_not_on_the_axes_are_refused() -> None:
    with pytest.raises(DemandError, match="the point of delivery 'beds' is not known"):
        adjustment_of(library(ENTRY.replace("elective-admissions", "beds")).adjustments[0], AXES)
    with pytest.raises(DemandError, match="size: it needs a population with ages, and none is given"):
        adjustment_of(read_adjustments().adjustments[0], AXES)


def test_stated_gaps_are_kept_apart_from_what_their_shares_come_to() -> None:
    gaps: Any = read_stated_gaps()
    assert float(gaps["kent-and-medway-2020-21"].amount) == 486
    assert gaps.derived("kent-and-medway-2020-21") is None
    assert gaps.derived("kent-and-medway-2020-21-by-share") == pytest.approx(942)
