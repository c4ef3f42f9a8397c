"""Random frequency tables, small enough to attack in every way."""

from dataclasses import dataclass

import polars as pl
from hypothesis import strategies as st

from placeplan.disclosure.counted_tables import Totals

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60), st.just(0))


@dataclass(frozen=True)
class Case:
    """A table with the totals that are published."""

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    totals: Totals


def _frame(sizes: tuple[int, ...], counts: list[int]) -> pl.DataFrame:
    names = "xyz"[: len(sizes)]
    keys: list[tuple[str, ...]] = [()]
    for name, size in zip(names, sizes):
        keys = [(*key, f"{name}{place}") for key in keys for place in range(size)]
    columns = {name: [key[place] for key in keys] for place, name in enumerate(names)}
    return pl.DataFrame({**columns, "people": counts}, schema={**dict.fromkeys(names, pl.String), "people": pl.Int64})


def of_sizes(*sizes: int, counts: st.SearchStrategy[int] = COUNTS) -> st.SearchStrategy[Case]:
    """Tables of one size, each dimension with or without its total."""
    cells = 1
    for size in sizes:
        cells *= size
    names = tuple("xyz"[: len(sizes)])

    def case(drawn: tuple[list[int], tuple[bool, ...]]) -> Case:
        values, with_totals = drawn
        totals = {name: "all" for name, wanted in zip(names, with_totals) if wanted}
        return Case(_frame(sizes, values), names, totals)

    wanted = st.tuples(*(st.sampled_from([True, True, True, False]) for _ in sizes))
    return st.tuples(st.lists(counts, min_size=cells, max_size=cells), wanted).map(case)


@st.composite
def hierarchies(draw: st.DrawFn) -> Case:
    """Areas in regions in a country, by another label or by none."""
    other = draw(st.integers(1, 3))
    counts = draw(st.lists(COUNTS, min_size=5 * other, max_size=5 * other))
    areas = {"country": ("north", "south"), "north": ("x0", "x1"), "south": ("x2", "x3", "x4")}
    totals: Totals = {"x": areas, "y": "all"} if other > 1 else {"x": areas}
    return Case(_frame((5, other), counts), ("x", "y"), totals)


def tables() -> st.SearchStrategy[Case]:
    """Tables of one to three dimensions, flat and in a hierarchy."""
    sizes = [(1,), (2,), (5,), (9,), (2, 2), (3, 3), (2, 5), (2, 2, 2), (2, 2, 3)]
    return st.one_of(*(of_sizes(*size) for size in sizes), hierarchies())
