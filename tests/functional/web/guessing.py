"""Guesses from several processes at once: ``python -m tests.functional.web.guessing``."""

import os
import sys
import threading

EMAIL, PASSWORD = "clara@place.example", "correct horse battery"


def _client() -> object:
    from django.test import Client

    return Client(
        headers={"host": os.environ["PLACEPLAN_HOSTS"], "referer": f"https://{os.environ['PLACEPLAN_HOSTS']}/"}
    )


def set_up() -> None:
    """Bring the database up to date, add somebody with a second factor, and print a code for recovery."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
    from placeplan.web.access.second_factors import new_recovery_codes

    person = set_up_person(email=EMAIL, name="Clara", password=PASSWORD)
    set_up_role(person=person, organisation=set_up_organisation(slug="place", name="NHS Place"), role="clinician")
    Authenticator.objects.create(
        user=person, type="totp", data={"secret": get_adapter().encrypt(generate_totp_secret())}
    )
    print(new_recovery_codes(person=person)[0])


def code(typed: str) -> None:
    """Sign in with the right password and a code; print what came of it."""
    client = _client()
    client.post("/sign-in/", {"email": EMAIL, "password": PASSWORD}, secure=True)  # type: ignore[attr-defined]  # Client
    print(client.post("/sign-in/code/", {"code": typed}, secure=True).status_code)  # type: ignore[attr-defined]  # Client


def guess(times: str) -> None:
    """Guess a password several times at once; print for each whether it was tried or was too many."""
    told: list[str] = []

    def once() -> None:
        from django.db import connection

        answer = _client().post("/sign-in/", {"email": EMAIL, "password": "wrong"}, secure=True)  # type: ignore[attr-defined]  # Client
        told.append("too many" if b"Too many attempts" in answer.content else "tried")
        connection.close()

    threads = [threading.Thread(target=once) for _ in range(int(times))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    print("\n".join(told))


def tell() -> None:
    """Print how many refusals there are, and the faults of the record."""
    from placeplan.web.auditing.models import Event
    from placeplan.web.auditing.selectors import chain_faults

    print(Event.objects.filter(verb="sign-in", refused=True).count())
    print("; ".join(chain_faults()))


if __name__ == "__main__":
    import django

    django.setup()
    what, *given = sys.argv[1:]
    {"set-up": set_up, "code": code, "guess": guess, "tell": tell}[what](*given)
