"""The plan as one frozen value, and the list of its tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from placeplan.kernel.errors import Location
from placeplan.kernel.periods import FinancialYear
from placeplan.plan import care_tables, funding_tables, governance_tables, savings_tables, tables
from placeplan.plan.columns import Column
from placeplan.plan.header import PlanHeader
from placeplan.plan.scenario import Scenario

HEADER_FILE = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the plan: its file, the attribute of :class:`Plan` that holds its rows, and its columns.

    ``plan_years``: whether the year columns must be the years of the plan (else any years that follow one another).
    """

    path: str
    attribute: str
    title: str
    row: type[Any]
    columns: tuple[Column, ...]
    plan_years: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that together name a row."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def has_years(self) -> bool:
        """Whether the table has one column a year."""
        return any(column.by_year for column in self.columns)

    def headings(self, years: Iterable[FinancialYear]) -> tuple[str, ...]:
        """Headings of the file, with one for each year where the year columns stand."""
        names: list[str] = []
        for column in self.columns:
            names.extend(str(year) for year in years) if column.by_year else names.append(column.name)
        return tuple(names)

    def key_of(self, row: Any) -> tuple[str, ...]:
        """The key of a row, as text."""
        return tuple("" if (value := getattr(row, name)) is None else str(value) for name in self.key)


def _columns(row: type[Any]) -> tuple[Column, ...]:
    declared = [(each.name, each.metadata["column"]) for each in fields(row) if "column" in each.metadata]
    return tuple(
        Column(name, kind, title, required=required, key=key, refers_to=refers_to)
        for name, (kind, title, required, key, refers_to) in declared
    )


def _table(path: str, attribute: str, *, title: str, row: type[Any], plan_years: bool = False) -> Table:
    return Table(path, attribute, title, row, _columns(row), plan_years)


TABLES: tuple[Table, ...] = (
    _table("finance/lines.csv", "lines", title="Bridge lines", row=tables.FinanceLine, plan_years=True),
    _table("finance/allocations.csv", "allocations", title="Allocations", row=tables.AllocationLine, plan_years=True),
    _table(
        "finance/claims.csv",
        "claims",
        title="Claims on allocations",
        row=funding_tables.AllocationClaim,
        plan_years=True,
    ),
    _table("finance/targets.csv", "targets", title="Target allocations", row=tables.TargetAllocation),
    _table("finance/efficiency.csv", "schemes", title="Efficiency schemes", row=tables.EfficiencyScheme),
    _table(
        "finance/savings_delivered.csv", "deliveries", title="Savings delivered", row=savings_tables.SavingDelivered
    ),
    _table("finance/spend_areas.csv", "spend_areas", title="Areas of spend", row=savings_tables.SpendArea),
    _table(
        "finance/investments.csv", "investments", title="Investments", row=funding_tables.Investment, plan_years=True
    ),
    _table("finance/collective.csv", "collective_targets", title="Collective targets", row=tables.CollectiveTarget),
    _table(
        "finance/benefits.csv",
        "benefits",
        title="Savings and investments as stated",
        row=tables.BenefitLine,
        plan_years=True,
    ),
    _table("finance/stated.csv", "stated", title="Totals as stated", row=tables.StatedValue),
    _table("performance/trajectories.csv", "trajectories", title="Planned trajectories", row=tables.Trajectory),
    _table("performance/observations.csv", "observations", title="Observations", row=tables.Observation),
    _table("people/segments.csv", "segments", title="Segments of the population", row=tables.SegmentCell),
    _table("care/activity.csv", "care_activity", title="Activity of the base year", row=care_tables.CareActivity),
    _table("care/prices.csv", "care_prices", title="Prices of activity", row=care_tables.CarePrice),
    _table("care/growth.csv", "care_growth", title="Growth", row=care_tables.CareGrowth, plan_years=True),
    _table(
        "care/interventions.csv",
        "care_interventions",
        title="Interventions",
        row=care_tables.CareIntervention,
        plan_years=True,
    ),
    _table("care/reach.csv", "care_reach", title="Reach of interventions", row=care_tables.CareReach),
    _table(
        "care/effects.csv",
        "care_effects",
        title="Effects of interventions",
        row=care_tables.CareEffect,
        plan_years=True,
    ),
    _table("care/costs.csv", "care_costs", title="Costs of interventions", row=care_tables.CareCost, plan_years=True),
    _table("care/beds.csv", "care_beds", title="Beds", row=care_tables.CareBeds),
    _table("care/staff.csv", "care_staff", title="Staff of interventions", row=care_tables.CareStaff),
    _table("care/clusters.csv", "care_clusters", title="Clusters of practices", row=care_tables.CareCluster),
    _table("care/sites.csv", "care_sites", title="Sites for hubs", row=care_tables.CareSite),
    _table(
        "care/last_digits.csv", "care_last_digits", title="Last digits of lost numbers", row=care_tables.CareLastDigits
    ),
    _table("registers/intentions.csv", "intentions", title="Commissioning intentions", row=tables.Intention),
    _table("registers/outcomes.csv", "outcomes", title="Strategy outcomes", row=tables.StrategyOutcome),
    _table("registers/projects.csv", "projects", title="Projects", row=tables.Project),
    _table("registers/goals.csv", "goals", title="Goals by programme of care", row=governance_tables.GoalEntry),
    _table("registers/risks.csv", "risks", title="Risks", row=tables.Risk),
    _table("registers/contracts.csv", "contracts", title="Contracts", row=tables.Contract),
    _table("registers/milestones.csv", "milestones", title="Milestones", row=tables.Milestone),
    _table("registers/maturity.csv", "maturity", title="Maturity levels", row=tables.MaturityLevel),
    _table("registers/groups.csv", "groups", title="Boards and groups", row=governance_tables.Group),
    _table(
        "registers/reporting_lines.csv",
        "reporting_lines",
        title="Lines of reporting",
        row=governance_tables.ReportingLine,
    ),
    _table("waivers.csv", "waivers", title="Waivers", row=tables.Waiver),
)


