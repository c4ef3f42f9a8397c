"""What was typed outlives a window that is torn away and a server that is killed: at most a few seconds are lost."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.functional.web.browsing import LINES, SignIn, cell, kept, open_section, type_in
from tests.functional.web.servers import SECRET, free_port

from placeplan.web.access.demonstration import DEMONSTRATED

SETTINGS = "placeplan.web.settings.demonstration"
SET_UP = (
    "import django; django.setup();"
    "from django.core.management import call_command; call_command('migrate', verbosity=0, interactive=False);"
    "from placeplan.web.demonstration import set_up_demonstration; set_up_demonstration(say=print)"
)
PATIENCE = 60


def test_a_window_that_is_torn_away_loses_no_more_than_the_last_word(sign_in: SignIn) -> None:
    page = sign_in("planner")
    open_section(page, LINES)
    type_in(page, "2014-15", row=0, text="1,001")
    kept(page)
    type_in(page, "2015-16", row=0, text="1,002")
    context = page.context
    page.close(run_before_unload=False)
    again = context.new_page()
    open_section(again, LINES)
    expect(cell(again, "2014-15", 0)).to_have_text("1,001")
    expect(cell(again, "2014-15", 1)).to_have_text("2.0%")


class _Site:
    """A server of the test's own, that can be killed and started again on the same database."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        ours = {"DJANGO_SETTINGS_MODULE": SETTINGS, "PLACEPLAN_WORKSPACE": str(folder)}
        (folder / "secret-key").write_text(SECRET, encoding="utf-8")
        self._environment = {**os.environ, **ours}
        self._server: subprocess.Popen[bytes] | None = None
        subprocess.run([sys.executable, "-c", SET_UP], env=self._environment, check=True, capture_output=True)

    def start(self) -> None:
        """Serve, in one process that a signal reaches whole."""
        command = [sys.executable, "-m", "django", "runserver", "--noreload", "--insecure", f"127.0.0.1:{self.port}"]
        quiet = subprocess.DEVNULL
        self._server = subprocess.Popen(command, env=self._environment, stdout=quiet, stderr=quiet)
        for _ in range(PATIENCE * 10):
            try:
                urlopen(f"{self.address}/health/live").close()
                return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        pytest.fail("the server did not start")

    def kill(self) -> None:
        """End it at once, without a word."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()


@contextmanager
def _site(folder: Path) -> Iterator[_Site]:
    site = _Site(folder)
    try:
        yield site
    finally:
        site.kill()


def _signed_in(browser: Browser, site: _Site) -> Page:
    page = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/")
    page.get_by_label("Email address").fill("planner@placeplan.example")
    page.get_by_label("Password").fill(DEMONSTRATED.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Plans")).to_be_visible()
    return page


def test_a_server_that_is_killed_loses_nothing_and_the_page_goes_on(browser: Browser, tmp_path: Path) -> None:
    with _site(tmp_path) as site:
        site.start()
        page = _signed_in(browser, site)
        open_section(page, LINES, plan="kent-medway-2014")
        type_in(page, "2014-15", row=0, text="343,001")
        kept(page)
        site.kill()
        type_in(page, "2014-15", row=1, text="1,819")
        expect(page.get_by_role("status")).to_contain_text("The connection is gone", timeout=10_000)
        type_in(page, "2014-15", row=2, text="2,199")
        site.start()
        expect(page.get_by_role("status")).to_contain_text("Kept in your draft", timeout=30_000)
        page.reload()
        for row, text in enumerate(("343,001", "1,819", "2,199")):
            expect(cell(page, "2014-15", row)).to_have_text(text)
