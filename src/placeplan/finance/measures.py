"""Names of the finance figures, their words, and their identifiers."""

from enum import StrEnum

from placeplan.kernel.periods import FinancialYear
from placeplan.plan.tables import BridgeStep

ALL_SERVICES = "all"
# What the identifiers of the figures of this engine begin with.
FAMILIES = ("finance.", "efficiency.", "benefits.", "investments.", "delivery.", "spend.")


class Measure(StrEnum):
    """What is computed for a service and a year, beside one measure for each step of the bridge."""

    BASELINE = "baseline"
    TOTAL = "total"
    ALLOCATION = "allocation"
    BROUGHT_FORWARD = "brought-forward"
    RESOURCES = "resources"
    IN_YEAR = "in-year"
    CUMULATIVE = "cumulative"
    UNDERLYING = "underlying"
    SURPLUS_REQUIRED = "surplus-required"
    SURPLUS_GAP = "surplus-gap"
    CONTINGENCY_REQUIRED = "contingency-required"
    HEADROOM_REQUIRED = "headroom-required"
    NON_RECURRENT_SPEND = "non-recurrent-spend"
    SAVINGS_TO_BALANCE = "savings-to-balance"
    SAVINGS_REQUIREMENT = "savings-requirement"
    UNCORRECTED = "uncorrected"
    MULTIPLIER = "multiplier"
    DISTANCE = "distance-from-target"
    DISTANCE_PERCENT = "distance-from-target-percent"
    ACTUAL_PER_HEAD = "actual-per-head"
    TARGET_PER_HEAD = "target-per-head"
    DISTANCE_PER_HEAD = "distance-from-target-per-head"
    GROWTH_PERCENT = "allocation-growth-percent"


WORDS: dict[str, str] = {
    BridgeStep.OUTTURN: "outturn of the year before",
    BridgeStep.PART_YEAR_EFFECT: "part-year and full-year effects",
    BridgeStep.NON_RECURRENT: "non-recurrent items taken out",
    BridgeStep.PRICE_INFLATION: "price inflation",
    BridgeStep.DEMOGRAPHIC_GROWTH: "demographic growth",
    BridgeStep.OTHER_GROWTH: "other growth",
    BridgeStep.PROVIDER_EFFICIENCY: "provider efficiency",
    BridgeStep.INVESTMENT: "investments",
    BridgeStep.EFFICIENCY_SCHEME: "efficiency schemes (QIPP)",
    BridgeStep.CONTINGENCY: "contingency",
    BridgeStep.HEADROOM: "headroom",
    BridgeStep.BUSINESS_RULES: "reserves that business rules ask for",
    Measure.BASELINE: "recurrent baseline",
    Measure.TOTAL: "planned spend",
    Measure.ALLOCATION: "allocation",
    Measure.BROUGHT_FORWARD: "balance brought forward",
    Measure.RESOURCES: "total resources",
    Measure.IN_YEAR: "in-year position",
    Measure.CUMULATIVE: "cumulative position",
    Measure.UNDERLYING: "underlying position",
    Measure.SURPLUS_REQUIRED: "surplus that the rules require",
    Measure.SURPLUS_GAP: "cumulative position less the surplus required",
    Measure.CONTINGENCY_REQUIRED: "contingency that the rules require",
    Measure.HEADROOM_REQUIRED: "non-recurrent spend that the rules require",
    Measure.NON_RECURRENT_SPEND: "non-recurrent spend in the plan",
    Measure.SAVINGS_TO_BALANCE: "savings needed to balance",
    Measure.SAVINGS_REQUIREMENT: "savings that the rules imply",
    Measure.UNCORRECTED: "cumulative position if the last in-year deficit is not corrected",
    Measure.MULTIPLIER: "cumulative deficit as a multiple of the in-year deficit",
    Measure.DISTANCE: "distance from target",
    Measure.DISTANCE_PERCENT: "distance from target, per cent",
    Measure.ACTUAL_PER_HEAD: "actual allocation per head",
    Measure.TARGET_PER_HEAD: "target allocation per head",
    Measure.DISTANCE_PER_HEAD: "distance from target per head",
    Measure.GROWTH_PERCENT: "growth of the allocation, per cent",
}

BASELINE_STEPS = (BridgeStep.OUTTURN, BridgeStep.PART_YEAR_EFFECT, BridgeStep.NON_RECURRENT)
MOVEMENT_STEPS = tuple(step for step in BridgeStep if step not in BASELINE_STEPS)
RESERVE_STEPS = (BridgeStep.CONTINGENCY, BridgeStep.HEADROOM, BridgeStep.BUSINESS_RULES)


def figure_id(service: str, year: FinancialYear, *, measure: str) -> str:
    """Identifier of a finance figure: ``finance.primary-care.2014-15.total``."""
    return f"finance.{service}.{year}.{measure}"


def provider_figure_id(service: str, year: FinancialYear, *, provider: str, measure: str) -> str:
    """Identifier of one cell of a provider-level framework: ``finance.west-kent.2016-17.provider.mtw.total``."""
    return f"finance.{service}.{year}.provider.{provider}.{measure}"
