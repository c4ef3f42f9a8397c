"""A line of the log: a JSON object of known fields. It never holds what a plan says, an address with its query, or a
secret: those who read logs are not those who may read plans.
"""

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from placeplan.web.requests import request_identity

FIELDS = ("method", "address", "status", "milliseconds", "person", "job", "format", "attempt", "worker")
MOST_CAUSES = 5
_OURS = "placeplan"
_LEFT_OUT = "…"


class Lines(JsonFormatter):
    """Writes records as JSON.

    Of a fault it says what kind of error it was and where, and not its words: they may quote a cell of a plan. Of what
    other libraries warn it says the numbers and leaves out the texts, which may be addresses.
    """

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],  # noqa: ARG002 - the library gives it
    ) -> None:
        """Called by the library with a record: fill the object of the line."""
        log_data["at"] = datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname.lower()
        log_data["logger"] = record.name
        log_data["message"] = _words(record)
        identity = getattr(record, "request_identity", "") or request_identity()
        if identity:
            log_data["request"] = identity
        log_data.update({name: getattr(record, name) for name in FIELDS if hasattr(record, name)})
        if record.exc_info and record.exc_info[1] is not None:
            log_data["fault"] = fault_of(record.exc_info[1])


def fault_of(error: BaseException) -> list[dict[str, Any]]:
    """An error and those that it came from, each with its kind and the places that it went through, the last first."""
    told: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(told) < MOST_CAUSES:
        told.append({"error": f"{type(seen).__module__}.{type(seen).__qualname__}", "places": _places(seen)})
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return told


def _places(error: BaseException) -> list[str]:
    places, at = [], error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        module = at.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    return places[::-1]


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == _OURS or record.levelno < logging.WARNING:
        return record.getMessage()
    given = record.args if isinstance(record.args, tuple) else ()
    if not given:
        return record.name if hasattr(record, "request") else str(record.msg)
    numbers = tuple(each if isinstance(each, int | float) else _LEFT_OUT for each in given)
    try:
        return str(record.msg) % numbers
    except (TypeError, ValueError):
        return str(record.msg)
