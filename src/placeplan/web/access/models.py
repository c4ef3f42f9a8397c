"""People, organisations and the roles that the first have in the second."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with an address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from their memberships alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    acting_as: int | None = None
    """The one membership that counts, where a token acts for the person; not kept."""

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """The name."""
        return self.name


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


class SignInAttempt(models.Model):
    """An attempt to sign in that failed, by address; it slows the next ones down."""

    address = models.CharField(max_length=254, db_index=True)
    at = models.DateTimeField(db_index=True)
