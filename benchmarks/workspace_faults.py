"""Servers and workers that are killed while people write and documents are made: what was acknowledged must be there.

A server and a worker run on SQLite and then on PostgreSQL. Several people save rows, publish and ask for documents; at
points that a seed decides, the server with all its processes, or the worker, is killed outright and started again.

``python -m benchmarks workspace_faults [--writes 1000] [--seed 6] [--on SQLite]``
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.functional.web.servers import free_port, new_database, postgresql_server

from benchmarks.workspace_site import PLACEPLAN, address_of, check_site, environment_of, set_up_site, wait_until_ready
from benchmarks.workspace_team import FORM, Browser, Grid, SiteError, text_of

PEOPLE = 4
SECONDS_BETWEEN_KILLS = (2.0, 6.0)
SECONDS_TO_END = 240
DOCUMENTS = ("html", "xlsx")
_WRONG = (OSError, HTTPException, ValueError, SiteError)


def main(given: Sequence[str] = ()) -> None:
    """Print what became of the writes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks workspace_faults")
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--on", choices=("SQLite", "PostgreSQL"), help="one of the two alone")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as temporary, postgresql_server() as server:
        sqlite = f"sqlite://{Path(temporary) / 'faults.sqlite3'}"
        for title, database in (("SQLite", sqlite), ("PostgreSQL", new_database(server, "faults"))):
            if options.on in (None, title):
                _run(title, Path(temporary), database=database, options=options)


def _run(title: str, folder: Path, *, database: str, options: argparse.Namespace) -> None:
    environment = environment_of(database)
    filled = set_up_site(environment, PEOPLE)
    started = time.monotonic()
    with _Processes(environment, folder / "log") as processes:
        share = options.writes // PEOPLE
        writers = [_Writer(number, processes.port, filled=filled, writes=share) for number in range(PEOPLE)]
        for writer in writers:
            writer.start()
        chance = random.Random(options.seed)
        while any(writer.is_alive() for writer in writers):
            time.sleep(chance.uniform(*SECONDS_BETWEEN_KILLS))
            processes.kill_one(chance)
        processes.end_jobs()
    acknowledged = folder / "acknowledged.json"
    acknowledged.write_text(json.dumps([writer.acknowledged() for writer in writers]), encoding="utf-8")
    checked = check_site(environment, acknowledged)
    found = json.loads(_asked(environment)) | {"kills": processes.kills, "seconds": time.monotonic() - started}
    _print(title, writers, checked=checked, found=found)


def _print(title: str, writers: "Sequence[_Writer]", *, checked: dict[str, Any], found: dict[str, Any]) -> None:
    saves, published, unanswered = (sum(getattr(each, name) for each in writers) for name in _COUNTED)
    errors = [words for writer in writers for words in writer.errors]
    _say(f"\n{title}: {saves:,} saves and {published} revisions acknowledged")
    _say(f"  {found['kills']} kills in {found['seconds']:.0f} s; {unanswered} requests without an answer")
    _say(f"  lost or half written: {len(checked['lost'])}; errors: {len(errors)}")
    _say(f"  jobs: {found['jobs']}, of which ended {found['ended']}; ended more than once: {found['twice']}")
    _say(f"  jobs by how often they were begun: {found['attempts']}")
    for words in [*checked["lost"][:5], *errors[:5]]:
        _say(f"    {words}")


_COUNTED = ("saves", "published", "unanswered")


