"""Figures of what the interventions cost, what is left, and how plausible the claim is.

Identifiers: ``demand.costs.HEADING.YEAR.investment``; ``demand.groups.GROUP.YEAR.saving``;
``demand.total.YEAR.saving``, ``.saving-at-marginal-cost``, ``.stranded-cost``, ``.investment``, ``.net``,
``.saving-low``, ``.saving-middle``, ``.saving-high`` and ``.claim-probability``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from placeplan.app.care.plan_figures import MARGINAL, SAVING, STRANDED, rounded
from placeplan.app.care.plan_firmness import not_firm, savings_not_firm
from placeplan.app.care.plan_model import CareModel, Plausibility
from placeplan.finance.amounts import counted, no_base
from placeplan.finance.ledger import Draft, Ledger
from placeplan.kernel.figures import ZERO, Figure, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import PER_CENT
from placeplan.plan.model import Plan

INVESTMENT, NET = "investment", "net"
BANDS = (("low", 0.1), ("middle", 0.5), ("high", 0.9))
HUNDRED = 100
TENTHS = Decimal("0.1")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def add_totals(plan: Plan, model: CareModel, *, ledger: Ledger) -> None:
    """Savings of groups and of everything, investment by heading and in all, and what is left."""
    points = model.after.axes.points
    for year in plan.header.years:
        for group in model.inputs.settings.groups:
            parts = [ledger[f"demand.{point}.{year}.{SAVING}"] for point in group.points if point in points]
            label = f"{group.title}, {year}, saving at tariff"
            _add_sum(f"demand.groups.{group.id}.{year}.{SAVING}", parts, label=label, ledger=ledger)
        for measure in (SAVING, MARGINAL, STRANDED):
            _add_total(
                year, measure, parts=[ledger[f"demand.{point}.{year}.{measure}"] for point in points], ledger=ledger
            )
        costs = _add_costs(plan, year, ledger=ledger)
        if costs:
            _add_total(year, INVESTMENT, parts=costs, ledger=ledger)
            both = [ledger[f"demand.total.{year}.{measure}"] for measure in (SAVING, INVESTMENT)]
            _add_total(year, NET, parts=both, signs=(1, -1), ledger=ledger)


def _add_costs(plan: Plan, year: FinancialYear, *, ledger: Ledger) -> list[Figure]:
    found = []
    for heading in dict.fromkeys(row.heading for row in plan.care_costs):
        rows = [row for row in plan.care_costs if row.heading == heading]
        parts = counted(rows, year, base=no_base, ledger=ledger)
        draft = Draft(
            id=cost_id(heading, str(year)),
            label=f"{heading}, {year}, investment",
            unit=ledger.unit,
            formula="sum of the costs of interventions",
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
            leans_on=not_firm("care/costs.csv", rows),
        )
        found.append(ledger.add_sum(draft))
    return found


def cost_id(heading: str, year: str) -> str:
    """Identifier of what is spent under a heading: ``demand.costs.older-complex.2017-18.investment``."""
    return f"demand.costs.{_NOT_PLAIN.sub('-', heading.lower()).strip('-')}.{year}.{INVESTMENT}"


def _add_total(
    year: FinancialYear, measure: str, *, parts: Sequence[Figure], ledger: Ledger, signs: Sequence[int] = ()
) -> None:
    label = f"All interventions, {year}, {measure.replace('-', ' ')}"
    _add_sum(f"demand.total.{year}.{measure}", parts, label=label, ledger=ledger, signs=signs)


def _add_sum(
    identifier: str, parts: Sequence[Figure], *, label: str, ledger: Ledger, signs: Sequence[int] = ()
) -> None:
    known = [(figure, sign) for figure, sign in zip(parts, signs or [1] * len(parts), strict=True)]
    ledger.add_sum(
        Draft(
            id=identifier,
            label=label,
            unit=ledger.unit,
            formula="savings less investment" if signs else "sum of the parts",
            inputs=tuple(ledger.input_from(figure, sign=sign) for figure, sign in known if figure.value is not None),
            tolerance=sum((figure.tolerance for figure, _ in known), ZERO),
            missing=tuple(f"{figure.label} is not known" for figure, _ in known if figure.value is None),
        )
    )


def add_plausibility(plan: Plan, found: Plausibility, *, ledger: Ledger) -> None:
    """The saving that evidence allows, low, in the middle and high; and how often it is what is claimed."""
    pounds = float(plan.header.money.pounds)
    settings = plan.header.care
    how = f"{settings.runs if settings else 0} runs with seed {settings.seed if settings else 0}"
    basis = f"{how}: growth and effects drawn from what is believed of them"
    for place, year in enumerate(found.years):
        for name, level in BANDS:
            draft = Draft(
                id=f"demand.total.{year}.saving-{name}",
                label=f"Saving that evidence allows, {year}, not exceeded in {level:.0%} of runs",
                unit=ledger.unit,
                formula=basis,
                inputs=(),
                value=rounded(found.quantile(place, level) / pounds),
                leans_on=savings_not_firm(plan),
            )
            ledger.add_value(draft)
        ledger.add_value(_probability(found, place, year=year, basis=basis, ledger=ledger))


def _probability(found: Plausibility, place: int, *, year: str, basis: str, ledger: Ledger) -> Draft:
    claimed = ledger.input_from(ledger[f"demand.total.{year}.{SAVING}"])
    return Draft(
        id=f"demand.total.{year}.claim-probability",
        label=f"Share of runs that save at least what is claimed, {year}",
        unit=PER_CENT,
        formula=basis,
        inputs=(Input("claimed", claimed.value, claimed.origin),),
        value=rounded(found.probability(place) * HUNDRED).quantize(TENTHS),
    )
