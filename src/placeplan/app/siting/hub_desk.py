"""Hubs of a place for a page: how many, where, whom they reach, and what one more would save."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from placeplan.app.data_folder import VARIABLE
from placeplan.app.population.opening import opened_folder
from placeplan.app.segments.synthetic_models import read_places
from placeplan.app.siting.answering import DASH, ESTIMATED, SYNTHETIC
from placeplan.app.siting.choosing import HubChoice, HubRequest, chosen_hubs, reasons_for
from placeplan.app.siting.definitions import read_siting
from placeplan.app.siting.pictures import hub_map, hub_travel
from placeplan.app.siting.places import SitingPlace, siting_place
from placeplan.capacity.siting import SiteReason, Status
from placeplan.datasets.folder import DataFolder
from placeplan.indicators.naming import slug
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.document import Block, Chart, Column, Note, Row, RowKind, Section, Table, Text, Tone
from placeplan.reports.html import drawings_of
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.quoting import sentence
from placeplan.reports.sections.care_numbers import drawn
from placeplan.reports.tabulating import plain

KEPT, KEPT_PAGES = 8, 64
NUMBER, ESTATE_FIRST, DEPRIVED_MORE = "number", "existing", "deprived"
YES = "yes"
USUAL = 4
MEASURED, ESTIMATE = "measured", "estimated"
LONGEST_NAME = 60
UNREACHED = "no way without it"


@dataclass(frozen=True, slots=True)
class HubsAsked:
    """How many hubs, whether existing hospitals come first, and whether the most deprived fifth counts more."""

    number: int
    estate_first: bool = False
    deprived_more: bool = False


@dataclass(frozen=True, eq=False)
class HubDesk:
    """What the page shows.

    Attributes:
        asked: what somebody looks at.
        most: how many hubs they may look at.
        title: of the place.
        synthetic: whether the place is invented.
        says: a sentence to be read out.
        proof: whether the choice is proven, in a sentence.
        tiles: what it means for whom: words and minutes.
        sections: map, frontier and tables.
        drawings: of their charts, by identifier.
    """

    asked: HubsAsked
    most: int
    title: str
    synthetic: bool
    says: str
    proof: str
    tiles: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    drawings: Mapping[str, str]


def place_with_hubs(words: str) -> str | None:
    """The place that a plan is of, if hubs can be sited in it."""
    name = slug(words)
    return name if any(one.id == name for one in read_places().places) else None


def known_places() -> tuple[str, ...]:
    """Titles of the places in which hubs can be sited."""
    return tuple(one.title for one in read_places().places)


def hubs_asked(given: Mapping[str, str]) -> HubsAsked:
    """What an address asks for; four hubs where it does not say.

    Raises:
        InputError: with everything in it that cannot be.
    """
    most = read_siting().frontier.most
    number = given.get(NUMBER) or str(min(USUAL, most))
    problems = []
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(most)) and 1 <= int(number) <= most):
        problems.append(Problem(Location("hubs", field=NUMBER), "there is no such number of hubs", f"1 to {most}"))
    problems += [
        Problem(Location("hubs", field=name), "this cannot be read", f"{YES}, or nothing")
        for name in (ESTATE_FIRST, DEPRIVED_MORE)
        if given.get(name, "") not in ("", YES)
    ]
    known = NUMBER, ESTATE_FIRST, DEPRIVED_MORE
    problems += [
        Problem(Location("hubs", field=name[:LONGEST_NAME]), "nothing here is called so", f"one of {', '.join(known)}")
        for name in given
        if name not in known
    ]
    if problems:
        raise InputError(problems)
    return HubsAsked(int(number), given.get(ESTATE_FIRST) == YES, given.get(DEPRIVED_MORE) == YES)


def hub_desk(place: str, asked: HubsAsked) -> HubDesk:
    """Choose hubs for a place with the data folder that the environment names, or for an invented stand-in.

    What was chosen is kept for as long as the process runs: a data folder that changes is read after a new start.

    Raises:
        InputError: the place is not known, or the data folder lacks something.
    """
    named = os.environ.get(VARIABLE, "").strip()
    return _desk(place, Path(named) if named else None, asked=asked)


@dataclass(frozen=True, eq=False)
class _Told:
    """One choice of hubs told in full, among those of other numbers."""

    place: SitingPlace
    folder: DataFolder | None
    choices: tuple[HubChoice, ...]
    choice: HubChoice
    reasons: tuple[SiteReason, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """Words that must be seen in pictures."""
        return (SYNTHETIC,) if self.place.synthetic else (ESTIMATED,)


@lru_cache(maxsize=KEPT_PAGES)
def _desk(place_id: str, path: Path | None, *, asked: HubsAsked) -> HubDesk:
    place, folder = _place(place_id, path)
    choices = _choices(place_id, path, asked=replace(asked, number=0))
    choice = choices[min(asked.number, len(choices)) - 1]
    told = _Told(
        place, folder, choices, choice, reasons_for(place, choice, request=_request(asked, numbers=(choice.number,)))
    )
    sections = (
        Section("hubs-map", f"{_hubs(choice.number)} and whom they serve", tuple(_map_blocks(told))),
        Section("hubs-frontier", "What one more hub saves", (_frontier_chart(told), _numbers_table(told))),
    )
    return HubDesk(
        asked=asked,
        most=len(choices),
        title=place.title,
        synthetic=place.synthetic,
        says=_says(choice),
        proof=_proof(choice),
        tiles=tuple(_tiles(choice)),
        sections=sections,
        drawings=drawings_of(sections),
    )


@lru_cache(maxsize=KEPT)
def _place(place_id: str, path: Path | None) -> tuple[SitingPlace, DataFolder | None]:
    try:
        folder = opened_folder(path)
    except InputError as error:  # whoever looks at the page did not name the folder, and is not told where it is
        message = "the data folder of this workspace cannot be opened"
        raise InputError([Problem(Location("data"), message, "", "Tell those who run it.")]) from error
    return siting_place(place_id, folder), folder


@lru_cache(maxsize=KEPT)
def _choices(place_id: str, path: Path | None, *, asked: HubsAsked) -> tuple[HubChoice, ...]:
    """The best choice of each number, whichever number is asked for."""
    place, _ = _place(place_id, path)
    most = min(read_siting().frontier.most, len(place.candidates))
    return chosen_hubs(place, _request(asked, numbers=tuple(range(1, most + 1))))


def _request(asked: HubsAsked, *, numbers: tuple[int, ...]) -> HubRequest:
    definitions = read_siting()
    return HubRequest(
        numbers=numbers,
        existing_first=asked.estate_first,
        deprived_weight=float(definitions.configurations.deprived_weight) if asked.deprived_more else 0.0,
        time_limit=float(definitions.frontier.seconds),
    )


def _hubs(number: int) -> str:
    return f"{number} hub{'' if number == 1 else 's'}"


def _minutes(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}"


def _says(told: HubChoice) -> str:
    if told.mean is None:
        return f"{_hubs(told.number)}: no choice was found."
    return (
        f"{_hubs(told.number)}: {told.mean:.1f} minutes by car on average, {told.most_deprived:.1f} for the most "
        "deprived fifth."
    )


def _proof(told: HubChoice) -> str:
    if told.siting.status in (Status.OPTIMAL, Status.WITHIN_GAP):
        return "Proven: no other choice of so many gives less travel."
    if not told.siting.sites:
        return " ".join((*told.siting.reasons, "There is no choice of so many."))
    return f"Not proven: time ran out. Another choice could be up to {told.siting.gap:.1%} better."


def _tiles(told: HubChoice) -> Iterator[tuple[str, str]]:
    minutes = (
        ("Everybody, on average", told.mean),
        ("The most deprived fifth", told.most_deprived),
        ("The tenth that travels furthest", told.worst_off),
        ("The longest way", told.furthest),
    )
    for words, value in minutes:
        yield words, DASH if value is None else f"{value:.1f} minutes"
    within = HubRequest(numbers=(1,)).within
    yield f"Within {within:g} minutes", DASH if told.within is None else f"{told.within:.1%} of people"


def _map_blocks(told: _Told) -> Iterator[Block]:
    place = told.place
    for words in place.notes:
        said = words.partition(": ")[2] or words  # the note begins with the word that is its title here
        yield Note(told.marks[0], (Text(sentence(said)),), Tone.NEAR)
    rows = [
        (str(number), place.candidates[one.site].name, f"{one.served:,.0f}")
        for number, one in enumerate(told.reasons, 1)
    ]
    picture = hub_map(place, told.choice, folder=told.folder, marks=told.marks)
    yield drawn(_named(picture), columns=("Hub", "Name", "People"), rows=rows)
    if told.reasons:
        yield _why(told)


def _why(told: _Told) -> Table:
    people = float(told.place.people.sum())
    return Table(
        id="hubs-why",
        caption="Why each hub is there",
        columns=(
            Column("Hub", wide=True),
            Column("Building"),
            Column("Minutes"),
            Column("People", numeric=True),
            Column("Mean without it", numeric=True),
            Column("Next best", wide=True),
            Column("Mean with next best", numeric=True),
        ),
        rows=tuple(Row(tuple(map(plain, _why_cells(told.place, one, people=people)))) for one in told.reasons),
    )


def _why_cells(place: SitingPlace, one: SiteReason, *, people: float) -> tuple[str, ...]:
    site = place.candidates[one.site]
    known = one.instead is not None
    return (
        site.name,
        site.kind,
        MEASURED if place.measured[one.site] else ESTIMATE,
        f"{one.served:,.0f}",
        f"{one.lost / people:+.1f}" if one.lost < float("inf") else UNREACHED,
        place.candidates[one.instead].name if one.instead is not None else DASH,
        f"{one.lost_instead / people:+.2f}" if known else DASH,
    )


def _numbers_table(told: _Told) -> Table:
    return Table(
        id="hubs-numbers",
        caption="Minutes by car, by number of hubs",
        columns=(
            Column("Hubs"),
            Column("Mean", numeric=True),
            Column("Most deprived fifth", numeric=True),
            Column("Worst-off tenth", numeric=True),
            Column("Furthest", numeric=True),
            Column("How it ended"),
            Column("Where", wide=True),
        ),
        rows=tuple(_number_row(told, one) for one in told.choices),
    )


def _number_row(told: _Told, one: HubChoice) -> Row:
    minutes = (one.mean, one.most_deprived, one.worst_off, one.furthest)
    status = "proven" if one.siting.status is Status.OPTIMAL else str(one.siting.status)
    where = "; ".join(told.place.candidates[site].name for site in one.siting.sites) or DASH
    cells = (str(one.number), *map(_minutes, minutes), status, where)
    return Row(tuple(map(plain, cells)), RowKind.SUBTOTAL if one is told.choice else RowKind.PLAIN)


def _frontier_chart(told: _Told) -> Chart:
    rows = [
        (str(one.number), _minutes(one.mean), _minutes(one.most_deprived), _minutes(one.worst_off))
        for one in told.choices
    ]
    columns = ("Hubs", "Everybody", "Most deprived fifth", "Worst-off tenth")
    return drawn(_named(hub_travel(told.place, told.choices, marks=told.marks)), columns=columns, rows=rows)


def _named(picture: StatisticalPicture) -> StatisticalPicture:
    """The picture under a name that a page can point at."""
    return replace(picture, id=picture.name)
