"""Frequency tables with their totals: which cells there are, and which are sums of which others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from placeplan.disclosure.refusing import refuse, table_problem
from placeplan.kernel.errors import Problem

Totals = Mapping[str, str | Mapping[str, Sequence[str]]]
Integers = NDArray[np.int64]
MOST_COMBINATIONS = 5_000_000
"""Combinations of labels that one table may have; beyond, it is refused rather than left to run out of memory."""


@dataclass(frozen=True, eq=False)
class CountedTable:
    """Every combination of the labels of some dimensions, totals included, with its count.

    ``keys`` are the labels of each cell, in the order of ``counts``. Each row of ``sums`` is one total: 1 for its
    parts, -1 for itself; a row times the counts is zero. ``totals`` are the cells that the rows are about, in order;
    ``along`` the dimension that each adds up.
    """

    dimensions: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    counts: Integers
    sums: sparse.csr_array
    totals: Integers
    along: tuple[str, ...]

    def named(self, cell: int) -> str:
        """A cell in words: its labels."""
        return ", ".join(self.keys[cell])

    def parts_of(self, relation: int) -> Integers:
        """The cells that a total adds up."""
        row = self.sums.indices[self.sums.indptr[relation] : self.sums.indptr[relation + 1]]
        return np.sort(row[row != self.totals[relation]]).astype(np.int64)


def counted_table(frame: pl.DataFrame, *, dimensions: Sequence[str], count: str, totals: Totals) -> CountedTable:
    """Read a frame of counts, one row a cell.

    Args:
        frame: text columns of ``dimensions`` and a column of whole numbers. A combination without a row counts nobody.
        dimensions: names of the columns that say what a row is about.
        count: name of the column of counts.
        totals: for each dimension that has totals, the label of the total of all other labels, or each total with its
            parts; totals may be parts of totals. Rows of totals may stand in the frame; then they must add up.

    Raises:
        InputError: with every row that cannot be used and every total that does not add up.
    """
    _check_columns(frame, dimensions, count=count, totals=totals)
    _check_rows(frame, dimensions, count=count)
    trees = [_tree(frame, name, totals=totals.get(name, {})) for name in dimensions]
    labels = [list(dict.fromkeys([*frame[name].to_list(), *tree])) for name, tree in zip(dimensions, trees)]
    _check_size(labels)
    grid, given = _grid(frame, dimensions, count=count, labels=labels)
    sums = [_order(tree, name) for name, tree in zip(dimensions, trees)]
    _add_up(grid, sums, labels=labels)
    keys = tuple(product(*labels))
    counts = grid.ravel()
    wrong = np.flatnonzero((given.ravel() >= 0) & (given.ravel() != counts))
    refuse([_not_adding_up(keys[cell], int(given.ravel()[cell]), sums=int(counts[cell])) for cell in wrong])
    relations = _relations(sums, labels=labels, dimensions=dimensions)
    return CountedTable(tuple(dimensions), keys, counts, *relations)


def _check_columns(frame: pl.DataFrame, dimensions: Sequence[str], *, count: str, totals: Totals) -> None:
    problems = [
        table_problem(f"there is no column '{name}'", expected=f"one of {', '.join(frame.columns)}")
        for name in (*dimensions, count)
        if name not in frame.columns
    ]
    problems += [
        table_problem(f"totals are named for '{name}', which is no dimension", expected=f"{', '.join(dimensions)}")
        for name in totals
        if name not in dimensions
    ]
    if not dimensions:
        problems.append(table_problem("no dimension is named", expected="one column or more"))
    refuse(problems)


def _check_size(labels: list[list[str]]) -> None:
    combinations = prod(len(of_one) for of_one in labels)
    if combinations > MOST_COMBINATIONS:
        message = f"the labels make {combinations:,} combinations"
        mend = "Protect one part of the table after the other, or use fewer dimensions."
        refuse([table_problem(message, expected=f"at most {MOST_COMBINATIONS:,}", mend=mend)])


def _check_rows(frame: pl.DataFrame, dimensions: Sequence[str], *, count: str) -> None:
    """Refuse rows without a count or a label, counts that are no whole numbers, and cells that stand there twice."""
    numbers = frame[count].cast(pl.Float64, strict=False)
    bad = (numbers.is_null() | numbers.is_nan() | (numbers < 0) | (numbers != numbers.floor())).fill_null(value=True)
    problems = [
        table_problem(
            f"{frame[count][row]!r} is no count", row=row, field=count, expected="a whole number, zero or more"
        )
        for row in np.flatnonzero(bad.to_numpy()).tolist()
    ]
    for name in dimensions:
        problems += [
            table_problem("the label is missing", row=row, field=name, expected="a text")
            for row in np.flatnonzero(frame[name].is_null().to_numpy()).tolist()
        ]
    twice = ~frame.select(pl.struct(dimensions).is_first_distinct()).to_series()
    problems += [
        table_problem("this cell stands in an earlier row already", row=row, expected="one row a cell")
        for row in np.flatnonzero(twice.to_numpy()).tolist()
    ]
    refuse(problems)


def _tree(frame: pl.DataFrame, name: str, *, totals: str | Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each total of a dimension with its parts."""
    if isinstance(totals, str):
        others = tuple(label for label in frame[name].unique(maintain_order=True).to_list() if label != totals)
        return {totals: others}
    known = {*frame[name].to_list(), *totals}
    refuse(
        table_problem(f"'{part}' is a part of '{total}' and stands in no row", field=name, expected="a label of a row")
        for total, parts in totals.items()
        for part in parts
        if part not in known
    )
    return {total: tuple(parts) for total, parts in totals.items()}


