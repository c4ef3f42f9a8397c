"""Savings and investments of a programme as somebody stated them, summed in each of the ways in which they were cut."""

from collections.abc import Sequence

from placeplan.finance.amounts import Counted, counted, no_base
from placeplan.finance.bridge import combined
from placeplan.finance.ledger import Draft, Ledger
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.model import Plan
from placeplan.plan.tables import BenefitKind, BenefitLine

NET = "net"


def benefit_id(programme: str, view: str, *, year: FinancialYear, measure: str) -> str:
    """Identifier of a figure: ``benefits.local-care.point-of-delivery.2017-18.saving`` (``.investment``, ``.net``)."""
    return f"benefits.{programme}.{view}.{year}.{measure}"


def add_benefits(plan: Plan, ledger: Ledger) -> None:
    """Add savings, investments and, where a view has both, net benefit, for every programme, view and year."""
    for programme, view in dict.fromkeys((line.programme, line.view) for line in plan.benefits):
        lines = [line for line in plan.benefits if (line.programme, line.view) == (programme, view)]
        for year in plan.header.years:
            _add_year(lines, year, unit=str(plan.header.money), ledger=ledger)


def spoken(name: str) -> str:
    """A short name as words: ``point-of-delivery`` is "point of delivery"."""
    return name.replace("-", " ")


def _add_year(lines: Sequence[BenefitLine], year: FinancialYear, *, unit: str, ledger: Ledger) -> None:
    programme, view = lines[0].programme, lines[0].view

    def draft(measure: str, formula: str, *, parts: Counted) -> Draft:
        return Draft(
            id=benefit_id(programme, view, year=year, measure=measure),
            label=f"{spoken(programme).capitalize()}, {measure} by {spoken(view)}, {year}",
            unit=unit,
            formula=formula,
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )

    totals: dict[BenefitKind, Figure] = {}
    for kind in BenefitKind:
        own = [line for line in lines if line.kind is kind]
        if own:
            parts = counted(own, year, base=no_base, ledger=ledger)
            totals[kind] = ledger.add_sum(draft(kind, f"sum of the lines by {spoken(view)}", parts=parts))
    if len(totals) == len(BenefitKind):
        parts = combined([(totals[BenefitKind.SAVING], 1), (totals[BenefitKind.INVESTMENT], -1)], ledger)
        ledger.add_sum(draft(NET, "savings less investments", parts=parts))
