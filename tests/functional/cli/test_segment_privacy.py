"""The key holder's commands: extracts in, a dataset without identifiers out; tables leave; and the one way back."""

import json
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.functional.cli.test_segments import CLEAN, UNREADABLE, rows_of, run
from tests.unit.segments.privacy.made_up import ANN, BOB, CAT, PEOPLE, job, numbered, write_extracts, write_job

from placeplan.cli.main import main

ANALYST = ("--who", "A. Analyst", "--role", "commissioner-analyst", "--purpose", "planning")
CLINICIAN = ("--who", "Dr A. Clinician", "--role", "practice-clinician", "--purpose", "risk-stratification")
OF_PRACTICE = ("--practice", "G82001", "--works-for", "G82001", "--reason", "Care planning for the top 2% of adults")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Extracts with NHS numbers under an agreement that is in force, and a key."""
    hospital = [ANN.in_hospital("1"), BOB.in_hospital("2", nhs=""), CAT.in_hospital("3")]
    write_extracts(tmp_path, lists=[one.on_list() for one in PEOPLE], hospital=hospital, opted_out=[CAT.number])
    told, today = job(), datetime.now(tz=UTC).date()
    told["dataset"]["agreement"] |= {"signed": f"{today - timedelta(9)}", "ends": f"{today + timedelta(9)}"}
    write_job(tmp_path, told)
    with pytest.raises(SystemExit) as stopped:
        main(["segments", "new-key", str(tmp_path / "holder.key")])
    assert not stopped.value.code
    return tmp_path


def pseudonymised(place: Path, capsys: pytest.CaptureFixture[str], *more: object) -> tuple[int, str, str]:
    to = ("--out", place / "dataset", "--report", place / "report.json")
    return run(capsys, "segments", "pseudonymise", place / "job.yaml", *to, *(more or ("--key", place / "holder.key")))


def test_a_key_is_for_its_owner_alone_and_is_never_written_over(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "holder.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, out, err = run(capsys, "segments", "new-key", file)
    assert code == UNREADABLE
    assert "never written over" in err
    assert file.read_text(encoding="ascii").strip() not in out + err


def test_extracts_become_a_dataset_without_identifiers_and_every_row_is_told_of(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = pseudonymised(place, capsys)
    assert code == CLEAN
    assert "1 left out: opted out (NHS number valid)" in out
    assert "1 linked by birth-sex-postcode-initial (NHS number missing)" in out
    assert "3 people" in out
    people = pl.read_parquet(place / "dataset" / "people")
    assert people.height == 3
    cells = str(people.rows()) + out
    assert not [one for person in PEOPLE for one in (person.number, person.surname, person.postcode) if one in cells]
    assert json.loads((place / "report.json").read_text(encoding="utf-8"))["people"] == 3


def test_the_key_may_stand_in_the_environment(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLACEPLAN_PSEUDONYM_KEY", (place / "holder.key").read_text(encoding="ascii"))
    assert pseudonymised(place, capsys, "--memory", "1GB")[0] == CLEAN


def test_without_a_key_or_a_lookup_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLACEPLAN_PSEUDONYM_KEY", raising=False)
    code, _, err = pseudonymised(place, capsys, "--memory", "1GB")
    assert code == UNREADABLE
    assert "the environment holds no key" in err
    (place / "postcodes.csv").unlink()
    code, _, err = pseudonymised(place, capsys)
    assert code == UNREADABLE
    assert "postcodes.csv" in err
    assert not (place / "dataset").exists()


def test_a_job_to_start_from_becomes_a_dataset_that_can_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "segments", "new-job", tmp_path / "extracts")[0] == CLEAN
    code, _, err = run(capsys, "segments", "new-job", tmp_path / "extracts")
    assert code == UNREADABLE
    assert "not written over" in err
    run(capsys, "segments", "new-key", tmp_path / "holder.key")
    to = ("--out", tmp_path / "dataset", "--report", tmp_path / "report.json", "--key", tmp_path / "holder.key")
    code, out, _ = run(capsys, "segments", "pseudonymise", tmp_path / "extracts" / "job.yaml", *to)
    assert code == CLEAN
    assert "problems: 3 rows in" in out
    assert "2 people" in out
    code, out, _ = run(capsys, "segments", "check", tmp_path / "dataset")
    assert code == CLEAN
    assert "No problem was found" in out


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run on people who do not exist."""
    folder = tmp_path_factory.mktemp("released")
    made = ("--place", "west-kent", "--people", "1500", "--years", "2", "--out", str(folder / "people"))
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--by", "sex", "--format", "svg")
    for arguments in (
        ("synthesise", *made),
        ("run", str(folder / "people"), *asked, "--out", str(folder / "results")),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["segments", *arguments])
        assert not stopped.value.code
    return folder


@pytest.fixture
def results(written: Path, tmp_path: Path) -> Path:
    """The same in a folder that a test may spoil."""
    return Path(shutil.copytree(written / "results", tmp_path / "results"))


def released(
    capsys: pytest.CaptureFixture[str], results: Path, *more: str, table: str = "segment-age-band", out: str = "out.csv"
) -> tuple[int, str, str]:
    where = ("--ledger", results.parent / "releases.jsonl", "--out", results.parent / out)
    asked = ("--table", table, "--year", "2016-17", *where, *(ANALYST if "--who" not in more else ()))
    return run(capsys, "segments", "release", results, *asked, *more)


