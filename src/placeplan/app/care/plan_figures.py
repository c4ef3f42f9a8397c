"""Figures of activity and savings in the care model. Each adds up exactly, what interventions do together included.

Identifiers: ``demand.POINT.BASE-YEAR.activity``; ``demand.POINT.YEAR.do-nothing``, ``.with-interventions``, ``.saving``
(at tariff), ``.saving-at-marginal-cost`` and ``.stranded-cost``; ``demand.segments.SEGMENT.YEAR.saving``. What changes
do together is ``-together`` after the figure that it is part of.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.plan_firmness import effects_not_firm, growth_not_firm, not_firm, savings_not_firm
from placeplan.app.care.plan_model import CareModel
from placeplan.demand.activity import Attribution
from placeplan.finance.ledger import Draft, Ledger
from placeplan.kernel.figures import ZERO, CellReference, FigureReference, Input
from placeplan.plan.cells import Rate
from placeplan.plan.model import Plan

PLACES = Decimal("0.000001")
NOTHING, AFTER = "do-nothing", "with-interventions"
SAVING, MARGINAL, STRANDED = "saving", "saving-at-marginal-cost", "stranded-cost"
TOGETHER = "together"


def add_activity(plan: Plan, model: CareModel, *, ledger: Ledger) -> None:
    """Activity of the base year, if nobody intervenes, and with the interventions, by point of delivery."""
    for point in model.after.axes.points:
        base = _add_base(plan, model, point=point, ledger=ledger)
        for year in model.inputs.years[1:]:
            nothing = f"demand.{point}.{year}.{NOTHING}"
            grown = model.nothing.waterfall(year, point=point)
            left = model.combined.waterfall(year, point=point)
            _add_activity_of(plan, nothing, parts=grown, start=base, ledger=ledger)
            _add_activity_of(plan, f"demand.{point}.{year}.{AFTER}", parts=left, start=nothing, ledger=ledger)


def _add_base(plan: Plan, model: CareModel, *, point: str, ledger: Ledger) -> str:
    year = model.inputs.settings.base_year
    rows = [row for row in plan.care_activity if row.point == point]
    amounts = [(f"{row.segment}, {row.area}", row.activity.value, row.place) for row in rows]
    draft = Draft(
        id=f"demand.{point}.{year}.activity",
        label=f"{_title(point)}, {year}",
        unit=_unit(point),
        formula="activity of the base year",
        inputs=tuple(Input(name, value, CellReference(place, "activity"), value) for name, value, place in amounts),
        leans_on=not_firm("care/activity.csv", rows),
    )
    return ledger.add_sum(draft).id


def _add_activity_of(plan: Plan, identifier: str, *, parts: Attribution, start: str, ledger: Ledger) -> None:
    _, point, year, measure = identifier.split(".")
    before = ledger.input_from(ledger[start])
    draft = Draft(
        id=identifier,
        label=f"{_title(point)}, {year}, {measure.replace('-', ' ')}",
        unit=_unit(point),
        formula="what was before, what each change does alone, and what they do together",
        inputs=(before, *_own(parts, plan, year=year, divisor=1.0, point=point)),
        leans_on=growth_not_firm(plan) if measure == NOTHING else effects_not_firm(plan),
    )
    _add_closed(draft, float(parts.total), ledger=ledger)


def add_savings(plan: Plan, model: CareModel, *, ledger: Ledger) -> None:
    """What is saved: by point of delivery at tariff, at marginal cost and stranded, and by segment at tariff."""
    money = model.money
    for place, point in enumerate(model.after.axes.points):
        for column, year in enumerate(model.inputs.years[1:], start=1):
            start, words = f"demand.{point}.{year}", f"{_title(point)}, {year}"
            tariff, marginal = (_cell(each, place, column=column) for each in (money.at_tariff, money.at_marginal_cost))
            _add_money(plan, f"{start}.{SAVING}", parts=tariff, label=f"{words}, saving at tariff", ledger=ledger)
            _add_money(
                plan, f"{start}.{MARGINAL}", parts=marginal, label=f"{words}, saving at marginal cost", ledger=ledger
            )
            stranded = float(money.stranded_cost[place, column])
            _add_stranded(plan, f"{start}.{STRANDED}", value=stranded, label=f"{words}, stranded cost", ledger=ledger)
    for place, segment in enumerate(model.inputs.settings.segments):
        for column, year in enumerate(model.inputs.years[1:], start=1):
            identifier = f"demand.segments.{segment.id}.{year}.{SAVING}"
            found = _cell(model.at_tariff_by_segment, place, column=column)
            _add_money(plan, identifier, parts=found, label=f"{segment.title}, {year}, saving at tariff", ledger=ledger)


def _add_money(plan: Plan, identifier: str, *, parts: Attribution, label: str, ledger: Ledger) -> None:
    pounds = float(plan.header.money.pounds)
    draft = Draft(
        id=identifier,
        label=label,
        unit=ledger.unit,
        formula="what each intervention saves alone, and what they do together",
        inputs=_own(parts, plan, year=identifier.split(".")[-2], divisor=pounds),
        leans_on=savings_not_firm(plan),
    )
    _add_closed(draft, float(parts.total) / pounds, ledger=ledger)


def _add_stranded(plan: Plan, identifier: str, *, value: float, label: str, ledger: Ledger) -> None:
    ledger.add_value(
        Draft(
            id=identifier,
            label=label,
            unit=ledger.unit,
            formula="full cost of what is saved, less what the system stops spending",
            inputs=(),
            value=rounded(value / float(plan.header.money.pounds)),
            leans_on=savings_not_firm(plan),
        )
    )


def _add_closed(draft: Draft, total: float, *, ledger: Ledger) -> None:
    """Add a figure of parts that were each rounded; the rest is what the changes do together."""
    rest = rounded(total) - sum((each.share or ZERO for each in draft.inputs), ZERO)
    together = (_together(draft, rest, ledger=ledger),) if rest or not draft.inputs else ()
    ledger.add_sum(replace(draft, inputs=(*draft.inputs, *together)))


def _together(draft: Draft, rest: Decimal, *, ledger: Ledger) -> Input:
    """What the changes of a figure do together, as a figure of its own that leads to the same cells."""
    changes = tuple(each._replace(share=None) for each in draft.inputs if isinstance(each.origin, CellReference))
    figure = ledger.add_value(
        replace(
            draft,
            id=f"{draft.id}-{TOGETHER}",
            label=f"{draft.label}, together",
            formula="the whole, less what each change does alone",
            inputs=changes,
            value=rest,
        )
    )
    return Input("together, beyond what each does alone", rest, FigureReference(figure.id), rest)


def _own(parts: Attribution, plan: Plan, *, year: str, divisor: float, point: str | None = None) -> tuple[Input, ...]:
    """What each change does alone, pointing at its rate in the year; what does nothing is left out."""
    cells = _rates(plan, year, point=point)
    own = [(change.name, rounded(float(change.own) / divisor)) for change in parts.changes]
    return tuple(Input(name, *cells[name], share) for name, share in own if share)


def _rates(plan: Plan, year: str, *, point: str | None) -> dict[str, tuple[Decimal, CellReference]]:
    """The rate of each change in a year, as printed, and its cell: of growth, the first row that acts at the point."""
    growth = [row for row in plan.care_growth if row.point in (None, point)]
    rows = [(row.adjustment, row.rates, row.place) for row in reversed(growth)]
    rows += [(row.intervention, row.maturity, row.place) for row in plan.care_interventions]
    return {
        name: (cell.percent.value, CellReference(place, year))
        for name, rates, place in rows
        for at, cell in rates.items()
        if str(at) == year and isinstance(cell, Rate)
    }


def _cell(attribution: Attribution, place: int, *, column: int) -> Attribution:
    own = {change.name: change.own[place, column] for change in attribution.changes}
    return Attribution.of(np.zeros(()), own, total=attribution.total[place, column])


def rounded(value: float) -> Decimal:
    """A float as a decimal of six places, so that sums of figures are exact."""
    return Decimal(repr(float(value))).quantize(PLACES)


def _title(point: str) -> str:
    return read_points()[point].title


def _unit(point: str) -> str:
    return read_points()[point].unit.removesuffix(" a year")
