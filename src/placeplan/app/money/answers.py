"""Money asked and answered by programs: what a form lets pass in silence is refused here, every problem at once."""

from collections.abc import Iterable, Mapping, Sequence

from placeplan.app.document_data import Data, runs_words, table_data
from placeplan.app.money.asking import NEW_SCHEMES, Wrong
from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.money.position import Standing
from placeplan.app.money.requirement import Answer
from placeplan.app.money.scenarios import MOST, Comparison
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.types import PlanResults

ASKED = "what was asked"


def known(results: PlanResults, given: Mapping[str, str]) -> Chosen | None:
    """The service and year that were asked for, the first of each where none was; nothing where none has a position.

    Raises:
        InputError: the plan has no such service with a position, or no such year.
    """
    at = chosen(results, given)
    if at is None:
        return None
    named = {"service": [each.id for each in at.services], "year": [str(each) for each in at.years]}
    problems = [
        Problem(Location(ASKED, field=name), "the plan has no position of this", f"one of {', '.join(there)}")
        for name, there in named.items()
        if given.get(name) and given[name] not in there
    ]
    if problems:
        raise InputError(problems)
    return at


def all_right(wrong: Iterable[Wrong]) -> None:
    """Go on only if nothing is wrong with what was asked.

    Raises:
        InputError: with everything that is.
    """
    problems = [Problem(Location(ASKED, field=each.field), each.words) for each in wrong]
    if problems:
        raise InputError(problems)


def shares_asked(shares: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Shares of a saving as the fields of the form.

    Args:
        shares: of each the scheme that is there (empty: a new one), the title of a new one, and per cent.

    Raises:
        InputError: there are more new schemes than a form has.
    """
    given: dict[str, str] = {}
    new = 0
    for scheme, title, share in shares:
        if scheme:
            given[f"share-of-{scheme}"] = share
            continue
        new += 1
        given |= {f"share-new-{new}": share, f"title-{new}": title}
    if new > NEW_SCHEMES:
        message = f"there are {new} new schemes"
        raise InputError([Problem(Location(ASKED, field="shares"), message, f"at most {NEW_SCHEMES}")])
    return given


def known_shares(given: Mapping[str, str], fields: Iterable[str]) -> None:
    """Go on only if every share is of a scheme that is there.

    Raises:
        InputError: with every one that is not.
    """
    there = set(fields)
    lost = [name.removeprefix("share-of-") for name in given if name.startswith("share-of-") and name not in there]
    all_right(Wrong("shares", f"There is no scheme {name} of this service in the year of the saving") for name in lost)


def known_scenarios(compared: Comparison, names: Sequence[str]) -> None:
    """Go on only if every scenario that was asked for is there and can be shown.

    Raises:
        InputError: with every one that is not.
    """
    there = {choice.name for choice in compared.choices}
    wrong = [Wrong("scenario", f"There is no scenario {name}") for name in names if name not in there]
    if len(set(names)) > MOST:
        wrong.append(Wrong("scenario", f"At most {MOST} stand side by side"))
    all_right(wrong)


def tiles_data(standing: Standing) -> list[Data]:
    """The numbers at the head of the page of money."""
    return [
        {"title": tile.title, "value": runs_words(tile.number.runs), "words": tile.words} for tile in standing.tiles
    ]


def answer_data(answer: Answer) -> Data:
    """The answer to a requirement: amounts as decimal texts in the unit of the plan, and what they are made of."""
    return {
        "needed": answer.needed,
        "wish": answer.wish,
        "net": str(answer.solved.net),
        "amount": answer.amount,
        "manner": answer.manner,
        "parts": list(answer.parts),
        "changes": answer.changes,
        "tables": [table_data(table) for table in answer.tables],
    }
