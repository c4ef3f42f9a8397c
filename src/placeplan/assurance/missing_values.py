"""Rows that lack something: a finding each, or one for the table when all or most of them lack it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from placeplan.assurance.findings import Check, Finding
from placeplan.assurance.phrasing import listed, many

FEWEST_FOR_ALL = 2
MOST_ALONE = 5
MOST_NAMED = 3


def missing_values(
    check: Check,
    rows: Sequence[Any],
    *,
    lacking: Sequence[Any],
    column: str,
    name_of: Callable[[Any], str],
    noun: str,
    **more: Any,
) -> Iterator[Finding]:
    """Findings for the rows in ``lacking``; one for the table when that is all ``rows``, or many and more than half
    of them.

    The message of the check is given the fact ``what``: ``risk risk-01 has no``, or ``none of the 15 risks has any``.

    Args:
        check: whose findings they are.
        rows: every row that could have the value.
        lacking: those that do not.
        column: heading of the value.
        name_of: the stable name of a row.
        noun: what a row is.
        more: other fields of the findings.
    """
    if len(lacking) == len(rows) >= FEWEST_FOR_ALL:
        what = f"none of the {many(len(rows), noun)} has any"
    elif len(lacking) > MOST_ALONE and len(lacking) * 2 > len(rows):
        names = listed([name_of(row) for row in lacking], MOST_NAMED)
        what = f"{len(lacking)} of the {many(len(rows), noun)} ({names}) have no"
    else:
        for row in lacking:
            facts: Mapping[str, Any] = {"what": f"{noun} {name_of(row)} has no"}
            yield check.finding(subject=name_of(row), location=row.place.at(column), facts=facts, **more)
        return
    place = lacking[0].place
    yield check.finding(subject=place.file, location=place.at(column), facts={"what": what}, **more)
