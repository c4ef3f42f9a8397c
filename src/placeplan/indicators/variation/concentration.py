"""How concentrated spend is on few providers, and how much of it goes to each rating of quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.variation_levels import HUNDRED, IndexBands, RatingWords

MOST = 10_000
NO_INTERVAL = "Shares of spend are counts of pounds, not a sample, so they have no interval."
MARKET_WORDS = "The words of the bands describe a market, not how care is bought."
ZERO, NEGATIVE, UNKNOWN = "no spend", "negative spend is left out of shares", "spend is not known"


@dataclass(frozen=True, slots=True)
class ProviderSpend:
    """Spend on one provider in pounds, and its rating where it has one."""

    provider: str
    pounds: Decimal | None
    name: str = ""
    rating: str = ""


@dataclass(frozen=True, eq=False)
class Concentration:
    """Providers by their share of spend.

    ``providers``: ``provider, name, rating, pounds, share, rank, cumulative`` (shares in per cent, largest first) and
    ``note``; providers without positive spend come last, without a share. ``total`` is the positive spend that shares
    are of. ``index`` is the Herfindahl-Hirschman index: the sum of squared shares in per cent, from 10,000 over the
    number of providers to 10,000. ``words`` is its band. ``by_rating``: ``rating, providers, pounds, share``, best
    first and unrated last; a rating that the data use and the list does not name stands before the unrated. Its pounds
    add up to the total.
    """

    providers: pl.DataFrame
    total: Decimal
    index: float
    words: str
    by_rating: pl.DataFrame
    caveats: tuple[str, ...]

    def share_of_top(self, number: int) -> float:
        """The share in per cent of the largest so many providers; all of it where there are fewer.

        Raises:
            MethodInputError: the number is below 1.
        """
        if number < 1:
            raise MethodInputError(f"the largest {number} providers: expected 1 or more.")
        return float(self.providers["share"].drop_nulls().head(number).sum())


def concentration(spend: Sequence[ProviderSpend], *, bands: IndexBands, ratings: RatingWords) -> Concentration:
    """How spend is spread over providers.

    Providers without spend, with negative spend or with spend that is not known are listed with a note and have no
    share.

    Raises:
        MethodInputError: a provider twice, or none with positive spend.

    Source: Herfindahl and Hirschman; Rhoades, Federal Reserve Bulletin 1993;79:188-189.
    """
    _refuse_twice(spend)
    ordered = sorted(spend, key=lambda one: (-(one.pounds or Decimal(0)), one.provider))
    counted = [one for one in ordered if one.pounds is not None and one.pounds > 0]
    if not counted:
        raise MethodInputError("no provider has positive spend, so there are no shares.")
    total = sum((one.pounds for one in counted if one.pounds), Decimal(0))
    shares = [float(one.pounds / total * HUNDRED) for one in counted if one.pounds]
    index = sum(share * share for share in shares)
    others = [one for one in ordered if one.pounds is None or one.pounds <= 0]
    return Concentration(
        providers=_providers(counted, others, shares=shares),
        total=total,
        index=index,
        words=bands.words_for(index),
        by_rating=_by_rating(counted, total=total, ratings=ratings),
        caveats=_caveats(others, bands, counted=counted, ratings=ratings),
    )


def _refuse_twice(spend: Sequence[ProviderSpend]) -> None:
    codes = [one.provider for one in spend]
    if twice := sorted(code for code in set(codes) if codes.count(code) > 1):
        raise MethodInputError(f"the provider '{twice[0]}' is there twice; add its spend up first.")


def _note(one: ProviderSpend) -> str:
    if one.pounds is None:
        return UNKNOWN
    return ZERO if not one.pounds else NEGATIVE


def _providers(
    counted: Sequence[ProviderSpend], others: Sequence[ProviderSpend], *, shares: Sequence[float]
) -> pl.DataFrame:
    every, blanks = [*counted, *others], [None] * len(others)
    share = pl.Series("share", [*shares, *blanks], dtype=pl.Float64)
    return pl.DataFrame(
        {
            "provider": pl.Series([one.provider for one in every], dtype=pl.String),
            "name": pl.Series([one.name for one in every], dtype=pl.String),
            "rating": pl.Series([one.rating for one in every], dtype=pl.String),
            "pounds": pl.Series([None if one.pounds is None else float(one.pounds) for one in every], dtype=pl.Float64),
            "share": share,
            "rank": pl.Series([*range(1, len(counted) + 1), *blanks], dtype=pl.Int64),
            "cumulative": share.cum_sum(),
            "note": pl.Series([*[""] * len(counted), *map(_note, others)], dtype=pl.String),
        }
    )


def _by_rating(counted: Sequence[ProviderSpend], *, total: Decimal, ratings: RatingWords) -> pl.DataFrame:
    found = [_rating(one, ratings) for one in counted]
    unlisted = sorted(set(found) - {*ratings.words, ratings.unrated})
    words = [*ratings.words, *unlisted, ratings.unrated]
    pounds = {word: Decimal(0) for word in words}
    for word, one in zip(found, counted, strict=True):
        pounds[word] += one.pounds or Decimal(0)
    return pl.DataFrame(
        {
            "rating": words,
            "providers": pl.Series([found.count(word) for word in words], dtype=pl.Int64),
            "pounds": [float(pounds[word]) for word in words],
            "share": [float(pounds[word] / total * HUNDRED) for word in words],
        }
    )


def _rating(one: ProviderSpend, ratings: RatingWords) -> str:
    """The word of the list, whatever its capitals; the word as given where the list does not have it."""
    given = one.rating.strip()
    listed = {word.casefold(): word for word in (*ratings.words, ratings.unrated)}
    return listed.get(given.casefold(), given) or ratings.unrated


def _caveats(
    others: Sequence[ProviderSpend], bands: IndexBands, *, counted: Sequence[ProviderSpend], ratings: RatingWords
) -> tuple[str, ...]:
    words = [NO_INTERVAL, MARKET_WORDS]
    notes = [_note(one) for one in others]
    words.extend(f"{notes.count(note):,} providers: {note}." for note in (ZERO, NEGATIVE, UNKNOWN) if note in notes)
    listed = {*ratings.words, ratings.unrated}
    unlisted = dict.fromkeys(found for one in counted if (found := _rating(one, ratings)) not in listed)
    words.extend(f"The rating '{word}' is none of {ratings.id}." for word in unlisted)
    if not bands.confirmed:
        words.append("The bands of the index are unconfirmed.")
    return tuple(words)
