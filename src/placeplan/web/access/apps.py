"""The app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """People and rights."""

    name = "placeplan.web.access"
