"""``placeplan indicators``: opening hours, concentration of spend, issues of an area, outliers added up."""

from decimal import Decimal
from pathlib import Path

import click

from placeplan.app.indicators.opening_hours import HoursOptions, opening_hours
from placeplan.cli.indicator_answers import answer
from placeplan.cli.indicator_options import FORMATS, OUT

TABLE = click.argument("file", type=click.Path(path_type=Path))
HOURS_IN_WEEK = 168


@click.command(name="opening-hours")
@TABLE
@OUT
@click.option("--window", default="", metavar="NAME", help="Slots of the day to show; else 06:30 to 23:00.")
@click.option(
    "--below",
    type=click.FloatRange(0, HOURS_IN_WEEK, min_open=True),
    metavar="HOURS",
    help="List sites with fewer hours a week; else the levels that come with Placeplan.",
)
@FORMATS
def show_opening_hours(file: Path, *, out: Path, window: str, below: float | None, formats: tuple[str, ...]) -> None:
    """Show when the sites of FILE are open: a heat map of the week, hours a week, sites with few hours.

    FILE has the columns site, weekday, opens and closes, or site and hours in words ("Mon-Fri 08:00-18:30; Sat
    closed"), and may have practice, name and group.
    """
    options = HoursOptions(window=window, below=None if below is None else Decimal(str(below)))
    answer(lambda: opening_hours(file, options=options), out, formats=formats)


VARIATION = (show_opening_hours,)
