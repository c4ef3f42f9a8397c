"""Slows guessing down: of passwords, codes and tokens, by account and by the address of the browser.

A try is counted before it is made, under a lock that all workers share, and is taken back when it was right: many
guesses at once are counted as many.
"""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access.models import HASH, Throttle

NETWORK_OF_ONE = 64  # bits of an IPv6 address that a provider gives to one connection (RFC 6177)


class TooOftenError(PlaceplanError):
    """There were too many failures; the message says how long to wait."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What failures are counted of: a kind, for which the settings have a limit, and a key.

    Attributes:
        kind: such as ``password of account``.
        key: the account, by its hash, or the address of a browser.
        alone: whether the key is of one person: what they did right then clears it.
    """

    kind: str
    key: str
    alone: bool

    @property
    def most(self) -> int:
        """How many failures there may be."""
        return int(settings.THROTTLES[self.kind][0])

    @property
    def minutes(self) -> int:
        """How long failures count."""
        return int(settings.THROTTLES[self.kind][1])


def client_of(request: HttpRequest) -> str:
    """The address of the browser or program that asks; that which a proxy names only where one is trusted.

    An IPv6 address is cut to its network: one connection has as many addresses as it likes.
    """
    try:
        found = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(ipaddress.ip_network((int(found), NETWORK_OF_ONE), strict=False).network_address)


def of_account(kind: str, email: str) -> Counted:
    """Failures of an account, whether there is one of this address or not."""
    return Counted(kind, hashlib.sha256(email.encode("utf-8", "replace")).hexdigest(), alone=True)


def of_client(kind: str, request: HttpRequest) -> Counted:
    """Failures from the address of a browser or program."""
    return Counted(kind, client_of(request)[:HASH], alone=False)


def count_a_try(*counted: Counted) -> None:
    """Count a try as failed, before it is made.

    Raises:
        TooOftenError: there were too many; this one is not to be made, and is not counted.
    """
    now = datetime.now(tz=UTC)
    for each in counted:
        _forget_old(each, now)
    with transaction.atomic():
        rows = [_row(each, now) for each in _in_order(counted)]
        for row, minutes, most in rows:
            if row.failures >= most:
                raise TooOftenError(f"Too many attempts. Wait {minutes} minutes, then try again.")
        for row, _, _ in rows:
            row.failures += 1
            row.save()


def take_a_try_back(*counted: Counted) -> None:
    """It was right: it counts no more, and what one person did wrong before neither."""
    with transaction.atomic():
        for each in _in_order(counted):
            found = Throttle.objects.filter(kind=each.kind, key=each.key)
            if each.alone:
                found.delete()
            else:
                found.filter(failures__gt=0).update(failures=F("failures") - 1)


def _in_order(counted: Iterable[Counted]) -> list[Counted]:
    """In the one order in which rows are locked: two that wait for each other would both fail."""
    return sorted(counted, key=lambda each: (each.kind, each.key))


def _forget_old(each: Counted, now: datetime) -> None:
    """Take away what no longer counts, in a transaction of its own: its locks are gone before another is waited for."""
    with transaction.atomic():
        old = Throttle.objects.filter(kind=each.kind, since__lt=_begin(each, now)).exclude(key=each.key)
        free = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Throttle.objects.filter(pk__in=free).delete()


def _begin(each: Counted, now: datetime) -> datetime:
    return now - timedelta(minutes=each.minutes)


def _row(each: Counted, now: datetime) -> tuple[Throttle, int, int]:
    found, _ = Throttle.objects.select_for_update().get_or_create(kind=each.kind, key=each.key, defaults={"since": now})
    if found.since < _begin(each, now):
        found.since, found.failures = now, 0
    return found, each.minutes, each.most
