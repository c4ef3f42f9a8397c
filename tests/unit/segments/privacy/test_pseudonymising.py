"""From extracts with identifiers to a dataset without, and a report for the key holder."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.unit.segments.privacy.made_up import (
    ANN,
    BOB,
    CAT,
    DAN,
    PEOPLE,
    PURPOSE,
    SECRET,
    TODAY,
    job,
    made,
    numbered,
    write_extracts,
    write_job,
)

from placeplan.app.segments.datasets import check_dataset, read_description
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.pseudonymising import Destination, pseudonymise
from placeplan.kernel.errors import InputError
from placeplan.segments.privacy.linking import Outcome
from placeplan.segments.privacy.pseudonyms import Key, why_not_joined

ALL_ON_LISTS = [person.on_list() for person in PEOPLE]
ROOT = Path(__file__).parents[4]


def keys(*numbers: str, purpose: str = PURPOSE) -> list[str]:
    return Key(SECRET).for_purpose(purpose).pseudonyms(numbers, kind="person")


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name).sort("person_key")


def activity_of(folder: Path, person: str) -> int:
    return table(folder, "activity").filter(pl.col("person_key") == keys(person)[0]).height


def test_months_and_small_areas_stand_in_place_of_dates_and_postcodes(tmp_path: Path) -> None:
    folder, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[ANN.in_hospital("77")]))
    people = table(folder, "people")
    assert people.columns == ["person_key", "birth_month", "death_month", "sex", "small_area"]
    ann = people.filter(pl.col("person_key") == keys(ANN.number)[0]).row(0)
    assert ann[1:] == (date(1950, 3, 1), None, "female", "E01000001")
    assert table(folder, "registrations")["practice"].sort().to_list() == ["G82001", "G82001", "G82002", "G82002"]
    event = table(folder, "activity").row(0, named=True)
    assert event["event"] != "77"
    assert (event["setting"], event["bed_days"], event["cost_pence"]) == ("emergency-admission", 2, 10_000)
    assert (report.people, report.kept, report.rows(source="hospital")) == (4, 5, 1)


def test_the_dataset_says_which_key_it_was_and_loads_for_segmentation(tmp_path: Path) -> None:
    folder, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[ANN.in_hospital("1")]))
    description = read_description(folder, today=TODAY)
    assert description.pseudonyms is not None
    assert description.pseudonyms.key_fingerprint == Key(SECRET).fingerprint == report.key_fingerprint
    assert description.opt_outs_note == "A list of opt-outs was applied before anything else."
    with pytest.raises(InputError, match="the table 'diagnoses' is missing"), DuckDBEngine() as engine:
        check_dataset(folder, engine, today=TODAY)


def test_two_datasets_are_joined_under_one_key_and_one_purpose(tmp_path: Path) -> None:
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    first, second = (read_description(made(file, name=name)[0], today=TODAY).pseudonyms for name in ("a", "b"))
    assert not why_not_joined(first, second)
    other_key = read_description(made(file, secret=bytes(range(99, 150)), name="c")[0], today=TODAY).pseudonyms
    assert why_not_joined(first, other_key) == "the datasets were made with different keys"
    told = job()
    told["dataset"]["purpose"] = "Research on asthma"
    other, _ = made(write_job(tmp_path, told), name="d")
    assert "different purposes" in why_not_joined(first, read_description(other, today=TODAY).pseudonyms)
    assert not set(table(other, "people")["person_key"]) & set(table(tmp_path / "a", "people")["person_key"])


def test_a_record_without_a_number_is_linked_by_what_the_second_pass_compares(tmp_path: Path) -> None:
    rows = [
        ANN.in_hospital("1", nhs="", sex="female", postcode="ct51aa", name="ARCHER-SMITH"),
        ANN.in_hospital("2", nhs="0000000000"),
        ANN.in_hospital("3", nhs="123 456 7890"),
        ANN.in_hospital("4", nhs="", name=""),
        ANN.in_hospital("5", nhs="", birth="1950-03-18"),
        ANN.in_hospital("6", nhs=f"{ANN.number[:3]} {ANN.number[3:6]} {ANN.number[6:]}"),
    ]
    folder, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=rows))
    assert activity_of(folder, ANN.number) == 4
    assert report.rows(outcome=Outcome.NOBODY) == 2
    told = {(one.number, one.decided_by): one.rows for one in report.outcomes if one.outcome is Outcome.LINKED}
    second = "birth-sex-postcode-initial"
    assert told == {("missing", second): 2, ("invalid", second): 1, ("valid", "nhs-number"): 1}


def test_a_record_that_fits_two_people_is_linked_to_neither(tmp_path: Path) -> None:
    twin = replace(ANN, number=numbered(6)[5], surname="Abel")
    rows = [ANN.in_hospital("1", nhs="")]
    _, report = made(write_extracts(tmp_path, lists=[*ALL_ON_LISTS, twin.on_list()], hospital=rows))
    assert report.rows(outcome=Outcome.TWO_PEOPLE) == 1


def test_a_valid_number_that_is_on_no_list_is_nobody_elses(tmp_path: Path) -> None:
    rows = [ANN.in_hospital("1", nhs=numbered(7)[6], pence="123")]
    _, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=rows))
    (told,) = [one for one in report.outcomes if one.source == "hospital"]
    assert (told.outcome, told.rows, told.cost_pence) == (Outcome.ON_NO_LIST, 1, 123)


def test_opt_outs_come_before_anything_else(tmp_path: Path) -> None:
    """Of two people who look alike one opted out: a record without a number could be theirs, and is left out too."""
    twin = replace(ANN, number=numbered(6)[5], surname="Abel")
    rows = [ANN.in_hospital("1"), ANN.in_hospital("2", nhs=""), twin.in_hospital("3")]
    lists = [ANN.on_list(), twin.on_list(), BOB.on_list()]
    folder, report = made(write_extracts(tmp_path, lists=lists, hospital=rows, opted_out=[ANN.number]))
    assert activity_of(folder, twin.number) == 1
    assert keys(ANN.number)[0] not in table(folder, "people")["person_key"].to_list()
    assert report.rows(outcome=Outcome.OPTED_OUT) == 2
    assert report.rows(outcome=Outcome.MAY_HAVE_OPTED_OUT) == 1


def test_proof_of_a_check_is_kept_as_data_in_the_report(tmp_path: Path) -> None:
    write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    check = {"reference": "run 17", "checked": "2026-10-01", "sent": 5, "returned": 4}
    folder, report = made(write_job(tmp_path, job(opt_outs={"check": check})))
    assert report.opt_outs["check"] == check
    note = read_description(folder, today=TODAY).opt_outs_note
    assert note == "Checked by the national service on 2026-10-01 (run 17)."


def test_the_latest_row_of_a_list_says_what_a_person_is(tmp_path: Path) -> None:
    moved = replace(ANN, postcode="ME10 1AA", practice="G82002", sex="1").on_list(FROM="2015-06-01")
    for place, rows in enumerate(([ANN.on_list(), moved], [moved, ANN.on_list()])):
        folder = tmp_path / str(place)
        dataset, report = made(write_extracts(folder, lists=rows, hospital=[]))
        assert table(dataset, "people").row(0)[3:] == ("male", "E01000002")
        assert table(dataset, "registrations").height == 2
        assert report.disagreeing == {"sex": 1}


def test_a_birth_in_hospital_does_not_give_the_day_away(tmp_path: Path) -> None:
    rows = [CAT.in_hospital("1", ended="24/12/2016"), CAT.in_hospital("2", ended="26/12/2016")]
    folder, _ = made(write_extracts(tmp_path, lists=[CAT.on_list(FROM="2016-12-24")], hospital=rows))
    assert sorted(table(folder, "activity")["date"]) == [date(2016, 12, 1), date(2016, 12, 26)]
    assert table(folder, "registrations")["start"].to_list() == [date(2016, 12, 1)]


def test_cells_that_cannot_be_read_are_blank_and_counted(tmp_path: Path) -> None:
    rows = [ANN.in_hospital("1", ended="yesterday", pence="10.5"), BOB.in_hospital("2", nights="")]
    folder, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=rows))
    assert report.unreadable == (("hospital", "cost_pence", 1), ("hospital", "date", 1))
    assert table(folder, "activity").height == 2


def test_the_report_is_for_its_owner_only_and_says_so(tmp_path: Path) -> None:
    _, report = made(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[BOB.in_hospital("1")]))
    file = tmp_path / "dataset-report.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "stays with the key holder" in json.loads(file.read_text(encoding="utf-8"))["note"]
    assert "  1 linked by nhs-number (NHS number valid)" in list(report.lines())


def changed(told: dict[str, Any], place: int, **source: Any) -> dict[str, Any]:
    told["sources"][place] |= source
    return told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (job(opt_outs=None), "the dataset says that opt-outs are applied"),
        (job(opt_outs={}), "opt-outs need a list"),
        (job(opt_outs={"check": {"reference": "x", "checked": "2026-01-01", "sent": 1, "returned": 2}}), "only 1 were"),
        (job(opt_outs={"file": "none.csv"}), "none.csv: the list of opt-outs is not there"),
        (job(postcodes={"file": "none.csv"}), "none.csv: the lookup of postcodes is not there"),
        (job(postcodes={"file": "postcodes.csv", "postcode": "pcd"}), "pcd"),
        (job(linkage="guess"), "there are no passes of linkage called 'guess'"),
        (changed(job(), 1, table="letters"), "'letters' is no table of people's records"),
        (changed(job(), 1, table="areas"), "'areas' is no table of people's records"),
        (changed(job(), 1, files=["none*.csv"]), "no file of the extract 'hospital' is there"),
        (changed(job(), 1, fixed={}), "nothing gives 'setting' of the table 'activity'"),
        (changed(job(), 1, fixed={"setting": "other", "ward": "7"}), "has no column 'ward'"),
        (changed(job(), 1, identifiers={"birth_date": "birth"}), "an extract needs a column of NHS numbers"),
        (changed(job(), 1, identifiers={"nhs_number": "NHS"}), "Is it called 'nhs' here"),
        (changed(job(), 1, name="lists"), "two extracts have the same name"),
        (changed(job(), 0, table="activity", columns={"date": "FROM", "cost_pence": "TO"}), "no extract is a list"),
    ],
)
def test_a_job_that_cannot_be_done_is_one_clear_message(tmp_path: Path, told: dict[str, Any], said: str) -> None:
    write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[ANN.in_hospital("1")])
    refused(write_job(tmp_path, told), said)


def refused(file: Path, said: str) -> str:
    before = sorted(file.parent.rglob("*"))
    with pytest.raises(InputError) as caught:
        made(file)
    assert said in str(caught.value)
    assert sorted(file.parent.rglob("*")) == before
    return str(caught.value)


def test_an_agreement_that_is_over_stops_it(tmp_path: Path) -> None:
    told = job()
    told["dataset"]["agreement"]["ends"] = "2026-02-01"
    write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    refused(write_job(tmp_path, told), "does not cover 2026-11-22")


def test_a_list_of_opt_outs_with_a_bad_number_stops_it_without_quoting_it(tmp_path: Path) -> None:
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[], opted_out=[ANN.number, "9434765918"])
    assert "9434765918" not in refused(file, "1 entries are no valid NHS numbers, the first in row 2")


@pytest.mark.parametrize(
    "content", [b"nhs,birth\nSECRETNAME,1,2,3\n", b"nhs\n\xe9SECRETNAME\n", b"", b'nhs\n"SECRETNAME']
)
def test_a_broken_extract_is_not_quoted(tmp_path: Path, content: bytes) -> None:
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    (tmp_path / "hospital.csv").write_bytes(content)
    assert "SECRETNAME" not in refused(file, "hospital.csv")


def test_a_corrupt_parquet_file_is_one_message(tmp_path: Path) -> None:
    write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    (tmp_path / "hospital.parquet").write_bytes(b"PAR1 nothing")
    refused(write_job(tmp_path, changed(job(), 1, files=["hospital.parquet"])), "hospital.parquet")


@pytest.mark.parametrize("leak", [ANN.number, f"RVV {ANN.number[:3]}-{ANN.number[3:6]}-{ANN.number[6:]}", "x ct5 1aa"])
def test_identifiers_in_a_column_that_leaves_stop_it(tmp_path: Path, leak: str) -> None:
    rows = [ANN.in_hospital("1", provider=leak), BOB.in_hospital("2")]
    said = refused(write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=rows), "1 cells of 'provider' hold the NHS")
    assert leak not in said


def test_nothing_is_written_over_and_the_report_does_not_stand_in_the_dataset(tmp_path: Path) -> None:
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    made(file)
    refused(file, "dataset: this exists already")
    to = Destination(tmp_path / "new", tmp_path / "new" / "report.json")
    with pytest.raises(InputError, match="would stand in the dataset"):
        pseudonymise(file, to, key=Key(SECRET), today=TODAY)


def test_what_a_stopped_run_left_is_cleared_away(tmp_path: Path) -> None:
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    (tmp_path / ".dataset.unfinished").mkdir()
    (tmp_path / ".dataset.unfinished" / "rows-000000.parquet").write_text("half", encoding="utf-8")
    made(file)
    assert not (tmp_path / ".dataset.unfinished").exists()


@pytest.mark.skipif(os.name != "posix", reason="limits the size of a file as POSIX does")
def test_a_full_disk_is_one_message_and_leaves_nothing(tmp_path: Path) -> None:
    """A file may grow to no more than a few hundred bytes in this process, as on a disk that is full."""
    file = write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[ANN.in_hospital("1")])
    before = sorted(tmp_path.rglob("*"))
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from placeplan.kernel.errors import InputError\n"
        "from tests.unit.segments.privacy.made_up import made\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "try:\n    made(Path(sys.argv[1]))\n"
        "except InputError as error:\n    print(error)\n"
    )
    run = [sys.executable, "-B", "-c", program, str(file)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "the disk may be full" in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_parquet_extracts_and_numbers_kept_as_numbers(tmp_path: Path) -> None:
    write_extracts(tmp_path, lists=ALL_ON_LISTS, hospital=[])
    frame = pl.DataFrame({
        "nhs": [int(ANN.number), None], "birth": [date(1950, 3, 17), date(1944, 1, 30)], "sex": ["2", "1"],
        "postcode": [ANN.postcode, DAN.postcode], "name": ["Archer", "Draper"], "ended": [date(2017, 1, 5)] * 2,
        "provider": ["RVV", None], "spell": [1, 2], "nights": [1, None], "pence": [5, 7],
    })  # fmt: skip
    frame.write_parquet(tmp_path / "hospital.parquet")
    folder, report = made(write_job(tmp_path, changed(job(), 1, files=["hospital.parquet"])))
    assert table(folder, "activity")["cost_pence"].sum() == 12
    assert not report.unreadable
