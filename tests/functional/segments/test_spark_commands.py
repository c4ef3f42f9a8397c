"""``placeplan segments run`` and ``check`` on real clusters of several processes: the answers are those of DuckDB."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from tests.oracle.segments.clusters import BRIEFLY, ON_LOOPBACK, TWO_WORKERS, connect, standalone

from placeplan.cli.main import main

pytestmark = pytest.mark.xdist_group("spark")
CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
PROVENANCE = "provenance.json"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "fault of Placeplan" not in printed.err, printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


def on(master: str, **settings: str) -> list[str]:
    """The options of a cluster."""
    conf = {**BRIEFLY, **settings}
    return ["--engine", "spark", "--master", master, *(f"--conf={name}={value}" for name, value in conf.items())]


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    """No session of another test is taken for ours."""
    yield
    running = SparkSession.getActiveSession()
    if running is not None:
        running.stop()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People who do not exist, some of whose rows are wrong."""
    folder = tmp_path_factory.mktemp("people of a place") / "extract"
    asked = ("--place", "west-kent", "--people", "300", "--years", "1", "--out", str(folder))
    with pytest.raises(SystemExit) as stopped:
        main(["segments", "synthesise", *asked])
    assert not stopped.value.code
    shutil.rmtree(folder / "care_packages")
    (folder / "care_packages.csv").write_text(
        "person_key,kind,start,end,weekly_cost_pence\nnobody,home-care,2016-05-01,2016-04-01,-5\n", encoding="utf-8"
    )
    return folder


def test_a_run_on_a_cluster_writes_the_same_files(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path
) -> None:
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--format", "svg")
    assert run(capsys, "segments", "run", made, *asked, "--out", tmp_path / "duckdb")[0] == CLEAN
    address = f"file://{made}"
    code, out, _ = run(
        capsys, "segments", "run", address, *asked, "--out", tmp_path / "spark", *on(TWO_WORKERS.master or "")
    )
    assert code == CLEAN
    assert "Every figure is synthetic" in out
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("duckdb", "spark"))
    engines = [json.loads(files.pop(PROVENANCE)) for files in (one, two)]
    assert one == two
    assert [each.pop("engine").split()[0] for each in engines] == ["duckdb", "spark"]
    assert engines[0] == engines[1]
    assert {file.name for file in tmp_path.iterdir()} == {"duckdb", "spark"}


@pytest.fixture(scope="module")
def small(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the tables that are needed and no more."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("small") / "extract"))
    (folder / "care_packages.csv").unlink()
    for name in ("areas", "practices", "measures"):
        shutil.rmtree(folder / name)
    again = min((folder / "people").glob("*.parquet"))
    shutil.copy(again, again.with_name(f"again-{again.name}"))
    return folder


def test_a_check_on_a_standalone_cluster_finds_the_same(
    capsys: pytest.CaptureFixture[str], small: Path, tmp_path: Path
) -> None:
    wanted = run(capsys, "segments", "check", small, "--format", "json")
    with standalone(tmp_path) as master:
        found = run(capsys, "segments", "check", small, "--format", "json", *on(master, **ON_LOOPBACK))
    assert found[0] == wanted[0] == FINDINGS
    assert json.loads(found[1]) == json.loads(wanted[1])


@pytest.fixture
def process_of_its_own() -> Iterator[None]:
    """What Spark Connect says in the environment, that there is no other Spark, is taken back: a command ends here."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.usefixtures("process_of_its_own")
def test_a_check_through_spark_connect_finds_the_same(
    capsys: pytest.CaptureFixture[str], small: Path, tmp_path: Path
) -> None:
    wanted = run(capsys, "segments", "check", small, "--format", "json")
    with connect(tmp_path) as master:
        found = run(capsys, "segments", "check", small, "--format", "json", "--engine", "spark", "--master", master)
    assert found[0] == wanted[0] == FINDINGS
    assert json.loads(found[1]) == json.loads(wanted[1])


@pytest.mark.usefixtures("process_of_its_own")
def test_what_spark_connect_needs_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made: Path, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "grpc", None)  # as where it is not installed
    with standalone(tmp_path, workers=0) as master:
        address = master.replace("spark://", "sc://")
        code, _, err = run(capsys, "segments", "check", made, "--engine", "spark", "--master", address)
    assert code == UNREADABLE
    assert 'pip install "pyspark[connect]' in err


def test_an_address_that_is_not_there_is_one_message(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    address = f"file://{tmp_path}/nowhere"
    code, _, err = run(capsys, "segments", "check", address, *on("local[1]"))
    assert code == UNREADABLE
    assert "the dataset has no dataset.yaml" in err
    code, _, err = run(capsys, "segments", "check", "s3a://bucket/extract", *on("local[1]"))
    assert code == UNREADABLE
    assert "s3a" in err


def test_duckdb_says_that_an_address_is_for_spark(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    code, _, err = run(capsys, "segments", "check", "hdfs://head/extract")
    assert code == UNREADABLE
    assert "hdfs://head/extract: DuckDB reads folders of this machine only. Add --engine spark" in err
    assert run(capsys, "segments", "check", f"file://{made}")[0] == FINDINGS


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--master", "spark://head:7077"], "DuckDB has no master"),
        (["--conf", "cores=8"], "Write spark.NAME=VALUE"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], made: Path, options: list[str], told: str
) -> None:
    code, _, err = run(capsys, "segments", "check", made, *options)
    assert code == UNREADABLE
    assert told in err


def test_more_memory_than_a_worker_has_is_refused(made: Path) -> None:
    """In a process of its own: a session that did not start would leave its settings to the next."""
    asked = ["--engine", "spark", "--master", "local-cluster[2,1,1024]", "--memory", "64GB"]
    command = [Path(sys.executable).parent / "placeplan", "segments", "check", made, *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (UNREADABLE, False)
    assert "requested 65536 MiB" in done.stderr
