"""``placeplan demand benefits``, ``mapping``, ``contract`` and ``example``: what came of it, a target, what is paid."""

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from placeplan.cli.demand_options import FORM

if TYPE_CHECKING:
    from placeplan.app.care.capacity_answers import CapacityAnswer


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

    _tell(mapping_answer(file, target=Decimal(str(target))), form=form)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--block", type=click.FloatRange(0), default=0.0, show_default=True, help="Pounds a month.")
@click.option("--above", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Rate paid above plan.")
@click.option("--below", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Rate kept back below plan.")
@click.option("--cap", type=click.FloatRange(1), help="The most, over plan, such as 1.05; open without it.")
@click.option("--collar", type=click.FloatRange(0, 1), help="The least, over plan, such as 0.97; open without it.")
@FORM
def contract(
    *, file: Path, block: float, above: float, below: float, cap: float | None, collar: float | None, form: str
) -> None:
    """Say what a contract pays for the activity of each month in FILE, and who bears the rest."""
    from placeplan.app.care.intervention_contract import contract_answer, terms_of

    terms = terms_of(block=block, above=above, below=below, cap=cap, collar=collar)
    _tell(contract_answer(file, terms=terms), form=form)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@FORM
def benefits(*, file: Path, form: str) -> None:
    """Say what came of each benefit in FILE against plan, and which benefits claim the same activity."""
    from placeplan.app.care.benefit_register import register_answer

    _tell(register_answer(file), form=form)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def example(folder: Path) -> None:
    """Write an example table for benefits, contract and mapping to FOLDER; most numbers are made up."""
    from placeplan.app.care.intervention_mapping import write_contracting_example

    files = write_contracting_example(folder)
    click.echo(f"SYNTHETIC: wrote {', '.join(path.name for path in files)} to {folder}")


def _tell(answer: "CapacityAnswer", *, form: str) -> None:
    as_json = form == "json"
    click.echo(json.dumps(answer.as_document(), indent=2, ensure_ascii=False) if as_json else "\n".join(answer.lines()))
