"""The app."""

from django.apps import AppConfig


class ExchangingConfig(AppConfig):
    """Plans in and out as files, and differences."""

    name = "placeplan.web.exchanging"
