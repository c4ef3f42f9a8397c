"""``placeplan siting``: where hubs should be in a place, how many, and whom that reaches."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from placeplan.cli.choices import some_of
from placeplan.cli.endings import ExitCode, StoppedError

if TYPE_CHECKING:
    from placeplan.app.care.capacity_answers import CapacityAnswer

_NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")
_MINUTES = click.FloatRange(0, min_open=True)
_PEOPLE = click.FloatRange(0, min_open=True)
_FILE = click.argument("file", type=click.Path(path_type=Path))
_FORMAT = click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
_PLACE = click.option("--place", required=True, metavar="PLACE", help="Such as west-kent.")
_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Data folder with small areas, sites and drive minutes; the place is invented without one.",
)
_TIME_LIMIT = click.option(
    "--time-limit", type=click.FloatRange(0), default=60.0, show_default=True, metavar="S", help="Seconds a choice."
)
_OPTIONS = (
    _PLACE,
    _DATA,
    click.option("--candidates", "kinds", multiple=True, metavar="KIND", help="Only buildings such as practice."),
    click.option("--force", "forced", multiple=True, metavar="SITE", help="A candidate that must be chosen."),
    click.option("--forbid", "forbidden", multiple=True, metavar="SITE", help="A candidate that must not be."),
    click.option("--existing-first", is_flag=True, help="New sites only when the existing hospitals are too few."),
    click.option("--capacity", type=_PEOPLE, metavar="PEOPLE", help="Most people that one hub can serve."),
    click.option("--minimum-catchment", "catchment", type=_PEOPLE, metavar="PEOPLE", help="Least that one hub needs."),
    click.option(
        "--deprived-weight",
        type=click.FloatRange(0),
        default=0.0,
        metavar="W",
        help="How much more travel of the most deprived fifth counts; 1 counts it twice.",
    ),
    click.option("--deprived-most", type=_MINUTES, metavar="MIN", help="Most mean travel of the most deprived fifth."),
    click.option(
        "--worst-off-weight",
        "worst_weight",
        type=click.FloatRange(0),
        default=0.0,
        metavar="W",
        help="How much mean travel of the worst-off tenth counts beside everybody's.",
    ),
    click.option("--worst-off-most", "worst_most", type=_MINUTES, metavar="MIN", help="Most that it travels."),
    click.option("--within", type=_MINUTES, default=20.0, show_default=True, metavar="MIN", help="What is in reach."),
    _TIME_LIMIT,
    click.option("--gap", type=click.FloatRange(0, 1, max_open=True), default=0.0, metavar="SHARE", help="Open share."),
)


def _numbers(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, ...]:
    """Numbers such as ``1-8`` or ``2,4,6``."""
    found: set[int] = set()
    for part in value.split(","):
        match = _NUMBERS.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise click.BadParameter(f"'{value}' is no list of numbers of hubs; write it as 1-8 or as 2,4,6.")
        found |= set(range(first, last + 1))
    return tuple(sorted(found))


def _asked(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def siting() -> None:
    """Where hubs should be, how many, and whom that reaches.

    Every choice says how it ended: optimal is proven; feasible is the best that was found, with the gap that is open.
    """


@siting.command()
@_asked
@click.option("--numbers", default="1-8", show_default=True, callback=_numbers, metavar="N", help="Of hubs.")
@click.option("--explain", "explained", type=click.IntRange(1), metavar="N", help="Number told in full; the last else.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of an invented place.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the map and the frontier here.")
@click.option("--pictures", default="svg", show_default=True, callback=some_of("svg", "png"), help="Some of svg,png.")
@_FORMAT
def hubs(
    *,
    place: str,
    data: Path | None,
    kinds: tuple[str, ...],
    explained: int | None,
    seed: int,
    out: Path | None,
    pictures: tuple[str, ...],
    form: str,
    **wanted: Any,
) -> None:
    """Choose hubs for a place so that people travel least, for each number of hubs.

    Exit code 1: some number has no choice, or time ran out before its choice was proven.
    """
    from placeplan.app.population.opening import opened_folder
    from placeplan.app.siting.answering import Shown, hub_answer
    from placeplan.app.siting.choosing import HubRequest
    from placeplan.app.siting.places import siting_place

    folder = opened_folder(data)
    found = siting_place(place, folder, kinds=kinds, seed=seed)
    shown = Shown(explained=explained, drawn=out is not None)
    answer = hub_answer(found, HubRequest(**wanted), shown=shown, folder=folder)
    files = answer.write_pictures(out, formats=pictures) if out else ()
    _tell(answer, form=form, after=f"Wrote {len(files)} files to {out}; open {out / 'index.html'}" if out else "")


@siting.command()
@_FILE
@_PLACE
@_DATA
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of an invented place.")
@_TIME_LIMIT
@_FORMAT
def questions(file: Path, *, place: str, data: Path | None, seed: int, time_limit: float, form: str) -> None:
    """Answer the five questions of the hub model: how many hubs at most, and configurations of so many, ranked.

    FILE says what is scarce; it has the columns question (people, contacts, staff or money), item, there and each.
    """
    from placeplan.app.population.opening import opened_folder
    from placeplan.app.siting.hub_questions import answer_questions
    from placeplan.app.siting.places import siting_place

    found = siting_place(place, opened_folder(data), seed=seed)
    _tell(answer_questions(file, found, time_limit=time_limit), form=form)


@siting.command()
@_FILE
@_FORMAT
def premises(file: Path, *, form: str) -> None:
    """Put new practice premises in order: those that meet the criterion of the plan first.

    FILE has the columns area, people_now, growth, new_practice and need.
    """
    from placeplan.app.siting.premises_order import answer_premises

    _tell(answer_premises(file), form=form)


@siting.command()
@_FILE
@click.option("--do-minimum", metavar="OPTION", help="What the others are held against; the first of the file else.")
@_FORMAT
def appraise(file: Path, *, do_minimum: str | None, form: str) -> None:
    """Appraise options as the Green Book asks: discounted cost, weighted score, and how far the order rests on weights.

    FILE has the columns option, kind (cost, benefit, score or weight), item, year, until and value. Exit code 1: a
    small change of a weight turns the order, or options last for different times.
    """
    from placeplan.app.siting.appraising import answer_appraisal

    _tell(answer_appraisal(file, do_minimum=do_minimum), form=form)


def _tell(answer: "CapacityAnswer", *, form: str, after: str = "") -> None:
    """Print the answer, and end with the exit code of its findings."""
    if form == "json":
        click.echo(json.dumps(answer.as_document(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(answer.lines()))
        if after:
            click.echo(after)
    if answer.findings:
        raise StoppedError(ExitCode.FINDINGS)
