"""The ground of the browser tests: a page opens, its accessibility is judged, and the world is closed off."""

import socket
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_socket import SocketConnectBlockedError

PAGE = "<!doctype html><html lang=en><title>Ground</title><main><h1>Ground</h1>{}</main></html>"


def test_accessibility_is_judged(page: Page, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(PAGE.format("<p>Words</p>"), encoding="utf-8")
    bad.write_text(PAGE.format("<img src='data:,'>"), encoding="utf-8")
    page.goto(good.as_uri())
    assert Axe().run(page).violations_count == 0
    page.goto(bad.as_uri())
    assert Axe().run(page).violations_count == 1


def test_sockets_open_to_this_machine_only() -> None:
    with pytest.raises((UserWarning, SocketConnectBlockedError), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
