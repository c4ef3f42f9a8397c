"""A file about the gap: cost, resources and the three drivers of a place, and what is to close it."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.demand.errors import DemandError
from placeplan.demand.gap import Gap, gap_of
from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.rounds.governance import Confidence, Year
from placeplan.rounds.money_rules import Slug

Rates = tuple[Number, ...]


class GapDefinition(DocumentModel):
    """What a place says of its gap.

    ``cost`` and ``resources`` are of the first year, in ``unit``. Rates are yearly, one for each later year: 0.023.
    ``solutions`` are savings by year, the first year among them. ``stated`` names a stated gap to be held beside it.
    """

    title: Words
    unit: Words
    years: Annotated[tuple[Year, ...], Field(min_length=2)]
    cost: Number
    resources: Number
    demand_growth: Rates
    cost_inflation: Rates
    funding_growth: Rates
    solutions: Mapping[Words, Rates] = Field(default_factory=dict)
    stated: Slug | None = None
    reference: Words
    confidence: Confidence

    @model_validator(mode="after")
    def _can_be_worked_out(self) -> Self:
        """Refuse numbers that the gap cannot be worked out from."""
        try:
            self.gap().closing({name: _floats(saving) for name, saving in self.solutions.items()})
        except DemandError as error:
            raise ValueError("; ".join(error.messages)) from error
        return self

    def gap(self) -> Gap:
        """The gap of every year."""
        return gap_of(
            tuple(map(str, self.years)),
            cost=float(self.cost),
            resources=float(self.resources),
            demand_growth=_floats(self.demand_growth),
            cost_inflation=_floats(self.cost_inflation),
            funding_growth=_floats(self.funding_growth),
        )


def _floats(rates: Rates) -> list[float]:
    return [float(rate) for rate in rates]
