"""Enhanced services: what a practice is paid for items or for reaching a target, and whether its claims can be so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from placeplan.demand.errors import DemandError, refuse

PENNY = Decimal("0.01")


class PaymentForm(StrEnum):
    """How a service is paid for."""

    ITEM = "item"
    TARGET = "target"
    REGISTERED_PATIENT = "registered-patient"


@dataclass(frozen=True, slots=True)
class TargetBand:
    """What reaching a target pays.

    Attributes:
        at_least: uptake, items over people who are eligible, 0 to 1.
        amount: pounds for a practice with the average number of eligible people, in proportion for others.
    """

    at_least: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EnhancedService:
    """A service that practices may sign up to.

    Attributes:
        identifier: such as ``learning-disability-health-check``.
        title: for people.
        form: how it is paid for.
        price: pounds an item or a registered patient; none where bands pay.
        bands: targets with rising uptake; none where a price pays.
        average_eligible: eligible people of the average practice, for which the amounts of bands are.

    Raises:
        DemandError: the form and the prices do not fit, an amount is below 0, or bands do not rise.
    """

    identifier: str
    title: str
    form: PaymentForm
    price: Decimal | None = None
    bands: tuple[TargetBand, ...] = ()
    average_eligible: Decimal | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "form", PaymentForm(self.form))
        refuse(f"service '{self.identifier}': {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        if self.form is PaymentForm.TARGET:
            yield from self._target_problems()
        elif self.price is None or self.bands:
            yield f"it is paid by {self.form}; expected a price and no bands"
        if self.price is not None and self.price < 0:
            yield f"the price is {self.price}; expected pounds, 0 or more"

    def _target_problems(self) -> Iterator[str]:
        if not self.bands or self.price is not None:
            yield "it is paid by target; expected bands and no price"
        if self.average_eligible is None or self.average_eligible <= 0:
            yield "it is paid by target; expected the eligible people of the average practice, more than 0"
        for before, after in pairwise(self.bands):
            if not (after.at_least > before.at_least and after.amount >= before.amount):
                yield f"the band at {after.at_least:%} follows that at {before.at_least:%}; expected both parts to rise"
        for band in self.bands:
            if not (0 <= band.at_least <= 1 and band.amount >= 0):
                yield f"the band at {band.at_least:%} pays {band.amount}; expected 0% to 100% and pounds, 0 or more"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a practice says it did in a period.

    Attributes:
        practice: its code.
        items: done.
        eligible: people whom they could be done for.
        registered: patients on its list.
    """

    practice: str
    items: int
    eligible: int
    registered: int


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """What a claim pays, and how it comes about in words."""

    practice: str
    amount: Decimal
    how: str


def payment_of(service: EnhancedService, claim: Claim) -> ClaimPayment:
    """What one claim pays, to the penny.

    Raises:
        DemandError: the claim cannot be right; see ``claim_problems``.
    """
    refuse(_wrong(service, claim))
    if service.form is PaymentForm.TARGET:
        return _target_payment(service, claim)
    count = claim.items if service.form is PaymentForm.ITEM else claim.registered
    price = service.price or Decimal(0)
    amount = (count * price).quantize(PENNY, ROUND_HALF_UP)
    return ClaimPayment(claim.practice, amount, f"{count:,} x £{price:.2f}")


def claim_problems(
    service: EnhancedService, claims: Iterable[Claim], *, signed_up: frozenset[str] | set[str]
) -> tuple[str, ...]:
    """Everything that is wrong with the claims of a period: who did not sign up, claimed twice, or too much."""
    given = tuple(claims)
    found: list[str] = []
    for place, claim in enumerate(given):
        if claim.practice not in signed_up:
            found.append(f"{claim.practice}: it claims '{service.identifier}' and has not signed up to it")
        if claim.practice in [other.practice for other in given[:place]]:
            found.append(f"{claim.practice}: it claims '{service.identifier}' twice in one period")
        found.extend(_wrong(service, claim))
    return tuple(found)


def sign_up_rate(practices: Mapping[str, int], signed_up: frozenset[str] | set[str]) -> tuple[Decimal, Decimal]:
    """Share of practices that signed up, and share of registered patients with such a practice.

    Args:
        practices: registered patients, by code.
        signed_up: codes.

    Raises:
        DemandError: there is no practice or no patient, or one signed up that is not among them.
    """
    strangers = sorted(set(signed_up) - set(practices))
    refuse(f"{code} has signed up and is not among the practices" for code in strangers)
    patients = sum(practices.values())
    if not practices or patients <= 0:
        raise DemandError(["sign-up: there is no practice with a registered patient"])
    inside = sum(count for code, count in practices.items() if code in signed_up)
    return Decimal(len(signed_up)) / len(practices), Decimal(inside) / patients


def _target_payment(service: EnhancedService, claim: Claim) -> ClaimPayment:
    uptake = Decimal(claim.items) / claim.eligible if claim.eligible else Decimal(0)
    reached = [band for band in service.bands if uptake >= band.at_least]
    if not reached:
        return ClaimPayment(claim.practice, Decimal("0.00"), f"{uptake:.1%} reaches no target")
    band = reached[-1]
    average = service.average_eligible or Decimal(1)
    amount = (band.amount * claim.eligible / average).quantize(PENNY, ROUND_HALF_UP)
    how = f"{uptake:.1%} reaches the target of {band.at_least:.0%}: £{band.amount:.2f} x {claim.eligible} / {average}"
    return ClaimPayment(claim.practice, amount, how)


def _wrong(service: EnhancedService, claim: Claim) -> Iterator[str]:
    counts = {"items": claim.items, "eligible people": claim.eligible, "registered patients": claim.registered}
    for name, count in counts.items():
        if count < 0:
            yield f"{claim.practice}: {count} {name} for '{service.identifier}'; expected 0 or more"
    if service.form is not PaymentForm.REGISTERED_PATIENT and claim.items > claim.eligible:
        yield f"{claim.practice}: {claim.items} items for {claim.eligible} eligible people; expected no more items"
    if claim.eligible > claim.registered:
        yield f"{claim.practice}: {claim.eligible} people are eligible of {claim.registered} on the list"
