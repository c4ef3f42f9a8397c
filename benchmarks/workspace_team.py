"""People at work on a site: each in a thread of their own, signed in, reading pages and saving a row of a grid."""

import csv
import json
import random
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from benchmarks.workspace_site import HOST, PASSWORD, address_of

SECONDS_TO_WAIT = 60
SHARE_OF_SAVES = 0.3
SAVES_BEFORE_PUBLISHING = 12
PAGES = ("", "figures/", "history/", "signing/", "documents/", "discussion/", "sections/{section}")
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class SiteError(Exception):
    """The site did not answer as it should."""


@dataclass
class Told:
    """What one person found: how long pages and saves took, in seconds, and what went wrong."""

    pages: list[tuple[str, float]] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    published: int = 0
    overtaken: int = 0
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, Any] = field(default_factory=dict)


class Browser:
    """A connection with its cookies, kept open as a browser keeps it, and opened again where the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_WAIT)

    def ask(
        self, method: str, address: str, *, body: str = "", kind: str = "", token: str = ""
    ) -> tuple[int, str, Mapping[str, str]]:
        """Ask for an address; gives status, text and headers."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if method == "POST":
            headers |= {"Content-Type": kind, "Origin": f"https://{HOST}", "Accept": "application/json, text/html"}
            headers |= {"X-CSRFToken": token} if token else {}
        for last in (False, True):
            try:
                self._connection.request(method, address, body=body.encode() or None, headers=headers)
                answer = self._connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
            except (OSError, HTTPException):
                self._connection.close()
                if last or method == "POST":  # a write may have been made: the caller decides
                    raise
                continue
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            return answer.status, text, dict(answer.headers)
        raise SiteError("not reached")

    def close(self) -> None:
        """Let the connection go: the next request opens another, as after a pause."""
        self._connection.close()

    def sign_in(self, email: str) -> None:
        """Sign in as a person does."""
        sent = {"email": email, "password": PASSWORD, "csrfmiddlewaretoken": self.token("/sign-in/")}
        status, text, _ = self.ask("POST", "/sign-in/", body=urlencode(sent), kind=FORM)
        if status != 302:
            raise SiteError(f"signing in answers {status}: {text[:200]}")

    def token(self, page: str) -> str:
        """The token against forged requests that a page holds."""
        status, text, _ = self.ask("GET", page)
        found = _TOKEN.search(text)
        if found is None:
            raise SiteError(f"{page} answers {status} and holds no form")
        return found[1]

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value


@dataclass
class Grid:
    """A table that somebody has open, in which one row is theirs."""

    plan: str
    section: str
    text: str
    checksum: str
    row: int

    def marked(self, words: str) -> tuple[list[str], list[list[str]]]:
        """Headings and rows, with some words as the source of the row that is theirs."""
        headings, *rows = csv.reader(StringIO(self.text))
        place = headings.index("source")
        changed = [list(row) for row in rows]
        changed[self.row][place] = words
        return headings, changed


def text_of(headings: list[str], rows: list[list[str]]) -> str:
    """The text of a table, as the site writes it."""
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([headings, *rows])
    return written.getvalue()


class Person(threading.Thread):
    """Somebody who thinks, looks at a page or saves their row, and now and then publishes."""

    def __init__(self, number: int, *, port: int, grid: Grid, think: tuple[float, float], end: float) -> None:
        super().__init__(daemon=True)
        self.told = Told()
        self._number, self._grid, self._think, self._end = number, grid, think, end
        self._browser = Browser(port)
        self._random = random.Random(number)
        self._token, self._saves, self._mark = "", 0, ""
        self._acknowledged: list[str] = []
        self.ready = threading.Event()
        self.go = threading.Event()

    def run(self) -> None:
        """Work until the time is over."""
        try:
            self._browser.sign_in(address_of(self._number))
            self._token = self._browser.token("/")
            self.ready.set()
            self.go.wait()
            for turn in self._turns():
                self._save(turn) if self._random.random() < SHARE_OF_SAVES else self._look()
        except (SiteError, OSError, HTTPException, ValueError, KeyError) as error:
            self.told.errors.append(f"{type(error).__name__}: {error}")
        finally:
            self.ready.set()
            self.told.acknowledged = {
                "person": address_of(self._number),
                "plan": self._grid.plan,
                "section": self._grid.section,
                "saves": self._acknowledged,
                "mark": self._mark,
            }

    def end_at(self, moment: float) -> None:
        """Begin, and stop at a moment."""
        self._end = moment
        self.go.set()

    def _turns(self) -> Iterator[int]:
        turn = 0
        while True:
            pause = self._random.uniform(*self._think)
            if time.monotonic() + pause >= self._end:
                return
            if pause:
                time.sleep(pause * (self._random.random() if turn == 0 else 1))  # they do not begin together
                self._browser.close()
            turn += 1
            yield turn

    def _look(self) -> None:
        page = self._random.choice(PAGES).format(section=self._grid.section)
        started = time.perf_counter()
        status, _, _ = self._browser.ask("GET", f"/plans/{self._grid.plan}/{page}")
        self.told.pages.append((page or "plan", time.perf_counter() - started))
        if status != 200:
            self.told.errors.append(f"{page} answers {status}")

    def _save(self, turn: int) -> None:
        mark = f"edit {self._number}-{turn}."
        headings, rows = self._grid.marked(mark)
        sent = {"headings": headings, "rows": rows, "replaces": self._grid.checksum}
        started = time.perf_counter()
        status, found = self._written(sent)
        took = time.perf_counter() - started
        if status == 409:
            self.told.overtaken += 1
            self._grid.text, self._grid.checksum = found["text"], found["checksum"]
            return
        if status != 200 or "findings" not in found:
            self.told.errors.append(f"a save answers {status}: {str(found)[:200]}")
            return
        self.told.saves.append(took)
        self._grid.text, self._grid.checksum = text_of(headings, rows), found["checksum"]
        self._mark = mark
        self._acknowledged.append(found["checksum"])
        self._saves += 1
        if self._saves % SAVES_BEFORE_PUBLISHING == 0:
            self._publish(turn)

    def _written(self, sent: dict[str, Any]) -> tuple[int, Any]:
        address = f"/plans/{self._grid.plan}/write/{self._grid.section}"
        status, text, _ = self._browser.ask(
            "POST", address, body=json.dumps(sent), kind="application/json", token=self._token
        )
        return status, json.loads(text)

    def _publish(self, turn: int) -> None:
        page = f"/plans/{self._grid.plan}/publish/"
        sent = {"message": f"Turn {turn}", "csrfmiddlewaretoken": self._browser.token(page)}
        status, text, headers = self._browser.ask("POST", page, body=urlencode(sent), kind=FORM)
        if status != 302:
            self.told.errors.append(f"publishing answers {status}: {text[:200]}")
        elif "up-to-date" in headers.get("Location", ""):
            self.told.conflicts += 1
        else:
            self.told.published += 1
