"""What the sign-in library is told: how secrets are kept, and that its part ends when it is known who somebody is."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, NoReturn

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest


class SecretsOfSecondFactors(DefaultMFAAdapter):
    """Keeps what a second factor rests on encrypted, so that a copy of the database alone signs nobody in."""

    def encrypt(self, text: str) -> str:
        """A text as it is kept: under a key that comes from the secret key of the workspace."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again.

        Raises:
            InvalidToken: it was kept under a secret key that counts no more.
        """
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = [hashlib.sha256(b"placeplan second factor " + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


@dataclass(frozen=True, slots=True)
class ProvidedAccount:
    """An account at a provider, as the provider vouches for it.

    Attributes:
        provider: which provider.
        uid: the account, under a name that the provider never gives to another.
        addresses: its email addresses that the provider has verified, in lower case.
    """

    provider: str
    uid: str
    addresses: tuple[str, ...]


class Vouched(Exception):
    """A provider has said who somebody is.

    Attributes:
        account: the account at the provider.
        following: the page that was asked for before signing in.
    """

    def __init__(self, account: ProvidedAccount, following: str) -> None:
        super().__init__(account.provider)
        self.account = account
        self.following = following


class NotVouchedError(Exception):
    """A provider has not said who somebody is: they cancelled, it did not answer, or the answer was not to be trusted.

    Attributes:
        cancelled: whether the person cancelled.
        reason: what happened, for the record; never anything that a provider or a browser sent.
    """

    def __init__(self, reason: str, *, cancelled: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cancelled = cancelled


class JoiningByProvider(DefaultSocialAccountAdapter):
    """Takes who somebody is from the library, and leaves to us whether they come in. Nobody signs up."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Called when a provider has said who somebody is."""
        given = sociallogin.account
        verified = tuple(each.email.lower() for each in sociallogin.email_addresses if each.verified)
        account = ProvidedAccount(provider=given.provider, uid=given.uid, addresses=verified)
        raise Vouched(account, sociallogin.get_redirect_url(request) or "")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **what: Any) -> NoReturn:  # noqa: ARG002 - the library's signature
        """Called when it did not come to that."""
        exception = what.get("exception")
        reason = f"the provider or its answer failed ({type(exception).__name__})" if exception else "no answer to take"
        raise NotVouchedError(reason, cancelled=what.get("error") == AuthError.CANCELLED)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - the library's signature
        """Nobody signs up."""
        return False
