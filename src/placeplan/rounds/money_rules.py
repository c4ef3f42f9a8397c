"""Business rules and price factors: what the money of a plan has to keep to, by round."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from placeplan.documents.models import Number, Words
from placeplan.kernel.organisations import OrganisationType
from placeplan.kernel.periods import FinancialYear
from placeplan.rounds.governance import Governed, Value, Year

ANY_SERVICE = "any"
HUNDRED = Decimal(100)
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60)]


class RuleKind(StrEnum):
    """What a business rule is about."""

    SURPLUS = "surplus"
    BALANCE = "balance"
    CONTINGENCY = "contingency"
    HEADROOM = "headroom"
    TRANSFORMATION = "transformation"
    RISK_RESERVE = "risk-reserve"
    DISTANCE_FROM_TARGET = "distance-from-target"
    DEFICIT_SUPPORT = "deficit-support"
    COST_REDUCTION = "cost-reduction"
    PRODUCTIVITY = "productivity"


class Base(StrEnum):
    """What a percentage is of."""

    ALLOCATION = "allocation"
    RESOURCE_LIMIT = "resource-limit"
    TARGET_ALLOCATION = "target-allocation"
    COST_BASE = "cost-base"
    OUTPUT = "output"


class Sense(StrEnum):
    """Whether a percentage is a floor, a ceiling or the figure itself."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    EQUALS = "equals"


class LocalVariant(Value):
    """What a place used instead of the national value; kept for comparison, never applied as the rule."""

    where: Words
    percent: Number


class BusinessRule(Value):
    """A percentage that a plan has to keep to.

    ``of`` says in words what the percentage is of; ``part_of`` names the kind of rule whose amount this one is inside;
    ``exemption`` says from what a service is let off, in words.
    """

    id: Slug
    kind: RuleKind
    organisation_types: Annotated[tuple[OrganisationType, ...], Field(min_length=1)]
    service: Slug = ANY_SERVICE
    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    percent: Number
    base: Base
    sense: Sense
    of: Words
    part_of: RuleKind | None = None
    exemption: str = ""
    local_variants: tuple[LocalVariant, ...] = ()

    def required(self, amount: Decimal) -> Decimal:
        """What the rule asks for, in the unit of ``amount``, the base that the percentage is of."""
        return amount * self.percent / HUNDRED

    def meant_for(self, organisation_type: OrganisationType, *, service: str, year: FinancialYear) -> bool:
        """Whether the rule speaks about this kind of body, this service (or any) and this year."""
        return (
            organisation_type in self.organisation_types
            and self.service in (service, ANY_SERVICE)
            and year in self.years
        )


class PriceFactorKind(StrEnum):
    """Which way a factor moves a price: an uplift raises it, provider efficiency lowers it."""

    PRICE_UPLIFT = "price-uplift"
    PROVIDER_EFFICIENCY = "provider-efficiency"


class PriceFactor(Value):
    """A yearly percentage on prices. Positive; ``kind`` says which way it works."""

    id: Slug
    kind: PriceFactorKind
    service: Slug = ANY_SERVICE
    years: Annotated[tuple[Year, ...], Field(min_length=1)]
    percent: Number
    of: Words
    local_variants: tuple[LocalVariant, ...] = ()


Dated = TypeVar("Dated", bound=Governed)


def latest(values: tuple[Dated, ...], as_at: date | None) -> Dated | None:
    """The value in force on a day; with no day, the one that came into force last."""
    held = [value for value in values if value.in_force(as_at)]
    return max(held, key=lambda value: value.effective_from or date.min, default=None)


def _spans_meet(one: Governed, other: Governed) -> bool:
    """Whether two values are ever in force on the same day."""
    starts = max(one.effective_from or date.min, other.effective_from or date.min)
    ends = min(one.effective_until or date.max, other.effective_until or date.max)
    return starts <= ends


def _refuse_double_rules(rules: tuple[BusinessRule, ...]) -> tuple[BusinessRule, ...]:
    """Two rules of one kind for one service, year and kind of body at once would leave the answer open."""
    for index, one in enumerate(rules):
        for other in rules[index + 1 :]:
            same = one.kind is other.kind and one.service == other.service and set(one.years) & set(other.years)
            if same and set(one.organisation_types) & set(other.organisation_types) and _spans_meet(one, other):
                message = f"the rules '{one.id}' and '{other.id}' speak about the same service and year at once"
                raise ValueError(message)
    return _refuse_same_id(rules)


def _refuse_double_factors(factors: tuple[PriceFactor, ...]) -> tuple[PriceFactor, ...]:
    """Two factors of one kind for one service and year at once would leave the answer open."""
    for index, one in enumerate(factors):
        for other in factors[index + 1 :]:
            same = one.kind is other.kind and one.service == other.service and set(one.years) & set(other.years)
            if same and _spans_meet(one, other):
                message = f"the factors '{one.id}' and '{other.id}' speak about the same service and year at once"
                raise ValueError(message)
    return _refuse_same_id(factors)


Identified = TypeVar("Identified", BusinessRule, PriceFactor)


def _refuse_same_id(values: tuple[Identified, ...]) -> tuple[Identified, ...]:
    """An identifier names one value."""
    seen: set[str] = set()
    for value in values:
        if value.id in seen:
            message = f"two values are called '{value.id}'"
            raise ValueError(message)
        seen.add(value.id)
    return values


Rules = Annotated[tuple[BusinessRule, ...], AfterValidator(_refuse_double_rules)]
Factors = Annotated[tuple[PriceFactor, ...], AfterValidator(_refuse_double_factors)]
