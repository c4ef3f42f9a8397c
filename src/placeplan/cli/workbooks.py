"""``placeplan workbook``: a plan to a workbook that can be filled in, and back."""

from pathlib import Path

import click

from placeplan.app.workbooks import export_workbook, import_workbook


@click.group()
def workbook() -> None:
    """Write a plan as a workbook that a finance lead can fill in, or read one back. Nothing is lost between the two."""


@workbook.command(name="export")
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")
def export_command(plan: Path, file: Path, *, overwrite: bool) -> None:
    """Write the plan in folder PLAN to FILE, an .xlsx with one sheet a table."""
    export_workbook(plan, file, overwrite=overwrite)
    click.echo(f"Wrote {file}")


@workbook.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
def import_command(file: Path, plan: Path) -> None:
    """Read FILE and write it as a plan folder, PLAN, which must not exist yet."""
    import_workbook(file, plan)
    click.echo(f"Wrote {plan}")