def test_a_table_leaves_as_it_was_written_and_is_noted(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = released(capsys, results)
    assert code == CLEAN
    assert "Release 1: segment-age-band 2016-17" in out
    left, kept = rows_of(results.parent / "out.csv"), rows_of(results / "segment-age-band.csv")
    assert left == [row for row in kept if row["period"] == "2016-17"]
    assert {row["status"] for row in left} == {"synthetic"}
    entry = json.loads((results.parent / "releases.jsonl").read_text(encoding="utf-8"))
    assert entry["says"]["requester"] == "A. Analyst"


def test_a_second_table_of_the_same_people_is_numbered_two(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    released(capsys, results)
    code, out, _ = released(capsys, results, table="sex", out="sex.csv")
    assert code == CLEAN
    assert "Release 2" in out
    assert released(capsys, results, table="sex", out="sex.csv")[0] == UNREADABLE


def test_a_table_that_somebody_changed_does_not_leave(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = results / "segment-age-band.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("secondary suppressed", "rounded"), encoding="utf-8")
    code, _, err = released(capsys, results)
    assert code == UNREADABLE
    assert "changed after the run wrote it" in err
    assert not (results.parent / "out.csv").exists()
    assert not (results.parent / "releases.jsonl").exists()


def test_who_has_no_right_gets_nothing(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = released(capsys, results, *CLINICIAN)
    assert code == UNREADABLE
    assert "Refused: a practice-clinician may not release-tables; commissioner-analyst may" in err
    assert not (results.parent / "out.csv").exists()


def test_what_cannot_be_compared_or_is_not_there_is_refused_in_words(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = released(capsys, results, table="coverage")
    assert code == UNREADABLE
    assert "one of segment-age-band, sex" in err
    code, _, err = released(capsys, results.parent)
    assert code == UNREADABLE
    assert "'placeplan segments run' wrote" in err


def test_a_later_extract_with_a_few_people_less_may_not_tell_what_they_cost(
    results: Path, written: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Five people are taken out of the extract, and the tables are made again: both look the same to the nearest 5."""
    released(capsys, results)
    later = Path(shutil.copytree(written / "people", tmp_path / "later"))
    for file in sorted((later / "registrations").glob("*.parquet"))[:1]:
        pl.read_parquet(file)[5:].write_parquet(file)
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--format", "svg", "--out", tmp_path / "again")
    assert run(capsys, "segments", "run", later, *asked)[0] == CLEAN
    shutil.move(tmp_path / "again", results.parent / "second")
    code, _, err = released(capsys, results.parent / "second", out="second.csv")
    assert code == UNREADABLE
    assert "beside release 1" in err
    assert "differ, while its people may differ by a few only" in err
    assert not (results.parent / "second.csv").exists()


def asked_who(
    place: Path, capsys: pytest.CaptureFixture[str], *more: str, out: str = "answer.csv"
) -> tuple[int, str, str]:
    files = ("--people", place / "asked.csv", "--own-list", place / "own.csv", "--log", place / "requests.jsonl")
    given = ("--out", place / out, "--key", place / "holder.key", *CLINICIAN)
    return run(capsys, "segments", "reidentify", place / "dataset", *files, *given, *(more or OF_PRACTICE))


@pytest.fixture
def asking(place: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A dataset, a practice's own list, and a list of pseudonyms of everybody."""
    pseudonymised(place, capsys)
    people = pl.read_parquet(place / "dataset" / "people")["person_key"].to_list()
    (place / "asked.csv").write_text("\n".join(["person_key", *people]), encoding="utf-8")
    (place / "own.csv").write_text("\n".join(numbered(9)), encoding="utf-8")
    (place / "dataset" / "diagnoses.csv").write_text("person_key,code_system,code,recorded,source\n", encoding="utf-8")
    return place


def test_a_clinician_is_told_through_the_key_holder_and_it_is_noted(
    asking: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = asked_who(asking, capsys)
    assert code == CLEAN
    assert "2 people were found, 1 were not." in out
    file = asking / "answer.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {row["nhs_number"].replace(" ", "") for row in rows_of(file)} == {ANN.number, BOB.number}
    assert ANN.number not in out
    noted = json.loads((asking / "requests.jsonl").read_text(encoding="utf-8"))["says"]
    assert (noted["requester"], noted["allowed"]) == ("Dr A. Clinician", True)


def test_a_refusal_is_noted_and_nothing_is_told(asking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = ("--practice", "G82001", "--works-for", "G82002", "--reason", "Care planning for adults")
    code, _, err = asked_who(asking, capsys, *elsewhere)
    assert code == UNREADABLE
    assert "Refused: only who works for the practice G82001" in err
    assert not (asking / "answer.csv").exists()
    asked_who(asking, capsys)
    entries = (asking / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["says"]["allowed"] for line in entries] == [False, True]


def test_a_record_that_was_changed_stops_everything(asking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked_who(asking, capsys)
    log = asking / "requests.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("Dr A.", "Dr B."), encoding="utf-8")
    code, _, err = asked_who(asking, capsys, out="second.csv")
    assert code == UNREADABLE
    assert "the record was changed" in err
    assert not (asking / "second.csv").exists()


def test_nobody_else_can_go_back(asking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No other command, role or stage leads from a pseudonym to a number."""
    for role in ("commissioner-analyst", "practice-analyst"):
        changed = ("--role", role, *OF_PRACTICE)
        code, _, err = asked_who(asking, capsys, *changed)
        assert code == UNREADABLE
        assert f"a {role} may not re-identify" in err
    assert not (asking / "answer.csv").exists()
