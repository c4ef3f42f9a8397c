"""Measures that need every age: rows by age band brought together, then one value for an area, or one for each age."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import (
    Estimate,
    MethodInputError,
    directly_standardised_rate,
    life_expectancy,
    words_of,
    years_of_life_lost,
)
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.methods.years_lost import PREMATURE_AGE
from placeplan.indicators.observed.adding_up import all_sources, weakest_status, whole_sum
from placeplan.indicators.values.age_bands import EVERY_AGE, EXPECTED, AgeBand, read_band, shared_starts, trouble_with

BANDED = {Method.DIRECTLY_STANDARDISED_RATE, Method.LIFE_EXPECTANCY, Method.YEARS_OF_LIFE_LOST}
NOT_WORKED_OUT = "not worked out"
TABLE = ["measure", "area", "period", "sex", "category"]


@dataclass(frozen=True, eq=False)
class _Tables:
    """Tables of counts with the same bands: ``keys`` number the tables on the first axis of ``counts``."""

    keys: pl.Series
    bands: tuple[AgeBand, ...]
    counts: FloatArray
    populations: FloatArray

    def at(self, starts: Collection[int]) -> "_Tables":
        """The same with bands added up so that they begin at ``starts``, which are starts of bands already."""
        if len(starts) == len(self.bands):
            return self
        places = [place for place, band in enumerate(self.bands) if band.starts in starts]
        return _Tables(
            self.keys,
            tuple(self.bands[place] for place in places),
            np.add.reduceat(self.counts, places, axis=-1),
            np.add.reduceat(self.populations, places, axis=-1),
        )


def values_by_age(
    measure: Measure, rows: pl.DataFrame, *, confidence: float, weights: Mapping[str, float] | None
) -> pl.DataFrame:
    """One row for each table of age bands, with the value of a measure that needs every age, or a note.

    Raises:
        MethodInputError: a standard population that is missing or makes no sense.
    """
    standard = _standard(weights)
    whole = _ages_that_count(measure, standard)
    if measure.method is Method.YEARS_OF_LIFE_LOST:
        rows = _within(rows, whole)
    if measure.method is Method.DIRECTLY_STANDARDISED_RATE and not standard:
        raise MethodInputError("weights: expected a standard population by age band, such as the European one of 2013.")
    heads, parts = _read_tables(rows)
    known = [*_known_bands(rows), *standard]
    found = []
    for words, keys in heads.group_by("bands", maintain_order=True):
        names = str(words[0]).split("|") if words[0] else []
        note = trouble_with(names, whole=whole, known=known)
        if note:
            found.append(_noted(keys["key"], note))
        else:
            tables = _tables(keys["key"], parts)
            found.append(_values(measure, tables, standard=standard, confidence=confidence))
    return _beside(heads, found).with_columns(pl.lit("").alias("age"))


def tables_by_age(rows: pl.DataFrame, *, confidence: float) -> pl.DataFrame:
    """One row for each age band of each table, with the life expectancy at its start, or a note."""
    heads, parts = _read_tables(rows)
    known = _known_bands(rows)
    found = []
    for words, keys in heads.group_by("bands", maintain_order=True):
        names = str(words[0]).split("|") if words[0] else []
        note = trouble_with(names, whole=EVERY_AGE, known=known)
        if note:
            found.append(_noted(keys["key"], note).with_columns(pl.lit("").alias("age")))
            continue
        tables = _tables(keys["key"], parts)
        result = _life_expectancy(tables, confidence=confidence)
        for place, band in enumerate(tables.bands):
            estimated = _estimated(tables.keys, result, at=place)
            found.append(
                estimated.with_columns(
                    pl.lit(band.words).alias("age"),
                    pl.Series("numerator", tables.counts[:, place]),
                    pl.Series("denominator", tables.populations[:, place]),
                )
            )
    return _beside(heads.drop("numerator", "denominator"), found)


def _standard(weights: Mapping[str, float] | None) -> dict[AgeBand, float]:
    """The bands of a standard population, from the youngest."""
    bands: dict[AgeBand, float] = {}
    for words, weight in (weights or {}).items():
        band = read_band(words)
        if band is None:
            raise MethodInputError(f"weights: expected {EXPECTED}, found {words!r}.")
        bands[band] = weight
    if bands:
        whole = AgeBand(min(bands).starts, max(bands).ends, "")
        trouble = trouble_with([band.words for band in bands], whole=whole, known=())
        if trouble:
            raise MethodInputError(f"weights: {trouble}.")
    return dict(sorted(bands.items()))


def _ages_that_count(measure: Measure, standard: Mapping[AgeBand, float]) -> AgeBand:
    """The ages that a table has to cover."""
    if measure.method is Method.YEARS_OF_LIFE_LOST:
        return AgeBand(0, PREMATURE_AGE - 1, f"the ages under {PREMATURE_AGE}")
    if standard:
        return AgeBand(min(standard).starts, max(standard).ends, "the standard population")
    return EVERY_AGE


def _within(rows: pl.DataFrame, whole: AgeBand) -> pl.DataFrame:
    """The rows, with the counts of bands blank that lie past the ages that count."""
    bands = {word: read_band(word) for word in rows["age"].unique().to_list()}
    past = [word for word, band in bands.items() if band is not None and band.starts > whole.ends]
    counted = pl.when(~pl.col("age").is_in(past))
    return rows.with_columns(counted.then(name).otherwise(None).alias(name) for name in ("numerator", "denominator"))


def _read_tables(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row a table, with its bands joined in one text; and the rows of usable counts with the key of their table.

    A row about all ages beside rows of bands is left out.
    """
    words = rows["age"].unique().to_list()
    read = {word: read_band(word) for word in words}
    starts = {word: band.starts for word, band in read.items() if band is not None}
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null() & (pl.col("age") != "")
    ordered = rows.with_columns(
        pl.col("age").replace_strict(starts, default=-1, return_dtype=pl.Int64).alias("band_starts"),
        counted.alias("counted"),
    ).sort(*TABLE, "band_starts", "age", maintain_order=True)
    parts = ordered.filter("counted")
    added = parts.group_by(TABLE).agg(
        pl.col("age").str.join("|").alias("bands"), whole_sum("numerator"), whole_sum("denominator")
    )
    heads = (
        ordered.group_by(TABLE, maintain_order=True)
        .agg(pl.first("area_name", "starts", "ends", "frequency"), weakest_status(), all_sources())
        .join(added, on=TABLE, how="left", maintain_order="left")
        .with_columns(pl.col("bands").fill_null(""))
        .with_row_index("key")
    )
    return heads, parts.join(heads.select("key", *TABLE), on=TABLE, maintain_order="left")


