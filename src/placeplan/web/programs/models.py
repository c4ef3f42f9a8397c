"""Tokens of programs."""

from typing import Any

from django.db import models

HASH = 64


class Token(models.Model):
    """Lets a program act as a person in one of their roles, until it expires. Only the hash of the token is kept.

    ``actions`` are those that it may do, as far as the role may. When the role is taken away the token goes with it.
    """

    membership = models.ForeignKey("access.Membership", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=200)
    hash = models.CharField(max_length=HASH, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)
    actions: Any = models.JSONField(default=list)
