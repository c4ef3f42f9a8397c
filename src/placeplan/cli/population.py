"""``placeplan population``: who lives in a place, how that grows, and how many people programmes have to see."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from placeplan.cli.choices import some_of
from placeplan.cli.indicator_options import PICTURE_FORMATS

if TYPE_CHECKING:
    from placeplan.app.population.places import PlacePopulation

Command = TypeVar("Command", bound=Callable[..., Any])
_PLACE = (
    click.option("--place", required=True, metavar="PLACE", help="Such as west-kent, or an area by code or name."),
    click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="Data folder with estimates and projections; people are invented without one.",
    ),
    click.option("--variant", default="principal", show_default=True, metavar="NAME", help="Projection to go on with."),
    click.option(
        "--rebase",
        "rebasing",
        type=click.Choice(("none", "by-area", "by-cell")),
        default="none",
        show_default=True,
        help="Move the projection to where the estimates end; its growth stays.",
    ),
    click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Of invented people."),
    click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True),
)
_PICTURES = click.option(
    "--pictures",
    "formats",
    default="svg",
    show_default=True,
    callback=some_of(*PICTURE_FORMATS),
    help="How the pyramid is drawn: some of svg,png.",
)
_BAND = click.option("--band", "bands", multiple=True, metavar="AGES", help="Such as 85+ or 16-64; may be repeated.")
_YEARS = click.option("--year", "years", multiple=True, type=int, metavar="YEAR", help="Such as 2017; may be repeated.")
_FIRST = click.option("--from", "first", required=True, type=int, metavar="YEAR", help="The earlier year.")
_LAST = click.option("--to", "last", required=True, type=int, metavar="YEAR", help="The later year.")


def _of_a_place(command: Command) -> Command:
    """Give a command the options that say which people; it takes them as ``**asked``, for :func:`_place`."""
    for option in reversed(_PLACE):
        command = option(command)
    return command


@click.group()
def population() -> None:
    """Who lives in a place, how that grows, and how many people programmes have to see.

    A year is the middle of it; the financial year 2017-18 takes mid-2017.
    """


@population.command()
@_of_a_place
@_YEARS
@_BAND
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write a population pyramid here.")
@click.option("--now", type=int, metavar="YEAR", help="Year of the bars; the last estimate else.")
@click.option("--then", type=int, metavar="YEAR", help="Year of the outline; the last year of the projection else.")
@_PICTURES
def show(
    *,
    form: str,
    years: tuple[int, ...],
    bands: tuple[str, ...],
    out: Path | None,
    now: int | None,
    then: int | None,
    formats: tuple[str, ...],
    **asked: Any,
) -> None:
    """Show the people of a place by age and year, and the districts that it is made of."""
    from placeplan.app.population.showing import people_document, people_sentences, write_pyramid

    place = _place(**asked)
    bars, outline = now or place.join.last_estimate, then or place.whole.years[-1]
    document = people_document(place, years=years or (bars, outline), bands=bands)
    files = write_pyramid(place, out, now=bars, then=outline, formats=formats) if out else ()
    _say(document, people_sentences(document), form=form)
    if files and form == "text":
        click.echo(f"Wrote {len(files)} files to {out}.")


@population.command()
@_of_a_place
@_FIRST
@_LAST
@click.option("--variants", is_flag=True, help="Every variant projection in the later year, beside the principal one.")
@click.option("--new-list-over", "over", type=click.FloatRange(min=1), metavar="PEOPLE", help="List of a new practice.")
def project(*, form: str, first: int, last: int, variants: bool, over: float | None, **asked: Any) -> None:
    """Follow a place year by year; growth since the first year is compounded."""
    from placeplan.app.population.growing import path_document, path_sentences, variant_rows
    from placeplan.app.population.opening import opened_folder

    place = _place(**asked)
    document = path_document(place, first=first, last=last, over=over)
    if variants:
        folder = opened_folder(asked["data"])
        if folder is None:
            raise click.UsageError("--variants needs the public files: give them with --data DIR.")
        document["variants"] = variant_rows(place, folder, year=last)
    _say(document, path_sentences(document), form=form)


@population.command()
@_of_a_place
@_FIRST
@_LAST
@_BAND
@click.option("--plan", type=click.Path(path_type=Path), metavar="PLAN", help="Compare with what this plan prints.")
def growth(*, form: str, first: int, last: int, bands: tuple[str, ...], plan: Path | None, **asked: Any) -> None:
    """Say how many more people of which ages there will be, and check what a plan prints about it."""
    from placeplan.app.population.growing import (
        growth_document,
        growth_sentences,
        plan_document,
        printed_sentences,
        registered_document,
        registered_sentences,
    )
    from placeplan.app.population.printed import printed_population

    place = _place(**asked)
    document = growth_document(place, first=first, last=last, bands=bands)
    lines = list(growth_sentences(document))
    if plan is not None:
        printed = printed_population(plan)
        document["printed"] = plan_document(printed)
        document["registered"] = registered_document(place, printed)
        lines += ["", *printed_sentences(printed)]
        if document["registered"]:
            lines += ["", *registered_sentences(document["registered"])]
    _say(document, lines, form=form)


@population.command()
@_of_a_place
@_YEARS
@click.option("--programme", "wanted", multiple=True, metavar="NAME", help="Such as bowel-screening; may be repeated.")
@click.option("--uptake", type=click.FloatRange(0, 100), metavar="PER_CENT", help="Another uptake to work out.")
@click.option(
    "--programmes",
    "own",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Programmes of your own, as YAML.",
)
def cohorts(
    *,
    form: str,
    years: tuple[int, ...],
    wanted: tuple[str, ...],
    uptake: float | None,
    own: Path | None,
    **asked: Any,
) -> None:
    """Say how many people screening and immunisation invite and see, and what each point of uptake is worth."""
    from placeplan.app.population.definitions import programmes_in, read_programmes
    from placeplan.app.population.programme_demand import chosen_programmes, cohorts_document, cohorts_sentences

    programmes = chosen_programmes(programmes_in(own) if own else read_programmes(), wanted)
    place = _place(**asked)
    shown = years or (place.join.last_estimate, place.whole.years[-1])
    document = cohorts_document(place, programmes, years=shown, uptake=uptake)
    _say(document, cohorts_sentences(document), form=form)


def _place(*, place: str, data: Path | None, variant: str, rebasing: str, seed: int) -> "PlacePopulation":
    from placeplan.app.population.opening import opened_folder
    from placeplan.app.population.places import PlaceRequest, place_population, rebasing_of

    request = PlaceRequest(place=place, variant=variant, rebasing=rebasing_of(rebasing), seed=seed)
    return place_population(request, opened_folder(data))


def _say(document: dict[str, Any], lines: Iterable[str], *, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(lines))
