"""``placeplan demand mapping`` and ``example``: what a savings target asks of each area of spend."""

import json
from decimal import Decimal
from pathlib import Path

import click

from placeplan.cli.demand_options import FORM


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--target",
    type=click.FloatRange(0, 1),
    default=0.03,
    show_default=True,
    help="Share of all spend to be saved.",
)
@FORM
def mapping(*, file: Path, target: float, form: str) -> None:
    """Say what a savings target asks of each area of spend in FILE, and how far its goals are from that."""
    from placeplan.app.care.intervention_mapping import mapping_answer

    answer = mapping_answer(file, target=Decimal(str(target)))
    as_json = form == "json"
    click.echo(json.dumps(answer.as_document(), indent=2, ensure_ascii=False) if as_json else "\n".join(answer.lines()))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def example(folder: Path) -> None:
    """Write an example of the table that ``placeplan demand mapping`` reads to FOLDER; its parts are made up."""
    from placeplan.app.care.intervention_mapping import write_contracting_example

    files = write_contracting_example(folder)
    click.echo(f"SYNTHETIC: wrote {', '.join(path.name for path in files)} to {folder}")
