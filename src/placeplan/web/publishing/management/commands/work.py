"""``python -m django work``: a worker that makes documents."""

import signal
import threading
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from placeplan.web.publishing.selectors import last_sign
from placeplan.web.publishing.working import this_worker, work


class Command(BaseCommand):
    """Makes documents until it is told to stop; a job that it has begun is ended first."""

    help = "Make the documents that people ask for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--until-empty", action="store_true", help="Stop when no job waits.")
        parser.add_argument(
            "--check", action="store_true", help="Only say whether the worker of this machine is there."
        )

    def handle(self, **options: Any) -> None:
        """Work."""
        if options["check"]:
            self._check()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        ended = work(stop=stop, until_empty=options["until_empty"])
        self.stdout.write(f"{ended} jobs ended")

    def _check(self) -> None:
        sign = last_sign(worker=this_worker())
        silent = None if sign is None else (datetime.now(tz=UTC) - sign).total_seconds()
        if silent is None or silent > settings.WORKER_SILENT_SECONDS:
            raise CommandError("The worker of this machine is not there.")
        self.stdout.write("The worker of this machine is there.")
