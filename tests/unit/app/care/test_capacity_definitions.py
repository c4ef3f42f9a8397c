"""The definitions of the capacity room can be read, hang together, and say how sure they are."""

from datetime import timedelta
from pathlib import Path

import pytest

from placeplan.app.care.capacity_definitions import (
    FOLDER,
    care_definitions_in,
    read_care_definitions,
    read_standards,
    read_workforce_definitions,
    workforce_definitions_in,
)
from placeplan.app.care.capacity_standards import tell_standards
from placeplan.capacity.placement import placed
from placeplan.kernel.errors import InputError


def test_standards_have_a_source_and_a_confidence() -> None:
    standards = read_standards()
    assert standards.number("bed-occupancy") == 0.85
    assert standards.number("cluster-largest") == 82_500
    assert all(one.reference for one in standards.standards)
    assert {one.id for one in standards.standards if one.confirmed} >= {"bed-occupancy", "extended-access-minutes"}
    assert not standards["bed-not-free"].confirmed


def test_a_module_gives_staff_for_the_middle_of_its_range() -> None:
    definitions = read_workforce_definitions()
    module = definitions.module("local-care-team")
    assert module.middle == 40_000
    assert not module.confirmed
    assert "SYNTHETIC" in module.note
    by_role = dict(zip([role.id for role in module.roles], module.wte(definitions.working_time)))
    time = next(one.time for one in definitions.working_time if one.id == "agenda-for-change-home")
    assert by_role["community-nurse"] == pytest.approx(420 * 40 * 42 / 60 / time.contact_hours)


def test_services_of_the_document_go_where_it_says() -> None:
    """West Kent Local Care Plan 2017, sections 7.1 to 7.4."""
    care = read_care_definitions()
    found = placed([one.rules for one in care.services], [one.level() for one in care.levels])
    where = {one.service.id: one.level for one in found}
    assert where["community-beds"] == where["integrated-urgent-care"] == "place"
    assert where["frailty-assessment"] == "hub"
    assert where["multidisciplinary-team"] == where["extended-access"] == "cluster"
    assert where["rapid-response"] == "home"
    assert where["annual-review"] == "practice"


def test_a_review_that_is_overdue_is_seen() -> None:
    due = read_standards().review.review_due
    assert tell_standards(today=due).marks == ()
    assert tell_standards(today=due + timedelta(days=1)).marks == ("Review overdue",)


def problems_of(path: Path) -> str:
    read = care_definitions_in if path.stem == "care" else workforce_definitions_in
    with pytest.raises(InputError) as refused:
        read(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("care", "minimum_population: 250000", "minimum_population: -1", "minimum_population"),
        ("care", "id: hub", "id: cluster", "'cluster' stands here twice"),
        ("care", "hours_a_week: 52.5", "hours_a_week: 200", "168"),
        ("workforce", "working_time: general-practitioner,", "working_time: nobody,", "works by 'nobody'; expected"),
        ("workforce", "smallest: 30000", "smallest: 60000", "is above the largest"),
        ("workforce", "sickness: 0.02", "sickness: 2", "sickness"),
        ("workforce", "participation: 0.717", "participation: 0", "participation"),
    ],
)
def test_a_file_of_ones_own_is_read_with_every_problem_located(
    tmp_path: Path, name: str, old: str, new: str, words: str
) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    assert (care_definitions_in if name == "care" else workforce_definitions_in)(path)
    path.write_text(text.replace(old, new), encoding="utf-8")
    told = problems_of(path)
    assert told.startswith(f"{name}.yaml")
    assert any(each in told for each in words.split("|"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in problems_of(tmp_path / "care.yaml")
