"""``placeplan indicators``: opening hours, concentration of spend, issues of an area, outliers added up."""

from decimal import Decimal
from pathlib import Path

import click

from placeplan.app.indicators.area_issues import IssuesOptions, issues_of_area, unit_costs_from
from placeplan.app.indicators.concentration import TOP, provider_concentration
from placeplan.app.indicators.opening_hours import HoursOptions, opening_hours
from placeplan.app.indicators.outlier_sums import SumsOptions, sums_of_outliers
from placeplan.app.indicators.several_measures import WhichMeasures
from placeplan.cli.indicator_answers import answer
from placeplan.cli.indicator_options import FILE, FORMATS, OUT

TABLE = click.argument("file", type=click.Path(path_type=Path))
MEASURES = click.option(
    "--measure", "measures", multiple=True, metavar="MEASURE", help="Identifier; may be given again."
)
PERIOD = click.option("--period", default="", metavar="PERIOD", help="Only this period; else the latest of each.")
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


@click.command(name="concentration")
@TABLE
@OUT
@click.option(
    "--top",
    multiple=True,
    default=TOP,
    show_default=True,
    type=click.IntRange(1),
    help="Say the share of so many largest providers; may be given again.",
)
@FORMATS
def show_concentration(file: Path, *, out: Path, top: tuple[int, ...], formats: tuple[str, ...]) -> None:
    """Show how spend is spread over the providers of FILE: shares, the Herfindahl-Hirschman index, ratings.

    FILE has the columns provider and spend, and may have name, rating and market; each market is worked out by itself.
    """
    answer(lambda: provider_concentration(file, top=top), out, formats=formats)


@click.command(name="outlier-sums")
@FILE
@OUT
@MEASURES
@click.option("--set", "set_name", default="", metavar="NAME", help="All measures of this set that FILE gives.")
@PERIOD
@click.option("--groups", type=click.Path(path_type=Path), metavar="FILE", help="Which larger unit each unit is in.")
@click.option("--baseline", default="", metavar="AREA", help="The average to compare with; else all units together.")
@click.option("--reasons", type=click.Path(path_type=Path), metavar="FILE", help="What was found on outliers.")
@FORMATS
def add_outliers_up(
    file: Path,
    *,
    out: Path,
    measures: tuple[str, ...],
    set_name: str,
    period: str,
    groups: Path | None,
    baseline: str,
    reasons: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Add up the red outliers of several measures of FILE: by unit, by theme and by group, in bands.

    Without --measure and --set: every measure that FILE gives.
    """
    which = WhichMeasures(measures, set_name, period)
    options = SumsOptions(which, groups=groups, baseline=baseline, reasons=reasons)
    answer(lambda: sums_of_outliers(file, options=options), out, formats=formats)


@click.command(name="issues")
@FILE
@OUT
@click.option("--area", required=True, metavar="AREA", help="Code or name of the area that is asked about.")
@click.option("--england", default="", metavar="AREA", help="The area that stands for England; else no comparison.")
@click.option("--peer", "peers", multiple=True, metavar="AREA", help="An area like it; may be given again.")
@MEASURES
@PERIOD
@click.option(
    "--unit-cost",
    "costs",
    multiple=True,
    metavar="MEASURE=POUNDS",
    help="Pounds that one event of a measure costs; may be given again.",
)
@FORMATS
def show_issues(
    file: Path,
    *,
    out: Path,
    area: str,
    england: str,
    peers: tuple[str, ...],
    measures: tuple[str, ...],
    period: str,
    costs: tuple[str, ...],
    formats: tuple[str, ...],
) -> None:
    """Write the issues of an area from the measures of FILE, gravest first, and rank what its gaps are worth.

    Without --measure: every measure that FILE gives.
    """
    which = WhichMeasures(measures, period=period)
    options = IssuesOptions(england, peers, which, unit_costs_from(costs))
    answer(lambda: issues_of_area(file, area, options=options), out, formats=formats)


VARIATION = (show_opening_hours, show_concentration, add_outliers_up, show_issues)
