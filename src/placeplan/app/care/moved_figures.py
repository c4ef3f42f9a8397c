"""Figures of a care model with its sliders moved, beside those of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from placeplan.app.care.intervention_library import read_sliders
from placeplan.app.care.moving import moved_plan
from placeplan.app.care.plan_care import compute_care
from placeplan.app.care.sliders import Positions, positions_of
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.figures import Figure, Figures
from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.model import Plan
from placeplan.reports.types import PlanResults

MOVING = ("demand.", "capacity.", "finance.", "efficiency.", "investments.", "delivery.", "spend.")
YEAR, WORTH = "year", "worth"


class Worth(StrEnum):
    """How a saving is counted."""

    TARIFF = "tariff"
    MARGINAL = "marginal"

    @property
    def measure(self) -> str:
        """The last part of the identifiers of its figures."""
        return "saving" if self is Worth.TARIFF else "saving-at-marginal-cost"

    @property
    def words(self) -> str:
        """Who saves it."""
        return "what the payer stops paying" if self is Worth.TARIFF else "what the system stops spending"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks at: where the sliders stand, a year of the plan, and how savings are counted."""

    positions: Positions
    year: str
    worth: Worth

    @property
    def written(self) -> str:
        """As an address has it."""
        return "&".join(filter(None, (self.positions.written, f"{YEAR}={self.year}", f"{WORTH}={self.worth}")))


@dataclass(frozen=True, eq=False)
class MovedFigures:
    """Both sets of figures, by identifier. ``runs`` is how many runs say what evidence allows.

    Attributes:
        results: the plan as it stands.
        asked: what is looked at.
        plan: with the sliders moved.
        figures: of that plan.
    """

    results: PlanResults
    asked: Asked
    plan: Plan
    figures: Figures

    @property
    def moved(self) -> bool:
        """Whether any cell differs from the plan."""
        return self.plan is not self.results.plan

    @property
    def runs(self) -> int:
        """How many runs say what evidence allows."""
        return self.plan.header.care.runs if self.plan.header.care else 0

    def before(self, figure: str) -> Decimal | None:
        """A figure of the plan; nothing where it is not known."""
        return _value(self.results.figures.get(figure))

    def after(self, figure: str) -> Decimal | None:
        """The figure with the sliders moved; nothing where it is not known."""
        return _value(self.figures.get(figure))

    def net(self, year: str, *, moved: bool = True) -> Decimal | None:
        """Saving less investment, in the way of counting that was asked for; nothing where either is not known."""
        value = self.after if moved else self.before
        if self.asked.worth is Worth.TARIFF:
            return value(f"demand.total.{year}.net")
        saved, spent = (
            value(f"demand.total.{year}.{self.asked.worth.measure}"),
            value(f"demand.total.{year}.investment"),
        )
        return None if saved is None or spent is None else saved - spent


def _value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def asked_of(plan: Plan, given: Mapping[str, str]) -> Asked:
    """What an address or a form asks for. The last year, and savings at tariff, where it does not say.

    Raises:
        InputError: with everything in it that the plan does not have.
    """
    rest = {name: text for name, text in given.items() if name not in (YEAR, WORTH)}
    years = [str(year) for year in plan.header.years]
    year, worth = given.get(YEAR) or years[-1], given.get(WORTH) or Worth.TARIFF
    problems = []
    if year not in years:
        problems.append(Problem(Location("sliders", field=YEAR), "this is no year of the plan", ", ".join(years)))
    if worth not in list(Worth):
        problems.append(Problem(Location("sliders", field=WORTH), "savings are not counted so", ", ".join(Worth)))
    try:
        positions = positions_of(plan, rest)
    except InputError as error:
        raise InputError([*error.problems, *problems]) from error
    if problems:
        raise InputError(problems)
    return Asked(positions, year, Worth(worth))


def moved_figures(results: PlanResults, asked: Asked) -> MovedFigures:
    """Compute the care model with the sliders moved, by the engines that computed the plan.

    Where no cell differs, the figures are those of the plan. While sliders move there are no more runs than a page can
    wait for.
    """
    plan = moved_plan(results.plan, asked.positions)
    if plan is results.plan:
        return MovedFigures(results, asked, plan, results.figures)
    quick = with_runs(plan, min(runs_of(plan), read_sliders().live_runs))
    known = {name: figure for name, figure in results.figures.items() if not name.startswith(MOVING)}
    return MovedFigures(results, asked, quick, compute_care(quick, known=known).figures)


def runs_of(plan: Plan) -> int:
    """How many runs a plan asks for."""
    return plan.header.care.runs if plan.header.care else 0


def with_runs(plan: Plan, runs: int) -> Plan:
    """The plan with another number of runs; the plan itself where it has so many."""
    settings = plan.header.care
    if settings is None or settings.runs == runs:
        return plan
    header = plan.header.model_copy(update={"care": settings.model_copy(update={"runs": runs})})
    return replace(plan, header=header)


def shown_number(value: Decimal | None, *, places: int = 0) -> str:
    """A number with few places, or that it is not known."""
    return UNKNOWN if value is None else f"{value:,.{places}f}"
