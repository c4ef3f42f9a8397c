"""Fitting a table to its margins, for any table and any margins that some table has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placeplan.demand.fitting import Margin, fitted

SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 5))
CELLS = st.floats(0.1, 1000)


@st.composite
def seeds_with_wanted(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A seed, and another table of its shape whose margins are asked for."""
    shape = draw(SHAPES)
    return draw(arrays(np.float64, shape, elements=CELLS)), draw(arrays(np.float64, shape, elements=CELLS))


def _margins(totals: np.ndarray, lost: int = -1) -> tuple[Margin, ...]:
    return tuple(
        Margin(str(place), (place,), None if place <= lost else float(total)) for place, total in enumerate(totals)
    )


@given(seeds_with_wanted())
def test_margins_that_a_table_has_are_met(tables: tuple[np.ndarray, np.ndarray]) -> None:
    seed, wanted = tables
    found = fitted(
        seed, rows=_margins(wanted.sum(axis=1)), columns=_margins(wanted.sum(axis=0)), total=float(wanted.sum())
    )
    assert found.sum(axis=1) == pytest.approx(wanted.sum(axis=1), rel=1e-6)
    assert found.sum(axis=0) == pytest.approx(wanted.sum(axis=0), rel=1e-6)


@given(seeds_with_wanted())
def test_cross_product_ratios_are_those_of_the_seed(tables: tuple[np.ndarray, np.ndarray]) -> None:
    """What tells the fit from any other table with these margins: it changes rows and columns alone."""
    seed, wanted = tables
    found = fitted(
        seed, rows=_margins(wanted.sum(axis=1)), columns=_margins(wanted.sum(axis=0)), total=float(wanted.sum())
    )
    ratio = np.log(found) - np.log(seed)
    centred = ratio - ratio.mean(axis=0) - ratio.mean(axis=1, keepdims=True) + ratio.mean()
    assert np.abs(centred).max() < 1e-6


@given(seeds_with_wanted(), st.integers(0, 4))
def test_lost_rows_add_up_to_what_is_left(tables: tuple[np.ndarray, np.ndarray], lost: int) -> None:
    seed, wanted = tables
    last = min(lost, len(seed) - 1)
    rows = _margins(wanted.sum(axis=1), lost=last)
    found = fitted(seed, rows=rows, columns=_margins(wanted.sum(axis=0)), total=float(wanted.sum()))
    assert found[: last + 1].sum() == pytest.approx(wanted[: last + 1].sum(), rel=1e-6)
    assert found.sum(axis=0) == pytest.approx(wanted.sum(axis=0), rel=1e-6)
