"""``python -m django work``: a worker that makes documents."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from placeplan.web.publishing.working import work


class Command(BaseCommand):
    """Makes documents until it is told to stop; a job that it has begun is ended first."""

    help = "Make the documents that people ask for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--until-empty", action="store_true", help="Stop when no job waits.")

    def handle(self, **options: Any) -> None:
        """Work."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        ended = work(stop=stop, until_empty=options["until_empty"])
        self.stdout.write(f"{ended} jobs ended")
