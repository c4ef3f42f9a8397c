"""Options that the commands on demand share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from placeplan.cli.choices import some_of
from placeplan.cli.indicator_options import PICTURE_FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])

_ASKING = (
    click.option("--place", required=True, metavar="PLACE", help="Such as kent-and-medway, or an area by its name."),
    click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        envvar="PLACEPLAN_DATA",
        help="Data folder with people, rates and counted series; an invented place without it.",
    ),
    click.option(
        "--by",
        type=click.Choice(("point", "group")),
        default="point",
        show_default=True,
        help="Points of delivery, or groups of the published rates.",
    ),
    click.option(
        "--rates",
        type=click.Choice(("counted", "smoothed")),
        default="counted",
        show_default=True,
        help="Rates as they were, or smoothed over ages.",
    ),
    click.option("--until", default="", metavar="YEAR", help="Last year; the last of the projection when left out."),
    click.option(
        "--rebase",
        type=click.Choice(("none", "by-area", "by-cell")),
        default="none",
        show_default=True,
        help="Move the projection to where the estimates end; its growth stays.",
    ),
    click.option("--variants", is_flag=True, help="Let the projection of the population be uncertain, too."),
    click.option(
        "--adjustments",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Adjustments of your own, which take the place of those with the same id.",
    ),
)
FORM = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)


def asking(command: Command) -> Command:
    """Give a command the options that say whose demand is asked for."""
    for option in reversed(_ASKING):
        command = option(command)
    return command


def running(command: Command) -> Command:
    """Give a command the options about runs."""
    command = click.option("--runs", default=256, show_default=True, type=click.IntRange(16), help="How many.")(command)
    return click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of the draws.")(command)


def drawing(command: Command) -> Command:
    """Give a command a folder to write to, and the formats of its pictures."""
    command = click.option(
        "--pictures",
        "formats",
        default="svg",
        show_default=True,
        callback=some_of(*PICTURE_FORMATS),
        help="With --out: some of svg,png.",
    )(command)
    return click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write to.")(command)
