"""A plan as a folder: read whole or not at all, every problem located, written whole or not at all."""

import os
from pathlib import Path

import pytest
from tests.unit.plan.small_plan import FILES, HEADER, LINES, NARRATIVE, small_plan, write_files

from placeplan.kernel.errors import InputError, Location
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.folder import read_plan
from placeplan.plan.writing import files_of, write_plan

YEAR = FinancialYear(2014)


def locations(folder: Path) -> list[str]:
    """Where the problems of the plan in a folder are."""
    with pytest.raises(InputError) as raised:
        read_plan(folder)
    return [str(problem.location) for problem in raised.value.problems]


def test_a_plan_knows_the_line_of_every_row_and_key(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    assert plan.lines[2].place.at("2014-15") == Location("finance/lines.csv", 4, "2014-15", 7)
    assert plan.where("money") == Location("plan.yaml", 10, "money", 8)
    assert plan.where("services", 0, "nothing").line == plan.where("services", 0).line


def test_blank_is_unknown_and_not_zero(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    assert plan.lines[0].amounts[YEAR.next] is None
    assert plan.lines[0].recurrent is None


def test_text_keeps_its_line_ends(tmp_path: Path) -> None:
    assert small_plan(tmp_path).narrative[0].text == NARRATIVE


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + LINES.encode()
    assert small_plan(tmp_path, {"finance/lines.csv": marked}).lines


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    broken = LINES.replace("343222", "343.2.2").replace("efficiency-scheme", "saving").replace("tbc", "to follow")
    write_files(tmp_path, {"finance/lines.csv": broken, "plan.yaml": HEADER.replace("GBP thousand", "EUR")})
    assert locations(tmp_path) == [
        "finance/lines.csv:2:7 (2014-15)",
        "finance/lines.csv:4:4 (step)",
        "finance/lines.csv:5:7 (2014-15)",
        "plan.yaml:10:8 (money)",
    ]


def test_a_line_of_an_unknown_service_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    write_files(tmp_path, {"finance/lines.csv": LINES.replace("primary-care,,Growth", "primary-cars,,Growth")})
    with pytest.raises(InputError, match="Did you mean 'primary-care'"):
        read_plan(tmp_path)


def test_rows_count_from_where_they_start_also_below_long_texts(tmp_path: Path) -> None:
    broken = LINES.replace("page 1\n", '"page 1,\nparagraph 2"\n', 1).replace("tbc", "soon")
    assert locations(write_files(tmp_path, {"finance/lines.csv": broken})) == ["finance/lines.csv:6:7 (2014-15)"]


def test_a_scenario_that_names_no_row_is_told_where_it_is_written(tmp_path: Path) -> None:
    scenario = FILES["scenarios/slow-growth.yaml"].replace("Growth}", "Gravel}")
    assert locations(write_files(tmp_path, {"scenarios/slow-growth.yaml": scenario})) == [
        "scenarios/slow-growth.yaml:4:5 (overrides)"
    ]


@pytest.mark.parametrize("name", ["finance/LINES.CSV", "finance/line.csv", "narrative/My text.md", "scenarios/x.yml"])
def test_a_file_that_would_be_passed_over_is_told(tmp_path: Path, name: str) -> None:
    assert locations(write_files(tmp_path, {name: b"x"})) == [name]


def test_a_folder_that_would_be_passed_over_is_told(tmp_path: Path) -> None:
    assert locations(write_files(tmp_path, {"Performance/observations.csv": b"x"})) == ["Performance"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    assert locations(write_files(tmp_path, {"registers": b"x"})) == ["registers"]


def test_a_year_has_one_form_so_that_no_rule_for_it_is_lost(tmp_path: Path) -> None:
    header = HEADER.replace("{2014-15: both}", "{2014-15: both, 2014/15: neither}")
    with pytest.raises(InputError, match="write 2014-15 for 2014/15"):
        small_plan(tmp_path, {"plan.yaml": header})


def test_other_files_may_stand_beside_the_plan(tmp_path: Path) -> None:
    others = {"README.md": b"x", ".gitignore": b"x", "papers/board.pdf": b"x", "finance/working.xlsx": b"x"}
    assert small_plan(tmp_path, others).lines


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    write_files(tmp_path)
    (tmp_path / os.fsdecode(b"finance/l\xff.csv")).write_bytes(b"x")
    assert locations(tmp_path) == ["finance/l\\udcff.csv"]


def test_writing_gives_the_files_back(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    write_plan(plan, tmp_path / "copy")
    again = read_plan(tmp_path / "copy")
    assert again == plan
    assert dict(files_of(again)) == dict(files_of(plan))
    assert (tmp_path / "copy" / "narrative" / "summary.md").read_bytes() == NARRATIVE.encode()


def test_a_carriage_return_in_a_cell_is_quoted(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan", {"finance/lines.csv": LINES.replace("page 1", '"page\r1"')})
    write_plan(plan, tmp_path / "copy")
    assert read_plan(tmp_path / "copy").lines[0].source == "page\r1"


def test_a_folder_with_anything_in_it_is_never_written_over(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        write_plan(plan, tmp_path / "taken")
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_plan(plan, tmp_path / "file" / "plan")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "plan"]
