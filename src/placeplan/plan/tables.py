"""The tables of a plan, one frozen dataclass a row. The field order is the column order of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placeplan.kernel.errors import NOWHERE, Place
from placeplan.kernel.periods import FinancialYear, Month
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Cell
from placeplan.plan.columns import choice, column


class BridgeStep(StrEnum):
    """The steps of a bridge from last year's outturn to this year's planned spend, in their order."""

    OUTTURN = "outturn"
    PART_YEAR_EFFECT = "part-year-effect"
    NON_RECURRENT = "non-recurrent"
    PRICE_INFLATION = "price-inflation"
    DEMOGRAPHIC_GROWTH = "demographic-growth"
    OTHER_GROWTH = "other-growth"
    PROVIDER_EFFICIENCY = "provider-efficiency"
    INVESTMENT = "investment"
    EFFICIENCY_SCHEME = "efficiency-scheme"
    CONTINGENCY = "contingency"
    HEADROOM = "headroom"
    BUSINESS_RULES = "business-rules"


class AllocationKind(StrEnum):
    """What an allocation line is."""

    NOTIFIED = "notified"
    ADJUSTMENT = "adjustment"
    BROUGHT_FORWARD = "brought-forward"


class Sign(StrEnum):
    """How the source printed a stated value: as Placeplan has it (surplus positive), or the other way round."""

    AS_IS = "as-is"
    REVERSED = "reversed"


class Position(StrEnum):
    """What a plan says in words of an indicator for which it prints no trajectory."""

    MEETS_STANDARD = "meets-standard"
    MISSES_STANDARD = "misses-standard"
    NOT_ASSURED = "not-assured"


class ObservationStatus(StrEnum):
    """How firm an observation is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATE = "estimate"
    PROJECTION = "projection"


class SegmentStatus(StrEnum):
    """What the people of a segment are."""

    FROM_RECORDS = "from records"
    SYNTHETIC = "synthetic"


class IntentionStatus(StrEnum):
    """Whether a commissioning intention goes on from the year before."""

    NEW = "new"
    CONTINUING = "continuing"


class ContractDecision(StrEnum):
    """What becomes of a contract at its end."""

    EXTEND = "extend"
    REPROCURE = "re-procure"
    DECOMMISSION = "decommission"


