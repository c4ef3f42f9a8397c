"""The commands on what follows from segments: a forecast, and the risk lists of a practice."""

from pathlib import Path
from typing import Any

import click

from placeplan.cli.progress import progress_bar
from placeplan.cli.segment_options import DATA, MEMORY, TEMPORARY, YEAR
from placeplan.cli.segment_privacy import allowed, now, who_asks

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
SCHEME = click.option(
    "--scheme", required=True, metavar="SCHEME", help="Such as kent-2017, or a file that ends in .yaml."
)


@click.command()
@FOLDER
@SCHEME
@click.option("--year", required=True, type=YEAR, help="The last year observed; the one before is needed too.")
@click.option("--ahead", default=5, show_default=True, type=click.IntRange(1, 100), help="How many years.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="CSV file to write.")
@click.option("--disclosure", default="hes-2018", show_default=True, metavar="RULE", help="Rule for small numbers.")
@click.option("--reason", default="", help="Why nothing is withheld, with --disclosure none.")
@MEMORY
@TEMPORARY
def forecast(folder: Path, *, out: Path, **asked: Any) -> None:
    """Say how many people of the dataset in DIR will be in each segment, if each year is like the last one observed.

    Births, deaths, moves in and out, ageing and moves between segments come from the records of two years.
    """
    from placeplan.app.segments.looking_ahead import STEPS, ForecastRequest, forecast_of_dataset

    with progress_bar(STEPS) as step:
        found = forecast_of_dataset(ForecastRequest(folder=folder, **asked), today=now().date(), step=step)
        found.write(out)
    click.echo("\n".join(found.says))
    click.echo(f"Wrote {found.frame.height} rows to {out}")


@click.command("risk-lists")
@FOLDER
@SCHEME
@click.option("--year", required=True, type=YEAR, help="Lists are of its last day.")
@click.option("--practice", required=True, metavar="CODE", help="The practice whose people are listed.")
@click.option("--works-for", required=True, metavar="CODE", help="The practice of the person who asks.")
@click.option("--log", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Every request so far.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="A new folder, for you alone."
)
@who_asks("the record")
@DATA
@MEMORY
@TEMPORARY
def risk_lists(folder: Path, *, out: Path, practice: str, **asked: Any) -> None:
    """List the people of one practice whom it may look at first, by pseudonym: for who works there.

    Adults most at risk (2% of adults), children with complex needs, and the 100 people of highest cost.
    """
    from placeplan.app.segments.listing_risk import STEPS, ListRequest, list_request, lists_of_practice

    names = ("who", "role", "purpose", "works_for")
    request = list_request(practice=practice, **{name: asked.pop(name) for name in names})
    with progress_bar(STEPS) as step:
        found = allowed(
            lambda: lists_of_practice(ListRequest(folder=folder, asked=request, **asked), at=now(), step=step)
        )
        files = found.write(out)
    for name, rows in found.lists.items():
        click.echo(f"{name}: {rows.height:,} people")
    click.echo(f"Wrote {len(files)} files to {out}, which only you may open; the request is noted in {asked['log']}")


FOLLOWING = (forecast, risk_lists)
