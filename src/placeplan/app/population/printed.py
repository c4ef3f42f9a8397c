"""What a plan prints about its population, read from its folder and checked."""

from dataclasses import dataclass
from pathlib import Path

from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan
from placeplan.plan.tables import Observation, ObservationStatus
from placeplan.population.printed_figures import PrintedCheck, population_rows, printed_checks

REGISTERED = "registered-population"


@dataclass(frozen=True)
class PrintedPopulation:
    """What a plan prints about its population.

    Attributes:
        plan: title of the plan.
        rows: observations of population, in the order of the plan.
        checks: what was checked among them.
    """

    plan: str
    rows: tuple[Observation, ...]
    checks: tuple[PrintedCheck, ...]

    def latest(self, indicator: str, *, area: str) -> Observation | None:
        """The last printed value of an indicator in an area that is no projection."""
        found = [
            row
            for row in self.rows
            if (row.indicator, row.area) == (indicator, area) and row.status is not ObservationStatus.PROJECTION
        ]
        return found[-1] if found else None


def printed_population(folder: Path) -> PrintedPopulation:
    """Read and check the figures of population in a plan folder.

    Raises:
        InputError: the plan cannot be read.
    """
    return printed_in(read_plan(folder))


def printed_in(plan: Plan) -> PrintedPopulation:
    """Check the figures of population in a plan."""
    rows = population_rows(plan.observations)
    return PrintedPopulation(plan.header.title, rows, tuple(printed_checks(plan.observations)))
