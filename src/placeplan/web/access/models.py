"""People, organisations, the roles that the first have in the second, and what slows guessing down."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

HASH = 64
LONGEST_ADDRESS = 254  # characters of an email address (RFC 5321 with its erratum 1690)


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with an address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from their memberships alone."""

    email = models.EmailField(unique=True, max_length=LONGEST_ADDRESS)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    sessions_ended = models.PositiveIntegerField(default=0)
    """How often all sessions were ended. A session of before does not count."""
    acting_as: int | None = None
    """The one membership that counts, where a token acts for the person; not kept."""
    acting_within: frozenset[str] | None = None
    """The actions that count, where a token acts for the person; not kept."""

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """The name."""
        return self.name

    @property
    def subject(self) -> str:
        """What the record of what was done calls them."""
        return f"person {self.email}"

    def get_session_auth_hash(self) -> str:
        """What a session must carry: another one after a new password, and after all sessions were ended."""
        return self._hash_for_sessions(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """What it may carry while an old secret key still counts."""
        for old in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_for_sessions(old)

    def _hash_for_sessions(self, secret: str) -> str:
        salt = "placeplan.web.access.models.Person.get_session_auth_hash"
        held = f"{self.sessions_ended} {self.password}"
        return str(salted_hmac(salt, held, secret=secret, algorithm="sha256").hexdigest())


class Organisation(models.Model):
    """A body that plans, provides, signs or oversees."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    overseen_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="oversees")

    def __str__(self) -> str:
        """The name."""
        return self.name


class Membership(models.Model):
    """A role that a person has in an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.SlugField(max_length=80)

    class Meta:
        """A person has a role in an organisation once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="one_membership_each")
        ]


class PasswordLink(models.Model):
    """Lets somebody choose a password once, until a moment. Only the hash is kept; each person has at most one."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="password_link")
    hash = models.CharField(max_length=HASH, unique=True)
    ends = models.DateTimeField()


class Throttle(models.Model):
    """Failures since a moment, of one kind and under one key: an account, or the address of a browser."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=HASH)
    since = models.DateTimeField(db_index=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        """Each is counted once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_throttle_each")
        ]
