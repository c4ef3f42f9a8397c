"""A standard population: how many people of each age, so that areas can be compared as if all had the same ages."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.indicators.values.age_bands import EVERY_AGE, read_band, trouble_with
from placeplan.rounds.governance import Value
from placeplan.rounds.money_rules import Slug


class StandardBand(DocumentModel):
    """The people of one age band."""

    age: Words
    people: Annotated[Number, Field(ge=0)]


class StandardPopulation(Value):
    """Every age band of a standard population.

    Raises:
        pydantic.ValidationError: bands that leave out an age or overlap, or that do not add up to ``total``.
    """

    id: Slug
    title: Words
    total: Number
    bands: Annotated[tuple[StandardBand, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_age_once(self) -> Self:
        """Refuse bands that are not every age once."""
        words = [band.age for band in self.bands]
        trouble = trouble_with(words, whole=EVERY_AGE, known=[band for one in words if (band := read_band(one))])
        if trouble:
            raise ValueError(trouble)
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        """Refuse bands that do not add up to the stated total."""
        added = sum((band.people for band in self.bands), Decimal(0))
        if added != self.total:
            message = f"the bands add up to {added:,}, not to {self.total:,}"
            raise ValueError(message)
        return self

    @property
    def weights(self) -> dict[str, float]:
        """The people of each age band, as the methods take them."""
        return {band.age: float(band.people) for band in self.bands}
