"""``python -m django verify``: whether what is kept is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from placeplan.web.auditing.selectors import end_of_chain
from placeplan.web.keeping.backing_up import one_moment
from placeplan.web.keeping.wholeness import faults


class Command(BaseCommand):
    """Holds every text, revision and document against its checksum, and the record against its chain."""

    help = "Hold everything that is kept against its checksums, and the record against its chain."

    def handle(self, **options: Any) -> None:  # noqa: ARG002 - Django gives it
        """Verify."""
        with one_moment():
            found = list(faults())
            number, last_hash = end_of_chain()
        if found:
            raise CommandError("\n".join(["Not whole:", *found]))
        self.stdout.write(f"whole; {number:,} events, the last with hash {last_hash}")
