"""Options that the commands on indicators share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from placeplan.app.indicators.selecting import Selection
from placeplan.cli.choices import some_of

Command = TypeVar("Command", bound=Callable[..., Any])
DAY = click.DateTime(formats=["%Y-%m-%d"])
PICTURE_FORMATS = ("svg", "png")

FILE = click.argument("file", type=click.Path(path_type=Path))
MEASURE = click.option("--measure", required=True, metavar="MEASURE", help="Identifier, such as ae-4-hours.")
OUT = click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write to.")


FORMATS = click.option(
    "--format",
    "formats",
    default="svg",
    show_default=True,
    callback=some_of(*PICTURE_FORMATS),
    help="Pictures: some of svg,png.",
)
_SELECTION = (
    click.option("--area", "areas", multiple=True, metavar="AREA", help="Code or name; may be given again."),
    click.option("--since", type=DAY, metavar="DATE", help="Only periods that start on this day or later."),
    click.option("--until", type=DAY, metavar="DATE", help="Only periods that end on this day or earlier."),
    click.option("--period", default="", metavar="PERIOD", help="Only this period, as the file writes it."),
    click.option("--category", default="", metavar="WORDS", help="Only this category; * for each. Else the whole."),
    click.option(
        "--roll-up",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Memberships or take-overs along which rows are added up first; may be given again.",
    ),
    click.option("--on", type=DAY, metavar="DATE", help="Roll up to the organisations of this day; else the last one."),
)


def selecting(command: Command) -> Command:
    """Give a command the options that choose rows; it takes them as ``**rows``, for :func:`selection_of`."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


def selection_of(**given: Any) -> Selection:
    """The selection that the options ask for."""
    days = {name: given[name].date() if given[name] else None for name in ("since", "until", "on")}
    return Selection(**{**given, **days})


def number_or_area(text: str | None) -> float | str | None:
    """A baseline as it was given: a number, or else the code of an area."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return text
