"""Concentration and weighted budgets in exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.variation.concentration import ProviderSpend, concentration
from placeplan.indicators.variation.weighted_shares import PracticeSpend, weighted_budgets

LEVELS = read_levels()
PENCE = st.integers(-(10**6), 10**9)
WORDS = st.sampled_from(["Good", "good", "Outstanding", "Inadequate", "", "Unheard of"])


@given(st.lists(st.tuples(PENCE, WORDS), min_size=1, max_size=30), st.integers(1, 10))
def test_shares_index_and_ratings(rows: list[tuple[int, str]], number: int) -> None:
    positive = sorted((pence for pence, _ in rows if pence > 0), reverse=True)
    assume(positive)
    spend = [ProviderSpend(f"P{at}", Decimal(pence) / 100, rating=word) for at, (pence, word) in enumerate(rows)]
    found = concentration(spend, bands=LEVELS.index_bands[0], ratings=LEVELS.ratings[0])
    shares = [Fraction(100 * pence, sum(positive)) for pence in positive]
    assert found.index == pytest.approx(float(sum(share * share for share in shares)))
    assert found.share_of_top(number) == pytest.approx(float(sum(shares[:number])))
    for row in found.by_rating.iter_rows(named=True):
        wanted = [
            pence for pence, word in rows if pence > 0 and (word or "Not rated").casefold() == row["rating"].casefold()
        ]
        assert row["providers"] == len(wanted)
        assert row["pounds"] == pytest.approx(sum(wanted) / 100)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(0, 10**8))
def test_budgets_one_penny_at_a_time(lists: list[int], pence: int) -> None:
    assume(sum(lists))
    rows = [PracticeSpend(f"P{at:02d}", Decimal(people)) for at, people in enumerate(lists)]
    found = weighted_budgets(rows, total=Decimal(pence) / 100)
    owed = [Fraction(people * pence, sum(lists)) for people in lists]
    given_out = [int(one) for one in owed]
    while sum(given_out) < pence:
        neediest = max(range(len(lists)), key=lambda at: (owed[at] - given_out[at], -at))
        given_out[neediest] += 1
    assert [int((one.budget or 0) * 100) for one in found.practices] == given_out
