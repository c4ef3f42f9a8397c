"""Tokens of programs."""

from django.db import models

HASH = 64


class Token(models.Model):
    """Lets a program act as a person in one of their roles. Only the hash of the token is kept.

    When the role is taken away the token goes with it.
    """

    membership = models.ForeignKey("access.Membership", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=200)
    hash = models.CharField(max_length=HASH, unique=True)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
