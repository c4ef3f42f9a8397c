"""``placeplan new``: a plan folder to start from."""

from datetime import UTC, datetime
from pathlib import Path

import click

from placeplan.app.creating import create_plan

KINDS = ["area-team", "ccg", "icb", "system", "provider"]


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--round",
    "round_id",
    required=True,
    metavar="ROUND",
    help="Planning round, such as 2026-29 (see placeplan rounds list).",
)
@click.option("--type", "organisation_type", type=click.Choice(KINDS), help="Kind of organisation that plans.")
def new(path: Path, round_id: str, *, organisation_type: str | None) -> None:
    """Write a plan folder at PATH for a round: its tables with amounts blank, its standards and its must-dos."""
    files = create_plan(path, round_id=round_id, organisation_type=organisation_type, today=datetime.now(tz=UTC).date())
    click.echo(f"Wrote {len(files)} files to {path}:")
    for name in files:
        click.echo(f"  {name}")
    click.echo(f"Fill in the amounts, then: placeplan check {path}")
