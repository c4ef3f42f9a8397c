"""``placeplan demo``: a real plan, read, checked and published."""

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from placeplan.app.building import FORMATS
from placeplan.app.demonstration import Demonstration, demonstrate
from placeplan.cli.building import OTHER_STEPS
from placeplan.cli.progress import progress_bar

WIDTH = 96
INDENT = " " * 10


@click.command()
@click.option(
    "--out", default="placeplan-demo", type=click.Path(path_type=Path), show_default=True, help="Where to write."
)
def demo(out: Path) -> None:
    """Read, compute, check and publish the operational plan of NHS England (Kent and Medway) for 2014-16."""
    with progress_bar(len(FORMATS) + OTHER_STEPS) as step:
        shown = demonstrate(out, today=datetime.now(tz=UTC).date(), progress=step)
    for line in _lines(shown):
        click.echo(line)


def _lines(shown: Demonstration) -> Iterator[str]:
    yield shown.title
    yield ""
    yield f"Read      {shown.tables} tables with {shown.rows} rows, {shown.texts} texts"
    verdicts = ", ".join(
        f"{count} {'fail' if verdict == 'fails' else verdict}" for verdict, count in shown.verdicts.items()
    )
    yield f"Computed  {shown.figures} figures; totals as printed against totals as derived: {verdicts}"
    found = ", ".join(f"{count} {severity}s" for severity, count in shown.severities.items())
    yield f"Checked   {shown.checks} checks: {found}"
    yield ""
    yield "The first finding of each check, gravest first:"
    for finding in shown.findings:
        yield from textwrap.wrap(finding.words, WIDTH, initial_indent=f"  {finding.code}  ", subsequent_indent=INDENT)
        yield f"{INDENT}{finding.place}"
    yield ""
    yield "Published"
    yield from (f"  {file}" for file in shown.files)
    yield ""
    yield f"Open {shown.files[0]} in a browser. Then try:"
    yield f"  placeplan check {shown.plan}"
    yield f"  placeplan explain {shown.plan} finance.public-health.2014-15.cumulative"
