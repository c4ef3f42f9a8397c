"""Writing a synthetic place: every file says what it is, the contract holds, and nothing is half written."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from placeplan.app.segments import synthesising
from placeplan.app.segments.datasets import check_dataset, read_description
from placeplan.app.segments.definitions import read_contract
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.margins import margins, summary_of, write_margins
from placeplan.app.segments.saying_margins import margin_sentences
from placeplan.app.segments.synthesising import MARK, Synthesised, SynthesisRequest, synthesise
from placeplan.kernel.errors import InputError
from placeplan.segments.code_lists import normalised
from placeplan.segments.synthetic import people as synthetic_people

TODAY = date(2026, 11, 22)
PEOPLE = 600


def made(request: SynthesisRequest) -> Synthesised:
    return synthesise(request, step=lambda _words: None)


def request_for(out: Path) -> SynthesisRequest:
    return SynthesisRequest("west-kent", PEOPLE, 2, 1, out)


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet").sort(pl.all())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "west-kent"
    made(request_for(folder))
    return folder


def test_what_is_written_keeps_the_contract(place: Path) -> None:
    with DuckDBEngine() as engine:
        report = check_dataset(place, engine, today=TODAY)
    assert report.problems == ()
    assert report.people >= PEOPLE


def test_every_file_says_that_it_is_synthetic(place: Path) -> None:
    files = [file for file in place.rglob("*") if file.is_file()]
    for file in files:
        if file.suffix == ".parquet":
            assert file.name.startswith("synthetic-")
            assert pl.read_parquet_metadata(file)[MARK] == "true"
        else:
            assert "SYNTHETIC" in file.read_text(encoding="utf-8")
    assert {file.parent.name for file in files if file.suffix == ".parquet"} == {
        one.name for one in read_contract().tables
    }
    assert read_description(place, today=TODAY).synthetic
    assert table(place, "people")["person_key"].str.starts_with("SYN").all()


def test_activity_is_split_by_year(place: Path) -> None:
    files = {file.name for file in (place / "activity").iterdir()}
    assert files == {"synthetic-2015-16-block-00000.parquet", "synthetic-2016-17-block-00000.parquet"}
    for file in (place / "activity").iterdir():
        days = pl.read_parquet(file)["date"]
        year = int(file.name.split("-")[1])
        assert days.min() >= date(year, 4, 1)
        assert days.max() <= date(year + 1, 3, 31)


def test_the_tally_is_of_what_was_written_when_every_practice_sends_records(place: Path) -> None:
    described = read_description(place, today=TODAY)
    spend = sum(account.spend_pence for account in described.accounts)
    assert spend == table(place, "activity")["cost_pence"].sum()
    spells = table(place, "registrations")
    for listed in described.registered_lists:
        first, last = date(int(listed.year[:4]), 4, 1), date(int(listed.year[:4]) + 1, 3, 31)
        on_any_day = spells.filter(pl.col("start") <= last, pl.col("end").is_null() | (pl.col("end") >= first))
        assert listed.people == on_any_day["person_key"].n_unique()


def test_practices_that_do_not_send_records_are_counted_and_left_out(place: Path, tmp_path: Path) -> None:
    made(replace(request_for(tmp_path / "part"), flowing=0.5))
    some, everybody = table(tmp_path / "part", "people"), table(place, "people")
    assert 0 < some.height < everybody.height
    assert set(some["person_key"]) < set(everybody["person_key"])
    assert read_description(tmp_path / "part", today=TODAY).accounts == read_description(place, today=TODAY).accounts


def test_untidy_codes_are_the_same_codes(place: Path, tmp_path: Path) -> None:
    made(replace(request_for(tmp_path / "untidy"), untidy=True))
    untidy, tidy = table(tmp_path / "untidy", "diagnoses"), table(place, "diagnoses")
    assert untidy["code"].str.contains(r"[.a-z]").any()
    put_right = untidy.with_columns(pl.col("code").map_elements(normalised, return_dtype=pl.String))
    assert_frame_equal(put_right.sort(pl.all()), tidy)


def test_the_rows_do_not_depend_on_how_many_work_at_once(tmp_path: Path) -> None:
    """More people than one block holds."""
    program = (
        "import sys; from pathlib import Path\n"
        "from placeplan.app.segments.synthesising import SynthesisRequest, synthesise\n"
        "if __name__ == '__main__':\n"
        "    asked = SynthesisRequest('west-kent', 60_000, 1, 1, Path(sys.argv[1]), workers=int(sys.argv[2]))\n"
        "    synthesise(asked, step=lambda _words: None)\n"
    )
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    for workers in ("1", "2"):
        subprocess.run([sys.executable, str(file), str(tmp_path / workers), workers], check=True)
    names = sorted(one.relative_to(tmp_path / "1") for one in (tmp_path / "1").rglob("*") if one.is_file())
    assert len(list((tmp_path / "1" / "people").iterdir())) == -(-60_000 // synthetic_people.BLOCK)
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": "west-kemt"}, "there is no place called 'west-kemt'. Did you mean west-kent"),
        ({"people": 0}, "people: 0 is out of range. Expected a whole number from 1"),
        ({"people": -5, "years": 0}, "years: 0 is out of range"),
        ({"years": 11}, "years: 11 is out of range"),
        ({"seed": -1}, "seed: -1 is out of range"),
        ({"flowing": 0}, "flowing: 0 is out of range"),
    ],
)
def test_what_cannot_be_made_is_said(changes: dict[str, object], words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        made(replace(request_for(tmp_path / "out"), **changes))
    assert words in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_lacks_files_is_told_which(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(InputError) as told:
        made(replace(request_for(tmp_path / "out"), data=tmp_path / "data"))
    for name in (
        "lsoa11_mye",
        "lsoa11_lookup_imd",
        "lsoa11_centroids",
        "lsoa11_to_ccg",
        "practice_weighted_populations",
    ):
        assert name in str(told.value)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there is something here already"):
        made(request_for(tmp_path))
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "mine"


def test_too_little_room_is_said_before_anything_is_made(tmp_path: Path) -> None:
    wanted = request_for(tmp_path / "out")
    free = shutil.disk_usage(tmp_path).free
    world = synthesising.world_of(wanted)
    large = replace(world, run=replace(world.run, people=2 * free // synthesising.BYTES_OF_A_PERSON))
    with pytest.raises(InputError, match="there is no room on the disk"):
        synthesise(wanted, step=lambda _words: None, world=large)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_leaves_nothing_behind(tmp_path: Path) -> None:
    """A limit on the size of a file stands in for a disk that is full: writing fails in the same way."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from placeplan.app.segments.synthesising import SynthesisRequest, synthesise\n"
        "from placeplan.kernel.errors import InputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    synthesise(SynthesisRequest('west-kent', 5_000, 1, 1, Path(sys.argv[1])), step=lambda _words: None)\n"
        "except InputError as error:\n"
        "    print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "out")], check=True, capture_output=True, text=True
    )
    assert "cannot be written" in run.stdout
    assert "nothing half written was kept" in run.stdout
    assert list(tmp_path.iterdir()) == []