class BenefitKind(StrEnum):
    """Whether a benefit line saves money or invests it."""

    SAVING = "saving"
    INVESTMENT = "investment"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceLine:
    """One movement of a service's bridge. A rate applies to the recurrent baseline, for a reserve to the allocation."""

    service: str = column(
        kinds.IDENTIFIER, "Service that the line belongs to", required=True, key=True, refers_to="service"
    )
    provider: str | None = column(
        kinds.IDENTIFIER, "Provider or budget heading, in a provider-level framework", key=True
    )
    line: str = column(kinds.TEXT, "Name of the line", required=True, key=True)
    step: BridgeStep = column(choice(BridgeStep), "Step of the bridge that the line is part of", required=True)
    recurrent: bool | None = column(kinds.FLAG, "Whether the line goes on into later years (blank: yes)")
    starts: Month | None = column(kinds.MONTH, "First month, for a line that starts in the course of its first year")
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount or rate in the year")
    reason: str | None = column(kinds.TEXT, "Why a local assumption differs from the national one")
    source: str | None = column(kinds.TEXT, "Where the line comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the line is called in a derivation: its own name, behind that of its provider."""
        return f"{self.provider}: {self.line}" if self.provider else self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationLine:
    """Money given to a service: what was notified, adjustments, and the balance brought forward into the first year."""

    service: str = column(
        kinds.IDENTIFIER, "Service that receives the money", required=True, key=True, refers_to="service"
    )
    line: str = column(kinds.TEXT, "Name of the line", required=True, key=True)
    kind: AllocationKind = column(choice(AllocationKind), "What the line is", required=True)
    recurrent: bool | None = column(
        kinds.FLAG, "Whether the money goes on into later years (blank: yes; no for brought-forward)"
    )
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount in the year")
    source: str | None = column(kinds.TEXT, "Where the line comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the line is called in a derivation."""
        return self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAllocation:
    """The allocation that a formula gives to an area, beside the one that it gets. Years may lie outside the plan's."""

    service: str = column(kinds.IDENTIFIER, "Service", required=True, key=True, refers_to="service")
    year: FinancialYear = column(kinds.YEAR, "Financial year", required=True, key=True)
    actual: PrintedNumber = column(kinds.NUMBER, "Actual allocation", required=True)
    target: PrintedNumber = column(kinds.NUMBER, "Target allocation", required=True)
    population: PrintedNumber | None = column(kinds.NUMBER, "People that the allocation is for")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyScheme:
    """One saving with its investment in one year. Savings are positive numbers; investment is a positive number too."""

    scheme: str = column(kinds.IDENTIFIER, "Short name of the scheme", required=True, key=True)
    service: str = column(kinds.IDENTIFIER, "Service", required=True, key=True, refers_to="service")
    year: FinancialYear = column(kinds.YEAR, "Financial year", required=True, key=True)
    title: str = column(kinds.TEXT, "Title", required=True)
    programme: str | None = column(kinds.TEXT, "Programme")
    gross: PrintedNumber = column(kinds.NUMBER, "Gross saving in the year", required=True)
    investment: PrintedNumber | None = column(kinds.NUMBER, "Investment that the saving needs")
    starts: Month | None = column(kinds.MONTH, "First month of saving (blank: April)")
    phasing: tuple[PrintedNumber, ...] | None = column(
        kinds.MONTHLY_SHARES, "Share of the year's saving in each month, April first"
    )
    recurrent_share: PrintedNumber | None = column(kinds.PERCENTAGE, "Share of the saving that goes on (blank: 100%)")
    full_year: PrintedNumber | None = column(kinds.NUMBER, "Gross saving in a full year (blank: from the first month)")
    confidence: PrintedNumber | None = column(
        kinds.PERCENTAGE, "Share of the net saving thought likely to be delivered"
    )
    identified: bool | None = column(kinds.FLAG, "Whether it is known how the saving will be made (blank: yes)")
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    provider: str | None = column(kinds.TEXT, "Provider affected")
    intention: str | None = column(kinds.IDENTIFIER, "Commissioning intention behind it", refers_to="intention")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedValue:
    """A total as somebody printed or submitted it, to be reconciled with the figure that the plan derives."""

    figure: str = column(kinds.FIGURE, "Identifier of the figure", required=True, key=True)
    value: PrintedNumber = column(kinds.MEASURED, "Value as printed", required=True)
    sign: Sign | None = column(choice(Sign), "Sign convention of the source (blank: as-is)")
    source: str = column(kinds.TEXT, "Page or paragraph where it stands", required=True, key=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectiveTarget:
    """A cumulative position that several services must reach together in a year."""

    target: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "Title", required=True)
    services: tuple[str, ...] = column(kinds.IDENTIFIERS, "Services", required=True, refers_to="service")
    year: FinancialYear = column(kinds.YEAR, "Financial year", required=True, key=True)
    at_least: PrintedNumber = column(kinds.NUMBER, "Least cumulative position (surplus positive)", required=True)
    source: str | None = column(kinds.TEXT, "Where it comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLine:
    """A saving or an investment of a programme as stated, in one way of cutting the total (such as by segment)."""

    programme: str = column(kinds.IDENTIFIER, "Programme", required=True, key=True)
    view: str = column(kinds.IDENTIFIER, "Way of cutting the total, such as point-of-delivery", required=True, key=True)
    kind: BenefitKind = column(choice(BenefitKind), "Saving or investment", required=True)
    line: str = column(kinds.TEXT, "Name of the line", required=True, key=True)
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount in the year")
    source: str | None = column(kinds.TEXT, "Where the line comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the line is called in a derivation."""
        return self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """The planned values of an indicator, or what the plan says in words where it prints none."""

    indicator: str = column(kinds.CODE, "Indicator", required=True, key=True)
    area: str | None = column(kinds.TEXT, "Area or organisation (blank: the whole plan)", key=True)
    service: str | None = column(kinds.IDENTIFIER, "Service", refers_to="service")
    title: str = column(kinds.TEXT, "What is measured", required=True)
    unit: str | None = column(kinds.TEXT, "Unit, such as per cent")
    planned: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Planned value in the year")
    position: Position | None = column(choice(Position), "What the plan says where it prints no values")
    exception: str | None = column(kinds.TEXT, "Why a standard is missed and what is done about it")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A measured or printed value of an indicator for an area and a period."""

    indicator: str = column(kinds.CODE, "Indicator", required=True, key=True)
    title: str | None = column(kinds.TEXT, "What is measured")
    area: str = column(kinds.TEXT, "Area or organisation", required=True, key=True)
    period: str = column(kinds.TEXT, "Period as printed", key=True)
    numerator: PrintedNumber | None = column(kinds.NUMBER, "Numerator")
    denominator: PrintedNumber | None = column(kinds.NUMBER, "Denominator")
    value: PrintedNumber | None = column(kinds.MEASURED, "Value as printed")
    unit: str | None = column(kinds.TEXT, "Unit, such as per cent or years")
    status: ObservationStatus | None = column(choice(ObservationStatus), "How firm the value is (blank: final)")
    source: str = column(kinds.TEXT, "Where the row comes from", required=True, key=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentCell:
    """People of a segment and an age band in a period, and what was spent on them. A withheld number is blank."""

    scheme: str = column(kinds.IDENTIFIER, "Segmentation scheme", required=True, key=True)
    period: str = column(kinds.TEXT, "Period, such as 2015-16", required=True, key=True)
    segment: str = column(kinds.IDENTIFIER, "Segment (all: every segment)", required=True, key=True)
    title: str = column(kinds.TEXT, "Title of the segment", required=True)
    age_band: str = column(kinds.TEXT, "Age band (all: every age)", required=True, key=True)
    people: PrintedNumber | None = column(kinds.NUMBER, "People (blank: withheld)")
    people_factor: PrintedNumber | None = column(kinds.NUMBER, "What people were scaled by (blank: not scaled)")
    spend: PrintedNumber | None = column(kinds.NUMBER, "Spend in pounds (blank: withheld)")
    spend_factor: PrintedNumber | None = column(kinds.NUMBER, "What spend was scaled by (blank: not scaled)")
    per_head: PrintedNumber | None = column(kinds.NUMBER, "Spend per head in pounds (blank: withheld, or nobody)")
    status: SegmentStatus = column(choice(SegmentStatus), "What the people are", required=True)
    source: str = column(kinds.TEXT, "Dataset, agreement, day of the extract and disclosure rule", required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """A commissioning intention: what is to change, with whom, and what it costs."""

    intention: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "What is intended", required=True)
    programme: str | None = column(kinds.TEXT, "Programme that it belongs to")
    service: str | None = column(kinds.IDENTIFIER, "Service", refers_to="service")
    status: IntentionStatus | None = column(choice(IntentionStatus), "New or continuing")
    change: str | None = column(kinds.TEXT, "Change to the service")
    provider: str | None = column(kinds.TEXT, "Provider affected")
    financial: str | None = column(kinds.TEXT, "Financial statement")
    comment: str | None = column(kinds.TEXT, "Comment")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project, and the must-dos and strategy outcomes that it serves."""

    project: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "Title", required=True)
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    must_dos: tuple[str, ...] | None = column(kinds.IDENTIFIERS, "National must-dos of the round that it serves")
    outcomes: tuple[str, ...] | None = column(
        kinds.IDENTIFIERS, "Strategy outcomes that it serves", refers_to="outcome"
    )
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyOutcome:
    """An outcome or ambition of a strategy that the plan must serve."""

    outcome: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    strategy: str = column(kinds.TEXT, "Strategy that it belongs to", required=True)
    title: str = column(kinds.TEXT, "Outcome", required=True)
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk to the plan, with what is done about it."""

    risk: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    area: str = column(kinds.TEXT, "Part of the plan that is at risk", required=True)
    title: str = column(kinds.TEXT, "What may happen", required=True)
    mitigation: str | None = column(kinds.TEXT, "What is done about it")
    likelihood: int | None = column(kinds.SCORE, "Likelihood, 1 (rare) to 5 (almost certain)")
    impact: int | None = column(kinds.SCORE, "Impact, 1 (negligible) to 5 (catastrophic)")
    target_score: PrintedNumber | None = column(kinds.NUMBER, "Score that the mitigation should reach")
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    review: date | None = column(kinds.DATE, "Next review")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract that ends within the plan or needs a decision."""

    contract: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "Contract or practice", required=True)
    provider: str | None = column(kinds.TEXT, "Provider")
    kind: str | None = column(kinds.TEXT, "Kind of contract")
    area: str | None = column(kinds.TEXT, "Area")
    starts: date | None = column(kinds.DATE, "First day")
    ends: date | None = column(kinds.DATE, "Last day")
    value: PrintedNumber | None = column(kinds.NUMBER, "Value of a year, in the money of the plan")
    extension_months: int | None = column(kinds.COUNT_OF_MONTHS, "Months by which it can be extended")
    notice_months: int | None = column(kinds.COUNT_OF_MONTHS, "Months of notice (blank: as usual for its kind)")
    lead_months: int | None = column(
        kinds.COUNT_OF_MONTHS, "Months that a procurement takes (blank: as usual for its kind)"
    )
    decision: ContractDecision | None = column(choice(ContractDecision), "What was decided (blank: nothing yet)")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something that is to be reached by a time."""

    milestone: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "What is to be reached", required=True)
    programme: str | None = column(kinds.TEXT, "Programme")
    due: str | None = column(kinds.TEXT, "When, as printed")
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityLevel:
    """One level of a maturity scale that organisations are to climb."""

    scale: str = column(kinds.IDENTIFIER, "Scale", required=True, key=True)
    level: str = column(kinds.TEXT, "Level", required=True, key=True)
    title: str = column(kinds.TEXT, "What the level means", required=True)
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that a named person accepts until a day, with the reason."""

    code: str = column(kinds.TEXT, "Code of the check, such as FIN001", required=True, key=True)
    subject: str = column(kinds.TEXT, "What the finding is about: the subject that it prints", required=True, key=True)
    reason: str = column(kinds.TEXT, "Why it is accepted", required=True)
    author: str = column(kinds.TEXT, "Who accepts it", required=True)
    expires: date = column(kinds.DATE, "Last day of the waiver", required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)
