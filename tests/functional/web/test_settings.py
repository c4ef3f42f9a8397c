"""Settings: production does not start with what is weak or missing; the demonstration starts with one command."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from http import HTTPStatus
from pathlib import Path

import pytest
import requests

from placeplan.web.settings.databases import database

TRIES, SECONDS_TO_END, SECONDS_TO_ANSWER = 300, 60, 60
STRONG = "Zx9-" + "q7LmT2vB" * 3 + "nR4_kWp8sD1eHyJ6" * 2
GOOD = {
    "DJANGO_SETTINGS_MODULE": "placeplan.web.settings.production",
    "PLACEPLAN_SECRET_KEY": STRONG,
    "PLACEPLAN_HOSTS": "plans.place.example",
    "PLACEPLAN_DATABASE": "postgresql://planner:secret@database:5432/plans",
}


def _run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    ours = {*GOOD, "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the last is of the tests alone
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, *arguments], env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def test_the_check_for_deployment_finds_nothing() -> None:
    done = _run(["-m", "django", "check", "--deploy", "--fail-level", "WARNING"], **GOOD)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PLACEPLAN_SECRET_KEY", "", "Set PLACEPLAN_SECRET_KEY"),
        ("PLACEPLAN_SECRET_KEY", "short", "too weak"),
        ("PLACEPLAN_SECRET_KEY", "a" * 60, "too weak"),
        ("PLACEPLAN_SECRET_KEY", "demonstration-only" + STRONG, "too weak"),
        ("PLACEPLAN_HOSTS", "", "Set PLACEPLAN_HOSTS"),
        ("PLACEPLAN_DATABASE", "", "Set PLACEPLAN_DATABASE"),
        ("PLACEPLAN_DATABASE", "mysql://x/y", "PLACEPLAN_DATABASE cannot be read"),
    ],
)
def test_production_does_not_start_with_what_is_weak_or_missing(name: str, value: str, words: str) -> None:
    done = _run(["-m", "django", "check"], **{**GOOD, name: value})
    assert done.returncode != 0
    assert words in done.stderr


def test_an_address_of_a_database_says_everything() -> None:
    found = database("postgresql://planner:se%40cret@host:5433/plans")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "planner",
        "se@cret",
        "host",
        5433,
        "plans",
    )


def test_migrations_are_all_there(transactional_db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_demonstration_starts_with_one_command_and_keeps_what_is_there(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    started = [
        sys.executable,
        "-m",
        "placeplan.web",
        "demonstration",
        str(tmp_path / "workspace"),
        "127.0.0.1",
        port,
        "2",
    ]
    kept = {name: value for name, value in os.environ.items() if name not in {*GOOD, "DJANGO_ALLOW_ASYNC_UNSAFE"}}
    server = subprocess.Popen(started, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = next((line for line in server.stdout or () if line.startswith("open ")), "")
        assert port in said
        site = f"http://127.0.0.1:{port}"
        assert _answers(f"{site}/health/ready")
        # What was computed to make it ready must not keep the processes that answer from computing.
        assert _care_model_of(site) == HTTPStatus.OK
    finally:
        server.terminate()
        server.communicate(timeout=SECONDS_TO_END)
    _starts_again(tmp_path / "workspace")


def _starts_again(folder: Path) -> None:
    code = f"""
from pathlib import Path
from placeplan.web.serving import prepare
prepare(Path({str(folder)!r}), say=print)
from django.test import Client
page = Client(headers={{"host": "localhost"}}).get("/sign-in/")
print(page.status_code, b"planner@" in page.content)
"""
    again = _run(["-c", code])
    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines()[-1] == "200 True"
    assert "bringing in" not in again.stdout, "what is there stays"
    assert "making people up" not in again.stdout
    assert (folder / "segment-runs" / "west-kent-2017" / "made-up" / "provenance.json").is_file()


def _care_model_of(site: str) -> int:
    with requests.Session() as browser:
        page = browser.get(f"{site}/sign-in/", timeout=SECONDS_TO_ANSWER).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        given = {"email": "planner@placeplan.example", "password": "demonstration-only"}
        browser.post(f"{site}/sign-in/", {**given, "csrfmiddlewaretoken": token[1]}, timeout=SECONDS_TO_ANSWER)
        return browser.get(f"{site}/plans/west-kent-2017/care/", timeout=SECONDS_TO_ANSWER).status_code


def _answers(address: str) -> bool:
    for _ in range(TRIES):
        with contextlib.suppress(OSError), urllib.request.urlopen(address) as answer:
            return bool(answer.status == 200)
        time.sleep(0.2)
    return False


def test_what_serves_the_site_answers(live_server: object) -> None:
    with urllib.request.urlopen(f"{live_server}/health/ready") as answer:
        assert answer.read() == b'{"ready": true}'
