"""Unit prices and enhanced services as data."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.demand.enhanced_services import EnhancedService, PaymentForm, TargetBand
from placeplan.demand.errors import DemandError
from placeplan.demand.savings import UnitPrice
from placeplan.demand.stranded import CostBehaviour
from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug


class PointPrice(DocumentModel):
    """What an event at a point of delivery is worth; see ``UnitPrice`` and ``CostBehaviour``."""

    point: Slug
    tariff: Number
    cost: Number
    cost_confidence: Confidence
    variable: Number
    stepped: Number
    fixed: Number
    step: Number
    lag: Annotated[int, Field(ge=0)]
    note: str = ""

    @model_validator(mode="after")
    def _is_a_price(self) -> Self:
        """Refuse shares that do not add up, and prices below 0."""
        try:
            self.unit_price()
        except DemandError as error:
            raise ValueError("; ".join(error.messages)) from error
        return self

    def unit_price(self) -> UnitPrice:
        """As the engine has it."""
        shares = (float(self.variable), float(self.stepped), float(self.fixed))
        return UnitPrice(float(self.tariff), float(self.cost), CostBehaviour(*shares, float(self.step), self.lag))


class PriceBook(DocumentModel):
    """A price for each point of delivery, at the prices of one year."""

    review: Review
    price_year: Words
    cost_reference: Words
    tariff_reference: Words
    behaviour_reference: Words
    prices: Annotated[tuple[PointPrice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_point_once(self) -> Self:
        """Refuse a point that stands there twice."""
        points = [price.point for price in self.prices]
        twice = sorted({point for point in points if points.count(point) > 1})
        if twice:
            message = f"the point of delivery '{twice[0]}' stands there twice"
            raise ValueError(message)
        return self

    def unit_prices(self) -> dict[str, UnitPrice]:
        """As the engine has them, by point of delivery."""
        return {price.point: price.unit_price() for price in self.prices}


class BandDefinition(DocumentModel):
    """A target and what it pays."""

    at_least: Number
    amount: Number


class EnhancedServiceDefinition(DocumentModel):
    """An enhanced service with its source."""

    id: Slug
    title: Words
    form: PaymentForm
    price: Number | None = None
    bands: tuple[BandDefinition, ...] = ()
    average_eligible: Number | None = None
    reference: Words
    confidence: Confidence
    note: str = ""

    @model_validator(mode="after")
    def _is_a_service(self) -> Self:
        """Refuse a form and prices that do not fit."""
        try:
            self.service()
        except DemandError as error:
            raise ValueError("; ".join(error.messages)) from error
        return self

    def service(self) -> EnhancedService:
        """As the engine has it."""
        bands = tuple(TargetBand(band.at_least, band.amount) for band in self.bands)
        return EnhancedService(self.id, self.title, self.form, self.price, bands, self.average_eligible)


class EnhancedServices(DocumentModel):
    """The catalogue."""

    review: Review
    services: tuple[EnhancedServiceDefinition, ...]
