"""What a site is told by its environment: every variable that is read, with words for those who run it.

A secret may stand in a file instead, which the variable with ``_FILE`` after its name names: container engines hand
secrets over so.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the environment.

    Attributes:
        name: of the variable.
        what: what it says, for the table in the documents.
        needed: whether the site does not start without it.
        secret: whether it may stand in a file instead.
    """

    name: str
    what: str
    needed: bool = False
    secret: bool = False


VARIABLES = (
    Variable("PLACEPLAN_SECRET_KEY", "At least 50 random characters. Signs sessions.", needed=True, secret=True),
    Variable("PLACEPLAN_HOSTS", "Names of the site, with commas between them.", needed=True),
    Variable(
        "PLACEPLAN_DATABASE",
        "`postgresql://user:password@host:5432/name` or `sqlite:///folder/file`.",
        needed=True,
        secret=True,
    ),
    Variable(
        "PLACEPLAN_OLD_SECRET_KEYS",
        "Secret keys of before, with commas between them: sessions that they signed stay open while keys change.",
        secret=True,
    ),
    Variable("PLACEPLAN_BEHIND_PROXY", "`yes` where a proxy that speaks HTTPS stands in front."),
    Variable("PLACEPLAN_NHS_LOGO", "`yes` where the organisation may show the NHS logo."),
    Variable("PLACEPLAN_LOG_LEVEL", "`INFO` (when not set), `WARNING` or `ERROR`."),
    Variable(
        "PLACEPLAN_METRICS_TOKEN",
        "At least 20 characters. Who sends them as a bearer token reads metrics.",
        secret=True,
    ),
    Variable(
        "PLACEPLAN_METRICS_ADDRESSES",
        "Addresses or networks that may read metrics, such as `10.0.0.0/24`, with commas between them. "
        "Behind a proxy a token is needed too.",
    ),
    Variable("PLACEPLAN_OIDC_ISSUER", "Address of the single sign-on service (OpenID Connect), with https."),
    Variable("PLACEPLAN_OIDC_CLIENT_ID", "What that service calls this site."),
    Variable("PLACEPLAN_OIDC_CLIENT_SECRET", "The secret that it gave this site.", secret=True),
    Variable("PLACEPLAN_OIDC_NAME", "What the button says after “Sign in with”, such as `NHSmail`."),
    Variable(
        "PLACEPLAN_OIDC_ADDRESSES_ARE_VERIFIED",
        "`yes` where the service does not say which email addresses are verified, and gives nobody one of another.",
    ),
    Variable(
        "PLACEPLAN_SECOND_FACTOR",
        "`optional` where who publishes, signs or manages people may sign in with a password alone.",
    ),
    Variable("PLACEPLAN_DATA", "A folder of public files, for the pages on performance, people and hubs."),
    Variable("PLACEPLAN_SEGMENT_RUNS", "A folder of segment runs, for the pages on who needs care."),
)
_BY_NAME = {each.name: each for each in VARIABLES}


def given(name: str) -> str:
    """What the environment says; empty when it says nothing.

    Raises:
        ImproperlyConfigured: both the variable and its file are given, or the file cannot be read.
    """
    variable = _BY_NAME[name]
    value = os.environ.get(name, "").strip()
    file = os.environ.get(f"{name}_FILE", "").strip() if variable.secret else ""
    if not file:
        return value
    if value:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, and not both.")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read as text.") from error


def needed(name: str, what: str) -> str:
    """What the environment must say.

    Raises:
        ImproperlyConfigured: it says nothing.
    """
    value = given(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {what}.")
    return value


def yes(name: str) -> bool:
    """Whether the environment says yes."""
    return given(name) == "yes"


def listed(name: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(each for part in given(name).split(",") if (each := part.strip()))
