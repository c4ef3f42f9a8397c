"""``placeplan rounds``: planning rounds and their national rules."""

from collections.abc import Iterator
from datetime import date, datetime

import click

from placeplan.app.rounds import RoundSection, round_sections, rounds_known
from placeplan.kernel.errors import InputError, Location, Problem

DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def rounds() -> None:
    """Planning rounds: dated national rules, standards, must-dos and price factors, each with its reference."""


@rounds.command(name="list")
def list_rounds() -> None:
    """List the rounds that Placeplan knows."""
    for name, title, years in rounds_known():
        click.echo(f"{name:<9} {title} ({years})")


@rounds.command()
@click.argument("name", metavar="ROUND")
@click.option("--as-at", type=DATE, metavar="DATE", help="Only what holds on this day, such as 2014-12-31.")
def show(name: str, as_at: datetime | None) -> None:
    """Show everything that ROUND says, with units, references, confidence and review dates."""
    known = [each for each, _, _ in rounds_known()]
    if name not in known:
        raise InputError(
            [Problem(Location("rounds"), f"there is no planning round {name!r}", f"one of {', '.join(known)}")]
        )
    for line in _lines(name, as_at.date() if as_at else None):
        click.echo(line)


def _lines(name: str, as_at: date | None) -> Iterator[str]:
    for section in round_sections(name, as_at=as_at):
        yield from _section(section)


def _section(section: RoundSection) -> Iterator[str]:
    yield section.title
    for value in section.values:
        mark = "" if value.confirmed else "  [UNCONFIRMED]"
        yield f"  {value.name}: {value.text}{mark}"
        yield from (f"      {line}" for line in value.details)
        yield f"      {value.reference}; reviewed {value.reviewed}"
    yield ""
