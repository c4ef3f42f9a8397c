"""Shares of spend, the Herfindahl-Hirschman index, and spend at each rating."""

from decimal import Decimal

import pytest

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.concentration import Concentration, ProviderSpend, concentration
from placeplan.indicators.variation.variation_levels import named

LEVELS = read_levels()
BANDS, RATINGS = LEVELS.index_bands[0], named(LEVELS.ratings, "care-quality-commission")


def _found(*spend: tuple[str, str | None, str]) -> Concentration:
    rows = [
        ProviderSpend(code, None if pounds is None else Decimal(pounds), rating=word) for code, pounds, word in spend
    ]
    return concentration(rows, bands=BANDS, ratings=RATINGS)


def test_shares_and_index() -> None:
    found = _found(("A", "500", "Good"), ("B", "300", "Inadequate"), ("C", "200", ""))
    assert found.providers["provider"].to_list() == ["A", "B", "C"]
    assert found.providers["share"].to_list() == [50, 30, 20]
    assert found.providers["cumulative"].to_list() == [50, 80, 100]
    assert found.index == 2500 + 900 + 400
    assert found.words == "highly concentrated"
    assert [found.share_of_top(number) for number in (1, 2, 5)] == [50, 80, 100]
    with pytest.raises(MethodInputError, match="expected 1 or more"):
        found.share_of_top(0)


@pytest.mark.parametrize(
    ("providers", "words"),
    [(1, "highly concentrated"), (6, "concentrated"), (10, "not concentrated"), (50, "not concentrated")],
)
def test_words_of_the_bands(providers: int, words: str) -> None:
    found = _found(*((f"P{number}", "7", "") for number in range(providers)))
    assert found.index == pytest.approx(10_000 / providers)
    assert found.words == words


def test_spend_at_each_rating_adds_up() -> None:
    found = _found(("A", "500", "good"), ("B", "300", "Inadequate"), ("C", "200", ""), ("D", "1000", "Closed in May"))
    assert found.by_rating["rating"].to_list() == [
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
        "Closed in May",
        "Not rated",
    ]
    assert found.by_rating["pounds"].to_list() == [0, 500, 0, 300, 1000, 200]
    assert found.by_rating["share"].sum() == pytest.approx(100)
    assert "The rating 'Closed in May' is none of care-quality-commission." in found.caveats


def test_spend_that_is_none_negative_or_unknown_is_noted_and_has_no_share() -> None:
    found = _found(("A", "500", ""), ("B", "0", ""), ("C", "-20", ""), ("D", None, ""))
    assert found.total == 500
    assert found.providers["share"].to_list() == [100, None, None, None]
    notes = dict(zip(found.providers["provider"], found.providers["note"], strict=True))
    assert notes == {
        "A": "",
        "B": "no spend",
        "C": "negative spend is left out of shares",
        "D": "spend is not known",
    }
    assert "1 providers: no spend." in found.caveats


def test_what_has_no_shares_is_refused() -> None:
    with pytest.raises(MethodInputError, match="no provider has positive spend"):
        _found(("A", "0", ""))
    with pytest.raises(MethodInputError, match="'A' is there twice"):
        _found(("A", "1", ""), ("A", "2", ""))
