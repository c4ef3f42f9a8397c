"""Words that several pictures need: what has no value and why, where numbers come from, how far to rely on them."""

from collections import Counter
from collections.abc import Iterable

import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.observed.observations import Status
from placeplan.reports.pictures.axes import how_many, sentence
from placeplan.rounds.governance import Confidence

MOST_REASONS, MOST_SOURCES = 4, 3
UNCERTAIN = (Status.SYNTHETIC, Status.PROVISIONAL, Status.ESTIMATED)
UNCONFIRMED = "Unconfirmed definition"


def names_of(names: Iterable[str]) -> str:
    """Names in a sentence: ``Ashford, Dover and Swale``."""
    listed = list(names)
    return " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) if listed else ""


def without_value(rows: pl.DataFrame, *, noun: str = "area") -> str:
    """A sentence on the rows without a value, such as "2 of 13 areas have no value: fewer than 10 events"."""
    missing = rows.filter(pl.col("value").is_null())
    if missing.is_empty():
        return ""
    reasons = Counter(str(note or "no reason is given").rstrip(".") for note in missing["note"].to_list())
    told = [
        f"{reason} ({count})" if len(reasons) > 1 else reason for reason, count in reasons.most_common(MOST_REASONS)
    ]
    more = len(reasons) - MOST_REASONS
    rest = f"; {more} other reasons" if more > 0 else ""
    verb = "has" if missing.height == 1 else "have"
    return f"{missing.height:,} of {how_many(rows.height, noun)} {verb} no value: {'; '.join(told)}{rest}."


def status_marks(rows: pl.DataFrame) -> tuple[str, ...]:
    """Marks that must be seen: synthetic, provisional or estimated figures among the rows."""
    counts = Counter(rows["status"].to_list())
    return tuple(_mark(status, counts[status], rows=rows.height) for status in UNCERTAIN if counts[status])


def _mark(status: Status, count: int, *, rows: int) -> str:
    return sentence(status) if count == rows else f"{count:,} of {rows:,} figures {status}"


def source_words(rows: pl.DataFrame) -> str:
    """Where the numbers come from."""
    sources = [str(source) for source in rows["source"].unique(maintain_order=True).to_list() if source]
    if not sources:
        return ""
    more = len(sources) - MOST_SOURCES
    rest = f" and {how_many(more, 'other')}" if more > 0 else ""
    return f"Source: {'; '.join(sources[:MOST_SOURCES])}{rest}."


def definition_marks(measure: Measure) -> tuple[str, ...]:
    """A mark where nobody has confirmed the definition."""
    return () if measure.confidence is Confidence.CONFIRMED else (UNCONFIRMED,)


def people_words(*breakdown: str) -> str:
    """Whom numbers are about, from sex, age and category; nothing where they are about everybody."""
    told = ", ".join(filter(None, breakdown))
    return f" {sentence(told)}." if told else ""


def of_people(rows: pl.DataFrame) -> str:
    """Whom the rows are about, where they are not about everybody."""
    parts = [
        found[0] for name in ("sex", "age", "category") if len(found := rows[name].unique().to_list()) == 1 and found[0]
    ]
    return f" {sentence(', '.join(parts))}." if parts else ""