def _order(tree: Mapping[str, tuple[str, ...]], name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Totals with their parts, totals of totals last."""
    waiting, ordered = dict(tree), list[tuple[str, tuple[str, ...]]]()
    while waiting:
        ready = [total for total, parts in waiting.items() if not any(part in waiting for part in parts)]
        if not ready:
            refuse([table_problem(f"these totals are parts of one another: {', '.join(waiting)}", field=name)])
        ordered += [(total, waiting.pop(total)) for total in ready]
    return ordered


def _grid(
    frame: pl.DataFrame, dimensions: Sequence[str], *, count: str, labels: list[list[str]]
) -> tuple[Integers, Integers]:
    """Counts of all cells, zero where there is no row; and the same with -1 where there is no row."""
    places = [{label: place for place, label in enumerate(of_one)} for of_one in labels]
    index = tuple(np.array([place[label] for label in frame[name]]) for name, place in zip(dimensions, places))
    given = np.full([len(of_one) for of_one in labels], -1, dtype=np.int64)
    if frame.height:
        given[index] = frame[count].cast(pl.Int64).to_numpy()
    return np.maximum(given, 0), given


def _add_up(grid: Integers, sums: list[list[tuple[str, tuple[str, ...]]]], *, labels: list[list[str]]) -> None:
    """Work out every total in place, from its parts."""
    for axis, of_axis in enumerate(sums):
        turned = np.moveaxis(grid, axis, 0)
        for total, parts in of_axis:
            turned[labels[axis].index(total)] = turned[[labels[axis].index(part) for part in parts]].sum(axis=0)


def _relations(
    sums: list[list[tuple[str, tuple[str, ...]]]], *, labels: list[list[str]], dimensions: Sequence[str]
) -> tuple[sparse.csr_array, Integers, tuple[str, ...]]:
    """One row for each total: its parts less itself."""
    shape = [len(of_one) for of_one in labels]
    cells = np.arange(int(np.prod(shape))).reshape(shape)
    totals: list[Integers] = []
    blocks: list[sparse.csr_array] = []
    along: list[str] = []
    for axis, of_axis in enumerate(sums):
        turned = np.moveaxis(cells, axis, 0).reshape(shape[axis], cells.size // max(shape[axis], 1))
        for total, parts in of_axis:
            owners, added = turned[labels[axis].index(total)], turned[[labels[axis].index(part) for part in parts]]
            rows = np.concatenate([np.tile(np.arange(owners.size), len(parts)), np.arange(owners.size)])
            signs = np.concatenate([np.ones(added.size), -np.ones(owners.size)])
            columns = np.concatenate([added.ravel(), owners])
            blocks.append(sparse.csr_array((signs, (rows, columns)), shape=(owners.size, cells.size)))
            totals.append(owners)
            along += [dimensions[axis]] * owners.size
    if not blocks:
        return sparse.csr_array((0, cells.size)), np.array([], dtype=np.int64), ()
    return sparse.csr_array(sparse.vstack(blocks)), np.concatenate(totals).astype(np.int64), tuple(along)


def _not_adding_up(key: tuple[str, ...], given: int, *, sums: int) -> Problem:
    return table_problem(
        f"the total {', '.join(key)} is {given:,}, and its parts add up to {sums:,}",
        expected="totals that are the sums of their parts",
        mend="Mend the total, or leave its row out: it is then worked out.",
    )
