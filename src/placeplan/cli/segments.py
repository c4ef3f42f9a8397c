"""``placeplan segments``: people from linked records, each in one segment, with what each segment costs."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from placeplan.app.segments.describing import DescribedScheme, describe_scheme, list_schemes
from placeplan.app.segments.telling_why import tell_why
from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.cli.progress import progress_bar
from placeplan.cli.segment_following import FOLLOWING
from placeplan.cli.segment_options import (
    ADDRESS,
    DATA,
    ENGINE_OPTIONS,
    FOLDER,
    FORMATS,
    MEMORY,
    OUT,
    TEMPORARY,
    YEAR,
    engine_asked,
    kept_work_told,
    on_an_engine,
)
from placeplan.cli.segment_privacy import COMMANDS

LINE_WIDTH = 100
PENCE = 100


@click.group()
def segments() -> None:
    """People from linked records, each in exactly one segment, and what each segment costs.

    DIR is a dataset: a folder with dataset.yaml and a table, or a folder of its parts, for people, registrations,
    diagnoses and activity.
    """


@segments.command()
@click.argument("scheme", required=False)
@click.option(
    "--facts", type=click.Path(path_type=Path), metavar="FILE", help="Say where a person with these facts is."
)
def describe(scheme: str | None, facts: Path | None) -> None:
    """Say which segments SCHEME has, by which rules, resting on which codes.

    Without SCHEME: list every scheme. SCHEME may be a file of your own that ends in .yaml.
    """
    if scheme is None:
        if facts is not None:
            raise click.UsageError("--facts needs a SCHEME.")
        for each in list_schemes():
            mark = "" if each.confirmed else "  [UNCONFIRMED]"
            click.echo(f"{each.id:<24}{each.segments:>3} segments  {each.title}{mark}")
        return
    if facts is not None:
        click.echo(str(tell_why(scheme, facts)))
        return
    click.echo("\n".join(_described(describe_scheme(scheme, day=_today()))))


def _described(found: DescribedScheme) -> Iterator[str]:
    marks = "".join((" [UNCONFIRMED]" * (not found.confirmed), " [REVIEW OVERDUE]" * found.overdue))
    yield f"{found.id}: {found.title}{marks}"
    for part in found.parts:
        yield f"\n{part.heading}"
        yield from (_wrapped(line) for line in part.lines)


def _wrapped(line: str) -> str:
    return click.wrap_text(line, width=LINE_WIDTH, initial_indent="  ", subsequent_indent="    ")


@segments.command()
@ADDRESS
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@on_an_engine
def check(folder: Path | str, *, form: str, **asked: Any) -> None:
    """Check every row of the dataset in DIR: what is wrong, and whom and what it could misplace.

    Rows are named by their numbers; nothing that identifies a person is printed. Exit code 0: clean; 1: problems in
    rows; 2: the dataset does not load.
    """
    from placeplan.app.segments.quality import quality_document, quality_of_folder, quality_sentences

    with progress_bar(2) as step:
        description, report = quality_of_folder(folder, engine=engine_asked(**asked), today=_today(), step=step)
    if form == "json":
        click.echo(json.dumps(quality_document(description, report), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(quality_sentences(description, report)))
    if report.problems:
        raise StoppedError(ExitCode.FINDINGS)


@segments.command()
@ADDRESS
@click.option("--scheme", required=True, metavar="SCHEME", help="Such as kent-2017, or a file that ends in .yaml.")
@click.option(
    "--year", "years", required=True, multiple=True, type=YEAR, help="Financial year such as 2015-16; may be repeated."
)
@click.option(
    "--by", multiple=True, metavar="NAMES", help="A further table, such as segment,practice; may be repeated."
)
@OUT
@DATA
@click.option("--disclosure", default="hes-2018", show_default=True, metavar="RULE", help="Rule for small numbers.")
@click.option("--reason", default="", help="Why nothing is withheld, with --disclosure none.")
@click.option(
    "--budget", type=click.IntRange(0), metavar="POUNDS", help="To share out over practices; their spend else."
)
@click.option("--plan", type=click.Path(path_type=Path), metavar="PLAN", help="Write people/segments.csv of this plan.")
@on_an_engine
@FORMATS
def run(
    folder: Path | str,
    *,
    by: tuple[str, ...],
    out: Path,
    plan: Path | None,
    formats: tuple[str, ...],
    budget: int | None,
    **asked: Any,
) -> None:
    """Put everybody of the dataset in DIR in one segment, and write what each segment costs.

    DIR may be an address such as s3a://bucket/extract when the engine is Spark. Tables are under the disclosure rule; a
    scaled figure has its factor beside it. All files are written, or none. A run that was stopped goes on where it was
    when the same command is given again.
    """
    from placeplan.app.segments.plan_link import PlanLink
    from placeplan.app.segments.reporting import report_of
    from placeplan.app.segments.running_job import RunRequest, dimensions_of, run_segments
    from placeplan.app.segments.unfinished_work import forget_unfinished

    pence = None if budget is None else budget * PENCE
    engine = engine_asked(**{name: asked.pop(name) for name in ENGINE_OPTIONS})
    request = RunRequest(folder=folder, by=dimensions_of(by), budget_pence=pence, engine=engine, out=out, **asked)
    link = PlanLink.to(plan) if plan else None
    with progress_bar(request.steps) as step, kept_work_told(out):
        worked = run_segments(request, today=_today(), step=step)
        step("protecting small numbers")
        report = report_of(worked)
        step("drawing and writing")
        files = report.write(out, formats=formats)
        forget_unfinished(out)
    click.echo(report.title)
    for sentence in report.says:
        click.echo(f"  {sentence}")
    click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}")
    if link is not None:
        click.echo(f"Wrote {link.write(report, worked.scheme)} rows to {link.folder}/people/segments.csv")


@segments.command()
@click.option("--place", required=True, metavar="PLACE", help="Such as west-kent.")
@click.option("--people", type=click.IntRange(1), metavar="NUMBER", help="As many as live there when left out.")
@click.option("--years", default=2, show_default=True, type=click.IntRange(1, 10), help="Financial years of activity.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed gives the same people.")
@OUT
@DATA
def synthesise(place: str, *, people: int | None, years: int, seed: int, out: Path, data: Path | None) -> None:
    """Make up people of a place and write their records as a dataset. Nobody in it exists.

    With --data they live in real small areas with real practices; without it the areas are made up too. When the
    command was stopped, the same command goes on after the blocks of people that are finished.
    """
    from placeplan.app.segments.margins import margins
    from placeplan.app.segments.saying_margins import margin_sentences
    from placeplan.app.segments.synthesising import SynthesisRequest, synthesise, world_of

    request = SynthesisRequest(place=place, people=people, years=years, seed=seed, out=out, data=data)
    world = world_of(request)
    with progress_bar(world.run.blocks) as step, kept_work_told(out):
        made = synthesise(request, step=step, world=world)
    found = margins(out, data=data, today=_today())
    click.echo(f"SYNTHETIC: {made.title}, {made.people:,} people, {made.years[0]} to {made.years[-1]}")
    for table, rows in made.rows.items():
        click.echo(f"  {table:<16}{rows:>14,} rows")
    for note in made.notes:
        click.echo(f"  {note}")
    click.echo("\n".join(margin_sentences(found)))
    click.echo(f"Wrote {made.size / 1e6:,.1f} MB to {made.folder}")


@segments.command()
@FOLDER
@click.option("--schemes", required=True, metavar="NAMES", help="Such as kent-2017,six-groups.")
@click.option("--year", required=True, type=YEAR, help="Financial year such as 2015-16.")
@click.option("--seed", default=1, show_default=True, type=int, help="Which practices are in which half.")
@DATA
@MEMORY
@TEMPORARY
def compare(folder: Path, *, schemes: str, **asked: Any) -> None:
    """Say how much of the variance of cost between people each of several schemes explains."""
    from placeplan.app.segments.comparing_schemes import compare_schemes, comparison_sentences

    names = [name.strip() for name in schemes.split(",") if name.strip()]
    with progress_bar(len(names)) as step:
        found = compare_schemes(folder, names, today=_today(), step=step, **asked)
    click.echo("\n".join(comparison_sentences(found)))


for _command in (*FOLLOWING, *COMMANDS):
    segments.add_command(_command)


def _today() -> date:
    return datetime.now(tz=UTC).date()
