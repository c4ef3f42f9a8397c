"""A team on its own host, set by the environment. It does not start with a secret that is short or known."""

from ipaddress import ip_network

from django.core.exceptions import ImproperlyConfigured

from placeplan.web.settings.base import *  # noqa: F403 - settings of Django stand on one another so
from placeplan.web.settings.databases import database
from placeplan.web.settings.environment import given, listed, needed, yes
from placeplan.web.settings.logs import LEVELS, json_lines
from placeplan.web.settings.single_sign_on import provider, providers

SHORTEST_SECRET = 50
SHORTEST_TOKEN = 20
FEWEST_CHARACTERS = 20
YEAR = 365 * 24 * 60 * 60


def _strong(secret: str, name: str) -> str:
    what = f"at least {SHORTEST_SECRET} random characters, kept out of files that others read"
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS or "demonstration" in secret:
        raise ImproperlyConfigured(f"{name} is too weak: expected {what}.")
    return secret


def _metrics_token() -> str:
    token = given("PLACEPLAN_METRICS_TOKEN")
    if token and len(token) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"PLACEPLAN_METRICS_TOKEN is too weak: at least {SHORTEST_TOKEN} characters.")
    return token


def _log_level() -> str:
    level = given("PLACEPLAN_LOG_LEVEL") or "INFO"
    if level not in LEVELS:
        raise ImproperlyConfigured(f"PLACEPLAN_LOG_LEVEL is {level}: expected one of {', '.join(LEVELS)}.")
    return level


SECRET_KEY = _strong(
    needed("PLACEPLAN_SECRET_KEY", f"at least {SHORTEST_SECRET} random characters"), "PLACEPLAN_SECRET_KEY"
)
SECRET_KEY_FALLBACKS = [_strong(each, "PLACEPLAN_OLD_SECRET_KEYS") for each in listed("PLACEPLAN_OLD_SECRET_KEYS")]
needed("PLACEPLAN_HOSTS", "the names of this site, with commas between them")
ALLOWED_HOSTS = list(listed("PLACEPLAN_HOSTS"))
try:
    DATABASES = {"default": database(needed("PLACEPLAN_DATABASE", "postgresql://user:password@host:5432/name"))}
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
SHOW_NHS_LOGO = yes("PLACEPLAN_NHS_LOGO")
if yes("PLACEPLAN_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the address of the browser is what that proxy says
SINGLE_SIGN_ON = provider()
SOCIALACCOUNT_PROVIDERS = providers(SINGLE_SIGN_ON)
SECOND_FACTOR_COMPULSORY = given("PLACEPLAN_SECOND_FACTOR") != "optional"

LOGGING = json_lines(_log_level())
METRICS_TOKEN = _metrics_token()
try:
    METRICS_NETWORKS = tuple(ip_network(each) for each in listed("PLACEPLAN_METRICS_ADDRESSES"))
except ValueError as error:
    raise ImproperlyConfigured(f"PLACEPLAN_METRICS_ADDRESSES cannot be read: {error}.") from error
if METRICS_NETWORKS and not METRICS_TOKEN and yes("PLACEPLAN_BEHIND_PROXY"):
    raise ImproperlyConfigured("Behind a proxy every request has its address: set PLACEPLAN_METRICS_TOKEN too.")