def test_margins_say_how_far_apart_what_came_out_is(place: Path, tmp_path: Path) -> None:
    found = margins(place, data=None, today=TODAY)
    printed = found.filter(pl.col("margin") == "printed figures")
    assert printed["set_beside"].to_list() == [153_000, 53_000, 953, 1512, 2785, 4422]
    shares = found.filter(pl.col("margin") == "printed figures: shares of people")
    assert shares["set_beside"].to_list() == pytest.approx([100 * 153_000 / 484_460, 100 * 53_000 / 484_460])
    assert shares["made_up"].to_list() == pytest.approx(
        [number / 4_844.6 for number in printed["made_up"].to_list()[:2]]
    )
    assert shares["made_up"].to_list() == pytest.approx(shares["set_beside"].to_list(), rel=0.2)
    said = list(margin_sentences(found))
    assert [line for line in said if "1 to 3 conditions, per cent of lists" in line and "31.6%" in line]
    people = found.filter(pl.col("margin") == "people by year of age and sex")
    assert people["set_beside"].sum() == pytest.approx(PEOPLE)
    assert people["made_up"].sum() == pytest.approx(PEOPLE, abs=3)
    assert "events: emergency-admission" in summary_of(found)["margin"].to_list()
    write_margins(found, tmp_path / "margins.csv")
    assert pl.read_csv(tmp_path / "margins.csv").height == found.height


def test_margins_of_real_records_are_refused(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    pl.DataFrame({"person_key": ["a"]}).write_parquet(tmp_path / "people" / "people.parquet")
    with pytest.raises(InputError, match="this is no dataset that Placeplan made up"):
        margins(tmp_path, data=None, today=TODAY)
