"""``python -m django probe ADDRESS``: whether a server on this machine can serve."""

import http.client
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SECONDS_TO_WAIT = 5
OK = 200


class Command(BaseCommand):
    """Asks an address under the first name of the site; a container has no other program that could."""

    help = "Ask a server on this machine whether it can serve."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("address")

    def handle(self, **options: Any) -> None:
        """Ask."""
        parts = urlsplit(options["address"])
        asked = http.client.HTTPConnection(parts.netloc, timeout=SECONDS_TO_WAIT)
        try:
            asked.request("GET", parts.path, headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
            answer = asked.getresponse()
            told = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise CommandError(f"{options['address']} does not answer.") from error
        finally:
            asked.close()
        if answer.status != OK:
            raise CommandError(f"{answer.status}: {told}")
        self.stdout.write(told)
