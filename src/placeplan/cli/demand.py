"""``placeplan demand``: the care that a place needs if nothing is done, how sure that is, and what drives it."""

import json
from pathlib import Path
from typing import Any

import click

from placeplan.cli.care_plans import calibrate, plan_model
from placeplan.cli.demand_contracting import benefits, contract, example, mapping
from placeplan.cli.demand_options import FORM, asking, drawing, running
from placeplan.cli.interventions import interventions, savings
from placeplan.cli.progress import progress_bar


@click.group()
def demand() -> None:
    """The care that a place needs if nothing is done, how sure that is, and what interventions change.

    Doing nothing: without a data folder an invented place stands in, and says so.
    """


@demand.command("do-nothing")
@asking
@running
@FORM
@drawing
def do_nothing(*, form: str, out: Path | None, formats: tuple[str, ...], **asked: Any) -> None:
    """Say how activity grows if nothing is done, and how much of it each adjustment brings.

    With --out: the path and its growth as tables, and for each point of delivery a fan, a waterfall and a tornado.
    """
    from placeplan.app.care.do_nothing import DemandRequest, place_demand
    from placeplan.app.care.do_nothing_reporting import demand_document, demand_sentences, write_demand

    with progress_bar(2) as step:
        found = place_demand(DemandRequest(**asked))
        step("runs")
        answer = demand_document(found) if form == "json" else list(demand_sentences(found))
        step("writing")
        files = write_demand(found, out, formats=formats) if out else ()
    _say(answer, files=files, out=out)


@demand.command()
@click.option("--point", default="non-elective-admissions", show_default=True, metavar="POINT", help="Of delivery.")
@asking
@running
@FORM
@drawing
def tornado(*, point: str, form: str, out: Path | None, formats: tuple[str, ...], **asked: Any) -> None:
    """Say what drives a point of delivery in the last year: swings of each factor, and shares of the variance."""
    from placeplan.app.care.do_nothing import DemandRequest, place_demand
    from placeplan.app.care.do_nothing_reporting import (
        known_point,
        tornado_document,
        tornado_sentences,
        write_tornado,
    )

    found = place_demand(DemandRequest(**asked))
    drivers = found.drivers(known_point(found, point))
    is_json = form == "json"
    answer = (
        tornado_document(found, point, drivers=drivers)
        if is_json
        else list(tornado_sentences(found, point, drivers=drivers))
    )
    files = write_tornado(found, point, out=out, formats=formats) if out else ()
    _say(answer, files=files, out=out)


@demand.command()
@asking
@FORM
@drawing
def backcast(*, form: str, out: Path | None, formats: tuple[str, ...], **asked: Any) -> None:
    """Put the method back to an earlier year, and show by how much it would have missed what was counted.

    Needs a data folder with counted series.
    """
    from placeplan.app.care.do_nothing import DemandRequest
    from placeplan.app.care.do_nothing_backcast import backcasts_of
    from placeplan.app.care.do_nothing_reporting import backcast_document, backcast_sentences, write_backcasts

    found = backcasts_of(DemandRequest(**asked))
    answer = backcast_document(found) if form == "json" else list(backcast_sentences(found))
    files = write_backcasts(found, out, formats=formats) if out else ()
    _say(answer, files=files, out=out)


@demand.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@FORM
@drawing
def gap(*, file: Path | None, form: str, out: Path | None, formats: tuple[str, ...]) -> None:
    """Say how far cost runs ahead of resources if nothing is done, by the numbers of a place in FILE.

    Without FILE: the gaps that plans state.
    """
    from placeplan.app.care.do_nothing_gap import gap_document, gap_sentences, read_gap, stated_sentences, write_gap

    if file is None:
        _say(list(stated_sentences()))
        return
    found = read_gap(file)
    answer = gap_document(found) if form == "json" else list(gap_sentences(found))
    files = write_gap(found, out, formats=formats) if out else ()
    _say(answer, files=files, out=out)


demand.add_command(interventions)
demand.add_command(savings)
demand.add_command(plan_model)
demand.add_command(calibrate)
demand.add_command(benefits)
demand.add_command(contract)
demand.add_command(mapping)
demand.add_command(example)


def _say(answer: dict[str, Any] | list[str], *, files: tuple[Path, ...] = (), out: Path | None = None) -> None:
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(answer))
    if out is not None:
        click.echo(f"Wrote {len(files)} files to {out}; open {out / 'index.html'}", err=isinstance(answer, dict))
