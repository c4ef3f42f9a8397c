"""How pages are made: the Jinja environment, and what every page is given."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from placeplan.plan.row_names import row_name
from placeplan.web.access.selectors import where_may
from placeplan.web.planning.deciding import paragraph_name, typed_name
from placeplan.web.planning.selectors import plans_for


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja backend uses: our templates, then those of the NHS design system."""
    loader = ChoiceLoader(
        [options.pop("loader"), PackageLoader("nhsuk_frontend_jinja"), PackageLoader("placeplan.reports")]
    )
    given = {name: value for name, value in options.items() if name not in ("undefined", "autoescape")}
    made = Environment(autoescape=True, loader=loader, undefined=ChainableUndefined, **given)
    made.globals.update(static=static, url=_url, get_messages=messages.get_messages, row_name=row_name)
    made.globals.update(paragraph_name=paragraph_name, typed_name=typed_name)
    made.filters.update(day=_day, moment=_moment, date=_date)
    return made


def shared(request: HttpRequest) -> dict[str, Any]:
    """What every page is given."""
    return {
        "nhs_logo": settings.SHOW_NHS_LOGO,
        "demonstration": settings.DEMONSTRATION,
        "plans_seen": lambda: plans_for(request.user),
        "may_manage_people": lambda: bool(where_may(request.user, "manage-people")),
        "may_read_record": lambda: bool(where_may(request.user, "read-audit")),
        "cspNonce": str(request.csp_nonce),  # the name that the NHS template asks for
    }


def _url(name: str, *parts: object) -> str:
    return reverse(name, args=parts)


def _day(moment: Any) -> str:
    local = localtime(moment)
    return f"{local.day} {local:%B %Y}"


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(moment: Any) -> str:
    return f"{_day(moment)}, {localtime(moment):%H:%M}"
