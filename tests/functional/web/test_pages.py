"""Pages of the workspace as a browser gets them: who sees what, and what signing in does."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from tests.functional.web.conftest import PASSWORD, SMALL_PLAN, Workspace, signed_in

from placeplan.app.plan_chapters import CHAPTERS
from placeplan.web.planning import selectors

PAGES = ("planning:plan", "planning:figures", "timeline:history")
LINES = "finance/lines.csv"


def test_nothing_is_shown_before_signing_in(workspace: Workspace) -> None:
    for page in PAGES:
        answer = Client().get(reverse(page, args=["small-place"]))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("access:sign-in"))


@pytest.mark.parametrize(
    ("role", "of", "seen"),
    [
        ("planner", "own", True),
        ("clinician", "partner", True),
        ("regional-assurer", "region", True),
        ("planner", "stranger", False),
        ("administrator", "own", False),
        ("regional-assurer", "own", False),
    ],
)
def test_a_plan_is_seen_by_those_whose_it_is(workspace: Workspace, role: str, of: str, seen: bool) -> None:
    person = workspace.person(role, of=getattr(workspace, of))
    client = signed_in(person)
    assert (workspace.plan in selectors.plans_for(person)) is seen
    assert {client.get(reverse(page, args=["small-place"])).status_code for page in PAGES} == {200 if seen else 404}


def test_a_plan_that_one_may_not_see_looks_like_one_that_is_not_there(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner", of=workspace.stranger))
    hidden = client.get(reverse("planning:plan", args=["small-place"]))
    absent = client.get(reverse("planning:plan", args=["no-such-place"]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert _without_nonce(hidden.content) == _without_nonce(absent.content)


def _without_nonce(content: bytes) -> bytes:
    return b"\n".join(line for line in content.splitlines() if b"nonce" not in line and b"csrf" not in line)


def test_a_cell_that_is_typed_is_kept_and_judged(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    checksums = selectors.checksums_of_revision(selectors.latest_revision(workspace.plan))
    rows = [["community", "", "Last year", "outturn", "", "", "1,000", "", "", ""]]
    headings = SMALL_PLAN[LINES].splitlines()[0].split(",")
    body = {"headings": headings, "rows": rows, "replaces": checksums[LINES]}
    answer = client.post(reverse("planning:write", args=["small-place", LINES]), json.dumps(body), "application/json")
    assert answer.status_code == 200
    assert answer.json()["readable"] is True
    again = client.post(reverse("planning:write", args=["small-place", LINES]), json.dumps(body), "application/json")
    assert again.status_code == 200, "the same text again is no conflict"
    body["rows"] = []
    stale = client.post(reverse("planning:write", args=["small-place", LINES]), json.dumps(body), "application/json")
    assert stale.status_code == 409
    assert stale.json()["checksum"] == answer.json()["checksum"]


def test_a_cell_that_cannot_be_read_is_kept_and_said(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    checksums = selectors.checksums_of_revision(selectors.latest_revision(workspace.plan))
    body = {"text": SMALL_PLAN[LINES].replace('"1,000"', "about a thousand"), "replaces": checksums[LINES]}
    answer = client.post(reverse("planning:write", args=["small-place", LINES]), json.dumps(body), "application/json")
    found = answer.json()
    assert (answer.status_code, found["readable"]) == (200, False)
    assert (found["findings"][0]["line"], found["findings"][0]["field"]) == (2, "2014-15")
    page = client.get(reverse("planning:plan", args=["small-place"]))
    assert b"cannot be read as it stands" in page.content


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"rows": 3, "headings": [], "replaces": ""}', "\x00"])
def test_nonsense_is_answered_kindly(workspace: Workspace, body: str) -> None:
    client = signed_in(workspace.person("planner"))
    answer = client.post(reverse("planning:write", args=["small-place", LINES]), body, "application/json")
    assert answer.status_code == 422
    assert "problem" in answer.json()


def test_somebody_who_may_only_read_cannot_write(workspace: Workspace) -> None:
    client = signed_in(workspace.person("clinician"))
    answer = client.post(
        reverse("planning:write", args=["small-place", LINES]),
        json.dumps({"text": "x", "replaces": ""}),
        "application/json",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 403
    assert answer.json()["problem"].startswith("You may not change this plan.")


def test_signing_in_gives_the_session_a_new_key_and_out_ends_it(workspace: Workspace) -> None:
    person = workspace.person("planner")
    client = Client()
    client.get(reverse("access:sign-in"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key
    answer = client.post(reverse("access:sign-in"), {"email": person.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value != before
    client.post(reverse("access:sign-out"))
    assert client.get(reverse("planning:plans")).status_code == 302


def test_signing_in_goes_only_to_pages_of_this_site(workspace: Workspace) -> None:
    person = workspace.person("planner")
    for following in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere"):
        answer = Client().post(
            reverse("access:sign-in"), {"email": person.email, "password": PASSWORD, "next": following}
        )
        assert answer["Location"] == reverse("planning:plans")


def test_after_five_wrong_passwords_the_right_one_waits(workspace: Workspace) -> None:
    person = workspace.person("planner")
    for _ in range(5):
        wrong = Client().post(reverse("access:sign-in"), {"email": person.email, "password": "wrong"})
        assert wrong.status_code == 401
    answer = Client().post(reverse("access:sign-in"), {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 401
    assert b"Too many attempts" in answer.content


def test_every_answer_is_closed_to_other_hosts(workspace: Workspace) -> None:
    answer = signed_in(workspace.person("planner")).get(reverse("planning:plan", args=["small-place"]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert b"http://" not in answer.content.replace(b"http://www.w3.org", b"")
    assert b"https://" not in answer.content


def test_text_of_a_planner_is_text_and_no_markup(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    checksums = selectors.checksums_of_revision(selectors.latest_revision(workspace.plan))
    attack = SMALL_PLAN[LINES].replace("Last year", "<script>alert(1)</script></script>")
    body = {"text": attack, "replaces": checksums[LINES]}
    client.post(reverse("planning:write", args=["small-place", LINES]), json.dumps(body), "application/json")
    for page in (
        reverse("planning:section", args=["small-place", LINES]),
        reverse("planning:figures", args=["small-place"]),
    ):
        assert b"<script>alert" not in client.get(page).content


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_of_the_document_has_its_page(workspace: Workspace, name: str) -> None:
    page = signed_in(workspace.person("planner")).get(f"/plans/small-place/{name}/")
    assert page.status_code == 200, "links of the document lead there"
