"""``placeplan demand plan`` and ``calibrate``: the care model that stands in a plan."""

import json
from pathlib import Path

import click

from placeplan.cli.demand_options import FORM, drawing

PLAN = click.argument("plan", type=click.Path(path_type=Path))


@click.command("plan")
@PLAN
@click.option("--year", default="", metavar="YEAR", help="A year of the plan; the last when left out.")
@click.option("--scenario", metavar="NAME", help="Put the plan under one of its scenarios first.")
@FORM
@drawing
def plan_model(
    plan: Path, *, year: str, scenario: str | None, form: str, out: Path | None, formats: tuple[str, ...]
) -> None:
    """Say what the care model of PLAN gives: activity, savings three ways, evidence, beds and staff.

    With --out: savings by intervention, the claim beside what evidence allows, and what drives it, as pictures.
    """
    from placeplan.app.care.plan_answers import care_document, care_sentences, plan_care, write_care

    found = plan_care(plan, scenario=scenario, year=year)
    if form == "json":
        click.echo(json.dumps(care_document(found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(care_sentences(found)))
    if out is not None:
        files = write_care(found, out, formats=formats)
        click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}", err=form == "json")


@click.command()
@PLAN
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Data folder with small areas, rates and practices; with --place.",
)
@click.option("--place", default="", metavar="PLACE", help="A real place to take activity and practices of.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="A plan folder to write the tables into.")
def calibrate(plan: Path, *, data: Path | None, place: str, out: Path | None) -> None:
    """Find how strong the interventions of PLAN would have to be for its stated savings to come true.

    With --out: care/effects.csv and care/costs.csv; with --place also activity and practices.
    """
    from placeplan.app.care.plan_calibration_answers import calibrated_plan, calibration_sentences, write_calibration

    found = calibrated_plan(plan, data=data, place=place)
    click.echo("\n".join(calibration_sentences(found)))
    if out is not None:
        files = write_calibration(found, out)
        click.echo(f"Wrote {', '.join(path.name for path in files)} to {out / 'care'}")
