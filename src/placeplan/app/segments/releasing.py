"""Lets tables leave: by who may, under the disclosure rule, and only where no earlier release and this one together
would give a small number away. What left is kept in a ledger that is only added to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.measures_between_releases import measures_differencing
from placeplan.app.segments.privacy_definitions import read_policy
from placeplan.app.segments.private_files import Appending, added_to
from placeplan.disclosure.auditing import Audit
from placeplan.disclosure.protecting import KIND, ProtectedTable
from placeplan.disclosure.published import CellKind
from placeplan.disclosure.releases import Nested, differencing
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.privacy.chained_log import BrokenChainError, Entry, entries_of, next_entry
from placeplan.segments.privacy.stages import PrivacyPolicy, Request, refuse_unless_allowed

EVERYONE = "everyone"
_TABLE = "table"


@dataclass(frozen=True)
class About:
    """What a table is: its title, and whom it counts (``people registered in West Kent on 31 March 2017``).

    Tables that count the same people are compared with each other, whatever they were released for. ``nested`` says for
    labels of different releases that lie within one another which smallest groups they are made of.
    """

    title: str
    counted: str
    nested: Nested | None = None

    @property
    def same(self) -> str:
        """Whom it counts, as it is compared."""
        return " ".join(self.counted.casefold().split())


def release(
    table: ProtectedTable,
    about: About,
    *,
    request: Request,
    ledger: Path,
    at: datetime,
    policy: PrivacyPolicy | None = None,
    measures: pl.DataFrame | None = None,
) -> Entry:
    """Let a table leave, and note it.

    Args:
        table: what ``placeplan.disclosure.protecting.protect`` gave.
        about: its title, and whom it counts.
        request: who asks, in which role, for what.
        ledger: the file of earlier releases; made where there is none.
        at: the time, with its zone.
        policy: of the place, where it has one of its own; the one that comes with Placeplan when left out.
        measures: whole numbers that leave beside the people, row by row, blank where withheld; spend is one.

    Raises:
        NotPermittedError: no permission allows it; nothing is noted.
        InputError: the table is not under the rule, or together with an earlier one it would give a small number away:
            every row and release where it would; or the ledger cannot be read, was changed, or cannot be written.
    """
    policy = policy or read_policy()
    refuse_unless_allowed(policy, replace(request, action="release-tables"))
    rule = rule_named(policy.disclosure_rule)
    _refuse(unfit(table, about, rule=rule))
    beside = pl.DataFrame() if measures is None else measures
    with added_to(ledger) as held:
        earlier = earlier_entries(held)
        for entry in earlier:
            if entry.says["same"] == about.same:
                people = _given_away(table, entry, rule=rule, nested=about.nested, ledger=ledger.name)
                _refuse((*people, *_measures_given_away(table, beside, entry=entry, rule=rule)))
        told = _as_data(table, about, request=request, at=at)
        entry = next_entry(earlier, told | {"measures": [[name, column.to_list()] for name, column in _named(beside)]})
        held.add(entry.line())
    return entry


def earlier_entries(held: Appending) -> tuple[Entry, ...]:
    """The entries of a record that is held.

    Raises:
        InputError: it was changed.
    """
    try:
        return entries_of(held.text())
    except BrokenChainError as error:
        mend = "Find out who changed it, and put the last good copy in its place; nothing is done until then."
        raise InputError([Problem(Location(held.name), str(error), mend=mend)]) from error


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


def unfit(table: ProtectedTable, about: About, *, rule: DisclosureRule) -> Iterator[Problem]:
    """Why a table may not leave whatever left before."""
    if not about.same or not about.title.strip():
        yield Problem(Location(_TABLE), "nothing says what the table is and whom it counts", "a title and a population")
    if table.rule.id != rule.id:
        message = f"the table is under the rule '{table.rule.id}'"
        yield Problem(Location(_TABLE), message, f"the rule '{rule.id}'", "Protect the counts under this rule.")
        return
    lowest, highest = rule.small
    as_it_is = (pl.col(KIND) == CellKind.SHOWN.value) & (pl.col(table.count) > 0)
    exposed = table.frame.filter(as_it_is & (pl.lit(rule.rounded_to is not None) | (pl.col(table.count) <= highest)))
    if exposed.height:
        message = f"{exposed.height} numbers stand as they were counted: the rule did nothing to this table"
        yield Problem(Location(_TABLE), message, f"numbers from {lowest} to {highest} withheld, others rounded")


def _given_away(
    table: ProtectedTable, entry: Entry, *, rule: DisclosureRule, nested: Nested | None, ledger: str
) -> Iterator[Problem]:
    """What a table and an earlier one give away together, seen from the coarser of the two each way."""
    earlier = _from_data(entry.says)
    old, new = _with_common_dimension(earlier, table)
    common = [name for name in old.dimensions if name in new.dimensions]
    of_old, of_new = _margin(old, common), _margin(new, common)
    which = f"release {entry.number} ('{entry.says['title']}', {entry.says['at'][:10]})"
    if of_old is None and of_new is None:
        message = f"this table cannot be compared with {which}: they divide people differently, and neither has totals"
        mend = (
            f"Name totals, so that both can be compared by {', '.join(common)}; or release the same groups as before."
        )
        yield Problem(Location(ledger, entry.number), message, mend=mend)
    if of_old is not None:
        for problem in differencing(of_old, new, rule=rule, nested=nested):
            yield replace(problem, message=f"beside {which}: {problem.message}")
    if of_new is not None and set(new.dimensions) != set(old.dimensions):
        for problem in differencing(of_new, old, rule=rule, nested=nested):
            message = f"beside {which}: {_the_other_way(problem.message)}"
            yield replace(problem, location=Location(ledger, entry.number), message=message)


def _named(measures: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
    """The measures, each with its name."""
    return ((column.name, column) for column in measures)


def _measures_given_away(
    table: ProtectedTable, measures: pl.DataFrame, *, entry: Entry, rule: DisclosureRule
) -> Iterator[Problem]:
    """What the spend and activity of a table and of an earlier one give away together."""
    told = {name: pl.Series(name, numbers, dtype=pl.Int64) for name, numbers in entry.says.get("measures", [])}
    both = (pl.DataFrame(told), measures)
    for problem in measures_differencing(_from_data(entry.says), table, measures=both, rule=rule):
        which = f"release {entry.number} ('{entry.says['title']}', {entry.says['at'][:10]})"
        yield replace(problem, message=f"beside {which}: {problem.message}")


def _the_other_way(message: str) -> str:
    """What is said of two releases, where the later one was looked at first."""
    parts = [part.replace("the earlier release", "this release") for part in message.split("this release")]
    return "the earlier release".join(parts)


def _with_common_dimension(old: ProtectedTable, new: ProtectedTable) -> tuple[ProtectedTable, ProtectedTable]:
    """Both tables, with everyone as a dimension of one label where they share no other."""
    if set(old.dimensions) & set(new.dimensions):
        return old, new
    return _of_everyone(old), _of_everyone(new)


def _of_everyone(table: ProtectedTable) -> ProtectedTable:
    frame = table.frame.with_columns(pl.lit(EVERYONE).alias(EVERYONE))
    return replace(table, frame=frame, dimensions=(*table.dimensions, EVERYONE))


def _margin(table: ProtectedTable, dimensions: list[str]) -> ProtectedTable | None:
    """The rows of a table that are totals along every other dimension; nothing where one has no total of all."""
    frame = table.frame
    for name in table.dimensions:
        if name not in dimensions:
            totals = table.totals.get(name)
            if not isinstance(totals, str):
                return None
            frame = frame.filter(pl.col(name) == totals)
    kept = {name: of_one for name, of_one in table.totals.items() if name in dimensions}
    return replace(table, frame=frame, dimensions=tuple(dimensions), totals=kept)


def _as_data(table: ProtectedTable, about: About, *, request: Request, at: datetime) -> dict[str, Any]:
    """What left, and to whom: what is shown, and no number that is withheld."""
    return {
        "at": at.isoformat(),
        "title": about.title,
        "counted": about.counted,
        "same": about.same,
        "requester": request.requester,
        "role": request.role,
        "purpose": request.purpose,
        "rule": table.rule.id,
        "dimensions": list(table.dimensions),
        "count": table.count,
        "totals": {
            name: of_one if isinstance(of_one, str) else {total: list(parts) for total, parts in of_one.items()}
            for name, of_one in table.totals.items()
        },
        "rows": [list(row) for row in table.frame.select(*table.dimensions, table.count, KIND).rows()],
    }


def _from_data(says: Any) -> ProtectedTable:
    dimensions, count = tuple(says["dimensions"]), says["count"]
    schema = {**dict.fromkeys(dimensions, pl.String()), count: pl.Int64(), KIND: pl.String()}
    frame = pl.DataFrame(says["rows"], schema=schema, orient="row")
    audit = Audit(says["rule"], frame.height, int(frame[count].count()))
    return ProtectedTable(frame, dimensions, count, says["totals"], rule_named(says["rule"]), audit)
