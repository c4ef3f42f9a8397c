"""``placeplan check``: what was found in one plan or in many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click

from placeplan.app.check_reports import (
    FORMATS,
    LEVELS,
    CheckPath,
    PlanReport,
    codes_known,
    findings_page,
    rendered,
    report_plans,
)
from placeplan.app.checking import check_path
from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.cli.progress import progress_bar

HTML = "html"
DATE = click.DateTime(formats=["%Y-%m-%d"])


def _codes(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip().upper() for part in value.split(",") if part.strip()))
    known = codes_known()
    unknown = [each for each in wanted if not any(code.startswith(each) for code in known)]
    if unknown:
        families = ", ".join(sorted({code[:3] for code in known}))
        raise click.BadParameter(f"no check starts with {', '.join(unknown)}; the families are {families}.")
    return wanted


@click.command()
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PLAN…")
@click.option("--format", "form", type=click.Choice([*FORMATS, HTML]), default="text", show_default=True)
@click.option(
    "--select", default="", callback=_codes, metavar="CODES", help="Only these checks or families: FIN,PER001."
)
@click.option("--fail-on", "level", type=click.Choice(LEVELS), default="error", show_default=True)
@click.option("--scenario", metavar="NAME", help="Put the plan under one of its scenarios first.")
@click.option("--round", "round_id", metavar="ROUND", help="Test against this round instead of the plan's own.")
@click.option("--as-at", type=DATE, metavar="DATE", help="Judge reviews and waivers on this day.")
def check(
    plans: Sequence[Path],
    *,
    form: str,
    select: tuple[str, ...],
    level: str,
    scenario: str | None,
    round_id: str | None,
    as_at: datetime | None,
) -> None:
    """Check every PLAN, a folder or a workbook: read it, compute it, and list what was found.

    Exit code 0: nothing as grave as --fail-on; 1: something; 2: a plan could not be read.
    """
    today = datetime.now(tz=UTC).date()
    day = as_at.date() if as_at else None
    check_one = partial(check_path, today=today, scenario=scenario, round_id=round_id, select=select, as_at=day)
    if form == HTML:
        found, printed = _page(plans, check_one, day=day or today)
    else:
        found, printed = _reports(plans, check_one, form=form)
    click.echo(printed)
    if any(not each.report.read for each in found):
        raise StoppedError(ExitCode.UNREADABLE)
    if any(each.has(level) for each in found):
        raise StoppedError(ExitCode.FINDINGS)


def _page(plans: Sequence[Path], check_one: CheckPath, *, day: date) -> tuple[list[PlanReport], str]:
    if len(plans) > 1:
        raise click.UsageError(f"--format {HTML} is a page about one plan; name one.")
    report, page = findings_page(plans[0], check_one, day=day)
    return [report], page


def _reports(plans: Sequence[Path], check_one: CheckPath, *, form: str) -> tuple[list[PlanReport], str]:
    with progress_bar(len(plans)) as step:
        found = list(_stepping(report_plans(plans, check_one), step))
    return found, rendered(found, form=form)


def _stepping(reports: Iterable[PlanReport], step: Callable[[str], None]) -> Iterator[PlanReport]:
    for each in reports:
        step(str(each.path))
        yield each
