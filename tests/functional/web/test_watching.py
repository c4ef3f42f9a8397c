"""For those who watch the site: health, metrics that nobody reads uninvited, and a log that holds no content."""

import json
import logging
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.web import faults, metrics
from placeplan.web.log_lines import Lines
from placeplan.web.publishing.models import WorkerSign

TOKEN = "a-token-of-those-who-watch"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def test_no_worker_is_said_and_pages_are_still_served(db: None) -> None:
    assert Client().get("/health/worker").json() == {"ready": False, "why": "no worker was ever there"}
    WorkerSign.objects.create(worker="one", at=datetime.now(tz=UTC) - timedelta(hours=1))
    answer = Client().get("/health/worker")
    assert (answer.status_code, answer.json()["why"][:13]) == (503, "no worker for")
    WorkerSign.objects.create(worker="two", at=datetime.now(tz=UTC))
    assert Client().get("/health/worker").status_code == 200
    assert Client().get("/health/ready").json() == {"ready": True}


@pytest.mark.parametrize(
    ("token", "networks", "headers", "address", "expected"),
    [
        ("", (), {}, "127.0.0.1", 404),
        ("", (), {"Authorization": "Bearer "}, "127.0.0.1", 404),
        (TOKEN, (), {}, "127.0.0.1", 404),
        (TOKEN, (), {"Authorization": "Bearer wrong"}, "127.0.0.1", 404),
        (TOKEN, (), {"Authorization": "Bearer \u00e9"}, "127.0.0.1", 404),
        (TOKEN, (), BEARER, "192.0.2.9", 200),
        ("", ("10.0.0.0/24",), {}, "10.0.0.7", 200),
        ("", ("10.0.0.0/24",), {}, "10.0.1.7", 404),
        ("", ("10.0.0.0/24",), {"X-Forwarded-For": "10.0.0.7"}, "192.0.2.9", 404),
        ("", ("10.0.0.0/24",), {}, "", 404),
        (TOKEN, ("10.0.0.0/24",), {}, "10.0.0.7", 404),
        (TOKEN, ("10.0.0.0/24",), BEARER, "10.0.1.7", 404),
        (TOKEN, ("10.0.0.0/24", "::1/128"), BEARER, "::1", 200),
    ],
)
def test_metrics_are_read_by_who_was_named_and_nobody_else(
    db: None,
    settings: Settings,
    token: str,
    networks: tuple[str, ...],
    headers: dict[str, str],
    address: str,
    expected: int,
) -> None:
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = token, tuple(map(ip_network, networks))
    assert Client(headers=headers, REMOTE_ADDR=address).get("/health/metrics").status_code == expected


