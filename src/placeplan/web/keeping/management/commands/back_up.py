"""``python -m django back_up FILE``: the whole workspace as one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placeplan.web.keeping.archive import BackupError
from placeplan.web.keeping.backing_up import back_up


class Command(BaseCommand):
    """Writes a backup while people go on writing."""

    help = "Write the whole workspace to one file, as it stands at one moment."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        """Back up."""
        try:
            manifest = back_up(options["file"], say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {manifest.events:,} events, the last with hash {manifest.last_hash}")
