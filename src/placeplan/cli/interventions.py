"""``placeplan demand interventions`` and ``savings``: the library of interventions, and what they save and cost."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from placeplan.cli.choices import some_of
from placeplan.cli.endings import ExitCode, StoppedError

if TYPE_CHECKING:
    from placeplan.app.care.intervention_descriptions import InterventionDescription

LINE_WIDTH = 100
PATH = click.Path(path_type=Path)


@click.group()
def interventions() -> None:
    """The library of interventions: whom each reaches, what it takes, what that rests on, what it costs."""


@interventions.command("list")
def list_all() -> None:
    """List every intervention of the library."""
    from placeplan.app.care.intervention_descriptions import list_interventions

    for each in list_interventions():
        mark = "" if each.confirmed else "  [UNCONFIRMED]"
        click.echo(f"{each.number:>2}  {each.id:<32}{each.title}{mark}")


@interventions.command()
@click.argument("intervention")
def show(intervention: str) -> None:
    """Say all of INTERVENTION: targets, effects, evidence, ramp, costs and staff."""
    from placeplan.app.care.intervention_descriptions import describe_intervention

    today = datetime.now(tz=UTC).date()
    click.echo("\n".join(_described(describe_intervention(intervention, day=today))))


@interventions.command()
@click.argument("folder", type=PATH)
def example(folder: Path) -> None:
    """Write an example of each table that ``placeplan demand savings`` reads to FOLDER; the numbers are made up."""
    from placeplan.app.care.intervention_library import write_intervention_example

    files = write_intervention_example(folder)
    click.echo(f"SYNTHETIC: wrote {', '.join(path.name for path in files)} to {folder}")


def _described(found: "InterventionDescription") -> Iterator[str]:
    marks = "".join((" [UNCONFIRMED]" * (not found.confirmed), " [REVIEW OVERDUE]" * found.overdue))
    yield f"{found.id}: {found.title}{marks}"
    for section in found.sections:
        yield f"\n{section.heading}"
        for line in section.lines:
            yield click.wrap_text(line, width=LINE_WIDTH, initial_indent="  ", subsequent_indent="    ")


@click.command()
@click.argument("activity", type=PATH)
@click.argument("people", type=PATH)
@click.option("--chosen", type=PATH, metavar="FILE", help="Interventions with your own reach; else the whole library.")
@click.option("--library", type=PATH, metavar="DIR", help="Interventions of your own, a YAML file each.")
@click.option("--prices", type=PATH, metavar="FILE", help="Unit prices of your own, a YAML file.")
@click.option("--out", type=PATH, metavar="DIR", help="Also draw waterfalls: folder to write pictures and one page to.")
@click.option("--pictures", default="svg", show_default=True, callback=some_of("svg", "png"), help="Some of svg,png.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def savings(
    activity: Path,
    people: Path,
    *,
    chosen: Path | None,
    library: Path | None,
    prices: Path | None,
    out: Path | None,
    pictures: tuple[str, ...],
    form: str,
) -> None:
    """Say what interventions take, what that is worth at tariff and at marginal cost, and what they cost.

    ACTIVITY has the columns point, segment, area, year and activity; PEOPLE has segment, area, year and people. The
    reference page of data files has them all. Exit code 0: clean; 1: claims add up to more than there is; 2: a file
    could not be read.
    """
    from placeplan.app.care.intervention_answers import answer_savings
    from placeplan.app.care.intervention_savings import SavingsRequest

    request = SavingsRequest(activity=activity, people=people, chosen=chosen, library=library, prices=prices)
    answer = answer_savings(request)
    files = answer.write_pictures(out, formats=pictures) if out else ()
    if form == "json":
        click.echo(json.dumps(answer.as_document(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(answer.lines()))
    if out:
        click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}", err=form == "json")
    if answer.findings:
        raise StoppedError(ExitCode.FINDINGS)
