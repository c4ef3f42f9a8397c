"""Tiny tables, attacked the slow obvious way: write down every table that could have been published like this."""

import itertools
from collections.abc import Iterator

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from placeplan.app.disclosure_rules import rule_named
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.rule import DisclosureRule

RULES = [rule_named("hes-2018"), rule_named("hes-before-2018")]
MOST = 11
"""Cells are tried from zero to this."""
SHAPES = [(2, 1), (3, 1), (2, 2)]


def published(counts: tuple[int, ...], shape: tuple[int, int], *, rule: DisclosureRule) -> ProtectedTable:
    rows, columns = shape
    cells = [(f"r{i}", f"c{j}") for i in range(rows) for j in range(columns)]
    frame = pl.DataFrame({"r": [r for r, _ in cells], "c": [c for _, c in cells], "n": counts})
    totals = {"r": "all", "c": "all"} if columns > 1 else {"r": "all"}
    return protect(frame, dimensions=["r", "c"], count="n", rule=rule, totals=totals)


def with_totals(counts: tuple[int, ...], shape: tuple[int, int]) -> list[int]:
    """All cells of a table in the order of the protected frame."""
    rows, columns = shape
    table = [list(counts[i * columns : (i + 1) * columns]) for i in range(rows)]
    table.append([sum(row[j] for row in table) for j in range(columns)])
    if columns > 1:
        table = [[*row, sum(row)] for row in table]
    return [number for row in table for number in row]


def looks_like(number: int, row: dict[str, object], *, rule: DisclosureRule) -> bool:
    """Whether a number could stand behind what is shown."""
    lowest, highest = rule.small
    if row["shown"] == rule.symbol:
        return lowest <= number <= highest
    if row["shown"] == rule.secondary_symbol:
        return True
    if lowest <= number <= highest:
        return False
    base = rule.rounded_to or 1
    return abs(number - int(str(row["n"]))) * 2 < base and (number == 0) == (row["n"] == 0)


def tables_like(found: ProtectedTable, shape: tuple[int, int]) -> Iterator[list[int]]:
    rows = found.frame.to_dicts()
    for counts in itertools.product(range(MOST + 1), repeat=shape[0] * shape[1]):
        table = with_totals(counts, shape)
        if all(looks_like(number, row, rule=found.rule) for number, row in zip(table, rows)):
            yield table


@settings(max_examples=settings.default.max_examples // 6)
@given(
    st.sampled_from(SHAPES).flatmap(
        lambda shape: st.tuples(
            st.just(shape),
            st.tuples(*[st.one_of(st.integers(0, 8), st.integers(0, MOST - 2))] * (shape[0] * shape[1])),
        )
    ),
    st.sampled_from(RULES),
)
def test_every_small_number_could_be_several(
    drawn: tuple[tuple[int, int], tuple[int, ...]], rule: DisclosureRule
) -> None:
    shape, counts = drawn
    found = published(counts, shape, rule=rule)
    true = with_totals(counts, shape)
    seen: list[set[int]] = [set() for _ in true]
    for table in tables_like(found, shape):
        for values, number in zip(seen, table):
            values.add(number)
    for number, values in zip(true, seen):
        assert number in values
        if rule.small[0] <= number <= rule.small[1]:
            assert len(values) >= rule.needed_values
