"""The record as a table for a spreadsheet."""

import csv
import json
from collections.abc import Iterable
from io import StringIO

from placeplan.web.auditing.models import Event

HEADINGS = ("number", "at", "person", "verb", "subject", "refused", "detail", "request", "previous", "hash")
# A cell that begins so is run as a formula by spreadsheets; OWASP, "CSV Injection".
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_of(events: Iterable[Event]) -> str:
    """Events as CSV with a byte order mark. A cell that a spreadsheet would run has an apostrophe before it."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(HEADINGS)
    table.writerows([as_text(cell) for cell in _cells(event)] for event in events)
    return f"\ufeff{written.getvalue()}"


def as_text(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUN) else cell


def _cells(event: Event) -> tuple[str, ...]:
    return (
        str(event.number),
        event.at.isoformat(),
        event.person.email if event.person else "",
        event.verb,
        event.subject,
        "yes" if event.refused else "no",
        json.dumps(event.detail, sort_keys=True, ensure_ascii=False),
        event.request,
        event.previous,
        event.hash,
    )
