"""A team on its own host, set by the environment. It does not start with a secret that is short or known."""

import os

from django.core.exceptions import ImproperlyConfigured

from placeplan.web.settings.base import *  # noqa: F403
from placeplan.web.settings.databases import database

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 20
YEAR = 365 * 24 * 60 * 60


def _needed(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {what}.")
    return value


def _secret() -> str:
    what = f"at least {SHORTEST_SECRET} random characters, kept out of files that others read"
    secret = _needed("PLACEPLAN_SECRET_KEY", what)
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS or "demonstration" in secret:
        raise ImproperlyConfigured(f"PLACEPLAN_SECRET_KEY is too weak: expected {what}.")
    return secret


SECRET_KEY = _secret()
ALLOWED_HOSTS = _needed("PLACEPLAN_HOSTS", "the names of this site, with commas between them").split(",")
try:
    DATABASES = {"default": database(_needed("PLACEPLAN_DATABASE", "postgresql://user:password@host:5432/name"))}
except ValueError as error:
    raise ImproperlyConfigured(f"PLACEPLAN_DATABASE cannot be read: {error}.") from error
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = YEAR
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SHOW_NHS_LOGO = os.environ.get("PLACEPLAN_NHS_LOGO", "") == "yes"
if os.environ.get("PLACEPLAN_BEHIND_PROXY", "") == "yes":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
