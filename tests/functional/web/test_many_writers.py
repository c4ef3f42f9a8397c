"""Several people write at once, on SQLite and on PostgreSQL: no edit that was acknowledged is lost, killed or not."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PEOPLE, ROUNDS = 4, 6
SECRET = "Zx9-" + "q7LmT2vB" * 3 + "nR4_kWp8sD1eHyJ6" * 2
CONTEST = [sys.executable, "-m", "tests.functional.web.contest"]
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server of the test's own, on this machine only."""
    if not BINARIES:
        pytest.fail("no PostgreSQL found: run make test once, which installs it")
    folder = Path(tempfile.mkdtemp(prefix="placeplan-postgresql-"))  # not under a folder that is only root's
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_server:
        shutil.chown(folder, "postgres")
    control = [*as_server, str(BINARIES[-1] / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
    made = [*as_server, str(BINARIES[-1] / "initdb"), "-D", str(folder / "data"), "-U", "planner", "-A", "trust"]
    subprocess.run(made, check=True, capture_output=True, cwd="/")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    log = str(folder / "log")
    subprocess.run([*control, "-l", log, "-o", options, "start"], check=True, cwd="/", stdin=subprocess.DEVNULL)
    try:
        yield f"postgresql://planner@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a site with an empty database."""
    address = f"sqlite://{tmp_path / 'plans.sqlite3'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgresql")
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {
        **kept,
        "PLACEPLAN_DATABASE": address,
        "PLACEPLAN_SECRET_KEY": SECRET,
        "PLACEPLAN_HOSTS": "plans.place.example",
    }


def _done(environment: dict[str, str], *arguments: object) -> list[str]:
    command = [*CONTEST, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_no_acknowledged_edit_is_lost(environment: dict[str, str]) -> None:
    _done(environment, "set-up", PEOPLE)
    writers = [
        subprocess.Popen(
            [*CONTEST, "write", str(number), str(ROUNDS)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PEOPLE)
    ]
    victim = writers[-1]
    assert victim.stdout is not None
    first = victim.stdout.readline()
    victim.kill()
    outputs = [writer.communicate() for writer in writers]
    for writer, (_, wrong) in zip(writers[:-1], outputs, strict=False):
        assert writer.returncode == 0, wrong
    acknowledged = [line.split()[0] for out, _ in outputs for line in out.splitlines()] + [first.split()[0]]
    rows, numbers, faults = _done(environment, "tell")
    assert set(acknowledged) <= set(rows.split())
    assert len(acknowledged) >= (PEOPLE - 1) * ROUNDS + 1
    assert numbers.split() == [str(number) for number in range(1, len(numbers.split()) + 1)], "no half revision"
    assert len(rows.split()) == len(set(rows.split())) == len(numbers.split()) - 1, "each revision has one row more"
    assert faults == ""


def test_a_server_that_is_away_is_said_to_be_away(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "placeplan.web.settings.production",
        "PLACEPLAN_DATABASE": "postgresql://planner@127.0.0.1:1/postgres",
        "PLACEPLAN_SECRET_KEY": SECRET,
        "PLACEPLAN_HOSTS": "localhost",
    }
    code = (
        "import django; django.setup(); from django.test import Client;"
        "answer = Client(headers={'host': 'localhost'}).get('/health/ready'); print(answer.status_code, answer.json())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("503 {'ready': False"), done.stderr
