"""``placeplan organisations``: who answers for what, where and when."""

from datetime import UTC, date, datetime

import click

from placeplan.app.organisations import commissioner_of, organisations_on

DAY = click.DateTime(formats=["%Y-%m-%d"])
UNCONFIRMED = "  [UNCONFIRMED]"


@click.group()
def organisations() -> None:
    """Organisations of Kent and Medway since 2013, and who commissions which service where, on any day."""


@organisations.command(name="list")
@click.option("--on", "day", type=DAY, metavar="DATE", help="Day, such as 2015-10-01 (today when absent).")
def list_organisations(day: datetime | None) -> None:
    """List the organisations that exist on a day, with their sources."""
    for each in organisations_on(_day(day)):
        span = f", {each.span}" if each.span else ""
        click.echo(f"{each.name} ({each.kind}{span}){'' if each.confirmed else UNCONFIRMED}")
        click.echo(f"    {each.source}")


@organisations.command()
@click.argument("service")
@click.argument("area")
@click.option("--on", "day", type=DAY, metavar="DATE", help="Day, such as 2015-10-01 (today when absent).")
def commissioner(service: str, area: str, *, day: datetime | None) -> None:
    """Say who commissions SERVICE in AREA on a day, and where that is written."""
    answer = commissioner_of(service, area, day=_day(day))
    click.echo(f"{answer.text}{'' if answer.confirmed else UNCONFIRMED}")
    if answer.source:
        click.echo(f"    {answer.source}")


def _day(day: datetime | None) -> date:
    return (day or datetime.now(tz=UTC)).date()
