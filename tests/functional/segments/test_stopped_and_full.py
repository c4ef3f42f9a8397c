"""Work that is killed, a disk that really fills, records that do not fit in memory: told plainly, and gone on with."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from placeplan.app.segments.engine_choice import EngineRequest
from placeplan.app.segments.reporting import report_of
from placeplan.app.segments.running_job import RunRequest, run_segments
from placeplan.app.segments.synthesising import SynthesisRequest, synthesise
from placeplan.cli.main import main
from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.synthetic import people as synthetic_people

TODAY = date(2026, 11, 28)
BLOCK, PEOPLE = 200, 1_000
YEARS = (FinancialYear(2015), FinancialYear(2016))
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from typing import Any
from placeplan.app.segments.running_job import RunRequest, run_segments
from placeplan.app.segments.synthesising import SynthesisRequest, synthesise
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.synthetic import people
people.BLOCK = {block}

def step(words):
    if words.startswith({words!r}):
        os.kill(os.getpid(), signal.SIGKILL)

def main():
    {work}

main()
"""


def killed(work: str, *, at: str) -> None:
    """Do some work in a process of its own, which kills itself at a step."""
    program = KILLED.format(block=BLOCK, words=at, work=work)
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def wanted_place(out: Path) -> SynthesisRequest:
    return SynthesisRequest("west-kent", PEOPLE, 2, 1, out)


