"""Guesses from several processes at once, on SQLite and PostgreSQL: they are counted as many; a code opens once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.functional.web.servers import new_database, postgresql_server, site

PROCESSES, AT_ONCE, MOST = 3, 3, 5
GUESSING = [sys.executable, "-m", "tests.functional.web.guessing"]


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site with an empty database."""
    if request.param == "sqlite":
        yield site(f"sqlite://{tmp_path / 'plans.sqlite3'}")
        return
    with postgresql_server() as server:
        yield site(new_database(server, "guesses"))


def _at_once(environment: dict[str, str], *given: str, times: int = 1) -> list[str]:
    command, pipe = [*GUESSING, *given], subprocess.PIPE
    started = [subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) for _ in range(times)]
    told = [each.communicate() for each in started]
    assert [each.returncode for each in started] == [0] * times, told
    return [line for out, _ in told for line in out.splitlines()]


def test_many_guesses_at_once_are_counted_and_a_code_opens_once(environment: dict[str, str]) -> None:
    (code,) = _at_once(environment, "set-up")
    opened = _at_once(environment, "code", code, times=PROCESSES)
    assert sorted(opened) == ["302", "401", "401"]
    guesses = _at_once(environment, "guess", str(AT_ONCE), times=PROCESSES)
    assert guesses.count("tried") == MOST
    assert guesses.count("too many") == PROCESSES * AT_ONCE - MOST
    refused, faults = _at_once(environment, "tell")
    assert int(refused) == PROCESSES - 1 + PROCESSES * AT_ONCE, "every one is in the record"
    assert faults == ""
