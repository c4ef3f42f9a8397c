"""The app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Documents and jobs."""

    name = "placeplan.web.publishing"
