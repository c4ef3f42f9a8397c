"""The second factor of local accounts: set up, asked for, used once, taken away again, and compulsory where it is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django.fixtures import Settings
from tests.functional.web.accounts import (
    CODES,
    SECRET,
    code_of,
    forget_the_last_code,
    nothing_in_the_record,
    refusals,
    set_up,
    sign_in,
)
from tests.functional.web.conftest import PASSWORD, Workspace, signed_in

from placeplan.web.access.models import Person, Throttle
from placeplan.web.access.signing_in import BY, BY_PROVIDER
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults

CODE, FACTOR, OFF, RECOVERY = (
    "/sign-in/code/",
    "/account/second-factor/",
    "/account/second-factor/off/",
    "/account/recovery-codes/",
)


@pytest.fixture
def person(workspace: Workspace) -> Person:
    """Somebody who publishes."""
    return workspace.person("planner")


def test_signing_in_asks_for_a_code_and_nothing_opens_before(person: Person) -> None:
    secret, _ = set_up(sign_in(person).client)
    answer = sign_in(person, next="/places/")
    assert (answer.status_code, answer["Location"]) == (302, CODE)
    browser = answer.client
    assert browser.get("/").status_code == 302, "a password alone opens nothing"
    before = browser.cookies["sessionid"].value
    assert browser.post(CODE, {"code": "000000"}).status_code == 401
    done = browser.post(CODE, {"code": code_of(secret)})
    assert (done.status_code, done["Location"]) == (302, "/places/")
    assert browser.cookies["sessionid"].value != before
    assert browser.get("/").status_code == 200
    assert [each.detail["reason"] for each in refusals("sign-in")] == ["wrong code"]
    nothing_in_the_record(secret, "000000", PASSWORD)
    assert list(chain_faults()) == []


def test_a_code_opens_once(person: Person) -> None:
    secret, _ = set_up(sign_in(person).client)
    code = code_of(secret)
    first, second = sign_in(person).client, sign_in(person).client
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 401
    assert second.post(CODE, {"code": code_of(secret, ahead=1)}).status_code == 302


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "abcdef", "é" * 6, "\0" * 6, "9" * 5_000])
def test_what_is_no_code_is_refused(person: Person, code: str) -> None:
    set_up(sign_in(person).client)
    assert sign_in(person).client.post(CODE, {"code": code}).status_code == 401


def test_a_code_for_recovery_opens_once_and_new_ones_end_the_old(person: Person) -> None:
    browser = sign_in(person).client
    _, codes = set_up(browser)
    assert sign_in(person).client.post(CODE, {"code": f"{codes[3][:4]} {codes[3][4:]}"}).status_code == 302
    assert sign_in(person).client.post(CODE, {"code": codes[3]}).status_code == 401
    assert "have not used: 9" in browser.get("/account/").content.decode()
    assert browser.post(RECOVERY, {"password": "wrong"}).status_code == 422
    page = browser.post(RECOVERY, {"password": PASSWORD}).content.decode()
    new = ["".join(each) for each in CODES.findall(page)]
    assert len(new) == 10
    assert not set(new) & set(codes)
    assert sign_in(person).client.post(CODE, {"code": codes[0]}).status_code == 401
    assert sign_in(person).client.post(CODE, {"code": new[0]}).status_code == 302
    nothing_in_the_record(*codes, *new)


def test_a_code_must_come_soon_and_after_the_same_password(person: Person) -> None:
    secret, _ = set_up(sign_in(person).client)
    late, other = sign_in(person).client, sign_in(person).client
    session = late.session
    session["waiting_for_code"] = {
        **session["waiting_for_code"],
        "until": (datetime.now(tz=UTC) - timedelta(seconds=1)).isoformat(),
    }
    session.save()
    assert late.post(CODE, {"code": code_of(secret)}).status_code == 302
    assert late.get("/").status_code == 302
    person.refresh_from_db()
    person.set_password("another good password")
    person.save()
    other.post(CODE, {"code": code_of(secret)})
    assert other.get("/").status_code == 302
    assert Client().get(CODE).status_code == 302, "nobody waits"


def test_guesses_of_codes_are_slowed(person: Person) -> None:
    secret, codes = set_up(sign_in(person).client)
    browser = sign_in(person).client
    for number in range(5):
        browser.post(CODE, {"code": f"00000{number}"})
    blocked = browser.post(CODE, {"code": code_of(secret)})
    assert (blocked.status_code, b"Wait 15 minutes" in blocked.content) == (401, True)
    fresh = sign_in(person, client=Client(REMOTE_ADDR="192.0.2.1")).client
    assert fresh.post(CODE, {"code": codes[0]}).status_code == 401, "by account, from wherever"
    Throttle.objects.update(since=datetime.now(tz=UTC) - timedelta(minutes=16))
    assert browser.post(CODE, {"code": code_of(secret)}).status_code == 302


def test_it_is_set_up_only_with_a_code_that_fits(person: Person) -> None:
    browser = sign_in(person).client
    page = browser.get(FACTOR).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert SECRET.search(browser.get(FACTOR).content.decode())[1] == SECRET.search(page)[1]  # type: ignore[index]
    assert browser.post(FACTOR, {"code": "000000"}).status_code == 422
    assert sign_in(person).status_code == 302
    assert not Authenticator.objects.exists()
    assert len(refusals("set-up-second-factor")) == 1


def test_turning_it_on_or_off_ends_other_sessions_and_off_needs_the_password(person: Person) -> None:
    here, elsewhere = sign_in(person).client, sign_in(person).client
    secret, _ = set_up(here)
    assert elsewhere.get("/").status_code == 302
    third = sign_in(person).client
    third.post(CODE, {"code": code_of(secret)})
    assert third.get("/").status_code == 200
    assert here.post(OFF, {"password": "wrong"}).status_code == 422
    assert here.post(OFF, {"password": PASSWORD}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert third.get("/").status_code == 302
    assert sign_in(person)["Location"] == "/"
    verbs = Event.objects.filter(verb__contains="second-factor").values_list("verb", "refused")
    assert list(verbs) == [
        ("set-up-second-factor", False),
        ("turn-second-factor-off", True),
        ("turn-second-factor-off", False),
    ]


def test_what_it_rests_on_is_not_readable_in_the_database(person: Person) -> None:
    secret, codes = set_up(sign_in(person).client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)
    assert not re.search(r"[0-9a-f]{40}", kept)


def test_another_secret_key_keeps_it_while_the_old_one_counts(person: Person, settings: Settings) -> None:
    secret, codes = set_up(sign_in(person).client)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the tests", [old]
    assert sign_in(person).client.post(CODE, {"code": code_of(secret)}).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    assert sign_in(person).client.post(CODE, {"code": codes[0]}).status_code == 302, "it was kept anew"
    settings.SECRET_KEY = "a third key of the tests, of which the second is forgotten"
    forget_the_last_code(person)
    browser = sign_in(person).client
    assert {browser.post(CODE, {"code": each}).status_code for each in (code_of(secret), codes[1])} == {401}


def test_an_administrator_takes_a_lost_one_away(workspace: Workspace, person: Person) -> None:
    browser = sign_in(person).client
    set_up(browser)
    administrator = signed_in(workspace.person("administrator"))
    assert b"Take the second factor away" in administrator.get(f"/people/{person.pk}/").content
    assert administrator.post(f"/people/{person.pk}/take-second-factor/").status_code == 302
    assert browser.get("/").status_code == 302
    assert sign_in(person)["Location"] == "/"
    assert Event.objects.filter(verb="take-second-factor", subject=person.subject).count() == 1


@pytest.mark.parametrize(
    ("role", "needs"),
    [
        ("planner", True),
        ("finance", True),
        ("board-member", True),
        ("administrator", True),
        ("clinician", False),
        ("auditor", False),
        ("regional-assurer", False),
    ],
)
def test_where_it_is_compulsory_it_comes_before_anything_else(
    workspace: Workspace, settings: Settings, role: str, needs: bool
) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    somebody = workspace.person(role)
    browser = sign_in(somebody).client
    answer = browser.get("/")
    assert (answer.status_code, answer.get("Location")) == ((302, FACTOR) if needs else (200, None))
    if not needs:
        return
    assert browser.post("/tokens/", {}).status_code == 302
    asked = {"Accept": "application/json"}
    assert browser.get("/plans/small-place/", headers=asked).status_code == 403
    assert b"Your role publishes, signs or manages people" in browser.get(FACTOR).content
    set_up(browser)
    assert browser.get("/").status_code == 200
    assert browser.post("/sign-out/").status_code == 302


def test_who_signed_on_by_a_provider_has_that_of_the_provider(person: Person, settings: Settings) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    browser = signed_in(person)
    assert browser.get("/").status_code == 302
    session = browser.session
    session[BY] = BY_PROVIDER
    session.save()
    assert browser.get("/").status_code == 200
