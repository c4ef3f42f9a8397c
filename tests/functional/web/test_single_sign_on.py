"""Single sign-on against a provider of OpenID Connect that runs beside the tests, as a browser goes through it."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from tests.functional.web.accounts import code_of, nothing_in_the_record, refusals, set_up, sign_in
from tests.functional.web.conftest import Workspace, made_workspace, signed_in

from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.settings.single_sign_on import provider, providers

START, BACK = "/sign-in/single/", "/sign-in/single/organisation/back/"
PLANNER = "planner-of-small-place@place.example"
KNOWN: dict[str, dict[str, Any]] = {
    "uid-planner": {"email": PLANNER.upper(), "email_verified": True, "name": "Priya"},
    "uid-twin": {"email": PLANNER, "email_verified": True},
    "uid-unverified": {"email": PLANNER, "email_verified": False},
    "uid-says-nothing": {"email": PLANNER},
    "uid-stranger": {"email": "stranger@other.example", "email_verified": True},
    "uid-bare": {},
}
PATIENCE = 30


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [part for uid, claims in KNOWN.items() for part in ("--user-claims", json.dumps({"sub": uid, **claims}))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _until_it_answers(f"{address}/.well-known/openid-configuration")
        yield address
        process.terminate()


def _until_it_answers(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def single(issuer: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The workspace with single sign-on by that provider."""
    monkeypatch.setenv("PLACEPLAN_OIDC_ISSUER", issuer)
    monkeypatch.setenv("PLACEPLAN_OIDC_CLIENT_ID", "placeplan")
    monkeypatch.setenv("PLACEPLAN_OIDC_CLIENT_SECRET", "of-the-tests")
    monkeypatch.setenv("PLACEPLAN_OIDC_NAME", "NHSmail")
    settings.SINGLE_SIGN_ON = provider()
    settings.SOCIALACCOUNT_PROVIDERS = providers(settings.SINGLE_SIGN_ON)
    return settings


class _Stop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _at_the_provider(address: str, **sent: str) -> str:
    """Agree, or not, on the page of the provider. Returns the way back."""
    opener = urllib.request.build_opener(_Stop)
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(address, urllib.parse.urlencode(sent).encode())
    with answer.value:
        assert answer.value.code == 302
        return str(answer.value.headers["Location"])


def _sign_on(uid: str, *, client: Client | None = None, following: str = "") -> HttpResponse:
    client = client or Client()
    to_provider = client.get(START, {"next": following} if following else {})
    assert to_provider.status_code == 302
    back = _at_the_provider(to_provider["Location"], sub=uid)
    answer = client.get(back.removeprefix("http://testserver"))
    answer.client = client
    return answer


def test_an_account_joins_the_person_of_its_address_and_stays_joined(single: Settings, workspace: Workspace) -> None:
    person = workspace.person("planner")
    assert person.email == PLANNER
    answer = _sign_on("uid-planner", following="/places/")
    assert (answer.status_code, answer["Location"]) == (302, "/places/")
    assert answer.client.get("/").status_code == 200
    Person.objects.filter(pk=person.pk).update(email="moved@place.example")
    assert _sign_on("uid-planner").status_code == 302, "by the account, whatever the address is now"
    assert list(Event.objects.filter(verb="join-account").values_list("person_id", flat=True)) == [person.pk]
    told = Event.objects.filter(verb="sign-in", refused=False).values_list("detail", flat=True)
    assert [each["by"] for each in told] == ["single sign-on"] * 2
    joined = SocialAccount.objects.get()
    assert (joined.uid, joined.extra_data) == ("uid-planner", {}), "what else the provider tells is not kept"
    assert not SocialToken.objects.exists()
    nothing_in_the_record("of-the-tests")


@pytest.mark.parametrize("uid", ["uid-stranger", "uid-unverified", "uid-says-nothing", "uid-bare", "new-uid"])
def test_nobody_comes_in_by_sign_on_alone(single: Settings, workspace: Workspace, uid: str) -> None:
    workspace.person("planner")
    before = Person.objects.count()
    answer = _sign_on(uid)
    assert answer.status_code == 403
    assert b"nobody has given you a role here" in answer.content
    assert answer.client.get("/").status_code == 302
    assert Person.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert [each.detail["by"] for each in refusals("sign-in")] == ["single sign-on"]


