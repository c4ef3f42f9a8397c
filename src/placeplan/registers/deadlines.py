"""When something of a contract, an intention or a risk is due: worked back from its end, in months and working days.

The usual months, the margins and the bank holidays are data (``definitions/deadlines.yaml``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.plan.tables import Contract, ContractDecision, Risk
from placeplan.registers.calendar import ONE_DAY, months_on, working_day_by, working_days_before
from placeplan.rounds.governance import Confidence, Review


class UsualMonths(DocumentModel):
    """Months of notice, and months that a procurement takes, where a row does not say its own."""

    notice_months: int = Field(ge=0)
    lead_months: int = Field(ge=0)


class KindMonths(UsualMonths):
    """Usual months of one kind of contract."""

    kind: Words


class IntentionClock(DocumentModel):
    """How long before its year providers are told of an intention."""

    notice_months: int = Field(ge=0)
    reference: Words


class RiskLimit(DocumentModel):
    """From which score a risk goes to the board."""

    escalates_from: int = Field(ge=1)
    reference: Words


class DeadlineRules(DocumentModel):
    """The clocks as data."""

    reference: Words
    confidence: Confidence
    review: Review
    decision_working_days: int = Field(ge=0)
    review_working_days: int = Field(ge=0)
    contracts: tuple[KindMonths, ...]
    usual: UsualMonths
    intentions: IntentionClock
    risks: RiskLimit
    holidays: tuple[date, ...]

    def months_of(self, kind: str | None) -> UsualMonths:
        """The usual months of a kind of contract."""
        wanted = (kind or "").casefold()
        return next((each for each in self.contracts if each.kind.casefold() == wanted), self.usual)


@dataclass(frozen=True, slots=True)
class ContractDates:
    """The days of a contract, each a working day but for its end.

    Attributes:
        review: by which its review is due.
        decision: by which it is decided what becomes of it.
        notice: last day on which notice can be given.
        procurement: day by which a procurement must begin.
        ends: last day of the contract.
        usual: whether the months of notice or of procurement are the usual ones and not its own.
    """

    review: date
    decision: date
    notice: date
    procurement: date
    ends: date
    usual: bool


class Step(StrEnum):
    """What is next for a contract."""

    REVIEW = "review"
    DECISION = "decision"
    NOTICE = "notice"
    PROCUREMENT = "procurement"
    END = "end"


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a contract with its day, and whether that day has passed."""

    step: Step
    by: date
    overdue: bool


def contract_dates(rules: DeadlineRules, contract: Contract) -> ContractDates | None:
    """The days of a contract, worked back from its last day; ``None`` where that is not known.

    Notice and procurement lie whole months before the last day; the decision some working days before the first of the
    two; the review some working days before the decision.
    """
    if contract.ends is None:
        return None
    usual = rules.months_of(contract.kind)
    own_notice, own_lead = contract.notice_months, contract.lead_months
    holidays = frozenset(rules.holidays)
    notice = _before(contract.ends, usual.notice_months if own_notice is None else own_notice, holidays=holidays)
    procurement = _before(contract.ends, usual.lead_months if own_lead is None else own_lead, holidays=holidays)
    decision = working_days_before(min(notice, procurement), rules.decision_working_days, holidays=holidays)
    review = working_days_before(decision, rules.review_working_days, holidays=holidays)
    return ContractDates(review, decision, notice, procurement, contract.ends, None in (own_notice, own_lead))


def _before(ends: date, months: int, *, holidays: Collection[date]) -> date:
    return working_day_by(months_on(ends, -months), holidays)


def next_due(dates: ContractDates, day: date, *, decided: ContractDecision | None) -> Due:
    """What is next for a contract on a day. Until something is decided, it is the review and then the decision."""
    if decided is None:
        step, by = (Step.REVIEW, dates.review) if day <= dates.review else (Step.DECISION, dates.decision)
        return Due(step, by, by < day)
    step, by = (
        (Step.PROCUREMENT, dates.procurement) if decided is ContractDecision.REPROCURE else (Step.NOTICE, dates.notice)
    )
    return Due(step, by, overdue=False) if day <= by else Due(Step.END, dates.ends, dates.ends < day)


def providers_told_by(rules: DeadlineRules, first_day: date) -> date:
    """The last working day on which providers can be told of intentions for a year that begins on ``first_day``."""
    told = months_on(first_day, -rules.intentions.notice_months) - ONE_DAY
    return working_day_by(told, frozenset(rules.holidays))


def score_of(risk: Risk) -> int | None:
    """Likelihood times impact; ``None`` where one of both is not known."""
    return risk.likelihood * risk.impact if risk.likelihood and risk.impact else None