def _known_bands(rows: pl.DataFrame) -> tuple[AgeBand, ...]:
    read = (read_band(word) for word in rows["age"].unique().to_list())
    return tuple(band for band in read if band is not None)


def _tables(keys: pl.Series, parts: pl.DataFrame) -> _Tables:
    """The counts of tables that have the same bands, in the order of ``keys``, bands from the youngest."""
    chosen = parts.join(keys.to_frame(), on="key", how="semi").sort("key", "band_starts")
    bands = [read_band(word) for word in chosen["age"].head(chosen.height // len(keys)).to_list()]
    counts, populations = (
        chosen[name].to_numpy().reshape(len(keys), len(bands)) for name in ("numerator", "denominator")
    )
    return _Tables(keys.sort(), tuple(band for band in bands if band is not None), counts, populations)


def _values(measure: Measure, tables: _Tables, *, standard: Mapping[AgeBand, float], confidence: float) -> pl.DataFrame:
    """The values of tables that have the same bands."""
    if measure.method is Method.LIFE_EXPECTANCY:
        return _estimated(tables.keys, _life_expectancy(tables, confidence=confidence), at=0)
    weights: list[float] | None = None
    if standard:
        youngest = {band: weight for band, weight in standard.items() if band.starts <= max(tables.bands).ends}
        starts = shared_starts(tables.bands, tuple(youngest))
        if isinstance(starts, str):
            return _noted(tables.keys, starts)
        tables, weights = tables.at(starts), list(_added_up(youngest, starts))
    multiplier = float(measure.multiplier)
    if measure.method is Method.DIRECTLY_STANDARDISED_RATE:
        return _estimated(
            tables.keys,
            directly_standardised_rate(
                tables.counts, tables.populations, weights or [], multiplier=multiplier, confidence=confidence
            ),
        )
    older = np.zeros((len(tables.keys), 1))  # those past the age of premature death lose no years
    lost = years_of_life_lost(
        np.hstack([tables.counts, older]),
        np.hstack([tables.populations, older]),
        band_starts=(*_starts(tables.bands), PREMATURE_AGE),
        weights=None if weights is None else [*weights, 0.0],
        multiplier=multiplier,
        confidence=confidence,
    )
    return _estimated(tables.keys, lost)


def _life_expectancy(tables: _Tables, *, confidence: float) -> Estimate:
    return life_expectancy(tables.counts, tables.populations, band_starts=_starts(tables.bands), confidence=confidence)


def _starts(bands: Iterable[AgeBand]) -> tuple[int, ...]:
    return tuple(band.starts for band in bands)


def _added_up(standard: Mapping[AgeBand, float], starts: tuple[int, ...]) -> Iterator[float]:
    """The standard population in wider bands."""
    for start, until in zip(starts, (*starts[1:], np.inf)):
        yield sum(weight for band, weight in standard.items() if start <= band.starts < until)


def _estimated(keys: pl.Series, found: Estimate, *, at: int | None = None) -> pl.DataFrame:
    """Values, limits and notes of tables; ``at`` chooses an age band where there is one result for each."""

    def of(array: FloatArray) -> FloatArray:
        return array if at is None else array[:, at]

    columns = {"value": of(found.value), "lower": of(found.lower), "upper": of(found.upper)}
    why = found.why if at is None else words_of(found.note[:, at])
    return pl.DataFrame({"key": keys, **columns}).with_columns(
        pl.Series("note", why.tolist(), dtype=pl.String), pl.lit(found.method).alias("method")
    )


def _noted(keys: pl.Series, note: str) -> pl.DataFrame:
    unknown = pl.lit(None, dtype=pl.Float64)
    return pl.DataFrame({"key": keys}).with_columns(
        unknown.alias("value"),
        unknown.alias("lower"),
        unknown.alias("upper"),
        pl.lit(note).alias("note"),
        pl.lit(NOT_WORKED_OUT).alias("method"),
    )


def _beside(heads: pl.DataFrame, found: list[pl.DataFrame]) -> pl.DataFrame:
    """The head of each table beside what was found for it."""
    empty = _noted(heads["key"].clear(), "")
    return heads.join(pl.concat([empty, *found], how="diagonal"), on="key")