class _Processes:
    """A server and a worker, which are killed with everything that they started, and started again."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port, self.kills = free_port(), 0
        self._environment, self._log = environment, log.open("ab")
        self._commands = {
            "server": ["serve", "--production", "--port", str(self.port), "--workers", "2"],
            "worker": ["workspace", "work"],
        }
        self._running = {name: self._started(name) for name in self._commands}

    def __enter__(self) -> "_Processes":
        wait_until_ready(self.port)
        return self

    def __exit__(self, *exception: object) -> None:
        for name in self._commands:
            self._kill(name)
        self._log.close()

    def kill_one(self, chance: random.Random) -> None:
        """Kill the server or the worker outright, and start it again."""
        name = chance.choice(sorted(self._commands))
        self._kill(name)
        self._running[name] = self._started(name)
        self.kills += 1
        if name == "server":
            wait_until_ready(self.port)

    def end_jobs(self) -> None:
        """Let the worker end what waits; a job of a killed worker waits for its lease to run out."""
        until = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < until:
            found = json.loads(_asked(self._environment))
            if found["jobs"] == found["ended"]:
                return
            time.sleep(2)

    def _started(self, name: str) -> "subprocess.Popen[bytes]":
        command = [*PLACEPLAN, *self._commands[name]]
        return subprocess.Popen(command, env=self._environment, stderr=self._log, stdout=self._log, process_group=0)

    def _kill(self, name: str) -> None:
        process = self._running[name]
        os.killpg(process.pid, signal.SIGKILL)  # the group of this process alone: itself and its server processes
        process.wait()


class _Writer(threading.Thread):
    """Somebody who saves a row again and again, publishes, asks for documents, and tries again without an answer."""

    def __init__(self, number: int, port: int, *, filled: dict[str, Any], writes: int) -> None:
        super().__init__(daemon=True)
        table = filled["tables"][number % 2]
        self._grid, self._number, self._writes = Grid(**table, row=number // 2), number, writes
        self._browser, self._token, self._mark = Browser(port), "", ""
        self._acknowledged: list[str] = []
        self.saves = self.published = self.unanswered = 0
        self.errors: list[str] = []

    def run(self) -> None:
        """Write as often as was asked for."""
        while self.saves < self._writes:
            try:
                if not self._token:
                    self._browser.sign_in(address_of(self._number))
                    self._token = self._browser.token("/")
                self._save()
                if self.saves and self.saves % 10 == 0:
                    self._publish()
            except _WRONG:
                self.unanswered += 1
                time.sleep(0.2)

    def acknowledged(self) -> dict[str, Any]:
        """What the site said that it had kept."""
        told = {"plan": self._grid.plan, "section": self._grid.section, "saves": self._acknowledged}
        return {"person": address_of(self._number), "mark": self._mark, **told}

    def _save(self) -> None:
        mark = f"edit {self._number}-{self.saves}."
        headings, rows = self._grid.marked(mark)
        sent = {"headings": headings, "rows": rows, "replaces": self._grid.checksum}
        address = f"/plans/{self._grid.plan}/write/{self._grid.section}"
        status, text, _ = self._browser.ask(
            "POST", address, body=json.dumps(sent), kind="application/json", token=self._token
        )
        found = json.loads(text)
        if status == 409:  # it was kept before, and the answer was lost; or others published
            self._grid.text, self._grid.checksum = found["text"], found["checksum"]
        elif status == 200:
            self._grid.text, self._grid.checksum = text_of(headings, rows), found["checksum"]
            self._acknowledged.append(found["checksum"])
            self._mark = mark
            self.saves += 1
        else:
            self.errors.append(f"a save answers {status}: {text[:200]}")
            self._token = ""

    def _publish(self) -> None:
        page = f"/plans/{self._grid.plan}/publish/"
        sent = {"message": f"After {self.saves}", "csrfmiddlewaretoken": self._browser.token(page)}
        status, _, headers = self._browser.ask("POST", page, body=urlencode(sent), kind=FORM)
        self.published += status == 302 and "up-to-date" not in headers.get("Location", "")
        form = DOCUMENTS[self.published % len(DOCUMENTS)]
        page = f"/plans/{self._grid.plan}/documents/"
        sent = {"form": form, "csrfmiddlewaretoken": self._browser.token(page)}
        self._browser.ask("POST", page, body=urlencode(sent), kind=FORM)


def _asked(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "benchmarks.workspace_site", "jobs"]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
