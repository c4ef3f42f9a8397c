"""Questions that many checks ask of a plan and its figures."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from placeplan.assurance.findings import Case
from placeplan.finance.measures import figure_id
from placeplan.kernel.errors import Location
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import Amount, Cell, Rate
from placeplan.plan.funding_tables import AllocationClaim, Investment
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationLine, BenefitLine, BridgeStep, FinanceLine

MoneyRow = FinanceLine | AllocationLine | BenefitLine | AllocationClaim | Investment
TRAJECTORIES = "performance/trajectories.csv"


class ServiceYear(NamedTuple):
    """One service in one year of the plan; ``number`` is the service's place in ``plan.yaml``."""

    number: int
    service: Service
    year: FinancialYear

    def id(self, measure: str) -> str:
        """Identifier of a finance figure of this service and year."""
        return figure_id(self.service.id, self.year, measure=measure)

    @property
    def words(self) -> str:
        """Service and year as a person says them."""
        return f"{self.service.name}, {self.year}"


class WordCell(NamedTuple):
    """A cell of a money table that holds no number: blank, a word or a link."""

    row: MoneyRow
    year: FinancialYear
    cell: Cell | None


def service_years(plan: Plan) -> Iterator[ServiceYear]:
    """Every service in every year of the plan."""
    for number, service in enumerate(plan.header.services):
        for year in plan.header.years:
            yield ServiceYear(number, service, year)


def known_figure(case: Case, figure: str) -> Figure | None:
    """The figure, when it is there and its value is known."""
    found = case.figures.get(figure)
    return None if found is None or found.value is None else found


def value_of(figure: Figure | None) -> Decimal:
    """The value of a figure; nothing counts as zero."""
    return Decimal(0) if figure is None or figure.value is None else figure.value


def has_finance(plan: Plan) -> bool:
    """Whether the plan has any bridge line or allocation."""
    return bool(plan.lines or plan.allocations)


def word_cells(plan: Plan) -> Iterator[WordCell]:
    """The cells of the money tables that hold no number."""
    rows: tuple[MoneyRow, ...] = (
        *plan.lines,
        *plan.allocations,
        *plan.benefits,
        *plan.claims,
        *plan.investments,
    )
    numbers = {Amount, Rate}
    for row in rows:
        if not numbers.issuperset(map(type, row.amounts.values())):
            yield from (WordCell(row, year, cell) for year, cell in row.amounts.items() if type(cell) not in numbers)


def row_label(row: MoneyRow) -> str:
    """What a row of a money table is called in a finding: the name of its line, or its own short name."""
    if isinstance(row, AllocationClaim):
        return row.claim
    return row.investment if isinstance(row, Investment) else row.line


def place_of_position(case: Case, at: ServiceYear) -> Location:
    """Where to look for the money of a service and year: its first allocation, else its first line, else its entry in
    the header.
    """
    for rows in (case.plan.allocations, case.plan.lines):
        for row in rows:
            if row.service == at.service.id:
                return row.place.at(str(at.year))
    return case.plan.where("services", at.number)


def place_of_step(case: Case, at: ServiceYear, *, step: BridgeStep) -> Location:
    """Where the first line of a step of a service stands; else where its money stands."""
    for line in case.plan.lines:
        if line.step is step and line.service == at.service.id:
            return line.place.at(str(at.year))
    return place_of_position(case, at)