def test_an_organisation_may_vouch_for_all_its_addresses(
    single: Settings, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.person("planner")
    monkeypatch.setenv("PLACEPLAN_OIDC_ADDRESSES_ARE_VERIFIED", "yes")
    single.SOCIALACCOUNT_PROVIDERS = providers(provider())
    assert _sign_on("uid-says-nothing").status_code == 302


def test_who_has_no_role_or_was_switched_off_stays_out(single: Settings, workspace: Workspace) -> None:
    person = workspace.person("planner")
    _sign_on("uid-planner")
    person.is_active = False
    person.save()
    assert _sign_on("uid-planner").status_code == 403
    person.is_active = True
    person.save()
    person.memberships.all().delete()
    assert _sign_on("uid-planner").status_code == 403


def test_a_second_account_with_the_same_address_does_not_join(single: Settings, workspace: Workspace) -> None:
    workspace.person("planner")
    assert _sign_on("uid-planner").status_code == 302
    answer = _sign_on("uid-twin")
    assert answer.status_code == 403
    assert b"another account of your organisation" in answer.content
    assert answer.client.get("/").status_code == 302


def test_the_second_factor_of_the_provider_counts(single: Settings, workspace: Workspace) -> None:
    single.SECOND_FACTOR_COMPULSORY = True
    person = workspace.person("planner")
    assert _sign_on("uid-planner").client.get("/").status_code == 200
    assert sign_in(person).client.get("/").status_code == 302, "and not after a password alone"
    local = sign_in(person).client
    secret, _ = set_up(local)
    assert _sign_on("uid-planner").client.get("/").status_code == 200
    waiting = sign_in(person).client
    assert waiting.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 302


def test_signing_on_gives_the_session_a_new_key(single: Settings, workspace: Workspace) -> None:
    workspace.person("planner")
    client = Client()
    client.get("/sign-in/")
    client.get(START)
    planted = client.cookies["sessionid"].value
    _sign_on("uid-planner", client=client)
    assert client.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/").status_code == 302


def test_cancelling_is_said(single: Settings, workspace: Workspace) -> None:
    client = Client()
    asked = client.get(START)["Location"]
    back = _at_the_provider(asked, action="deny").removeprefix("http://testserver")
    assert "error=access_denied" in back
    # RFC 6749, 4.1.2.1: the answer carries the state of the question. The provider of the tests leaves it out.
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(asked).query)["state"][0]
    answer = client.get(f"{back}&state={state}")
    assert (answer.status_code, b"You cancelled signing on" in answer.content) == (401, True)
    assert [each.detail["reason"] for each in refusals("sign-in")] == ["cancelled"]


@pytest.mark.parametrize(
    "query", ["", "?state=x", "?state=x&code=y", "?code=y", "?error=access_denied", "?error=<script>alert(1)</script>"]
)
def test_an_answer_that_nobody_asked_for_opens_nothing(single: Settings, workspace: Workspace, query: str) -> None:
    answer = Client().get(BACK + query)
    assert answer.status_code == 401
    assert b"<script>alert" not in answer.content
    assert len(refusals("sign-in")) == 1


def test_an_answer_opens_once_and_only_in_the_browser_that_asked(single: Settings, workspace: Workspace) -> None:
    workspace.person("planner")
    asking, other = Client(), Client()
    back = _at_the_provider(asking.get(START)["Location"], sub="uid-planner").removeprefix("http://testserver")
    assert other.get(back).status_code == 401
    assert asking.get(back).status_code == 302
    assert asking.get(back).status_code == 401
    forged = _at_the_provider(other.get(START)["Location"], sub="uid-planner").removeprefix("http://testserver")
    assert other.get(re.sub(r"code=[^&]+", "code=forged", forged)).status_code == 401


def test_what_is_asked_of_the_provider_is_ours_alone(single: Settings, workspace: Workspace) -> None:
    evil = {"auth_params": "redirect_uri=https://evil.example/&prompt=none", "process": "connect", "scope": "all"}
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(Client().get(START, evil)["Location"]).query)
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_it_goes_on_to_pages_of_this_site_only(single: Settings, workspace: Workspace, following: str) -> None:
    workspace.person("planner")
    assert _sign_on("uid-planner", following=following)["Location"] == "/"


def test_a_provider_that_does_not_answer_is_said(single: Settings, workspace: Workspace) -> None:
    for address in ("http://localhost:1", f"{single.SINGLE_SIGN_ON['settings']['server_url']}/no-such"):
        single.SINGLE_SIGN_ON["settings"]["server_url"] = address
        single.SOCIALACCOUNT_PROVIDERS = providers(single.SINGLE_SIGN_ON)
        answer = Client().get(START)
        assert (answer.status_code, b"did not answer as it should" in answer.content) == (503, True)


def test_without_settings_there_is_none_of_it(workspace: Workspace) -> None:
    assert Client().get(START).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert b"With a password" not in Client().get("/sign-in/").content
    client = signed_in(workspace.person("planner"))
    for page in ("accounts/login/", "accounts/signup/", "signup/", "login/", "accounts/2fa/", "organisation/login/"):
        assert client.get(f"/{page}").status_code == 404, "of the pages of the library there is none"


@pytest.mark.parametrize(
    ("set_to", "words"),
    [
        (
            {"PLACEPLAN_OIDC_ISSUER": "https://sso.place.example"},
            "PLACEPLAN_OIDC_CLIENT_ID and PLACEPLAN_OIDC_CLIENT_SECRET",
        ),
        (
            {
                "PLACEPLAN_OIDC_ISSUER": "http://sso.place.example",
                "PLACEPLAN_OIDC_CLIENT_ID": "x",
                "PLACEPLAN_OIDC_CLIENT_SECRET": "x",
            },
            "must begin with https://",
        ),
    ],
)
def test_half_of_the_settings_or_an_open_line_is_refused(
    monkeypatch: pytest.MonkeyPatch, set_to: dict[str, str], words: str
) -> None:
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=words):
        provider()


def test_a_planner_signs_on_in_a_browser(
    single: Settings, transactional_db: None, browser: Browser, live_server: LiveServer
) -> None:
    made_workspace().person("planner")
    page = browser.new_context(base_url=live_server.url).new_page()
    page.goto("/places/")
    page.get_by_role("button", name="Sign in with NHSmail").click()
    expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()
    page.get_by_role("button", name="uid-planner").click()
    expect(page).to_have_url(re.compile(r"/places/$"))
    expect(page.get_by_role("link", name="planner of small-place")).to_be_visible()
