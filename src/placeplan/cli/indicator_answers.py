"""How a question about indicators is answered on the terminal: worked out, written, and told in short."""

from collections.abc import Callable
from pathlib import Path

import click

from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.cli.progress import progress_bar

REMARKS_SHOWN = 20


def answer(question: Callable[[], IndicatorReport], out: Path, *, formats: tuple[str, ...]) -> None:
    """Work an answer out, write it, and print what a person needs to know."""
    with progress_bar(2) as step:
        step("reading and working out")
        report = question()
        step("drawing and writing")
        files = report.write(out, formats=formats)
    click.echo(report.title)
    for sentence in report.says:
        click.echo(f"  {sentence}")
    _print_remarks(report)
    click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}")
    if report.rows_set_aside:
        raise StoppedError(ExitCode.FINDINGS)


def _print_remarks(report: IndicatorReport) -> None:
    """The first remarks on the error stream, and how many there are in all."""
    for remark in report.remarks[:REMARKS_SHOWN]:
        click.echo(str(remark), err=True)
    if len(report.remarks) > REMARKS_SHOWN:
        click.echo(f"... and {len(report.remarks) - REMARKS_SHOWN:,} more remarks in remarks.csv", err=True)
    if report.rows_set_aside:
        click.echo(f"{report.rows_set_aside:,} rows took no part; all others were used.", err=True)