@dataclass(frozen=True, slots=True)
class Narrative:
    """One Markdown file of the plan's text; ``file`` is relative to the plan."""

    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan. Equal plans hold the same values, wherever they were read from."""

    header: PlanHeader
    lines: tuple[tables.FinanceLine, ...] = ()
    allocations: tuple[tables.AllocationLine, ...] = ()
    claims: tuple[funding_tables.AllocationClaim, ...] = ()
    targets: tuple[tables.TargetAllocation, ...] = ()
    schemes: tuple[tables.EfficiencyScheme, ...] = ()
    investments: tuple[funding_tables.Investment, ...] = ()
    deliveries: tuple[savings_tables.SavingDelivered, ...] = ()
    spend_areas: tuple[savings_tables.SpendArea, ...] = ()
    collective_targets: tuple[tables.CollectiveTarget, ...] = ()
    benefits: tuple[tables.BenefitLine, ...] = ()
    stated: tuple[tables.StatedValue, ...] = ()
    trajectories: tuple[tables.Trajectory, ...] = ()
    observations: tuple[tables.Observation, ...] = ()
    segments: tuple[tables.SegmentCell, ...] = ()
    care_activity: tuple[care_tables.CareActivity, ...] = ()
    care_prices: tuple[care_tables.CarePrice, ...] = ()
    care_growth: tuple[care_tables.CareGrowth, ...] = ()
    care_interventions: tuple[care_tables.CareIntervention, ...] = ()
    care_reach: tuple[care_tables.CareReach, ...] = ()
    care_effects: tuple[care_tables.CareEffect, ...] = ()
    care_costs: tuple[care_tables.CareCost, ...] = ()
    care_beds: tuple[care_tables.CareBeds, ...] = ()
    care_staff: tuple[care_tables.CareStaff, ...] = ()
    care_clusters: tuple[care_tables.CareCluster, ...] = ()
    care_sites: tuple[care_tables.CareSite, ...] = ()
    care_last_digits: tuple[care_tables.CareLastDigits, ...] = ()
    intentions: tuple[tables.Intention, ...] = ()
    outcomes: tuple[tables.StrategyOutcome, ...] = ()
    projects: tuple[tables.Project, ...] = ()
    goals: tuple[governance_tables.GoalEntry, ...] = ()
    risks: tuple[tables.Risk, ...] = ()
    contracts: tuple[tables.Contract, ...] = ()
    milestones: tuple[tables.Milestone, ...] = ()
    maturity: tuple[tables.MaturityLevel, ...] = ()
    groups: tuple[governance_tables.Group, ...] = ()
    reporting_lines: tuple[governance_tables.ReportingLine, ...] = ()
    waivers: tuple[tables.Waiver, ...] = ()
    narrative: tuple[Narrative, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    places: dict[str, Location] = field(default_factory=dict, compare=False, repr=False)

    def rows(self, table: Table) -> tuple[Any, ...]:
        """The rows of a table."""
        rows: tuple[Any, ...] = getattr(self, table.attribute)
        return rows

    def where(self, *path: str | int) -> Location:
        """Where a value of ``plan.yaml`` stands (``where("services", 0, "carry_forward")``), or its nearest table."""
        keys = [str(part) for part in path]
        while keys and ".".join(keys) not in self.places:
            keys.pop()
        return self.places.get(".".join(keys), Location(HEADER_FILE))
