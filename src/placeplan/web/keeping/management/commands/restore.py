"""``python -m django restore FILE``: a backup into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from placeplan.web.keeping.archive import BackupError
from placeplan.web.keeping.kept import migrations_there
from placeplan.web.keeping.restoring import restore


class Command(BaseCommand):
    """Puts a backup back, whole or not at all. A database without tables gets them first."""

    help = "Put a backup into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        """Restore."""
        if not migrations_there():
            call_command("migrate", verbosity=0, interactive=False)
        try:
            manifest = restore(options["file"], say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored as it stood at {manifest.made}; everybody signs in again")
