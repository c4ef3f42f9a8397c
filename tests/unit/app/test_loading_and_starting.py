"""Reading a plan with its round, and starting a new one."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.unit.app.bundled import EXAMPLES, NAMES

from placeplan.app.checking import check_path
from placeplan.app.computing import compute
from placeplan.app.creating import create_plan
from placeplan.app.loading import load
from placeplan.app.rounds import round_sections, rounds_known
from placeplan.app.workbooks import export_workbook, import_workbook
from placeplan.kernel.errors import InputError
from placeplan.rounds.reader import list_rounds, read_round

TODAY = date(2026, 11, 22)
every_round = pytest.mark.parametrize("round_id", list_rounds())


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_comes_with_the_round_that_it_names(name: str) -> None:
    loaded = load(EXAMPLES / name)
    assert loaded.round.id == loaded.plan.header.round


def test_a_plan_can_be_tested_against_another_round() -> None:
    loaded = load(EXAMPLES / "west-kent-2016", round_id="2026-29")
    assert (loaded.plan.header.round, loaded.round.id) == ("2016-17", "2026-29")


def test_a_scenario_changes_what_it_names() -> None:
    plain, changed = (load(EXAMPLES / "kent-medway-2014", scenario=name).plan for name in (None, "drug-allocation"))
    assert plain.lines == changed.lines
    assert plain.allocations != changed.allocations


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"scenario": "no-such"}, "there is no scenario called 'no-such'"),
        ({"round_id": "1999-00"}, "there is no planning round '1999-00'"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(wanted: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(EXAMPLES / "kent-medway-2014", **wanted)


def test_a_plan_of_an_unknown_round_is_refused_at_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "swale-2016", folder)
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(text.replace("round: 2016-17", "round: 2099-00"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert text.splitlines()[problem.location.line - 1].startswith("round:")


def test_there_is_no_plan_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load(tmp_path / "nowhere")


@every_round
def test_a_new_plan_reads_computes_and_checks(round_id: str, tmp_path: Path) -> None:
    files = create_plan(tmp_path / "new-plan", round_id=round_id, organisation_type=None, today=TODAY)
    assert files[0] == "plan.yaml"
    loaded = load(tmp_path / "new-plan")
    assert loaded.plan.header.years == read_round(round_id).years
    figures = compute(loaded.plan, loaded.round).figures
    first = loaded.plan.header.years[0]
    for measure in ("total", "resources", "cumulative", "savings-requirement"):
        assert figures[f"finance.main-service.{first}.{measure}"].value is None
    assert check_path(tmp_path / "new-plan", today=TODAY).header == loaded.plan.header


@every_round
def test_a_new_plan_names_every_must_do_and_standard_of_its_round(round_id: str, tmp_path: Path) -> None:
    create_plan(tmp_path / "new-plan", round_id=round_id, organisation_type=None, today=TODAY)
    loaded = load(tmp_path / "new-plan")
    assert {row.indicator for row in loaded.plan.trajectories} == {each.id for each in loaded.round.standards}
    named = {must_do for row in loaded.plan.projects for must_do in row.must_dos or ()}
    assert named == {each.id for each in loaded.round.must_dos}


def test_a_plan_is_named_after_its_folder_and_is_not_written_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "Our Plan (draft 2)"
    create_plan(folder, round_id="2014-15", organisation_type="ccg", today=TODAY)
    header = load(folder).plan.header
    assert (header.id, header.organisation.type, header.versions[0].date) == ("our-plan-draft-2", "ccg", TODAY)
    before = (folder / "plan.yaml").read_bytes()
    with pytest.raises(InputError, match="exists and is not empty"):
        create_plan(folder, round_id="2014-15", organisation_type=None, today=TODAY)
    assert (folder / "plan.yaml").read_bytes() == before


def test_a_plan_of_no_round_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no planning round"):
        create_plan(tmp_path / "new", round_id="1999-00", organisation_type=None, today=TODAY)
    assert list(tmp_path.iterdir()) == []


@every_round
def test_a_round_can_be_shown_with_its_references(round_id: str) -> None:
    sections = round_sections(round_id)
    assert round_id in {name for name, _, _ in rounds_known()}
    assert all(value.reference for section in sections for value in section.values)


def test_a_round_as_at_a_day_shows_what_was_in_force() -> None:
    def uplift(day: date) -> list[str]:
        sections = {section.title: section for section in round_sections("2025-26", as_at=day)}
        return [value.text for value in sections["Price factors"].values if "uplift" in value.text]

    assert uplift(date(2025, 3, 31)) != uplift(date(2025, 5, 1))


def test_a_workbook_gives_the_same_plan_back(tmp_path: Path) -> None:
    export_workbook(EXAMPLES / "swale-2016", tmp_path / "plan.xlsx", overwrite=False)
    again = import_workbook(tmp_path / "plan.xlsx", tmp_path / "plan")
    assert again == load(EXAMPLES / "swale-2016").plan == load(tmp_path / "plan.xlsx").plan
