"""The app."""

from django.apps import AppConfig


class EvidencingConfig(AppConfig):
    """Evidence."""

    name = "placeplan.web.evidencing"
