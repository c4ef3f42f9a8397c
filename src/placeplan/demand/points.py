"""Points of delivery, groups of published rates, places, series and stated gaps, as definition files have them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug


class PointOfDelivery(DocumentModel):
    """A kind of care that activity is counted in; ``unit`` is its count a year.

    ``bed_days_of`` names the point of the admissions whose bed days it counts.
    """

    id: Slug
    title: Words
    unit: Words
    setting: Words
    bed_days_of: Slug | None = None


class PointsOfDelivery(DocumentModel):
    """The closed list."""

    review: Review
    points: Annotated[tuple[PointOfDelivery, ...], Field(min_length=1)]

    @property
    def ids(self) -> tuple[str, ...]:
        """Identifiers, in the order of the list."""
        return tuple(point.id for point in self.points)

    @property
    def bed_days(self) -> dict[str, str]:
        """Points that count bed days, each with the point of the admissions behind them."""
        return {point.id: point.bed_days_of for point in self.points if point.bed_days_of}

    @model_validator(mode="after")
    def _bed_days_of_admissions_on_the_list(self) -> Self:
        """Refuse bed days of a point that is not there."""
        strange = sorted(set(self.bed_days.values()) - set(self.ids))
        if strange:
            message = f"'bed_days_of' names '{strange[0]}', which is not on the list"
            raise ValueError(message)
        return self

    def __getitem__(self, point_id: str) -> PointOfDelivery:
        return next(point for point in self.points if point.id == point_id)


class ActivityGroup(DocumentModel):
    """A group of published rates, and the point of delivery that it belongs to."""

    id: Words
    title: Words
    point: Slug


class ActivityGroups(DocumentModel):
    """Every group."""

    review: Review
    reference: Words
    confidence: Confidence
    note: str = ""
    groups: Annotated[tuple[ActivityGroup, ...], Field(min_length=1)]


class DemandPlace(DocumentModel):
    """A place by the areas that it consists of."""

    id: Slug
    title: Words
    areas: Annotated[tuple[Words, ...], Field(min_length=1)]
    note: str = ""


class DemandPlaces(DocumentModel):
    """Every place that has a name."""

    review: Review
    places: Annotated[tuple[DemandPlace, ...], Field(min_length=1)]


class StatedGap(DocumentModel):
    """A gap if nothing is done as a plan prints it; ``share`` is the share of another that it is said to be."""

    id: Slug
    of: Words
    year: Words
    amount: Number
    unit: Words
    share: Number | None = None
    share_of: Slug | None = None
    reference: Words
    confidence: Confidence


class StatedGaps(DocumentModel):
    """Every stated gap."""

    review: Review
    stated: Annotated[tuple[StatedGap, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _shares_are_of_known_gaps(self) -> Self:
        """Refuse a share of a gap that is not stated."""
        known = {gap.id for gap in self.stated}
        unknown = [gap.share_of for gap in self.stated if gap.share_of and gap.share_of not in known]
        if unknown:
            message = f"'{unknown[0]}' is not among the stated gaps"
            raise ValueError(message)
        return self

    def __getitem__(self, gap_id: str) -> StatedGap:
        return next(gap for gap in self.stated if gap.id == gap_id)

    def derived(self, gap_id: str) -> float | None:
        """What a stated share comes to; nothing where the gap is no share of another."""
        gap = self[gap_id]
        if gap.share is None or gap.share_of is None:
            return None
        return float(gap.share * self[gap.share_of].amount)


class YearsAre(StrEnum):
    """How months make a year."""

    SUM = "sum"
    MEAN = "mean"


class CountedSeries(DocumentModel):
    """A series that was counted by month and organisation, and what of a place it is a series of."""

    id: Slug
    title: Words
    dataset: Slug
    period: Words
    organisation: Words
    value: Words
    only: Mapping[Words, Words] = Field(default_factory=dict)
    organisations: Annotated[tuple[Words, ...], Field(min_length=1)]
    years_are: YearsAre
    unit: Words
    point: Slug
    place: Slug
    note: str = ""


class CountedSeriesList(DocumentModel):
    """Every series that the method can be put back against."""

    review: Review
    series: Annotated[tuple[CountedSeries, ...], Field(min_length=1)]


class InventedDistrict(DocumentModel):
    """Adults at each young age, their growth a year, and how many years older they live to be than the first's."""

    name: Words
    at_each_age: Number
    growth: Number
    older: Number


class InventedRate(DocumentModel):
    """A group's rate: of the young, what the last age adds to it, and how steeply it rises between."""

    group: Words
    young: Number
    added: Number
    steep: Number


class InventedVariant(DocumentModel):
    """Another projection: how much more its people grow a year."""

    name: Words
    growth: Number


class InventedPlace(DocumentModel):
    """A place that does not exist; the definition file says what each number means."""

    review: Review
    title: Words
    first_year: int
    last_year: int
    districts: Annotated[tuple[InventedDistrict, ...], Field(min_length=1)]
    variants: tuple[InventedVariant, ...]
    half_left_at: Number
    within_years: Number
    later_each_year: Number
    women: Number
    gain_each_year: Number
    gain_from_age: int
    rates: Annotated[tuple[InventedRate, ...], Field(min_length=1)]
