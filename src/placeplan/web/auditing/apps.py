"""The app."""

from django.apps import AppConfig


class AuditingConfig(AppConfig):
    """The record of what was done."""

    name = "placeplan.web.auditing"
