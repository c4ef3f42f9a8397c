"""The app."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Tokens, and the interface that they open."""

    name = "placeplan.web.programs"
