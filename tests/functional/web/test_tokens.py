"""Tokens of programs: they expire, are kept to what was ticked, show their last use, and say why they open nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.functional.web.accounts import nothing_in_the_record, refusals
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.web.access.actions import EntryError
from placeplan.web.access.models import Membership, Person
from placeplan.web.auditing.models import Event
from placeplan.web.programs.actions import make_token
from placeplan.web.programs.models import Token

PLAN, SECTION = "/api/v1/plans/small-place", "/api/v1/plans/small-place/sections/narrative/01-about.md"


@pytest.fixture
def planner(workspace: Workspace) -> Person:
    """Who makes tokens."""
    return workspace.person("planner")


def _held(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def _ask(secret: str, address: str = PLAN, **more: str) -> HttpResponse:
    return Client(**more).get(address, headers={"Authorization": f"Bearer {secret}"})


def _write(secret: str) -> HttpResponse:
    body = {"text": "# x\n", "replaces": ""}
    return Client().put(SECTION, body, "application/json", headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize("days", [30, 90, 365])
def test_a_token_lasts_as_long_as_was_picked_and_then_says_so(planner: Person, days: int) -> None:
    token, secret = make_token(actor=planner, membership=_held(planner), name="Nightly", days=days)
    assert token.expires - token.made == timedelta(days=days)
    assert _ask(secret).status_code == 200
    Token.objects.update(expires=datetime.now(tz=UTC) - timedelta(seconds=1))
    answer = _ask(secret)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["title"].startswith("This token expired on ")
    assert b"expired" in signed_in(planner).get("/tokens/").content


@pytest.mark.parametrize("days", [0, -1, 29, 31, 100_000])
def test_no_token_lasts_as_long_as_somebody_likes(planner: Person, days: int) -> None:
    with pytest.raises(EntryError, match="30, 90, 365 days"):
        make_token(actor=planner, membership=_held(planner), name="x", days=days)
    for sent in ("", "x", "1e3", "９０", str(days)):
        answer = signed_in(planner).post("/tokens/", {"name": "x", "role": _held(planner).pk, "days": sent})
        assert answer.status_code == 422
    assert not Token.objects.exists()


def test_a_token_may_do_what_was_ticked_and_see(planner: Person) -> None:
    client = signed_in(planner)
    sent = {"name": "Reads", "role": _held(planner).pk, "days": "30", "action": ["take-plan-out"]}
    page = client.post("/tokens/", sent).content.decode()
    secret = page.split('class="code long">')[1].split("<")[0]
    assert Token.objects.get().actions == ["see-plan", "take-plan-out"]
    assert _ask(secret).status_code == 200
    assert _ask(secret, f"{PLAN}/workbook").status_code == 200
    refused = _write(secret)
    assert refused.status_code == 403
    assert refused.json()["title"] == "This token may not change this plan: it was made without that."
    assert len(refusals("edit-plan")) == 1


def test_no_token_may_do_what_its_role_may_not(workspace: Workspace) -> None:
    person = workspace.person("clinician")
    sent = {"name": "x", "role": _held(person).pk, "days": "30", "action": ["comment", "publish-revision"]}
    answer = signed_in(person).post("/tokens/", sent)
    assert (answer.status_code, b"may not publish-revision" in answer.content) == (422, True)
    assert not Token.objects.exists()


def test_a_token_loses_what_its_role_loses(planner: Person) -> None:
    token, secret = make_token(actor=planner, membership=_held(planner), name="x")
    assert "publish-revision" in token.actions
    Membership.objects.update(role="clinician")
    assert _ask(secret).status_code == 200
    assert _write(secret).status_code == 403


def test_the_page_shows_the_last_use(planner: Person) -> None:
    token, secret = make_token(actor=planner, membership=_held(planner), name="x")
    assert b"never" in signed_in(planner).get("/tokens/").content
    _ask(secret)
    token.refresh_from_db()
    first = token.used
    assert first is not None
    assert b"never" not in signed_in(planner).get("/tokens/").content
    _ask(secret)
    token.refresh_from_db()
    assert token.used == first, "each use is not a write: a minute is near enough"


def test_a_refused_token_is_in_the_record_and_never_its_secret(planner: Person) -> None:
    token, secret = make_token(actor=planner, membership=_held(planner), name="x")
    Token.objects.update(revoked=datetime.now(tz=UTC))
    assert _ask(secret).json()["title"].startswith("This token was revoked.")
    assert _ask("guessed-token-of-nobody").status_code == 401
    known, unknown = refusals("use-token")
    assert (known.subject, known.detail["token"]) == (planner.subject, token.pk)
    assert (known.detail["reason"], unknown.detail["reason"]) == ("revoked", "unknown")
    assert (unknown.subject, unknown.person) == ("person unknown", None)
    nothing_in_the_record(secret, "guessed-token-of-nobody")


def test_guesses_of_tokens_are_slowed_and_fill_no_record(planner: Person, settings: Settings) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "token from address": (3, 5)}
    _, secret = make_token(actor=planner, membership=_held(planner), name="x")
    assert [_ask(f"guess-{number}").status_code for number in range(5)] == [401, 401, 401, 429, 429]
    assert len(refusals("use-token")) == 3
    assert _ask(secret).status_code == 200, "what is right goes on"
    assert _ask("guess", REMOTE_ADDR="192.0.2.1").status_code == 401


def test_making_a_token_says_in_the_record_what_it_may_do(planner: Person) -> None:
    make_token(actor=planner, membership=_held(planner), name="x", days=90, wanted=["comment"])
    detail = Event.objects.get(verb="make-token").detail
    assert detail["actions"] == ["see-plan", "comment"]
    assert datetime.fromisoformat(detail["expires"]) > datetime.now(tz=UTC) + timedelta(days=89)
