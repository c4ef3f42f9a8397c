"""Accounts: passwords and links to choose them, sessions that end, people switched off, guesses that are slowed."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.functional.web.accounts import LINK, nothing_in_the_record, refusals, set_up, sign_in
from tests.functional.web.conftest import PASSWORD, Workspace, signed_in

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access.models import Membership, PasswordLink, Person, Throttle
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.programs.actions import make_token
from placeplan.web.programs.models import Token

NEW = "seven purple wardrobes"
ACCOUNT = ("/account/", "/account/second-factor/")
OWN_WRITES = ("/account/password/", "/account/second-factor/off/", "/account/recovery-codes/")


def _add(client: Client, email: str = "new@place.example") -> HttpResponse:
    sent = {"email": email, "name": "Nina New", "role": "clinician", "organisation": "small-place"}
    return client.post("/people/", sent)


def _link(page: HttpResponse) -> str:
    found = LINK.search(page.content.decode())
    assert found is not None
    return found[1]


def _later(client: Client, *, seen: timedelta, began: timedelta) -> None:
    session, now = client.session, datetime.now(tz=UTC)
    session["seen"], session["began"] = (now - seen).isoformat(), (now - began).isoformat()
    session.save()


def test_an_account_is_for_who_is_signed_in() -> None:
    assert {Client().get(page).status_code for page in ACCOUNT} == {302}
    assert {Client().post(page).status_code for page in OWN_WRITES} == {302}


def test_somebody_new_chooses_a_password_with_a_link_that_opens_once(workspace: Workspace) -> None:
    page = _add(signed_in(workspace.person("administrator")))
    link = _link(page)
    person = Person.objects.get(email="new@place.example")
    assert not person.has_usable_password()
    browser = Client()
    assert b"Nina New" in browser.get(link).content
    assert browser.post(link, {"new": NEW, "again": NEW}).status_code == 302
    assert sign_in(person, password=NEW).status_code == 302
    assert browser.get(link).status_code == 401
    assert browser.post(link, {"new": PASSWORD, "again": PASSWORD}).status_code == 401
    assert sign_in(person, password=NEW).status_code == 302
    assert [each.verb for each in Event.objects.filter(verb="choose-password")] == ["choose-password"] * 2
    assert len(refusals("choose-password")) == 1
    nothing_in_the_record(NEW, link.split("/")[2])
    assert link.split("/")[2] not in str(PasswordLink.objects.values())


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        (NEW, "other", "not the same"),
        ("short", "short", "too short"),
        ("password1234", "password1234", "too common"),
        ("9274659274651", "9274659274651", "entirely numeric"),
        ("new@place.example", "new@place.example", "too similar"),
        ("x" * 2_000, "x" * 2_000, "at most 1000"),
        ("", "", "too short"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_opens(
    workspace: Workspace, new: str, again: str, words: str
) -> None:
    link = _link(_add(signed_in(workspace.person("administrator"))))
    answer = Client().post(link, {"new": new, "again": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Client().get(link).status_code == 200


def test_a_link_ends_and_a_newer_one_takes_its_place(workspace: Workspace) -> None:
    administrator = signed_in(workspace.person("administrator"))
    person = workspace.person("planner")
    first = _link(administrator.post(f"/people/{person.pk}/link/"))
    second = _link(administrator.post(f"/people/{person.pk}/link/"))
    assert [Client().get(each).status_code for each in (first, second)] == [401, 200]
    PasswordLink.objects.update(ends=datetime.now(tz=UTC) - timedelta(seconds=1))
    assert Client().get(second).status_code == 401
    assert Client().post(second, {"new": NEW, "again": NEW}).status_code == 401


def test_a_new_password_ends_every_other_session(workspace: Workspace) -> None:
    person = workspace.person("planner")
    here, elsewhere = sign_in(person).client, sign_in(person).client
    sent = {"old": "wrong", "new": NEW, "again": NEW}
    assert here.post("/account/password/", sent).status_code == 422
    assert here.post("/account/password/", {**sent, "old": PASSWORD}).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert sign_in(person).status_code == 401
    assert len(refusals("change-password")) == 1
    nothing_in_the_record(NEW, PASSWORD)


def test_a_link_ends_every_session_of_before(workspace: Workspace) -> None:
    person = workspace.person("planner")
    before = sign_in(person).client
    link = _link(signed_in(workspace.person("administrator")).post(f"/people/{person.pk}/link/"))
    assert before.get("/").status_code == 200
    Client().post(link, {"new": NEW, "again": NEW})
    assert before.get("/").status_code == 302


def test_a_session_that_nobody_uses_ends_and_says_so(workspace: Workspace) -> None:
    client = sign_in(workspace.person("planner")).client
    _later(client, seen=timedelta(minutes=59), began=timedelta(hours=11))
    assert client.get("/").status_code == 200
    _later(client, seen=timedelta(minutes=61), began=timedelta(hours=2))
    assert client.get("/").status_code == 302
    assert b"You were away for a while" in client.get("/sign-in/").content
    assert b"You were away" not in client.get("/sign-in/").content
    assert Event.objects.filter(verb="end-session").count() == 1


def test_every_session_ends_half_a_day_after_signing_in(workspace: Workspace) -> None:
    client = sign_in(workspace.person("planner")).client
    _later(client, seen=timedelta(minutes=1), began=timedelta(hours=13))
    assert client.get("/").status_code == 302
    assert b"lasts half a day at most" in client.get("/sign-in/").content


def test_a_planted_session_is_worth_nothing_after_signing_in(workspace: Workspace) -> None:
    victim = Client()
    victim.get("/sign-in/")
    planted = victim.cookies["sessionid"].value
    sign_in(workspace.person("planner"), client=victim)
    assert victim.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/").status_code == 302


def test_a_form_of_another_session_writes_nothing_and_says_so(workspace: Workspace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(workspace.person("planner"))
    page = client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert page.status_code == 403
    assert b"Nothing was written" in page.content
    address = "/plans/small-place/write/finance/lines.csv"
    answer = client.post(address, "{}", "application/json", headers={"Accept": "application/json"})
    assert (answer.status_code, "Nothing was written" in answer.json()["problem"]) == (403, True)


def test_guesses_are_slowed_by_account_whoever_guesses(workspace: Workspace) -> None:
    person = workspace.person("planner")
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert sign_in(person, password="qwertz-guess", client=client).status_code == 401
    blocked = sign_in(person)
    assert b"Too many attempts. Wait 5 minutes" in blocked.content
    Throttle.objects.update(since=datetime.now(tz=UTC) - timedelta(minutes=6))
    assert sign_in(person).status_code == 302
    assert [each.detail["reason"] for each in refusals("sign-in")] == ["wrong address or password"] * 5 + [
        "too many attempts"
    ]
    nothing_in_the_record("qwertz-guess", PASSWORD)


def test_guesses_are_slowed_by_address_whatever_account(workspace: Workspace, settings: Settings) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "password from address": (3, 5)}
    person = workspace.person("planner")
    for number in range(3):
        client = Client(REMOTE_ADDR="2001:db8::1" if number else "2001:db8::2")
        client.post("/sign-in/", {"email": f"nobody-{number}@place.example", "password": "x"})
    neighbour = Client(REMOTE_ADDR="2001:db8::3")
    assert b"Too many attempts" in sign_in(person, client=neighbour).content, "one connection has many addresses"
    assert sign_in(person, client=Client(REMOTE_ADDR="2001:db8:0:1::1")).status_code == 302


def test_signing_in_right_does_not_count(workspace: Workspace, settings: Settings) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "password from address": (3, 5)}
    person = workspace.person("planner")
    assert {sign_in(person).status_code for _ in range(6)} == {302}


def test_an_address_behind_a_proxy_is_the_one_that_the_proxy_names(workspace: Workspace, settings: Settings) -> None:
    person = workspace.person("planner")
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    sign_in(person, password="x", client=Client(headers=forged))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sign_in(person, password="x", client=Client(headers=forged))
    sign_in(person, password="x", client=Client(headers={"X-Forwarded-For": "<script>"}))
    assert [each.detail["from"] for each in refusals("sign-in")] == ["127.0.0.1", "198.51.100.7", "unknown"]


@pytest.mark.parametrize("typed", ["my-password-by-mistake", "x\0", "é" * 5_000, "a@b" * 2_000, "\ud800"])
def test_what_is_typed_for_an_address_is_never_in_the_record(workspace: Workspace, typed: str) -> None:
    written = typed.encode("utf-8", "surrogatepass")
    sent = urlencode({"email": written, "password": written})
    assert Client().post("/sign-in/", sent, "application/x-www-form-urlencoded").status_code == 401
    (refused,) = refusals("sign-in")
    assert refused.subject == "person unknown"
    nothing_in_the_record(typed[:20])


def test_who_is_switched_off_loses_sessions_tokens_and_links_for_good(workspace: Workspace) -> None:
    administrator, person = signed_in(workspace.person("administrator")), workspace.person("planner")
    session = sign_in(person).client
    _, token = make_token(actor=person, membership=Membership.objects.get(person=person), name="Nightly")
    link = _link(administrator.post(f"/people/{person.pk}/link/"))
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/plans", headers=bearer).status_code == 200
    assert administrator.post(f"/people/{person.pk}/switch/", {"to": "off"}).status_code == 302
    for _ in range(2):
        assert session.get("/").status_code == 302
        assert Client().get("/api/v1/plans", headers=bearer).status_code == 401
        assert Client().get(link).status_code == 401
        administrator.post(f"/people/{person.pk}/switch/", {"to": "on"})
    assert sign_in(person).status_code == 302, "and signs in anew once switched on"
    assert Token.objects.get().revoked is not None
    verbs = {"switch-off-person", "switch-on-person"}
    assert set(Event.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs
    assert list(chain_faults()) == []


def test_an_administrator_has_no_way_round_their_own_password(workspace: Workspace) -> None:
    administrator = workspace.person("administrator")
    client = signed_in(administrator)
    answers = [client.post(address, {"to": "off"}) for address in _account_writes(administrator.pk)]
    assert {answer.status_code for answer in answers} == {403}
    assert all(b"under your own name" in answer.content for answer in answers)
    assert b"Make a link" not in client.get(f"/people/{administrator.pk}/").content
    assert PasswordLink.objects.count() == 0


def test_nobody_takes_the_last_administrator_away(workspace: Workspace) -> None:
    first = workspace.person("administrator", name="first")
    client, own = signed_in(first), Membership.objects.get(person=first)
    answer = client.post(f"/people/{own.pk}/take-role")
    assert answer.status_code == 403
    assert b"Nobody would be left" in answer.content
    assert client.post(f"/people/{first.pk}/switch/", {"to": "off"}).status_code == 403
    asleep = workspace.person("administrator", name="asleep")
    client.post(f"/people/{asleep.pk}/switch/", {"to": "off"})
    assert client.post(f"/people/{own.pk}/take-role").status_code == 403, "somebody switched off does not count"
    workspace.person("administrator", name="second")
    assert client.post(f"/people/{own.pk}/take-role").status_code == 302
    assert client.get("/people/").status_code == 403
    assert len(refusals("take-role")) == 2


def test_the_first_administrator_is_added_at_the_host(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"organisation": "new-place", "organisation_name": "NHS New Place", "email": "ada@place.example"}
    call_command("administrator", name="Ada", **given)
    link = LINK.search(capsys.readouterr().out)
    assert link is not None
    Client().post(link[1], {"new": NEW, "again": NEW})
    browser = sign_in(Person.objects.get(email="ada@place.example"), password=NEW).client
    assert b"NHS New Place" in browser.get("/people/").content
    call_command("administrator", name="Other", **given)
    assert Person.objects.get().name == "Ada", "who is there stays; the link is new"
    assert Membership.objects.count() == 1
    set_up(browser)
    call_command("administrator", name="Ada", take_second_factor=True, **given)
    assert sign_in(Person.objects.get(), password=NEW)["Location"] == "/", "no code is asked for"
    for wrong in ({"organisation": "New Place"}, {"email": "ada"}, {"overseen_by": "nobody"}):
        with pytest.raises(CommandError):
            call_command("administrator", name="Ada", **{**given, **wrong})


def _account_writes(number: int) -> tuple[str, ...]:
    return tuple(f"/people/{number}/{what}/" for what in ("link", "take-second-factor", "switch"))


@pytest.mark.parametrize("role", [role.id for role in read_rights().roles if role.id != "administrator"])
def test_only_an_administrator_touches_an_account(workspace: Workspace, role: str) -> None:
    person, client = workspace.person("clinician", name="somebody"), signed_in(workspace.person(role))
    assert {client.get(page).status_code for page in ACCOUNT} == {200}, "everybody has their own"
    assert client.get(f"/people/{person.pk}/").status_code == 403
    assert {client.post(address).status_code for address in _account_writes(person.pk)} == {403}
    assert {Client().post(address).status_code for address in _account_writes(person.pk)} == {302}
    assert PasswordLink.objects.count() == 0


def test_an_administrator_cannot_become_somebody_of_another_organisation(workspace: Workspace) -> None:
    administrator = signed_in(workspace.person("administrator"))
    theirs = workspace.person("administrator", of=workspace.stranger)
    assert administrator.get(f"/people/{theirs.pk}/").status_code == 404
    assert {administrator.post(address).status_code for address in _account_writes(theirs.pk)} == {403}
    # Giving them a role here does not open their account.
    sent = {"email": theirs.email, "name": "x", "role": "clinician", "organisation": "small-place"}
    page = administrator.post("/people/", sent)
    assert b"They had an account already" in page.content
    assert LINK.search(page.content.decode()) is None
    assert b"you cannot touch their account" in administrator.get(f"/people/{theirs.pk}/").content
    assert {administrator.post(address).status_code for address in _account_writes(theirs.pk)} == {403}
    assert PasswordLink.objects.count() == 0
    assert len([each for each in refusals("manage-people") if each.subject == theirs.subject]) == 6
    assert administrator.post("/people/99999999999999999999999/link/").status_code == 404


def test_sharing_that_is_taken_back_closes_the_plan_at_once(workspace: Workspace) -> None:
    client = signed_in(workspace.person("clinician", of=workspace.partner))
    planner = signed_in(workspace.person("planner"))
    assert client.get("/plans/small-place/").status_code == 200
    assert b"Stop sharing" in planner.get("/plans/small-place/sharing/").content
    stop = "/plans/small-place/sharing/stop/"
    assert client.post(stop, {"organisation": "council"}).status_code == 403
    assert planner.post(stop, {"organisation": "elsewhere"}).status_code == 404
    assert planner.post(stop, {"organisation": "council"}).status_code == 302
    assert client.get("/plans/small-place/").status_code == 404
    assert Event.objects.filter(verb="stop-sharing", subject="plan small-place").count() == 1
    assert len(refusals("see-plan")) == 1, "looking for it again is in the record"
