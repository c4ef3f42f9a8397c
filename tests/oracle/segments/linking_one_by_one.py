"""Linkage and opt-outs the slow way: one record after the other, with plain identifiers and no hashes."""

from collections import Counter
from collections.abc import Sequence

from nhs_number import is_valid

from placeplan.segments.privacy.linking import Outcome

Row = dict[str, str]
Told = tuple[str, str, str]
WORDS = {"1": "male", "m": "male", "male": "male", "2": "female", "f": "female", "female": "female"}


def number(text: str) -> str:
    """The ten digits of a valid number that is no placeholder, or nothing."""
    digits = text.replace(" ", "").replace("-", "")
    return digits if is_valid(text) and len(set(digits)) > 1 else ""


def status(text: str) -> str:
    digits = text.strip().replace(" ", "").replace("-", "")
    if not digits or (len(digits) == 10 and len(set(digits)) == 1):
        return "missing"
    return "valid" if number(text) else "invalid"


def looks(row: Row) -> tuple[str, ...] | None:
    """What the second pass compares, or nothing where something is not known."""
    sex = WORDS.get(row["sex"].strip().lower(), "")
    postcode = row["postcode"].replace(" ", "").upper()
    initial = row["name"].strip().upper()[:1]
    told = (row["birth"], sex, postcode, initial)
    return told if all(told) else None


def outcomes(lists: Sequence[Row], others: Sequence[Row], opted_out: set[str]) -> Counter[Told]:
    """How many rows there are by source, status of the number, and outcome."""
    people: dict[tuple[str, ...], set[str]] = {}
    shunned = {looks(row) for row in (*lists, *others) if number(row["nhs"]) in opted_out} - {None}
    for row in lists:
        mine, told = number(row["nhs"]), looks(row)
        if mine and mine not in opted_out and told:
            people.setdefault(told, set()).add(mine)
    listed = {number(row["nhs"]) for row in lists} - opted_out - {""}
    found: Counter[Told] = Counter()
    for source, rows in (("lists", lists), ("hospital", others)):
        for row in rows:
            outcome = _outcome(row, source, listed=listed, people=people, shunned=shunned, opted_out=opted_out)
            found[source, status(row["nhs"]), outcome.value] += 1
    return found


def _outcome(
    row: Row,
    source: str,
    *,
    listed: set[str],
    people: dict[tuple[str, ...], set[str]],
    shunned: set[tuple[str, ...] | None],
    opted_out: set[str],
) -> Outcome:
    mine, told = number(row["nhs"]), looks(row)
    if mine and mine in opted_out:
        return Outcome.OPTED_OUT
    if mine and source == "lists":
        return Outcome.ON_A_LIST
    if mine:
        return Outcome.LINKED if mine in listed else Outcome.ON_NO_LIST
    if told in shunned:
        return Outcome.MAY_HAVE_OPTED_OUT
    fitting = people.get(told, set()) if told else set()
    return {0: Outcome.NOBODY, 1: Outcome.LINKED}.get(len(fitting), Outcome.TWO_PEOPLE)