def test_metrics_count_by_pattern_and_tell_how_jobs_stand(workspace: Workspace, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client = signed_in(workspace.person("planner"))
    client.get("/plans/small-place/sections/finance/lines.csv?q=hush-hush")
    client.post("/plans/small-place/documents/", {"form": "html"})
    client.generic("BREW", "/guessed/address")
    told = Client(headers=BEARER).get("/health/metrics").content.decode()
    assert 'route="plans/<slug:slug>/sections/<path:name>"' in told
    assert 'placeplan_jobs{state="waiting"} 1.0' in told
    assert "placeplan_database_up 1.0" in told
    assert 'method="other"' in told
    assert not any(word in told for word in ("hush-hush", "guessed", "lines.csv", "BREW"))


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> "_Told":
    caplog.set_level(logging.DEBUG, logger="placeplan")
    caplog.set_level(logging.DEBUG, logger="django")
    return _Told(caplog)


class _Told:
    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def __call__(self) -> list[dict[str, object]]:
        return [json.loads(Lines().format(record)) for record in self._caplog.records]


def test_a_request_has_one_line_that_says_who_what_and_how_long(workspace: Workspace, lines: _Told) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    client.get("/plans/small-place/figures/?q=word-of-the-plan", headers={"X-Request-Id": "from-the-proxy-1"})
    (told,) = (each for each in lines() if each["message"] == "request")
    assert told.pop("milliseconds", None) is not None
    assert told.pop("at", None) is not None
    assert told == {
        "level": "info",
        "logger": "placeplan.web.requests",
        "message": "request",
        "request": "from-the-proxy-1",
        "method": "GET",
        "address": "plans/small-place/figures/",
        "status": 200,
        "person": planner.pk,
    }


def test_the_log_holds_no_content_and_no_secret(workspace: Workspace, lines: _Told) -> None:
    client = signed_in(workspace.person("planner"))
    client.post("/sign-in/", {"email": "who@place.example", "password": "pass-word-sent"})
    client.get("/plans/small-place/sections/narrative/name-of-section.md?key=query-sent")
    client.get("/plans/small-place/figures/figure-asked-for")
    client.get("/guessed/address")
    client.post("/plans/small-place/sections/finance/lines.csv", "text-sent", content_type="application/json")
    Client(headers={"Authorization": "Bearer token-sent", "Host": "other-host"}).get("/api/v1/plans")
    told = json.dumps(lines())
    wrong = ("pass-word-sent", "name-of-section", "query-sent", "figure-asked", "guessed", "text-sent", "token-sent")
    assert not [word for word in (*wrong, "who@place", "other-host") if word in told]
    assert '"address": "plans/small-place/figures/<identifier>"' in told
    assert '"address": "no such address"' in told


def test_of_a_fault_the_log_says_where_and_not_what(lines: _Told) -> None:
    def failing() -> None:
        try:
            int("1,234 of the plan")
        except ValueError as error:
            raise RuntimeError("more of the plan") from error

    try:
        failing()
    except RuntimeError:
        logging.getLogger("placeplan.somewhere").exception("it failed")
    (told,) = lines()
    assert "of the plan" not in json.dumps(told)
    fault = told["fault"]
    assert isinstance(fault, list)
    assert [each["error"] for each in fault] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "failing" in fault[0]["places"][0]


@pytest.mark.parametrize(
    ("words", "arguments", "expected"),
    [
        ("Worker (pid:%s) was sent %s!", (7, "SIGKILL"), "Worker (pid:7) was sent …!"),
        ("Internal Server Error: %s", ("/reset/secret",), "Internal Server Error: …"),
        ("Invalid HTTP_HOST header", (), "Invalid HTTP_HOST header"),
        ("%d of them: %s", (3, "names"), "3 of them: …"),
    ],
)
def test_texts_in_warnings_of_libraries_are_left_out(words: str, arguments: tuple[object, ...], expected: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 1, words, arguments, None)
    assert json.loads(Lines().format(record))["message"] == expected


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("connection refused: host 10.1.2.3"), 503, "does not answer at the moment"),
        (ValueError("cell of the plan"), 500, "Something went wrong here"),
    ],
)
def test_a_fault_is_a_page_that_needs_no_database(error: Exception, status: int, words: str) -> None:
    def answered(accept: str) -> tuple[int, str]:
        try:
            raise error
        except (OperationalError, ValueError):
            answer = faults.fault(RequestFactory(headers={"Accept": accept}).get("/"))
        return answer.status_code, answer.content.decode()

    page, data = answered("text/html"), answered("application/json")
    assert (page[0], data[0]) == (status, status)
    assert words in page[1]
    assert words in json.loads(data[1])["problem"]
    assert str(error) not in page[1] + data[1]


def test_what_is_not_there_is_said_in_our_words(workspace: Workspace) -> None:
    for client in (Client(), signed_in(workspace.person("planner"))):
        page = client.get("/no/such/page")
        assert (page.status_code, "There is no such page" in page.content.decode()) == (404, True)
    answer = Client().get("/api/v1/no/such/address")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_database_that_is_gone_is_a_metric(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(metrics, "jobs_by_state", gone)
    assert [sample.value for metric in metrics._Jobs().collect() for sample in metric.samples] == [0]
