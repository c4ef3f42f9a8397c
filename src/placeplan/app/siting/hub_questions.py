"""The five questions of the hub model answered together: how many hubs the place can have, and which they should be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.app.siting.answering import ESTIMATED, SYNTHETIC
from placeplan.app.siting.choosing import HubChoice, HubRequest, chosen_hubs
from placeplan.app.siting.definitions import read_siting
from placeplan.app.siting.places import SitingPlace
from placeplan.capacity.placement import ServiceRules
from placeplan.capacity.unit_numbers import (
    Question,
    UnitLimit,
    limit_by_contacts,
    limit_by_money,
    limit_by_people,
    limit_by_staff,
    tightest,
)
from placeplan.kernel.errors import InputError, Location, Problem

LAYOUT = "siting-limits"
DASH = "–"
LEAST, ESTATE, DEPRIVED = "least travel", "existing hospitals first", "most deprived fifth counts more"


@dataclass(frozen=True, slots=True)
class Configuration:
    """A choice of hubs, what it aims at, and how many of them are no hospital that is there."""

    aim: str
    choice: HubChoice
    new: int


def answer_questions(path: Path, place: SitingPlace, *, time_limit: float) -> CapacityAnswer:
    """How many hubs the limits of a file allow, and configurations of so many hubs, the least travel first.

    Args:
        path: a table of limits.
        place: where the hubs are.
        time_limit: seconds for each configuration.

    Raises:
        InputError: the table cannot be read, sets no limit, or allows no hub.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    with refusals_located(path):
        limits = tuple(_limits(rows, people=float(place.people.sum())))
        decides = tightest(limits)
    number = min(decides.units or 0, len(place.candidates))
    if not number:
        message = f"{decides.decided_by} does not suffice for one hub ({decides.words})"
        raise InputError([Problem(Location(path.name), message, "enough for one hub at least")])
    found = sorted(_configurations(place, number, time_limit=time_limit), key=_by_travel)
    marks = dict.fromkeys((*((SYNTHETIC,) if place.synthetic else (ESTIMATED,)), *marks_of(rows)))
    return CapacityAnswer(
        title=f"{place.title}: how many hubs, and which",
        says=(*place.notes, _decided(decides, number), f"Source: {place.source}"),
        tables=(_questions(limits, found, number=number), _compared(found), _where(place, found)),
        document=_document(place, limits, number=number, found=found),
        marks=tuple(marks),
        findings=tuple(f"{one.aim}: {reason}." for one in found for reason in one.choice.siting.reasons),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    if not row.number("each") > 0:
        yield row.problem("each", "0 sets no limit", expected="a number above 0")
    if row["question"] != Question.PEOPLE and not row.has("there"):
        yield row.problem("there", "it is not said how much there is", expected="a number of 0 or more")


def _limits(rows: Sequence[Row], *, people: float) -> Iterator[UnitLimit]:
    """The limit of each question that the table has; of money and of people, item by item."""
    for question in Question:
        own = [row for row in rows if row["question"] == question]
        if question is Question.PEOPLE:
            yield from (_people(row, people) for row in own)
        elif question is Question.MONEY:
            yield from (limit_by_money(row.number("there"), fixed_cost=row.number("each")) for row in own)
        elif own:
            there = {row["item"]: row.number("there") for row in own}
            each = {row["item"]: row.number("each") for row in own}
            yield (
                limit_by_contacts(there, fewest=each)
                if question is Question.CONTACTS
                else limit_by_staff(there, each=each)
            )


def _people(row: Row, people: float) -> UnitLimit:
    service = ServiceRules(id="service", title=row["item"], minimum_population=row.number("each"))
    return limit_by_people([service], people=row.number("there", people))


def _configurations(place: SitingPlace, number: int, *, time_limit: float) -> Iterator[Configuration]:
    weight = float(read_siting().configurations.deprived_weight)
    asked: Mapping[str, Mapping[str, Any]] = {
        LEAST: {},
        ESTATE: {"existing_first": True},
        DEPRIVED: {"deprived_weight": weight},
    }
    for aim, terms in asked.items():
        request = HubRequest(numbers=(number,), time_limit=time_limit, **terms)
        choice = chosen_hubs(place, request)[0]
        new = sum(not place.candidates[site].estate for site in choice.siting.sites)
        yield Configuration(aim, choice, new)


def _by_travel(one: Configuration) -> float:
    return float("inf") if one.choice.mean is None else one.choice.mean


def _decided(limit: UnitLimit, number: int) -> str:
    hubs = f"{number} hub{'' if number == 1 else 's'}"
    return f"At most {hubs}: {limit.decided_by} is scarcest ({limit.words})."


def _questions(limits: Sequence[UnitLimit], found: Sequence[Configuration], *, number: int) -> TextTable:
    """The questions in the words of the plan, each with its answer."""
    words, best = read_siting().questions.words_of, found[0]
    by_estate = next(one for one in found if one.aim == ESTATE)
    answers = (
        ("economy", _most(limits, Question.MONEY)),
        ("services", _most(limits, Question.PEOPLE, Question.CONTACTS)),
        ("access", f"{best.aim}: {_minutes(best.choice.mean)} minutes on average, {number} hubs"),
        ("staff", _most(limits, Question.STAFF)),
        ("location", f"{number - by_estate.new} existing hospitals, {_minutes(by_estate.choice.mean)} minutes"),
    )
    return TextTable(("Question", "Answer"), tuple((words(name), told) for name, told in answers), left=2)


def _most(limits: Sequence[UnitLimit], *questions: Question) -> str:
    own = [one for one in limits if one.question in questions and one.units is not None]
    if not own:
        return "no limit is given"
    least = tightest(own)
    return f"at most {least.units}: {least.decided_by}, {least.words}"


def _minutes(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}"


def _compared(found: Sequence[Configuration]) -> TextTable:
    headings = ("Rank", "Configuration", "Mean", "Most deprived fifth", "Worst-off tenth", "New sites", "Status")
    rows = []
    for place, one in enumerate(found, start=1):
        minutes = [_minutes(value) for value in (one.choice.mean, one.choice.most_deprived, one.choice.worst_off)]
        rows.append((str(place), one.aim, *minutes, str(one.new), str(one.choice.siting.status)))
    return TextTable(headings, tuple(rows), left=2)


def _where(place: SitingPlace, found: Sequence[Configuration]) -> TextTable:
    rows = [
        (one.aim, "; ".join(place.candidates[site].name for site in one.choice.siting.sites) or DASH) for one in found
    ]
    return TextTable(("Configuration", "Where"), tuple(rows), left=2)


def _document(
    place: SitingPlace, limits: Sequence[UnitLimit], *, number: int, found: Sequence[Configuration]
) -> dict[str, Any]:
    return {
        "place": place.title,
        "synthetic": place.synthetic,
        "hubs": number,
        "limits": [
            {"question": str(one.question), "hubs": one.units, "decided_by": one.decided_by, "words": one.words}
            for one in limits
        ],
        "configurations": [
            {
                "aim": one.aim,
                "hubs": [place.candidates[site].id for site in one.choice.siting.sites],
                "new_sites": one.new,
                "mean": one.choice.mean,
                "most_deprived_fifth": one.choice.most_deprived,
                "worst_off_tenth": one.choice.worst_off,
                "share_within": one.choice.within,
                "status": str(one.choice.siting.status),
                "gap": one.choice.siting.gap if one.choice.siting.sites else None,
            }
            for one in found
        ],
        "notes": list(place.notes),
        "source": place.source,
    }
