"""Several people write at once, on SQLite and on PostgreSQL: no edit that was acknowledged is lost, killed or not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.functional.web.servers import postgresql_server, site

PEOPLE, ROUNDS = 4, 6
CONTEST = [sys.executable, "-m", "tests.functional.web.contest"]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server of the test's own, on this machine only."""
    with postgresql_server() as server:
        yield f"{server}postgres"


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a site with an empty database."""
    if request.param == "postgresql":
        return site(request.getfixturevalue("postgresql"))
    return site(f"sqlite://{tmp_path / 'plans.sqlite3'}")


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


def test_a_server_that_is_away_is_said_to_be_away() -> None:
    environment = site("postgresql://planner@127.0.0.1:1/postgres")
    code = (
        "import django; django.setup(); from django.test import Client;"
        "answer = Client(headers={'host': 'plans.place.example'}).get('/health/ready');"
        "print(answer.status_code, answer.json())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("503 {'ready': False"), done.stderr
