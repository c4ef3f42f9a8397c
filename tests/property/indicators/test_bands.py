"""Bands partition, whatever their edges; lists of bands that do not are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from placeplan.indicators.variation.bands import Band, Bands

EDGES = st.lists(st.integers(1, 60), unique=True, max_size=8).map(sorted)


def _bands(edges: list[int]) -> Bands:
    starts = [0, *edges]
    ends = [*(edge - 1 for edge in edges), None]
    return Bands(bands=tuple(Band(first=first, last=last) for first, last in zip(starts, ends, strict=True)))


@given(EDGES, st.integers(0, 200))
def test_every_count_is_in_exactly_one_band(edges: list[int], count: int) -> None:
    bands = _bands(edges)
    assert [count in band for band in bands.bands].count(True) == 1
    assert count in bands.band_of(count)


@given(EDGES, st.lists(st.integers(0, 200)))
def test_numbers_in_bands_add_up(edges: list[int], counts: list[int]) -> None:
    assert sum(_bands(edges).numbers_in(counts)) == len(counts)


@given(st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(0, 12)), max_size=5))
def test_accepted_bands_partition_and_the_others_are_refused(edges: list[tuple[int, int | None]]) -> None:
    def belongs(count: int) -> int:
        return sum(first <= count and (last is None or count <= last) for first, last in edges)

    partition = all(belongs(count) == 1 for count in range(30)) and edges == sorted(edges, key=lambda edge: edge[0])
    in_order = all(last is None or first <= last for first, last in edges)
    if partition and in_order:
        assert Bands(bands=tuple(Band(first=first, last=last) for first, last in edges))
    else:
        with pytest.raises(ValidationError):
            Bands(bands=tuple(Band(first=first, last=last) for first, last in edges))
