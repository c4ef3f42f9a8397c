"""Bands of counts that partition: every whole number from 0 belongs to exactly one."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from placeplan.documents.models import DocumentModel

Count = Annotated[int, Strict(), Field(ge=0)]


class Band(DocumentModel):
    """Counts from ``first`` to ``last``, both in it; without a ``last``, every count from ``first``.

    Raises:
        pydantic.ValidationError: the last count is below the first.
    """

    first: Count
    last: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            message = f"the band from {self.first} ends at {self.last}, before it begins"
            raise ValueError(message)
        return self

    @property
    def words(self) -> str:
        """The band as it stands in a table: ``0``, ``1 to 5``, ``16 or more``."""
        if self.last is None:
            return f"{self.first} or more"
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"

    def __contains__(self, count: object) -> bool:
        """Whether a count belongs to the band."""
        return isinstance(count, int) and self.first <= count and (self.last is None or count <= self.last)


class Bands(DocumentModel):
    """Bands in rising order, from 0 without a gap or an overlap to an open end.

    Raises:
        pydantic.ValidationError: there is a gap or an overlap, 0 is left out, or the last band ends.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _partition(self) -> Self:
        if self.bands[0].first != 0:
            message = f"the first band begins at {self.bands[0].first}, so that what is below belongs to no band"
            raise ValueError(message)
        for band, following in pairwise(self.bands):
            if band.last is None or following.first <= band.last:
                message = f"the bands '{band.words}' and '{following.words}' overlap"
                raise ValueError(message)
            if following.first > band.last + 1:
                message = f"what is between the bands '{band.words}' and '{following.words}' belongs to no band"
                raise ValueError(message)
        if self.bands[-1].last is not None:
            message = f"the last band ends at {self.bands[-1].last}, so that what is above belongs to no band"
            raise ValueError(message)
        return self

    def band_of(self, count: int) -> Band:
        """The band that a count belongs to.

        Raises:
            ValueError: the count is negative.
        """
        for band in self.bands:
            if count in band:
                return band
        raise ValueError(f"{count} is no count")

    def numbers_in(self, counts: Iterable[int]) -> tuple[int, ...]:
        """How many of some counts belong to each band; they add up to how many counts there are."""
        found = [self.band_of(count) for count in counts]
        return tuple(found.count(band) for band in self.bands)
