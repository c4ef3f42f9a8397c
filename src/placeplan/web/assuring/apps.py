"""The app."""

from django.apps import AppConfig


class AssuringConfig(AppConfig):
    """Assurance."""

    name = "placeplan.web.assuring"
