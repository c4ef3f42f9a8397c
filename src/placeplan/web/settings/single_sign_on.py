"""Single sign-on by OpenID Connect, from the environment."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from placeplan.web.settings.environment import given, yes

ISSUER, CLIENT, SECRET = "PLACEPLAN_OIDC_ISSUER", "PLACEPLAN_OIDC_CLIENT_ID", "PLACEPLAN_OIDC_CLIENT_SECRET"
NAME, VERIFIED = "PLACEPLAN_OIDC_NAME", "PLACEPLAN_OIDC_ADDRESSES_ARE_VERIFIED"
PROVIDER = "organisation"
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def provider() -> dict[str, Any] | None:
    """The provider that the environment names; none where it names none.

    Raises:
        ImproperlyConfigured: part of it is missing, or the provider is not reached by HTTPS.
    """
    found = {name: given(name) for name in (ISSUER, CLIENT, SECRET)}
    if not any(found.values()):
        return None
    missing = [name for name, value in found.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"For single sign-on set {' and '.join(missing)} too, or none of the three.")
    address = urlsplit(found[ISSUER])
    if address.scheme != "https" and address.hostname not in THIS_MACHINE:
        raise ImproperlyConfigured(f"{ISSUER} must begin with https://, so that nobody else can answer for it.")
    return {
        "provider_id": PROVIDER,
        "name": given(NAME) or "your organisation's account",
        "client_id": found[CLIENT],
        "secret": found[SECRET],
        "settings": {
            "server_url": found[ISSUER].rstrip("/"),
            "oauth_pkce_enabled": True,
            # Not every provider says that an address is verified; an organisation may vouch for all of its own.
            "verified_email": yes(VERIFIED),
        },
    }


def providers(found: dict[str, Any] | None) -> dict[str, Any]:
    """The same, as the library wants it."""
    return {"openid_connect": {"APPS": [found]}} if found else {}
