"""Nobody is lost between two years, and nobody is there twice."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.capacity.staff_by_loops import staff_after

from placeplan.capacity.staff_projection import projected_staff

SHARE = st.floats(0, 1)
BANDS = ("young", "middle", "old")


def three(part: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    return st.lists(part, min_size=3, max_size=3)


@given(
    staff=three(st.floats(0, 5000)),
    given_=st.fixed_dictionaries(
        {
            "band_years": three(st.floats(1, 20)),
            "retiring": three(SHARE),
            "leaving": three(SHARE),
            "returning": SHARE,
            "joining": st.fixed_dictionaries({"recruited": three(st.floats(0, 300)), "trained": st.floats(0, 50)}),
        }
    ),
    years=st.integers(1, 12),
)
def test_staff_and_flows_add_up(staff: list[float], given_: dict[str, Any], years: int) -> None:
    found = projected_staff(BANDS, staff, years=years, **given_)
    flows = found.aged - found.retired - found.left + found.all_joined + found.returned
    assert np.diff(found.staff, axis=0) == pytest.approx(flows, abs=1e-6)
    assert found.aged.sum(axis=1) == pytest.approx(np.zeros(years), abs=1e-6)
    assert (found.staff >= -1e-9).all()
    assert found.returned[1:].sum() <= found.left[:-1].sum() + 1e-6
    assert found.staff[-1] == pytest.approx(staff_after(staff, years=years, **given_), abs=1e-6)
