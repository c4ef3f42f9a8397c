"""Hubs on the command line: the table, the document, the files, and what answers bad input."""

import json
from pathlib import Path

import pytest

from placeplan.cli.main import main

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
DATA = Path(__file__).parents[4] / "shared" / "data"
HUBS = ["siting", "hubs", "--place", "west-kent"]


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([*HUBS, *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture(autouse=True)
def _no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def test_a_table_by_number_of_hubs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--numbers", "1-3")
    assert code == CLEAN
    assert "[SYNTHETIC]" in out
    assert "Most deprived fifth" in out
    assert out.count("optimal") == 3
    assert "Why each of these hubs (3)" in out


def test_a_document_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--numbers", "2,4", "--explain", "2", "--format", "json")
    document = json.loads(out)
    assert code == CLEAN
    assert [choice["number"] for choice in document["choices"]] == [2, 4]
    assert [choice["gap"] for choice in document["choices"]] == [0.0, 0.0]
    assert len(document["explained"]["hubs"]) == 2


def test_files_of_the_map_and_the_frontier(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, _ = _run(capsys, "--numbers", "1-2", "--out", str(tmp_path), "--pictures", "svg")
    assert code == CLEAN
    names = {file.name for file in tmp_path.iterdir()}
    assert {"index.html", "hubs-west-kent-invented-2.svg", "hub-travel-west-kent-invented.svg"} <= names


def test_what_makes_it_impossible_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--numbers", "2", "--capacity", "100000")
    assert code == FINDINGS
    assert "! 2 hubs: capacity is short by" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--numbers", "8-1"], "is no list of numbers of hubs"),
        (["--numbers", "0"], "is no list of numbers of hubs"),
        (["--force", "Nowhere"], "there is no candidate called 'Nowhere'"),
        (["--numbers", "99"], "expected a whole number of sites from 1 to 40"),
    ],
)
def test_bad_input_gets_one_clear_message(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    code, _, err = _run(capsys, *words)
    assert code == UNREADABLE
    assert said in err
    assert "Traceback" not in err


@pytest.mark.skipif(not DATA.is_dir(), reason="there is no data folder beside the checkout")
def test_west_kent_with_one_to_eight_hubs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "--numbers", "1-8", "--data", str(DATA), "--format", "json")
    document = json.loads(out)
    assert code == CLEAN
    assert document["marks"] == ["Estimated minutes"]
    assert document["notes"][0].startswith("ESTIMATED: minutes to ")
    assert [choice["status"] for choice in document["choices"]] == ["optimal"] * 8
    means = [choice["mean"] for choice in document["choices"]]
    assert means == sorted(means, reverse=True)
    assert all(choice["most_deprived_fifth"] > 0 for choice in document["choices"])


@pytest.mark.skipif(not DATA.is_dir(), reason="there is no data folder beside the checkout")
def test_existing_hospitals_first_in_west_kent(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "--numbers", "4", "--existing-first", "--data", str(DATA), "--format", "json")
    kinds = {hub["kind"] for hub in json.loads(out)["choices"][0]["hubs"]}
    assert kinds <= {"community hospital", "acute hospital"}


def test_a_data_folder_without_the_files_says_which(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = _run(capsys, "--data", str(tmp_path))
    assert code == UNREADABLE
    assert "'lsoa11-centroids'" in err
    assert "'lsoa-hospital-drive-minutes'" in err
