"""Secrets that are said once and kept as a hash: of links, and of tokens of programs."""

import hashlib
import secrets

SECRET_BYTES = 32  # 256 random bits: guessing is hopeless, so that a plain hash keeps it


def new_secret() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of_secret(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
