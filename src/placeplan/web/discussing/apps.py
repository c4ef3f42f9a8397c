"""The app."""

from django.apps import AppConfig


class DiscussingConfig(AppConfig):
    """Comments and queries."""

    name = "placeplan.web.discussing"
