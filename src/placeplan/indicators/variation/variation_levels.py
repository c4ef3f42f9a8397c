"""Levels, bands and words that variation is read with: dated data with a reference, read at the edge and handed in."""

from datetime import time
from enum import StrEnum
from itertools import pairwise, product
from typing import Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, Field, Strict, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.indicators.variation.bands import Bands, Count
from placeplan.rounds.governance import Governed, Value
from placeplan.rounds.money_rules import Slug

MINUTES_IN_HOUR, MINUTES_IN_DAY = 60, 1440
HUNDRED = 100


class TriggerRule(StrEnum):
    """How a trigger level is told: worse than the average beyond an interval, or among the worst of the units."""

    BEYOND_INTERVAL = "beyond-interval"
    WORST_SHARE = "worst-share"


class TriggerLevel(Value):
    """A category that a unit is put in; ``value`` is a confidence, or the worst share of units, in per cent.

    Raises:
        pydantic.ValidationError: a value that is not between 0 and 100.
    """

    id: Slug
    title: Words
    rule: TriggerRule
    value: Annotated[Number, Field(gt=0, lt=HUNDRED)]
    of: Words

    @property
    def share(self) -> float:
        """The value as a share."""
        return float(self.value / HUNDRED)


class OutlierBands(Bands, Value):
    """Bands for counting units by their outliers; a unit above ``review_above`` is reviewed, and ``reduction`` per cent
    fewer outliers are asked for.
    """

    id: Slug
    of: Words
    review_above: Count
    reduction: Annotated[Number, Field(ge=0, le=HUNDRED)]


def _clock(value: Any) -> Any:
    """A time of day from its text, such as ``06:30``."""
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError('not a time of day in quotes, such as "06:30"') from error


class HoursWindow(Value):
    """The half hours (or other slots) of a day that a heat map of opening hours shows.

    Raises:
        pydantic.ValidationError: the last slot is before the first or ends after midnight, or no whole number of slots
            lies between them.
    """

    id: Slug
    of: Words
    first_slot: Annotated[time, BeforeValidator(_clock)]
    last_slot: Annotated[time, BeforeValidator(_clock)]
    minutes: Annotated[int, Strict(), Field(gt=0, le=MINUTES_IN_DAY)]

    @model_validator(mode="after")
    def _slots_fit(self) -> Self:
        between = _minute_of_day(self.last_slot) - self.first_minute
        if between < 0 or between % self.minutes or self.end_minute > MINUTES_IN_DAY:
            message = (
                f"slots of {self.minutes} minutes from {self.first_slot:%H:%M} do not end with one that begins at "
                f"{self.last_slot:%H:%M} on the same day"
            )
            raise ValueError(message)
        return self

    @property
    def first_minute(self) -> int:
        """The minute of the day at which the first slot begins."""
        return _minute_of_day(self.first_slot)

    @property
    def end_minute(self) -> int:
        """The minute of the day at which the last slot ends."""
        return _minute_of_day(self.last_slot) + self.minutes

    @property
    def starts(self) -> tuple[int, ...]:
        """The minute of the day at which each slot begins."""
        return tuple(range(self.first_minute, self.end_minute, self.minutes))


def _minute_of_day(clock: time) -> int:
    return clock.hour * MINUTES_IN_HOUR + clock.minute


class HoursLevel(Value):
    """Hours a week below which a site is listed."""

    id: Slug
    value: Annotated[Number, Field(gt=0)]
    of: Words


class IndexBand(DocumentModel):
    """Words for an index above a level."""

    above: Annotated[Number, Field(ge=0)]
    words: Words


class IndexBands(Value):
    """Words for an index by how high it is, from 0 in rising order.

    Raises:
        pydantic.ValidationError: the first level is not 0, or levels do not rise.
    """

    id: Slug
    of: Words
    bands: Annotated[tuple[IndexBand, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.bands[0].above != 0 or any(first.above >= second.above for first, second in pairwise(self.bands)):
            message = "the levels of the bands must begin with 0 and rise"
            raise ValueError(message)
        return self

    def words_for(self, index: float) -> str:
        """The words of the highest level that the index is above (at 0: the lowest)."""
        return next((band.words for band in reversed(self.bands) if index > band.above), self.bands[0].words)


class RatingWords(Governed):
    """The words of a rating, best first, and the word for what is not rated."""

    id: Slug
    words: Annotated[tuple[Words, ...], Field(min_length=1)]
    unrated: Words


class Standing(StrEnum):
    """How an interval lies to a benchmark; unknown where either is missing, or where no way is better."""

    WORSE = "worse"
    SIMILAR = "similar"
    BETTER = "better"
    UNKNOWN = "unknown"


class IssuePhrase(DocumentModel):
    """What is said of an area that stands so to England and so to its peers; ``gravity`` orders the list."""

    england: Standing
    peers: Standing
    gravity: Count
    phrase: Words


class IssuePhrases(Governed):
    """A phrase for every way of standing to England and to peers.

    Raises:
        pydantic.ValidationError: a way is missing or there twice.
    """

    id: Slug
    phrases: tuple[IssuePhrase, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        cells = [(one.england, one.peers) for one in self.phrases]
        wrong = [cell for cell in product(Standing, Standing) if cells.count(cell) != 1]
        if wrong:
            england, peers = wrong[0]
            message = (
                f"expected one phrase for what is '{england}' beside England and '{peers}' beside peers, "
                f"found {cells.count(wrong[0])}"
            )
            raise ValueError(message)
        return self

    def of(self, *, england: Standing, peers: Standing) -> IssuePhrase:
        """The phrase for a way of standing."""
        return next(one for one in self.phrases if (one.england, one.peers) == (england, peers))


class VariationLevels(DocumentModel):
    """Everything of ``indicators/levels``."""

    triggers: tuple[TriggerLevel, ...]
    outlier_bands: tuple[OutlierBands, ...]
    windows: tuple[HoursWindow, ...]
    low_hours: tuple[HoursLevel, ...]
    index_bands: tuple[IndexBands, ...]
    ratings: tuple[RatingWords, ...]
    issue_phrases: tuple[IssuePhrases, ...]


AnyNamed = TypeVar(
    "AnyNamed", TriggerLevel, OutlierBands, HoursWindow, HoursLevel, IndexBands, RatingWords, IssuePhrases
)


def named(given: tuple[AnyNamed, ...], level_id: str) -> AnyNamed:
    """The one with this identifier.

    Raises:
        KeyError: there is none.
    """
    for one in given:
        if one.id == level_id:
            return one
    raise KeyError(level_id)
