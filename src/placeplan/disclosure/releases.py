"""Differencing: whether two releases together give away a small number that neither shows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from placeplan.disclosure.attacking import System, possible_range
from placeplan.disclosure.complementary import MOST_CELLS
from placeplan.disclosure.counted_tables import counted_table
from placeplan.disclosure.protecting import KIND, ProtectedTable
from placeplan.disclosure.published import CellKind, Known
from placeplan.disclosure.refusing import refuse, table_problem
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import Problem

Nested = Mapping[str, Mapping[str, Collection[str]]]
Label = tuple[str, ...]
Groups = dict[Label, list[int]]
MEND = "Withhold this row too, or release the same groups as before."


@dataclass(frozen=True, eq=False)
class _Release:
    """What a reader of one release knows of each row."""

    rows: list[Label]
    known: Known
    sums: sparse.csr_array


def refuse_differencing(
    first: ProtectedTable, second: ProtectedTable, *, rule: DisclosureRule, nested: Nested | None = None
) -> None:
    """Refuse a second release that gives a small number away beside the first.

    Raises:
        InputError: with every row of the second release that does.
    """
    refuse(differencing(first, second, rule=rule, nested=nested))


def differencing(
    first: ProtectedTable, second: ProtectedTable, *, rule: DisclosureRule, nested: Nested | None = None
) -> tuple[Problem, ...]:
    """The rows of a second release that give a small number away beside the first; empty where none does.

    Args:
        first: what is out already.
        second: what is to be released. Its dimensions are those of the first, in any order, or more; a further
            dimension is taken to divide the same people.
        rule: what is small.
        nested: for a dimension, each label with the smallest groups it is made of, where a label of one release lies
            within a label of the other (ages 0 to 64 within ages 0 to 65).

    Raises:
        InputError: the second release lacks a dimension of the first, or both together are too large to compare.
    """
    if not rule.withholds:
        return ()
    _refuse_unlike(first, second)
    old, new = _release(first, rule), _release(second, rule)
    cells = len(old.rows) + len(new.rows)
    if cells > MOST_CELLS:
        refuse([table_problem(f"both releases have {cells:,} rows", expected=f"at most {MOST_CELLS:,} together")])
    groups = _groups(first, second, rows=new.rows)
    differences = _small_differences(first, old=old, new=new, groups=groups, rule=rule, nested=nested or {})
    return (*differences, *_solved(first, second, old=old, new=new, groups=groups, rule=rule))


def _refuse_unlike(first: ProtectedTable, second: ProtectedTable) -> None:
    lacking = [name for name in first.dimensions if name not in second.dimensions]
    refuse(
        table_problem(
            f"the second release has no dimension '{name}'",
            field=name,
            expected=f"the dimensions of the first ({', '.join(first.dimensions)}), or more",
        )
        for name in lacking
    )


def _release(table: ProtectedTable, rule: DisclosureRule) -> _Release:
    """Bounds from the signs alone; a withheld number that is not marked small may be anything."""
    kinds = table.frame[KIND].to_numpy()
    shown = table.frame[table.count].fill_null(0).to_numpy().astype(float)
    lower, upper = shown.copy(), shown.copy()
    own = table.rule if table.rule.withholds else rule
    base = own.rounded_to or 1
    near = kinds == CellKind.ROUNDED.value
    lower[near] = np.maximum(np.ceil(shown[near] - base / 2), own.small[1] + 1)
    upper[near] = np.ceil(shown[near] + base / 2) - 1
    lower[kinds == CellKind.PRIMARY.value], upper[kinds == CellKind.PRIMARY.value] = own.small
    lower[kinds == CellKind.SECONDARY.value], upper[kinds == CellKind.SECONDARY.value] = 0, np.inf
    blank = table.frame.select(table.dimensions).with_columns(pl.lit(0).alias("count"))
    sums = counted_table(blank, dimensions=table.dimensions, count="count", totals=table.totals).sums
    return _Release(table.frame.select(table.dimensions).rows(), Known(lower, upper), sums)


def _small_differences(
    first: ProtectedTable, *, old: _Release, new: _Release, groups: Groups, rule: DisclosureRule, nested: Nested
) -> Iterator[Problem]:
    """Rows of the same group, or of a group within another, whose difference is surely small."""
    places = {row: place for place, row in enumerate(old.rows)}
    for row, parts in groups.items():
        pairs = [places[row]] if row in places else []
        if nested:
            pairs += [
                there
                for there, other in enumerate(old.rows)
                if _within(row, other, dimensions=first.dimensions, nested=nested)
            ]
        for there in pairs:
            if _gives_away(new.known, parts, old=old.known, there=there, rule=rule):
                other = ", ".join(old.rows[there])
                message = f"{', '.join(row)} less {other} of the earlier release leaves a small number of people"
                yield table_problem(message, row=parts[0], expected=_expected(rule), mend=MEND)


def _expected(rule: DisclosureRule) -> str:
    lowest, highest = rule.small
    return f"{rule.needed_values} possible values or more for every number from {lowest} to {highest}"


def _within(row: Label, other: Label, *, dimensions: tuple[str, ...], nested: Nested) -> bool:
    """Whether one group lies within the other, either way, and is not the same."""
    pairs = [
        (set(nested.get(name, {}).get(mine, (mine,))), set(nested.get(name, {}).get(theirs, (theirs,))))
        for name, mine, theirs in zip(dimensions, row, other)
    ]
    inside, outside = all(mine <= theirs for mine, theirs in pairs), all(mine >= theirs for mine, theirs in pairs)
    return row != other and (inside or outside)


def _gives_away(new: Known, parts: list[int], *, old: Known, there: int, rule: DisclosureRule) -> bool:
    """Whether the difference of a row and the sum of some is surely a small number, and nearly known."""
    _, highest = rule.small
    least = new.lower[parts].sum() - old.upper[there]
    most = new.upper[parts].sum() - old.lower[there]
    return any(
        low >= 0 and 0 < high <= highest and high - max(low, 1) + 1 < rule.needed_values
        for low, high in ((least, most), (-most, -least))
    )


def _solved(
    first: ProtectedTable,
    second: ProtectedTable,
    *,
    old: _Release,
    new: _Release,
    groups: Groups,
    rule: DisclosureRule,
) -> Iterator[Problem]:
    """Withheld rows of either release that both together pin down."""
    sums = sparse.block_diag([old.sums, new.sums], format="csr")
    known = Known(
        np.concatenate([old.known.lower, new.known.lower]), np.concatenate([old.known.upper, new.known.upper])
    )
    links = _links(old, new, groups=groups)
    system = System(sparse.csr_array(sparse.vstack([sums, links], format="csr")), known)
    hidden = np.concatenate([table.frame[KIND].to_numpy() == CellKind.PRIMARY.value for table in (first, second)])
    for cell in np.flatnonzero(hidden).tolist():
        found = possible_range(system, cell)
        if found is not None and found[1] - found[0] + 1 >= rule.needed_values:
            continue
        if found is None:
            message = "the releases contradict each other, so what they give away together cannot be judged"
            yield table_problem(message, expected="two releases about the same people", mend=MEND)
            return
        earlier = cell < len(old.rows)
        row = old.rows[cell] if earlier else new.rows[cell - len(old.rows)]
        which = "the earlier release" if earlier else "this release"
        message = f"the small number at {', '.join(row)} of {which} can be worked out from both releases together"
        place = None if earlier else cell - len(old.rows)
        yield table_problem(message, row=place, expected=_expected(rule), mend=MEND)


def _groups(first: ProtectedTable, second: ProtectedTable, *, rows: list[Label]) -> Groups:
    """The rows of the second release that make up each group of people by the dimensions of the first."""
    places = [second.dimensions.index(name) for name in first.dimensions]
    found: Groups = {}
    for here, row in enumerate(rows):
        if _is_leaf(row, second, places=places):
            found.setdefault(tuple(row[place] for place in places), []).append(here)
    return found


def _links(old: _Release, new: _Release, *, groups: Groups) -> sparse.csr_array:
    """Sums over both releases: a row of the first is its row in the second, or all of its parts there together.

    Rows whose bounds shut each other out are about different people (someone joined or left) and are not tied.
    """
    offset = len(old.rows)
    rows, columns, signs, number = list[int](), list[int](), list[int](), 0
    for there, row in enumerate(old.rows):
        parts = groups.get(row, [])
        low, high = new.known.lower[parts].sum(), new.known.upper[parts].sum()
        if not parts or high < old.known.lower[there] or low > old.known.upper[there]:
            continue
        rows += [number] * (len(parts) + 1)
        columns += [there, *(offset + part for part in parts)]
        signs += [-1, *([1] * len(parts))]
        number += 1
    return sparse.csr_array((signs, (rows, columns)), shape=(number, offset + len(new.rows)))


def _is_leaf(row: Label, second: ProtectedTable, *, places: list[int]) -> bool:
    """Whether a row is no total along a dimension that only the second release has."""
    for place, name in enumerate(second.dimensions):
        totals = second.totals.get(name, {})
        named = [totals] if isinstance(totals, str) else list(totals)
        if place not in places and row[place] in named:
            return False
    return True
