"""How the log is written: a JSON object a line, to standard error, for whatever collects it."""

from typing import Any

LEVELS = ("INFO", "WARNING", "ERROR")


def json_lines(level: str) -> dict[str, Any]:
    """The settings of logs, from a level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "placeplan.web.log_lines.Lines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "placeplan": {"level": level},
            # Django has handlers of its own for these. What it says of requests, the line of the request says.
            "django": {"handlers": [], "level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": ["lines"], "level": level, "propagate": False},
        },
    }
