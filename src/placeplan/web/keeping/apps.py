"""The app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Backups, and whether what is kept is whole."""

    name = "placeplan.web.keeping"
