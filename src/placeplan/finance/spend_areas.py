"""Financial mapping: where spend can be changed, what the goals of its areas come to, and how far off a target that is.

Only an area without parts has a lever and a goal of its own. It can give something where it has a lever and the lever
can be pulled here; an area with parts is the sum of them. A target is a share of the whole spend of an area, whether it
can be changed or not, so it asks for a larger share of what can.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from placeplan.finance.amounts import Counted, counted, no_base
from placeplan.finance.bridge import combined
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.quotients import quotient_tolerance
from placeplan.kernel.figures import ZERO, CellReference, Figure, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import PER_CENT as PER_CENT_UNIT
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan
from placeplan.plan.savings_tables import Discretion, Lever, SpendArea
from placeplan.plan.spend_tree import from_the_top, parts_of


class AreaMeasure(StrEnum):
    """What is computed of an area of spend in a year."""

    TOTAL = "total"
    ADDRESSABLE = "addressable"
    GOAL = "goal"
    GOAL_SHARE = "goal-share"
    TARGET = "target"
    AGAINST_TARGET = "against-target"
    ASKED = "asked-of-addressable"


AREA_WORDS: Mapping[AreaMeasure, str] = {
    AreaMeasure.TOTAL: "spend",
    AreaMeasure.ADDRESSABLE: "spend that can be changed here",
    AreaMeasure.GOAL: "saving that the goals come to",
    AreaMeasure.GOAL_SHARE: "goals as a share of spend",
    AreaMeasure.TARGET: "saving asked for from above",
    AreaMeasure.AGAINST_TARGET: "goals less the target",
    AreaMeasure.ASKED: "target as a share of the spend that can be changed",
}
ALL_SPEND = "All areas of spend"
NATIONAL = "national"
UNKNOWN_LEVER = "unknown"
KIND_WORDS: Mapping[str, str] = {
    Lever.PRICE: "Price can be changed",
    Lever.VOLUME: "Volume can be changed",
    Lever.PRICE_AND_VOLUME: "Price and volume can be changed",
    NATIONAL: "Can be changed only nationally",
    Lever.NONE: "Cannot be changed",
    UNKNOWN_LEVER: "Not known whether it can be changed",
}


def area_id(area: str, year: FinancialYear, *, measure: AreaMeasure) -> str:
    """Identifier of a figure of an area: ``spend.primary-care.2014-15.addressable``."""
    return f"spend.{area}.{year}.{measure}"


def all_spend_id(year: FinancialYear, *, measure: str) -> str:
    """Identifier of a figure of all areas, or of all that a lever moves: ``spend.2014-15.total``, ``….price``."""
    return f"spend.{year}.{measure}"


def years_of_spend(areas: Sequence[SpendArea]) -> tuple[FinancialYear, ...]:
    """The years that have a column."""
    return tuple(areas[0].amounts) if areas else ()


def kind_of(area: SpendArea) -> str:
    """By what an area without parts can be changed: its lever, nationally only, by nothing, or not known."""
    if area.lever is None:
        return UNKNOWN_LEVER
    if area.lever is not Lever.NONE and area.discretion is Discretion.NATIONAL:
        return NATIONAL
    return area.lever


def can_be_changed(area: SpendArea) -> bool:
    """Whether an area without parts can give anything: it has a lever, and that can be pulled here."""
    return kind_of(area) not in {Lever.NONE, NATIONAL, UNKNOWN_LEVER}


def add_spend_areas(plan: Plan, ledger: Ledger) -> None:
    """Add the figures of every area, the parts before what they are parts of, and those of all of them."""
    areas = plan.spend_areas
    parts = parts_of(areas)
    upwards = [area for _, area in from_the_top(areas)][::-1]
    for year in years_of_spend(areas):
        for area in upwards:
            _Area(area, year, parts=parts.get(area.area, ()), ledger=ledger).add()
        _add_all(areas, year, top=parts.get("", ()), ledger=ledger)


class _Area:
    """One area in one year, while its figures are added."""

    def __init__(self, area: SpendArea, year: FinancialYear, *, parts: Sequence[SpendArea], ledger: Ledger) -> None:
        self.area, self.year, self.parts, self.ledger = area, year, parts, ledger

    def add(self) -> None:
        """Add spend, what can be changed of it, goals, and the target where there is one."""
        if self.parts:
            total, addressable, goal = (
                self._sum_of_parts(measure)
                for measure in (AreaMeasure.TOTAL, AreaMeasure.ADDRESSABLE, AreaMeasure.GOAL)
            )
        else:
            total = self._spend()
            addressable = self._own(
                AreaMeasure.ADDRESSABLE, "its spend where it has a lever here, else nothing", total=total
            )
            goal = self._own_goal(total)
        self._share(AreaMeasure.GOAL_SHARE, "saving that the goals come to, over spend", above=goal, below=total)
        if self.area.target is not None:
            target = self._target(total, self.area.target)
            counts = combined([(goal, 1), (target, -1)], self.ledger)
            self._sum(AreaMeasure.AGAINST_TARGET, "saving that the goals come to, less the target", counts=counts)
            words = "target over the spend that can be changed"
            self._share(AreaMeasure.ASKED, words, above=target, below=addressable)

    def _sum(self, measure: AreaMeasure, formula: str, *, counts: Counted) -> Figure:
        return self.ledger.add_sum(self._draft(measure, formula, counts=counts))

    def _draft(self, measure: AreaMeasure, formula: str, *, counts: Counted) -> Draft:
        return Draft(
            id=area_id(self.area.area, self.year, measure=measure),
            label=f"{self.area.title}, {AREA_WORDS[measure]}, {self.year}",
            unit=self.ledger.unit,
            formula=formula,
            inputs=counts.inputs,
            tolerance=counts.tolerance,
            missing=counts.missing,
        )

    def _spend(self) -> Figure:
        counts = counted([self.area], self.year, base=no_base, ledger=self.ledger)
        return self._sum(AreaMeasure.TOTAL, "its spend as entered", counts=counts)

    def _sum_of_parts(self, measure: AreaMeasure) -> Figure:
        figures = [self.ledger[area_id(part.area, self.year, measure=measure)] for part in self.parts]
        counts = combined([(figure, 1) for figure in figures], self.ledger)
        return self._sum(measure, "sum of its parts", counts=counts)

    def _own(self, measure: AreaMeasure, formula: str, *, total: Figure) -> Figure:
        counts = combined([(total, 1)] if can_be_changed(self.area) else [], self.ledger)
        return self._sum(measure, formula, counts=counts)

    def _own_goal(self, total: Figure) -> Figure:
        goal = self.area.goal if can_be_changed(self.area) else None
        counts = self._share_of(total, goal, heading="goal") if goal is not None else Counted((), ZERO, ())
        return self._sum(AreaMeasure.GOAL, "its goal times its spend, where it can be changed here", counts=counts)

    def _target(self, total: Figure, target: PrintedNumber) -> Figure:
        return self._sum(
            AreaMeasure.TARGET, "target times spend", counts=self._share_of(total, target, heading="target")
        )

    def _share_of(self, total: Figure, share: PrintedNumber, *, heading: str) -> Counted:
        """A percentage of a figure as the one input of a sum. It is set and not measured, so 3% is exactly that."""
        if total.value is None:
            return combined([(total, 1)], self.ledger)
        tolerance = abs(share.value) * total.tolerance / PER_CENT
        cell = CellReference(self.area.place, heading)
        words = f"{share} of {total.label}"
        return Counted([Input(words, share.value, cell, total.value * share.value / PER_CENT)], tolerance, ())

    def _share(self, measure: AreaMeasure, formula: str, *, above: Figure, below: Figure) -> None:
        if above.value is None or not below.value:
            return
        inputs = [self.ledger.input_from(figure)._replace(share=None) for figure in (above, below)]
        counts = Counted(inputs, quotient_tolerance(above, below) * PER_CENT, ())
        draft = self._draft(measure, formula, counts=counts)
        self.ledger.add_value(replace(draft, unit=PER_CENT_UNIT, value=above.value / below.value * PER_CENT))


def _add_all(areas: Sequence[SpendArea], year: FinancialYear, *, top: Sequence[SpendArea], ledger: Ledger) -> None:
    """Spend, what can be changed and goals of all areas; and spend by what can be changed about it."""
    parted = {area.parent for area in areas}
    leaves = [area for area in areas if area.area not in parted]
    for measure in (AreaMeasure.TOTAL, AreaMeasure.ADDRESSABLE, AreaMeasure.GOAL):
        label = f"{ALL_SPEND}, {AREA_WORDS[measure]}, {year}"
        figures = _figures(top, year, measure=measure, ledger=ledger)
        _add_sum(all_spend_id(year, measure=measure), label, parts=figures, ledger=ledger)
    for kind, words in KIND_WORDS.items():
        own = [area for area in leaves if kind_of(area) == kind]
        for measure, name in ((AreaMeasure.TOTAL, kind), (AreaMeasure.GOAL, f"{kind}-goal")):
            label = f"{words}: {AREA_WORDS[measure]}, {year}"
            if own:
                figures = _figures(own, year, measure=measure, ledger=ledger)
                _add_sum(all_spend_id(year, measure=name), label, parts=figures, ledger=ledger)


def _figures(
    areas: Iterable[SpendArea], year: FinancialYear, *, measure: AreaMeasure, ledger: Ledger
) -> Iterator[Figure]:
    return (ledger[area_id(area.area, year, measure=measure)] for area in areas)


def _add_sum(figure_id: str, label: str, *, parts: Iterable[Figure], ledger: Ledger) -> None:
    counts = combined(((figure, 1) for figure in parts), ledger)
    ledger.add_sum(
        Draft(
            id=figure_id,
            label=label,
            unit=ledger.unit,
            formula="sum over the areas",
            inputs=counts.inputs,
            tolerance=counts.tolerance,
            missing=counts.missing,
        )
    )
