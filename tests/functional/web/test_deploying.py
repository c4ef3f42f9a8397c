"""What the container files run works here, in the same order, on PostgreSQL; and the documents name every setting."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT
from tests.functional.web.servers import SECRET, free_port, postgresql_server, site

from placeplan.web.settings.environment import VARIABLES

COMPOSE, CONTAINER = ROOT / "deploy" / "compose.yaml", ROOT / "deploy" / "Containerfile"
RUNBOOK = ROOT / "docs" / "how-to" / "keep-the-workspace-running.md"
OURS = {"migrate", "web", "worker", "keeper"}
TOKEN = "of-those-who-watch-the-site"
SECONDS_TO_START = 60
PLACEPLAN = [sys.executable, "-c", "from placeplan.cli import main; main()"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


def test_every_setting_is_known_documented_and_handed_over(compose: dict[str, Any]) -> None:
    known = {each.name for each in VARIABLES}
    rows = re.findall(r"^\| `(PLACEPLAN_\w+)` \| (yes)? *\| (yes)? *\| (.+) \|$", RUNBOOK.read_text(), re.MULTILINE)
    assert {(name, bool(needed), bool(file), what) for name, needed, file, what in rows} == {
        (each.name, each.needed, each.secret, each.what) for each in VARIABLES
    }
    given = {name.removesuffix("_FILE") for name in compose["services"]["web"]["environment"]}
    assert given <= known
    assert {each.name for each in VARIABLES if each.needed} <= given
    read = set(re.findall(r"PLACEPLAN_[A-Z_]+", "".join(_sources())))
    assert {name.removesuffix("_FILE") for name in read} <= known | {"PLACEPLAN_WORKSPACE"}


def _sources() -> Iterator[str]:
    for path in (ROOT / "src" / "placeplan" / "web").rglob("*.py"):
        yield path.read_text(encoding="utf-8")


def test_containers_may_do_as_little_as_they_need(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["user"] not in ("root", "0"), name
        assert all(each.startswith("127.0.0.1:") for each in service.get("ports", [])), name
        assert not service.get("privileged"), name
    assert compose["networks"]["inside"]["internal"] is True
    secrets = {path for service in compose["services"].values() for path in service["secrets"]}
    assert secrets == set(compose["secrets"])
    told = json.dumps(compose)
    assert "://" not in re.sub(r"http://127\.0\.0\.1:8000/\S*", "", told), "no password and no address of a registry"
    assert set(compose["services"]) == OURS | {"database"}


def test_the_image_runs_as_nobody_in_particular_and_what_is_pinned() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    images = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert all(re.fullmatch(r"[a-z]+:[0-9.]+-slim", image) for image in images), "an ordinary name, with its version"
    assert "USER 10001:10001" in lines
    assert "--require-hashes" in text
    copied = {word for line in lines if line.startswith("COPY") and "--from" not in line for word in line.split()[1:-1]}
    assert all((ROOT / name).exists() for name in copied)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied <= {line.removeprefix("!") for line in ignored}
    locked = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z-]+)==", locked, re.MULTILINE))
    assert {"django", "gunicorn", "psycopg", "typst", "python-docx"} <= pinned


@contextmanager
def _running(arguments: list[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as stream:
        process = subprocess.Popen([*PLACEPLAN, *arguments], env=environment, stderr=stream)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _until_well(arguments: list[str], environment: dict[str, str]) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        done = _run(arguments, environment)
        if done.returncode == 0 or time.monotonic() > until:
            assert done.returncode == 0, done.stderr
            return done.stdout


def _run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [*PLACEPLAN, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _handed_over(compose: dict[str, Any], folder: Path, database: str) -> dict[str, str]:
    """The environment of the containers, with its secrets as files in a folder."""
    secrets = {"secret-key": SECRET, "database-address": database, "metrics-token": TOKEN, "sign-on-secret": ""}
    for name, value in secrets.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
    ours = {name: value for name, value in site("").items() if not name.startswith("PLACEPLAN_")}
    given = {name: str(value) for name, value in compose["services"]["web"]["environment"].items()}
    in_files = {name: value.replace("/run/secrets/", f"{folder}/") for name, value in given.items()}
    shown = {"PLACEPLAN_HOSTS": "plans.place.example"}
    plain = {name: "" if value.startswith("${") else value for name, value in in_files.items()}
    return {**ours, **plain, **shown}


def test_what_the_containers_run_works_in_their_order(compose: dict[str, Any], tmp_path: Path) -> None:
    services, port = compose["services"], str(free_port())
    assert services["web"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}

    def here(service: str, key: str = "command") -> list[str]:
        words = services[service][key] if key == "command" else services[service]["healthcheck"]["test"][2:]
        return [word.replace("0.0.0.0", "127.0.0.1").replace("8000", port) for word in words]

    with postgresql_server() as server:
        environment = _handed_over(compose, tmp_path, f"{server}postgres")
        assert _run(here("worker", "check"), environment).returncode != 0
        done = _run(here("migrate"), environment)
        assert done.returncode == 0, done.stderr
        log = tmp_path / "web.log"
        with (
            _running(here("web"), environment, log) as web,
            _running(here("worker"), environment, tmp_path / "worker.log") as worker,
        ):
            assert '"ready": true' in _until_well(here("web", "check"), environment)
            assert "is there" in _until_well(here("worker", "check"), environment)
            told = _metrics(port)
            assert "placeplan_database_up 1.0" in told
            assert 'placeplan_requests_total{method="GET",route="health/ready",status="200"}' in told
            for process in (web, worker):
                process.send_signal(signal.SIGTERM)
            assert [process.wait(timeout=SECONDS_TO_START) for process in (web, worker)] == [0, 0]
        assert "whole; 0 events" in _run(["workspace", *services["keeper"]["command"]], environment).stdout
        backup = _run(["workspace", "backup", str(tmp_path / "one.backup")], environment)
        assert backup.returncode == 0, backup.stderr
    assert all(json.loads(line)["level"] in ("info", "warning") for line in log.read_text().splitlines())


def _metrics(port: str) -> str:
    headers = {"Host": "plans.place.example", "Authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health/metrics", headers=headers)
    with urllib.request.urlopen(request) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PLACEPLAN_SECRET_KEY_FILE": "somewhere"}, "and not both"),
        ({"PLACEPLAN_SECRET_KEY": "", "PLACEPLAN_SECRET_KEY_FILE": "/no/such/file"}, "cannot be read as text"),
        ({"PLACEPLAN_OLD_SECRET_KEYS": "short"}, "PLACEPLAN_OLD_SECRET_KEYS is too weak"),
        ({"PLACEPLAN_METRICS_TOKEN": "short"}, "PLACEPLAN_METRICS_TOKEN is too weak"),
        ({"PLACEPLAN_METRICS_ADDRESSES": "everywhere"}, "PLACEPLAN_METRICS_ADDRESSES cannot be read"),
        (
            {"PLACEPLAN_METRICS_ADDRESSES": "10.0.0.0/8", "PLACEPLAN_BEHIND_PROXY": "yes"},
            "Behind a proxy every request",
        ),
        ({"PLACEPLAN_LOG_LEVEL": "LOUD"}, "expected one of INFO"),
        ({"PLACEPLAN_DATABASE": "postgresql://planner@127.0.0.1:1/plans"}, "The database does not answer"),
    ],
)
def test_what_stands_in_the_way_is_one_message(tmp_path: Path, given: dict[str, str], words: str) -> None:
    environment = {**site(f"sqlite://{tmp_path / 'plans.sqlite3'}"), **given}
    done = _run(["workspace", "migrate"], environment)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert words in done.stderr


def test_a_port_that_is_taken_ends_the_server(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, **site(f"sqlite://{tmp_path / 'plans.sqlite3'}")}
        done = _run(["serve", "--production", "--port", port, "--workers", "1"], environment)
    assert done.returncode == 1
    assert "in use" in done.stderr
