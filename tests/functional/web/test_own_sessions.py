"""Somebody sees where they are signed in, and ends a session that they do not want."""

from allauth.usersessions.models import UserSession
from django.test import Client
from tests.functional.web.accounts import sign_in
from tests.functional.web.conftest import Workspace

from placeplan.web.auditing.models import Event


def _other(client: Client) -> int:
    """The number of the one session that can be ended from this window."""
    page = client.get("/account/").content.decode()
    assert page.count('/end"') == 1
    return int(page.split("/account/sessions/")[1].split("/")[0])


def test_a_session_elsewhere_is_seen_and_ended(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    here, there = sign_in(planner).client, sign_in(planner).client
    assert "Another window or device" in here.get("/account/").content.decode()
    assert here.post(f"/account/sessions/{_other(here)}/end").status_code == 302
    assert there.get("/").status_code == 302, "it is signed out"
    assert here.get("/").status_code == 200
    assert "Another window or device" not in here.get("/account/").content.decode()
    assert Event.objects.get(verb="end-session").detail == {"why": "ended by themselves"}


def test_nobody_ends_a_session_of_somebody_else(workspace: Workspace) -> None:
    planner, clinician = workspace.person("planner"), workspace.person("clinician")
    first = sign_in(planner).client
    sign_in(planner)
    number = _other(first)
    other = sign_in(clinician).client
    assert other.post(f"/account/sessions/{number}/end").status_code == 404
    assert first.get("/account/").content.decode().count('/end"') == 1


def test_a_session_that_ended_is_listed_no_more(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    here, there = sign_in(planner).client, sign_in(planner).client
    there.post("/sign-out/")
    assert "Another window or device" not in here.get("/account/").content.decode()


def test_the_window_that_asks_is_left_by_signing_out_only(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    here = sign_in(planner).client
    own = UserSession.objects.get(user=planner).pk
    assert here.post(f"/account/sessions/{own}/end").status_code == 404
    assert here.get("/").status_code == 200
