"""The app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plans as revisions."""

    name = "placeplan.web.planning"
