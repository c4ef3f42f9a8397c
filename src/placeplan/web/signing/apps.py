"""The app."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Signing."""

    name = "placeplan.web.signing"
