"""What tests of accounts do: sign in as a browser does, read a link off a page, and ask the app for a code."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from tests.functional.web.conftest import PASSWORD

from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event

PERIOD = 30
LINK = re.compile(r"https?://[^/]+(/password/[\w-]+/)")
SECRET = re.compile(r'class="code secret">([A-Z2-7 ]+)<')
CODES = re.compile(r'<li class="code">(\d{4}) (\d{4})</li>')


def sign_in(person: Person, *, password: str = PASSWORD, client: Client | None = None, **more: Any) -> HttpResponse:
    """Sign in by password."""
    client = client or Client()
    answer = client.post("/sign-in/", {"email": person.email, "password": password, **more})
    answer.client = client
    return answer


def code_of(secret: str, *, ahead: int = 0) -> str:
    """What an app with a secret shows, now or some steps ahead."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // PERIOD + ahead))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set a second factor up in a browser that is signed in. Returns the secret and the codes for recovery."""
    found = SECRET.search(client.get("/account/second-factor/").content.decode())
    assert found is not None
    secret = found[1].replace(" ", "")
    answer = client.post("/account/second-factor/", {"code": code_of(secret, ahead=-1)})
    codes = ["".join(each) for each in CODES.findall(answer.content.decode())]
    assert len(codes) == 10
    return secret, codes


def forget_the_last_code(person: Person) -> None:
    """As if time had gone by since the last code was used."""
    kept = Authenticator.objects.get(user=person, type="totp")
    kept.data["last_counter"] = 0
    kept.save()


def refusals(verb: str) -> list[Event]:
    """What was refused of a kind."""
    return list(Event.objects.filter(verb=verb, refused=True))


def nothing_in_the_record(*secrets: str) -> None:
    """No secret is anywhere in the record."""
    record = "\n".join(f"{each.subject} {each.detail}" for each in Event.objects.all())
    found = [secret for secret in secrets if secret in record]
    assert not found
