"""National values for appraising options: the rates at which amounts of later years are discounted."""

from enum import StrEnum
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number
from placeplan.rounds.governance import Value
from placeplan.rounds.money_rules import Slug
from placeplan.rounds.values_reading import VALUES, Section, read_values

APPRAISAL_FILE = "appraisal.yaml"
PER_CENT = 100


class Discounted(StrEnum):
    """What is discounted: money, or health itself."""

    STANDARD = "standard"
    HEALTH = "health"


class DiscountRate(Value):
    """A yearly rate, for a span of years from the present: year 1 is the year after it."""

    id: Slug
    kind: Discounted
    first_year: Annotated[int, Field(ge=1)]
    last_year: Annotated[int, Field(ge=1)]
    percent: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse a span that ends before it begins."""
        if self.last_year < self.first_year:
            message = f"'{self.id}' ends in year {self.last_year}, before it begins in year {self.first_year}"
            raise ValueError(message)
        return self


class AppraisalSection(Section):
    """``appraisal.yaml``."""

    discount_rates: Annotated[tuple[DiscountRate, ...], Field(min_length=1)]


class Appraisal(DocumentModel):
    """The rates, and whether they were read in a good source."""

    discount_rates: tuple[DiscountRate, ...]

    @property
    def confirmed(self) -> bool:
        """Whether every rate was read in a good source."""
        return all(rate.confirmed for rate in self.discount_rates)

    def rates(self, years: int, *, kind: Discounted = Discounted.STANDARD) -> tuple[float, ...]:
        """The rate of each of so many years, as shares such as 0.035. The first year is the present: its rate is 0.

        Raises:
            ValueError: no rate is given for a year.
        """
        return tuple(self._rate(year, kind) if year else 0.0 for year in range(years))

    def _rate(self, year: int, kind: Discounted) -> float:
        for rate in self.discount_rates:
            if rate.kind is kind and rate.first_year <= year <= rate.last_year:
                return float(rate.percent / PER_CENT)
        raise ValueError(f"no {kind} discount rate is given for year {year}")


@cache
def read_appraisal() -> Appraisal:
    """The values for appraising options that come with Placeplan.

    Raises:
        InputError: the file cannot be read, with every problem in it.
    """
    section = read_values(VALUES / APPRAISAL_FILE, name=f"rounds/{APPRAISAL_FILE}", section=AppraisalSection)
    return Appraisal(discount_rates=section.discount_rates)
