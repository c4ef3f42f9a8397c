"""Money that a plan has asked for, and money that it has promised: claims on allocations, and investments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placeplan.kernel.errors import NOWHERE, Place
from placeplan.kernel.periods import FinancialYear
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Cell
from placeplan.plan.columns import choice, column


class ClaimState(StrEnum):
    """How far a claim has come. Only what is transacted is money."""

    RAISED = "raised"
    AGREED = "agreed"
    REFUSED = "refused"
    TRANSACTED = "transacted"


class Funding(StrEnum):
    """What an investment is paid from."""

    GROWTH = "growth"
    HEADROOM = "headroom"
    OTHER = "other"


class BusinessCase(StrEnum):
    """How far the business case of an investment has come."""

    NOT_STARTED = "not-started"
    IN_PREPARATION = "in-preparation"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationClaim:
    """Money that a service has asked for and that its allocation lacks. It counts once an allocation line holds it."""

    claim: str = column(kinds.IDENTIFIER, "Short name of the claim", required=True, key=True)
    service: str = column(kinds.IDENTIFIER, "Service that asks for it", required=True, refers_to="service")
    title: str = column(kinds.TEXT, "What the money is for", required=True)
    state: ClaimState = column(choice(ClaimState), "How far it has come", required=True)
    recurrent: bool | None = column(kinds.FLAG, "Whether the money goes on into later years (blank: yes)")
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount claimed in the year")
    counterparty: str | None = column(kinds.TEXT, "Body that is asked for it")
    reason: str | None = column(kinds.TEXT, "Why it is due")
    evidence: str | None = column(kinds.TEXT, "What shows that it is due")
    risk: str | None = column(kinds.IDENTIFIER, "Risk that it stays behind while it is open", refers_to="risk")
    allocation: str | None = column(kinds.TEXT, "Line of finance/allocations.csv that holds it once it is transacted")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the claim is called in a derivation."""
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether nobody can say yet that the money comes, or that it does not."""
        return self.state in (ClaimState.RAISED, ClaimState.AGREED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """Money that is to be spent on something new. Headroom is given to investments in the order of the rows."""

    investment: str = column(kinds.IDENTIFIER, "Short name of the investment", required=True, key=True)
    service: str = column(kinds.IDENTIFIER, "Service", required=True, refers_to="service")
    title: str = column(kinds.TEXT, "What is bought", required=True)
    funding: Funding = column(choice(Funding), "Money that it is paid from", required=True)
    recurrent: bool | None = column(kinds.FLAG, "Whether it goes on into later years (blank: yes; no for headroom)")
    transformation: bool | None = column(kinds.FLAG, "Whether it pays for a change of services (blank: no)")
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount in the year")
    business_case: BusinessCase | None = column(
        choice(BusinessCase), "How far its business case has come (blank: not said)"
    )
    approved: date | None = column(kinds.DATE, "Day on which the business case was approved")
    committed: date | None = column(
        kinds.DATE, "Day from which the money is committed (blank: first day of the first year with an amount)"
    )
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    intention: str | None = column(kinds.IDENTIFIER, "Commissioning intention behind it", refers_to="intention")
    line: str | None = column(kinds.TEXT, "Line of finance/lines.csv that holds its money")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the investment is called in a derivation."""
        return self.title

    @property
    def goes_on(self) -> bool:
        """Whether it is recurrent: as marked; where it is not marked, what is paid from headroom is not."""
        return self.funding is not Funding.HEADROOM if self.recurrent is None else self.recurrent

    @property
    def counts(self) -> bool:
        """Whether its money is still meant to be spent: not once its business case was refused."""
        return self.business_case is not BusinessCase.REFUSED
