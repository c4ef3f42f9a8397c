"""A planning round: what was asked of plans, and the questions that can be put to it."""

import difflib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, TypeVar

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.kernel.errors import PlaceplanError
from placeplan.kernel.organisations import OrganisationType
from placeplan.kernel.periods import FinancialYear
from placeplan.rounds.governance import Governed, Year
from placeplan.rounds.money_rules import (
    ANY_SERVICE,
    BusinessRule,
    Factors,
    PriceFactor,
    PriceFactorKind,
    RuleKind,
    Rules,
    latest,
)
from placeplan.rounds.standards import Standard
from placeplan.rounds.statements import (
    CalendarEntry,
    Goal,
    KeyMeasure,
    MustDo,
    OutcomeAmbition,
    OutcomeDomain,
    ProgrammeOfCare,
    Statement,
)

Money = TypeVar("Money", BusinessRule, PriceFactor)


class NoSuchStandardError(PlaceplanError, LookupError):
    """A round does not know an indicator."""


class Guidance(Governed):
    """The guidance that a round rests on, the years that its plans cover, and what to call it."""

    id: Words
    title: Words
    years: Annotated[tuple[Year, ...], Field(min_length=1)]


class PlanningRound(DocumentModel):
    """A planning round as data. Nothing here changes: another day is asked about with ``as_at``.

    An empty answer means that the round says nothing, never that nothing is required.
    """

    guidance: Guidance
    calendar: tuple[CalendarEntry, ...] = ()
    statements: tuple[Statement, ...] = ()
    business_rules: Rules = ()
    price_factors: Factors = ()
    standards: tuple[Standard, ...] = ()
    must_dos: tuple[MustDo, ...] = ()
    outcome_domains: tuple[OutcomeDomain, ...] = ()
    outcome_ambitions: tuple[OutcomeAmbition, ...] = ()
    key_measures: tuple[KeyMeasure, ...] = ()
    programmes_of_care: tuple[ProgrammeOfCare, ...] = ()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What each programme of care answers for: the ambitions and the key measures."""
        return (*self.outcome_ambitions, *self.key_measures)

    @property
    def id(self) -> str:
        """The name of the round: ``2014-15``."""
        return self.guidance.id

    @property
    def title(self) -> str:
        """The guidance by name."""
        return self.guidance.title

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial years that a plan of this round covers."""
        return self.guidance.years

    def rules_for(
        self,
        *,
        organisation_type: OrganisationType | str,
        service: str,
        year: FinancialYear,
        as_at: date | None = None,
    ) -> tuple[BusinessRule, ...]:
        """The business rules for a body, a service and a year: one a kind, a service's own before the general one.

        Args:
            organisation_type: kind of body that plans.
            service: service code as in the plan; ``any`` gives the general rules only.
            year: year of the plan.
            as_at: day as at which to answer; the latest when absent.

        Raises:
            ValueError: there is no such kind of body.
        """
        body = OrganisationType(organisation_type)
        meant = [rule for rule in self.business_rules if rule.meant_for(body, service=service, year=year)]
        chosen = (_nearest([rule for rule in meant if rule.kind is kind], as_at) for kind in RuleKind)
        return tuple(rule for rule in chosen if rule is not None)

    def price_factors_for(
        self, year: FinancialYear, as_at: date | None = None, *, service: str = ANY_SERVICE
    ) -> tuple[PriceFactor, ...]:
        """The price factors of a year, one a kind, a service's own before the general one."""
        meant = [one for one in self.price_factors if year in one.years and one.service in (service, ANY_SERVICE)]
        chosen = (_nearest([one for one in meant if one.kind is kind], as_at) for kind in PriceFactorKind)
        return tuple(factor for factor in chosen if factor is not None)

    def standard(self, indicator: str, as_at: date | None = None) -> Standard:
        """The standard for an indicator, with the levels in force on a day.

        Raises:
            NoSuchStandardError: the round does not know the indicator.
        """
        for standard in self.standards:
            if standard.id == indicator:
                return standard.as_at(as_at)
        near = difflib.get_close_matches(indicator, [standard.id for standard in self.standards], n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        message = f"the round {self.id} has no indicator '{indicator}'.{hint}"
        raise NoSuchStandardError(message)

    def has_standard(self, indicator: str) -> bool:
        """Whether the round knows an indicator."""
        return any(standard.id == indicator for standard in self.standards)

    def values(self) -> Iterator[Governed]:
        """Every value of the round, the ones inside others included, in the order of the files."""
        yield from _governed_in(self)

    def unconfirmed(self) -> tuple[Governed, ...]:
        """The values that still need a person to look them up."""
        return tuple(value for value in self.values() if not value.confirmed)

    def due_for_review(self, day: date) -> tuple[Governed, ...]:
        """The values whose next review was due before a day."""
        return tuple(value for value in self.values() if value.review.review_due < day)


def _nearest(values: list[Money], as_at: date | None) -> Money | None:
    """Among values of one kind, a service's own before the general one, then the latest in force."""
    own = tuple(value for value in values if value.service != ANY_SERVICE and value.in_force(as_at))
    return latest(own or tuple(values), as_at)


def _governed_in(model: DocumentModel) -> Iterator[Governed]:
    """The governed values in a model, depth first."""
    if isinstance(model, Governed):
        yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, DocumentModel):
                yield from _governed_in(part)
