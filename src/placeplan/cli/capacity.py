"""``placeplan capacity``: beds, staff, the level of each service, clusters of practices, from small tables."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from placeplan.cli.choices import some_of
from placeplan.cli.endings import ExitCode, StoppedError

if TYPE_CHECKING:
    from placeplan.app.care.capacity_answers import CapacityAnswer

DAYS_IN_WEEK = 7
PATH = click.Path(path_type=Path)
SHARE = click.FloatRange(0, 1, min_open=True)
CHANCE = click.FloatRange(0, 1, min_open=True, max_open=True)
PEOPLE = click.FloatRange(0)
ABOVE_ZERO = click.FloatRange(0, min_open=True)
FILE = click.argument("file", type=PATH)
FORMAT = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
DEFINITIONS = click.option("--definitions", type=PATH, metavar="FILE", help="Definitions of your own, a YAML file.")
OUT = click.option("--out", type=PATH, metavar="DIR", help="Also draw: folder to write pictures and one page to.")
PICTURES = click.option(
    "--pictures", default="svg", show_default=True, callback=some_of("svg", "png"), help="Some of svg,png."
)


def _seven(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[float, ...] | None:
    """Seven numbers with commas between them."""
    if value is None:
        return None
    try:
        weights = tuple(float(part) for part in value.split(","))
    except ValueError as error:
        raise click.BadParameter(f"'{value}' is not a list of numbers with commas.") from error
    if len(weights) != DAYS_IN_WEEK:
        raise click.BadParameter(f"expected {DAYS_IN_WEEK} weights, found {len(weights)}.")
    return weights


@click.group()
def capacity() -> None:
    """Beds, staff, the level of each service, and clusters of practices, from small tables.

    FILE is a CSV file; its columns are on the reference page of data files. Exit code 0: enough; 1: findings, such as
    too few beds; 2: a file could not be read.
    """


@capacity.command()
@FILE
@click.option("--occupancy", type=SHARE, metavar="SHARE", help="Target where a row gives none, such as 0.85.")
@click.option("--not-free", type=CHANCE, metavar="SHARE", help="How often an arrival may find no bed, such as 0.05.")
@OUT
@PICTURES
@FORMAT
def beds(
    file: Path,
    *,
    occupancy: float | None,
    not_free: float | None,
    out: Path | None,
    pictures: tuple[str, ...],
    form: str,
) -> None:
    """Beds needed at a target occupancy and by queueing, against beds there.

    FILE has the columns site, year, beds, and bed_days or admissions and length_of_stay.
    """
    from placeplan.app.care.capacity_beds import BedOptions, answer_beds

    _tell(lambda: answer_beds(file, BedOptions(occupancy, not_free)), form=form, out=out, pictures=pictures)


@capacity.command()
@FILE
@click.option("--module", metavar="NAME", help="Scale a module, such as local-care-team, to the areas of FILE.")
@DEFINITIONS
@OUT
@PICTURES
@FORMAT
def workforce(
    file: Path,
    *,
    module: str | None,
    definitions: Path | None,
    out: Path | None,
    pictures: tuple[str, ...],
    form: str,
) -> None:
    """Staff needed against staff in post, or a module scaled to areas.

    FILE has the columns area, role, contacts, minutes, in_post, and working_time or contact_hours; with --module it has
    area and people.
    """
    from placeplan.app.care.capacity_module import answer_module
    from placeplan.app.care.capacity_staff import answer_staff

    if module is None:
        _tell(lambda: answer_staff(file, definitions=definitions), form=form, out=out, pictures=pictures)
        return
    if out is not None:
        raise click.UsageError("--out draws staff in post; a module has none.")
    _tell(lambda: answer_module(file, module=module, definitions=definitions), form=form)


@capacity.command()
@FILE
@click.option("--years", default=10, show_default=True, type=click.IntRange(1, 50), help="How many years on.")
@FORMAT
def leavers(file: Path, *, years: int, form: str) -> None:
    """Staff in later years: who retires, leaves, grows older, joins and returns.

    FILE has the columns group, band, band_years, people, retiring and leaving, and may have returning, recruited,
    trained and participation.
    """
    from placeplan.app.care.capacity_leavers import answer_leavers

    _tell(lambda: answer_leavers(file, years=years), form=form)


@capacity.command()
@FILE
@FORMAT
def rooms(file: Path, *, form: str) -> None:
    """Rooms needed at a target utilisation, against rooms there.

    FILE has the columns site, room_type, contacts, minutes and rooms.
    """
    from placeplan.app.care.capacity_rooms import answer_rooms

    _tell(lambda: answer_rooms(file), form=form)


@capacity.command()
@click.argument("file", required=False, type=PATH)
@click.option("--overrides", type=PATH, metavar="FILE", help="Decisions: columns service, level, reason.")
@DEFINITIONS
@FORMAT
def placement(file: Path | None, *, overrides: Path | None, definitions: Path | None, form: str) -> None:
    """Place each service at the lowest level of care that meets its rules, and say why no lower one does.

    FILE has the columns level, unit and people; without it the populations of the definitions are used.
    """
    from placeplan.app.care.capacity_placement import answer_placement

    _tell(lambda: answer_placement(file, overrides=overrides, definitions=definitions), form=form)


@capacity.command()
@click.argument("members", type=PATH)
@click.argument("practices", type=PATH)
@click.option("--on", required=True, type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE", help="The day.")
@click.option("--smallest", type=PEOPLE, metavar="PEOPLE", help="Fewest people of a cluster; else the standard.")
@click.option("--largest", type=PEOPLE, metavar="PEOPLE", help="Most people of a cluster; else the standard.")
@FORMAT
def clusters(
    members: Path, practices: Path, *, on: datetime, smallest: float | None, largest: float | None, form: str
) -> None:
    """Clusters of practices on a day: size, range, and whether each is in one piece.

    MEMBERS has the columns practice, cluster, first_day and last_day; PRACTICES has practice, people, easting and
    northing.
    """
    from placeplan.app.care.capacity_clusters import ClusterOptions, answer_clusters

    if smallest is not None and largest is not None and smallest > largest:
        raise click.UsageError(f"--smallest {smallest:,.0f} is above --largest {largest:,.0f}.")
    options = ClusterOptions(smallest, largest)
    _tell(lambda: answer_clusters(members, practices, on=on.date(), options=options), form=form)


@capacity.command()
@FILE
@FORMAT
def delays(file: Path, *, form: str) -> None:
    """Say what printed growth of lost bed days grew from, and whether it is one series.

    FILE has the columns series, period, count and per_cent.
    """
    from placeplan.app.care.capacity_delays import answer_delays

    _tell(lambda: answer_delays(file), form=form)


@capacity.command()
@click.option("--beds", required=True, type=click.IntRange(1), metavar="NUMBER", help="Beds of the ward.")
@click.option("--arrivals", required=True, type=ABOVE_ZERO, metavar="NUMBER", help="Arrivals a day.")
@click.option("--stay", required=True, type=ABOVE_ZERO, metavar="DAYS", help="Mean length of stay.")
@click.option("--deviation", type=click.FloatRange(0), metavar="DAYS", help="Of a lognormal stay; exponential else.")
@click.option("--by-day", callback=_seven, metavar="WEIGHTS", help="Of Monday to Sunday: 1,1,1,1,1,0.5,0.5.")
@click.option("--when-full", default="turn away", show_default=True, type=click.Choice(("turn away", "queue")))
@click.option("--days", default=3650.0, show_default=True, type=ABOVE_ZERO, help="Days to report on.")
@click.option("--replications", default=20, show_default=True, type=click.IntRange(2, 10_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="The same seed, the same answer.")
@FORMAT
def ward(*, form: str, **asked: Any) -> None:
    """Say what a ward sees, by Erlang's formulas and patient by patient."""
    from placeplan.app.care.capacity_ward import WardQuestion, answer_ward

    _tell(lambda: answer_ward(WardQuestion(**asked)), form=form)


@capacity.command()
@FORMAT
def standards(form: str) -> None:
    """List the numbers that beds, rooms, clusters and access are held against, each with its source."""
    from placeplan.app.care.capacity_standards import tell_standards

    _tell(lambda: tell_standards(today=datetime.now(tz=UTC).date()), form=form)


@capacity.command()
@click.argument("folder", type=PATH)
def example(folder: Path) -> None:
    """Write an example table for each of these commands to FOLDER; most numbers in them are made up."""
    from placeplan.app.care.capacity_examples import write_example

    files = write_example(folder)
    click.echo(f"SYNTHETIC: wrote {', '.join(path.name for path in files)} to {folder}")


def _tell(
    question: Callable[[], "CapacityAnswer"], *, form: str, out: Path | None = None, pictures: tuple[str, ...] = ()
) -> None:
    """Print the answer, draw it where asked to, and end with the exit code of its findings."""
    answer = question()
    files = answer.write_pictures(out, formats=pictures) if out else ()
    if form == "json":
        click.echo(json.dumps(answer.as_document(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(answer.lines()))
        if out:
            click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}")
    if answer.findings:
        raise StoppedError(ExitCode.FINDINGS)
