"""Questions that the checks of the care model ask of a plan and its figures."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from placeplan.assurance.findings import Case
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.errors import Location
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.care_tables import CareEffect
from placeplan.plan.cells import PER_CENT, Rate
from placeplan.plan.model import Plan

ZERO = Decimal(0)
FULL = Decimal(1)


class Claim(NamedTuple):
    """Share of the activity of a segment that an effect claims in a year, and the row that says so."""

    effect: CareEffect
    segment: str
    year: FinancialYear
    share: Decimal


def total_id(year: FinancialYear, measure: str) -> str:
    """Identifier of a figure over all interventions: ``demand.total.2018-19.saving``."""
    return f"demand.total.{year}.{measure}"


def claims(plan: Plan) -> Iterator[Claim]:
    """What each effect claims in each segment that it reaches and in each year: reach x share x maturity."""
    maturity = {row.intervention: row.maturity for row in plan.care_interventions}
    for effect in plan.care_effects:
        for reach in plan.care_reach:
            if reach.intervention == effect.intervention and effect.segment in (None, reach.segment):
                for year in plan.header.years:
                    cell = effect.maturity.get(year) or maturity.get(effect.intervention, {}).get(year)
                    grown = cell.fraction if isinstance(cell, Rate) else ZERO
                    share = reach.reach.value * effect.share.value * grown / PER_CENT**2
                    yield Claim(effect, reach.segment, year, share)


class Shortage(NamedTuple):
    """The year in which most is missing, in words for people: what is needed, what is there, what is missing."""

    figure: str
    year: FinancialYear
    needed: str
    there: str
    short: str


def greatest_shortage(case: Case, start: str, *, there: str, unit: str = "") -> Shortage | None:
    """The worst year of what figures such as ``capacity.beds.community-bed-days`` need; nothing where none is short.

    Args:
        case: with the figures.
        start: what their identifiers start with.
        there: the end of the identifier of what is there.
        unit: to be printed.
    """
    known = [(known_figure(case, f"{start}.{year}.gap"), year) for year in case.plan.header.years]
    gaps = [(value_of(figure), year) for figure, year in known if figure is not None]
    if not gaps or min(gaps)[0] >= 0:
        return None
    gap, year = min(gaps)
    needed = value_of(known_figure(case, f"{start}.{year}.needed"))
    return Shortage(
        f"{start}.{year}.gap",
        year,
        worded(needed, unit),
        worded(value_of(known_figure(case, f"{start}.{there}")), unit),
        worded(-gap, unit),
    )


def place_of_claims(plan: Plan) -> Location:
    """Where to look for what the plan claims: its first effect, else the settings of its care model."""
    return plan.care_effects[0].place.at("share") if plan.care_effects else plan.where("care")
