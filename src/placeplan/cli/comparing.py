"""``placeplan diff``: how two plans differ."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from placeplan.app.comparing import Comparison, FigureChange, SectionChange, TextChange, compare
from placeplan.app.computing import Computed, compute
from placeplan.app.loading import load
from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.kernel.wording import worded

LONGEST_SHOWN = 80


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--before-scenario", metavar="NAME", help="Put BEFORE under one of its scenarios.")
@click.option("--after-scenario", metavar="NAME", help="Put AFTER under one of its scenarios.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(before: Path, after: Path, *, before_scenario: str | None, after_scenario: str | None, form: str) -> None:
    """Say how plan AFTER differs from plan BEFORE: figures first, then sections. Exit code 1 when they differ."""
    comparison = compare(_computed(before, before_scenario), _computed(after, after_scenario))
    if form == "json":
        click.echo(json.dumps(asdict(comparison), default=str, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(comparison)) or "The two plans are the same.")
    if not comparison.same:
        raise StoppedError(ExitCode.FINDINGS)


def _computed(path: Path, scenario: str | None) -> Computed:
    loaded = load(path, scenario=scenario)
    return compute(loaded.plan, loaded.round)


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from _headed("About the plan", [_words(change) for change in comparison.header])
    yield from _headed("Figures", [_figure(change) for change in comparison.figures])
    for section in comparison.tables:
        yield from _headed(section.title, list(_rows(section)))
    yield from _headed("Text", [_section_of_text(change) for change in comparison.narrative])
    yield from _headed("Scenarios", [_section_of_text(change) for change in comparison.scenarios])


def _headed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from (f"  {line}" for line in lines)
        yield ""


def _figure(change: FigureChange) -> str:
    by = "" if change.change is None else f" ({'+' if change.change > 0 else ''}{worded(change.change, change.unit)})"
    return f"{change.label}: {worded(change.before, change.unit)} → {worded(change.after, change.unit)}{by}"


def _words(change: TextChange) -> str:
    return f"{change.name}: {_shown(change.before)} → {_shown(change.after)}"


def _shown(text: str) -> str:
    if not text:
        return "nothing"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _rows(section: SectionChange) -> Iterator[str]:
    for row in section.rows:
        yield f"{row.row}: {row.kind}"
        yield from (f"  {_words(cell)}" for cell in row.cells)


def _section_of_text(change: TextChange) -> str:
    if not change.before:
        return f"{change.name}: added"
    return f"{change.name}: {'removed' if not change.after else 'changed'}"
