"""Whether spend and activity of two releases, shown exactly, tell of the few people by whom their groups may differ.

Numbers of people are rounded and spend is not. Where the people of a group may differ by a small number between two
releases, the difference of its spend may be what those few cost.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from placeplan.disclosure.protecting import ProtectedTable
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import Location, Problem

_OLD = "_of_the_earlier_release"
MEND = "Release it with --people-only, or the same figures as before."


def measures_differencing(
    first: ProtectedTable, second: ProtectedTable, *, measures: tuple[pl.DataFrame, pl.DataFrame], rule: DisclosureRule
) -> Iterator[Problem]:
    """Groups of both releases whose measures differ while their people may differ by a small number.

    Groups are compared over the dimensions that both have; totals over the others stand for them.

    Args:
        first: what is out already.
        second: what is to be released.
        measures: of each, row by row beside its ``frame``; whole numbers, blank where withheld.
        rule: what is small, and how people are rounded.
    """
    common = [name for name in first.dimensions if name in second.dimensions]
    names = [name for name in measures[0].columns if name in measures[1].columns]
    if not names:
        return
    old, new = (_group(table, own, common=common) for table, own in zip((first, second), measures, strict=True))
    if old is None or new is None:
        return
    joined = new.join(old, on=common, how="inner", suffix=_OLD) if common else new.join(old, how="cross", suffix=_OLD)
    apart = rule.rounded_to - 1 if rule.rounded_to else 0
    for row in joined.iter_rows(named=True):
        if any(row[name] is None or row[f"{name}{_OLD}"] is None for name in [second.count, *names]):
            continue
        differing = [name for name in names if row[name] != row[f"{name}{_OLD}"]]
        people = row[second.count] - row[f"{second.count}{_OLD}"]
        if differing and _may_be_small(people, apart=apart, rule=rule):
            yield _problem([str(row[name]) for name in common], differing)


def _group(table: ProtectedTable, measures: pl.DataFrame, *, common: Sequence[str]) -> pl.DataFrame | None:
    """Rows about the common dimensions alone; none where another dimension has no total."""
    others: Mapping[str, object] = {name: table.totals.get(name) for name in table.dimensions if name not in common}
    if not all(isinstance(total, str) for total in others.values()):
        return None
    rows = pl.concat([table.frame.select(*table.dimensions, table.count), measures], how="horizontal")
    for name, total in others.items():
        rows = rows.filter(pl.col(name).eq(total))
    return rows.select(*common, table.count, *measures.columns)


def _may_be_small(people: int, *, apart: int, rule: DisclosureRule) -> bool:
    """Whether a difference of rounded numbers, each up to half a step off, may be one that the rule withholds."""
    lowest, highest = rule.small
    return any(lowest <= abs(one) <= highest for one in range(people - apart, people + apart + 1))


def _problem(labels: Sequence[str], differing: Sequence[str]) -> Problem:
    group = ", ".join(labels) or "everybody"
    message = f"{' and '.join(differing)} of {group} differ, while its people may differ by a few only"
    return Problem(Location("table"), message, "the same figures, or people alone", MEND)