def wanted_run(folder: Path, out: Path | None) -> RunRequest:
    return RunRequest(folder=folder, scheme="kent-2017", years=YEARS, out=out)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthetic_people, "BLOCK", BLOCK)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """People made up without a stop."""
    synthesise(wanted_place(tmp_path / "place"), step=lambda _words: None)
    return tmp_path / "place"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes, or a skip where this machine does not let us have one."""
    there = tmp_path / "disk"
    there.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(there)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(asked, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk can be mounted only by root, on Linux, outside a closed container")
    yield there
    subprocess.run(["umount", str(there)], check=True)


def filled(disk: Path) -> Path:
    """A file that takes all the room that is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_people_are_made_up_from_where_a_killed_command_was(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "again"
    killed(f"synthesise(SynthesisRequest('west-kent', {PEOPLE}, 2, 1, Path({str(out)!r})), step=step)", at="3 of 5")
    assert not out.exists()
    (unfinished,) = tmp_path.glob(".again.unfinished")
    finished = {file.name: file.stat().st_mtime_ns for file in unfinished.rglob("*-block-0000[01].parquet")}
    half = unfinished / "dataset" / "people" / "synthetic-block-00004.parquet"
    half.write_bytes(b"PAR1 half of a block")
    synthesise(wanted_place(out), step=lambda _words: None)
    now = {file.name: file.stat().st_mtime_ns for file in out.rglob("*-block-0000[01].parquet")}
    assert finished
    assert now == finished, "a finished block was made again"
    assert contents(out) == contents(place)
    assert not unfinished.exists()


@pytest.mark.parametrize("changes", [{"seed": 2}, {"people": PEOPLE + 1}, {"years": 1}])
def test_blocks_of_another_request_are_never_mixed_in(tmp_path: Path, changes: dict[str, Any]) -> None:
    out = tmp_path / "again"
    killed(f"synthesise(SynthesisRequest('west-kent', {PEOPLE}, 2, 1, Path({str(out)!r})), step=step)", at="2 of 5")
    other = replace(wanted_place(out), **changes)
    synthesise(other, step=lambda _words: None)
    synthesise(replace(other, out=tmp_path / "afresh"), step=lambda _words: None)
    assert contents(out) == contents(tmp_path / "afresh")


def test_a_killed_run_goes_on_after_its_finished_years(place: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", list[str]()
    request = (
        f"RunRequest(folder=Path({str(place)!r}), scheme='kent-2017', out=Path({str(out)!r}), "
        "years=(FinancialYear(2015), FinancialYear(2016)))"
    )
    killed(f"run_segments({request}, today=date(2026, 11, 28), step=step)", at="2016-17: by segment")
    (unfinished,) = tmp_path.glob(".out.unfinished")
    assert {file.name for file in unfinished.iterdir()} == {"made-from.txt", "quality.json", "2015-16.json"}
    assert unfinished.stat().st_mode & 0o077 == 0
    went_on = run_segments(wanted_run(place, out), today=TODAY, step=told.append)
    assert "2015-16: finished before" in told
    assert "2016-17: finished before" not in told
    afresh = run_segments(wanted_run(place, None), today=TODAY, step=lambda _words: None)
    assert report_of(went_on).files(formats=("svg",)) == report_of(afresh).files(formats=("svg",))


def test_years_of_other_records_are_never_mixed_in(place: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out", list[str]()
    run_segments(wanted_run(place, out), today=TODAY, step=lambda _words: None)
    file = min((place / "activity").glob("*.parquet"))
    frame = pl.read_parquet(file)
    before = file.stat()
    frame.with_columns(pl.col("cost_pence") * 2).write_parquet(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    found = run_segments(wanted_run(place, out), today=TODAY, step=told.append)
    assert not [words for words in told if "finished before" in words]
    afresh = run_segments(wanted_run(place, None), today=TODAY, step=lambda _words: None)
    assert report_of(found).files(formats=("svg",)) == report_of(afresh).files(formats=("svg",))


def test_a_disk_that_fills_while_people_are_made_up(place: Path, disk: Path) -> None:
    fillers: list[Path] = []

    def fill(words: str) -> None:
        if words.startswith("2 of"):
            fillers.append(filled(disk))

    with pytest.raises(InputError, match="cannot be written"):
        synthesise(wanted_place(disk / "out"), step=fill)
    assert not (disk / "out").exists()
    kept = {file.stem.rpartition("-")[2] for file in disk.rglob("*-block-*.parquet")}
    assert kept == {"00000", "00001"}, "half a block was kept"
    fillers[0].unlink()
    synthesise(wanted_place(disk / "out"), step=lambda _words: None)
    assert contents(disk / "out") == contents(place)


def test_a_disk_that_is_full_when_a_run_writes(capsys: pytest.CaptureFixture[str], place: Path, disk: Path) -> None:
    filled(disk)
    code, err = run(
        capsys, "segments", "run", place, "--scheme", "kent-2017", "--year", "2015-16", "--out", disk / "out"
    )
    assert code == 2
    assert "No space left on device" in err
    assert {file.name for file in disk.iterdir()} <= {"filler", ".out.unfinished"}
    assert not list(disk.rglob("*.half"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred thousand people with long keys: more than fits beside the work in the memory of the tests below."""
    folder = tmp_path_factory.mktemp("large")
    people = 200_000
    keys = pl.select(pl.format("{}-{}", pl.lit("x" * 60), pl.int_range(people)).alias("person_key"))
    number = pl.int_range(pl.len())
    day = pl.date(2015, 4, 1) + pl.duration(days=number % 360)
    tables = {
        "people": keys.with_columns(
            birth_month=pl.date(1950, 1, 1), death_month=pl.lit(None, pl.Date), sex=pl.lit("male"),
            small_area=pl.lit("E01"),
        ),
        "registrations": keys.with_columns(
            practice=pl.format("G{}", number % 7), start=pl.date(2001, 1, 1), end=pl.lit(None, pl.Date)
        ),
        "diagnoses": keys.with_columns(
            code_system=pl.lit("icd10"), code=pl.lit("F00"), recorded=day, source=pl.lit("gp")
        ).filter(number % 3 == 0),
        "activity": keys.with_columns(
            date=day, setting=pl.lit("outpatient"), point_of_delivery=pl.lit("x"), provider=pl.lit("RWF"),
            event=number.cast(pl.String), bed_days=pl.lit(0, pl.Int64), cost_pence=number.cast(pl.Int64),
        ),
    }  # fmt: skip
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", row_group_size=20_000)
    (folder / "dataset.yaml").write_text(
        "title: Test\npurpose: Testing\nlawful_basis: [None is needed]\ncontroller: Nobody\nopt_outs: applied\n"
        "agreement: {reference: None, signed: 2015-01-01, ends: 2099-01-01}\nextracted: 2016-03-31\nsynthetic: true\n",
        encoding="utf-8",
    )
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code and what was said of problems."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "fault of Placeplan" not in printed.err, printed.err
    return int(stopped.value.code or 0), printed.err


def test_little_memory_gives_the_same_answer(large: Path, tmp_path: Path) -> None:
    request = replace(wanted_run(large, None), years=YEARS[:1])
    spilling = EngineRequest(memory="128MB", temporary=tmp_path)
    one, two = (
        report_of(run_segments(replace(request, engine=engine), today=TODAY, step=lambda _words: None))
        for engine in (EngineRequest(), spilling)
    )
    assert one.files(formats=()) == two.files(formats=())


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_disk_that_fills_with_what_does_not_fit_in_memory(
    capsys: pytest.CaptureFixture[str], large: Path, disk: Path, tmp_path: Path, command: str
) -> None:
    out = tmp_path / "out"
    more = ("--scheme", "kent-2017", "--year", "2015-16", "--out", out) if command == "run" else ()
    code, err = run(capsys, "segments", command, large, "--memory", "48MB", "--temporary", disk, *more)
    assert code == 2
    assert "temporary folder: there is no room left to write to" in err or "memory: the engine ran out" in err
    assert not out.exists()
    assert not [file for file in disk.rglob("*") if file.is_file()]
