"""``placeplan explain``: a figure and what it is made of."""

from collections.abc import Iterator
from pathlib import Path

import click

from placeplan.app.computing import compute
from placeplan.app.explaining import Explanation, explain
from placeplan.app.loading import load
from placeplan.kernel.wording import worded

INDENT = "   "


@click.command(name="explain")
@click.argument("plan", type=click.Path(path_type=Path))
@click.argument("figure")
@click.option("--scenario", metavar="NAME", help="Put the plan under one of its scenarios first.")
def explain_figure(plan: Path, figure: str, *, scenario: str | None) -> None:
    """Walk from FIGURE of PLAN to the cells that it comes from.

    FIGURE is an identifier such as finance.public-health.2014-15.cumulative; a part of one lists the figures that hold
    it.
    """
    loaded = load(plan, scenario=scenario)
    for line in _lines(explain(compute(loaded.plan, loaded.round).figures, figure), depth=0):
        click.echo(line)


def _lines(each: Explanation, *, depth: int) -> Iterator[str]:
    indent = INDENT * depth
    amount = worded(each.value if each.share is None else each.share, each.unit)
    yield f"{indent}{amount}  {each.label}  [{each.origin}]{'  (as above)' if each.repeated else ''}"
    if each.repeated:
        return
    if each.formula:
        yield f"{indent}{INDENT}= {each.formula}"
    for missing in each.missing:
        yield f"{indent}{INDENT}! {missing}"
    for path in each.leans_on:
        yield f"{indent}{INDENT}! leans on an unconfirmed value: {path}"
    for part in each.parts:
        yield from _lines(part, depth=depth + 1)
