"""``python -m django administrator``: the first administrator of an organisation, or one who cannot sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from placeplan.web.access.actions import EntryError, set_up_administrator, set_up_without_second_factor


class Command(BaseCommand):
    """Adds an organisation with its administrator, and says a link with which they choose a password."""

    help = "Add an organisation and its administrator; say a link with which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--organisation", required=True, help="Its short name, such as kent-and-medway.")
        parser.add_argument("--organisation-name", required=True, help="Its name, as pages show it.")
        parser.add_argument("--overseen-by", default="", help="The short name of the organisation that oversees it.")
        parser.add_argument("--email", required=True, help="Email address of the administrator.")
        parser.add_argument("--name", required=True, help="Their name.")
        parser.add_argument("--take-second-factor", action="store_true", help="Theirs is lost: take it away.")

    def handle(self, **options: Any) -> None:
        """Add them."""
        wanted = ("organisation", "organisation_name", "overseen_by", "email", "name")
        try:
            secret = set_up_administrator(**{name: options[name] for name in wanted})
        except EntryError as error:
            raise CommandError(str(error)) from error
        if options["take_second_factor"]:
            set_up_without_second_factor(email=options["email"])
        host = settings.ALLOWED_HOSTS[0]
        self.stdout.write(f"https://{host}{reverse('access:choose-password', args=[secret])}")
        self.stdout.write(f"It opens once, within {settings.PASSWORD_LINK_HOURS} hours.")
