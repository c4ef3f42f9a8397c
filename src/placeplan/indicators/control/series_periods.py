"""The periods of a series with the missing ones in their places, so that a run does not jump over a hole."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from placeplan.kernel.spans import Frequency, Span, gaps_in, parse_span


@dataclass(frozen=True)
class PeriodGrid:
    """Every period from the first to the last of a series, in order of time.

    ``places`` says for each period of the series, in its order, where it stands in the grid; ``missing`` are the
    periods of which there is no row, ``twice`` those of which there are several.
    """

    spans: tuple[Span, ...]
    places: tuple[int, ...]
    missing: tuple[Span, ...]
    twice: tuple[Span, ...]

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods as texts."""
        return tuple(span.text for span in self.spans)

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """The first day of each period."""
        return tuple(span.starts for span in self.spans)

    def position_of(self, day: date) -> int | None:
        """Where the first period that begins on a day or after it stands; nothing after the last one."""
        return next((place for place, span in enumerate(self.spans) if span.starts >= day), None)


@lru_cache(maxsize=256)
def grid_of(spans: tuple[Span, ...]) -> PeriodGrid:
    """The grid for the periods of one series, all of one length; a period given twice has one place."""
    missing = gaps_in(spans)
    whole = tuple(sorted({*spans, *missing}))
    where = {span: place for place, span in enumerate(whole)}
    places = tuple(where[span] for span in spans)
    counted = [0] * len(whole)
    for place in places:
        counted[place] += 1
    return PeriodGrid(whole, places, missing, tuple(whole[place] for place, count in enumerate(counted) if count > 1))


@lru_cache(maxsize=4096)
def span_of(period: str, *, starts: date, ends: date, frequency: Frequency) -> Span:
    """A period of a row in the one form of its length; as it is written where that form is not known."""
    try:
        read = parse_span(period, frequency=frequency)
    except ValueError:
        return Span(starts, ends, frequency, period)
    return read if read.starts == starts else Span(starts, ends, frequency, period)
