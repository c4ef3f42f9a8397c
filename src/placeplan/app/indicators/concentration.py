"""How concentrated spend is on few providers, in each market of a file and in all together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from placeplan.app.indicator_levels import read_levels
from placeplan.app.indicators.own_files import OwnTable, read_own, text_in
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.variation.concentration import Concentration, ProviderSpend, concentration
from placeplan.indicators.variation.variation_levels import IndexBands
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.reports.pictures.axes import how_many, printed
from placeplan.reports.pictures.bars import Bar, bars_picture
from placeplan.reports.pictures.picture import StatisticalPicture

LAYOUT = "provider-spend"
ALL_TOGETHER = "all spend together"
SEVERAL_RATINGS = "Several ratings"
NO_MARKET = "no market named"
TOP = (1, 3, 5)
MOST_PICTURES = 12
UNCONFIRMED_BANDS = "Unconfirmed bands"
TITLE = "Concentration of spend"


@dataclass(slots=True)
class _Provider:
    """What the rows of one provider in one market say together; spend is not known when that of any row is not."""

    name: str = ""
    pounds: Decimal | None = Decimal(0)
    ratings: tuple[str, ...] = ()

    def add(self, name: str, pounds: Decimal | None, *, rating: str) -> None:
        self.name = self.name or name
        self.pounds = None if self.pounds is None or pounds is None else self.pounds + pounds
        if rating and rating.casefold() not in {one.casefold() for one in self.ratings}:
            self.ratings = (*self.ratings, rating)

    def spend(self, code: str) -> ProviderSpend:
        rating = SEVERAL_RATINGS if len(self.ratings) > 1 else "".join(self.ratings)
        return ProviderSpend(code, self.pounds, self.name, rating)


def provider_concentration(path: Path, *, top: Sequence[int] = TOP) -> IndicatorReport:
    """Say how spend is spread over the providers of a file: shares, the largest few, the index, spend at each rating.

    The file has ``provider`` and ``spend``, and may have ``name``, ``rating`` and ``market`` (or ``service``). Each
    market is worked out by itself, and all together. ``top`` says of how many largest providers the share is told.

    Raises:
        InputError: the file cannot be read, or no provider in it has positive spend.
    """
    table = read_own(path, LAYOUT)
    levels = read_levels()
    markets, remarks = _markets(table)
    found: dict[str, Concentration] = {}
    without: list[str] = []
    for market, providers in markets.items():
        spend = [provider.spend(code) for code, provider in providers.items()]
        try:
            found[market] = concentration(spend, bands=levels.index_bands[0], ratings=levels.ratings[0])
        except MethodInputError as error:
            without.append(f"{market}: {error}")
    if not found:
        message = "no provider has positive spend that could be read, so there are no shares"
        raise InputError([Problem(Location(table.read.file, 0, "spend"), message), *table.read.problems])
    return IndicatorReport(
        title=TITLE,
        measure=None,
        tables=_tables(found, top=top, bands=levels.index_bands[0]),
        pictures=tuple(_pictures(found, bands=levels.index_bands[0])),
        says=(*_says(found, top=top, bands=levels.index_bands[0]), *without, *_incomplete(table)),
        remarks=(*table.remarks, *remarks),
    )


def _markets(table: OwnTable) -> tuple[dict[str, dict[str, _Provider]], list[Remark]]:
    """The providers of each market, and of all together first; a remark on each provider with several ratings."""
    headings = set(table.read.headings)
    by_market = bool({"market", "service"} & headings)
    markets: dict[str, dict[str, _Provider]] = {ALL_TOGETHER: {}}
    remarks: list[Remark] = []
    for row, place in table.rows():
        pounds = None if row["spend"] is None else Decimal(str(row["spend"]))
        own = text_in(row, "market") or text_in(row, "service") or NO_MARKET
        for market in (ALL_TOGETHER, own) if by_market else (ALL_TOGETHER,):
            provider = markets.setdefault(market, {}).setdefault(text_in(row, "provider"), _Provider())
            before = provider.ratings
            provider.add(text_in(row, "name"), pounds, rating=text_in(row, "rating"))
            if market == ALL_TOGETHER and before and provider.ratings != before:
                message = f"'{row['provider']}' is rated {provider.ratings[-1]} here and {before[0]} above"
                mend = f"Where its rows are added up it counts under '{SEVERAL_RATINGS}'."
                remarks.append(Remark(RemarkKind.OVERLAP, Problem(place.at("rating"), message, "", mend)))
    return markets, remarks


def _tables(found: Mapping[str, Concentration], *, top: Sequence[int], bands: IndexBands) -> dict[str, pl.DataFrame]:
    rows = [
        {
            "market": market,
            "providers": one.providers["share"].drop_nulls().len(),
            "pounds": float(one.total),
            "index": one.index,
            "band": one.words,
            "band_confidence": bands.confidence.value,
            **{f"share_of_top_{number}": one.share_of_top(number) for number in top},
        }
        for market, one in found.items()
    ]
    return {
        "markets": pl.DataFrame(rows),
        "providers": pl.concat(_in_market(market, one.providers) for market, one in found.items()),
        "ratings": pl.concat(_in_market(market, one.by_rating) for market, one in found.items()),
    }


def _in_market(market: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(market).alias("market"), pl.all())


def _pictures(found: Mapping[str, Concentration], *, bands: IndexBands) -> Iterator[StatisticalPicture]:
    marks = () if bands.confirmed else (UNCONFIRMED_BANDS,)
    for market, one in list(found.items())[:MOST_PICTURES]:
        yield bars_picture(
            f"shares-{market}",
            [_bar(row) for row in one.providers.drop_nulls("share").iter_rows(named=True)],
            title=f"Shares of providers, {market}",
            subtitle=f"Per cent of {_pounds(one.total)}; index {one.index:,.0f} of 10,000, {one.words}.",
            unit=PER_CENT,
            note=" ".join((*one.caveats, f"Bands: {bands.reference}.")),
            marks=marks,
        )
        if any(one.providers["rating"].to_list()):
            yield bars_picture(
                f"ratings-{market}",
                [
                    Bar(
                        row["rating"],
                        row["share"],
                        f"{printed(row['share'], PER_CENT)}, {_providers(row['providers'])}",
                    )
                    for row in one.by_rating.iter_rows(named=True)
                ],
                title=f"Spend at each rating, {market}",
                subtitle=f"Per cent of {_pounds(one.total)}, best rating first.",
                unit=PER_CENT,
            )


def _bar(row: Mapping[str, object]) -> Bar:
    share = float(str(row["share"]))
    rating = f", {row['rating']}" if row["rating"] else ""
    return Bar(str(row["name"] or row["provider"]), share, f"{printed(share, PER_CENT)}{rating}")


def _providers(count: int) -> str:
    return how_many(count, "provider")


def _pounds(amount: Decimal) -> str:
    return worded(amount, str(MoneyUnit.GBP))


def _says(found: Mapping[str, Concentration], *, top: Sequence[int], bands: IndexBands) -> Iterator[str]:
    mark = "" if bands.confirmed else " (unconfirmed band)"
    for market, one in found.items():
        shares = one.providers["share"].drop_nulls().len()
        largest = ", ".join(
            f"{'largest' if number == 1 else f'largest {number}'} {printed(one.share_of_top(number), PER_CENT)}"
            for number in top
            if number <= shares
        )
        yield (
            f"{market[:1].upper()}{market[1:]}: {_pounds(one.total)} on {_providers(shares)}; {largest}; "
            f"index {one.index:,.0f}, {one.words}{mark}."
        )
        if any(one.providers["rating"].to_list()):
            yield f"Spend at each rating, {market}: {_by_rating(one)}."
    yield from dict.fromkeys(caveat for one in found.values() for caveat in one.caveats)


def _by_rating(one: Concentration) -> str:
    rated = one.by_rating.filter(pl.col("providers") > 0).select("rating", "share")
    return "; ".join(f"{rating} {printed(share, PER_CENT)}" for rating, share in rated.iter_rows())


def _incomplete(table: OwnTable) -> Iterator[str]:
    """Said where rows could not be read, since shares are then of what is left."""
    if table.read.set_aside.height:
        yield f"{how_many(table.read.set_aside.height, 'row')} could not be read: shares are of the others."
