"""PLN005: a cell without a number leaves a figure unknown."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed
from placeplan.assurance.reading_plans import MoneyRow, WordCell, row_label, word_cells
from placeplan.finance.benefits import benefit_id
from placeplan.finance.claims import claim_id
from placeplan.finance.investments import investment_id
from placeplan.finance.measures import Measure, figure_id
from placeplan.plan.cells import Link
from placeplan.plan.funding_tables import AllocationClaim, Investment
from placeplan.plan.tables import AllocationKind, BenefitLine, FinanceLine


def find(case: Case) -> Iterator[Finding]:
    """Each row with such cells; a link to a figure that does not exist is left to PLN012."""
    if all(figure.value is not None for figure in case.figures.values()):
        return
    by_row: dict[int, list[WordCell]] = {}
    for each in word_cells(case.plan):
        if _is_missed(each, case):
            by_row.setdefault(id(each.row), []).append(each)
    for cells in by_row.values():
        row = cells[0].row
        yield CHECK.finding(
            subject=f"{_owner(row)} {row_label(row)}",
            location=row.place.at(str(cells[0].year)),
            facts={
                "line": row_label(row),
                "cells": listed([f"{each.year} ({'blank' if each.cell is None else each.cell})" for each in cells]),
                "figure": figure_of(cells[0]),
            },
            figures=tuple(dict.fromkeys(map(figure_of, cells))),
        )


def _is_missed(each: WordCell, case: Case) -> bool:
    if isinstance(each.cell, Link) and each.cell.named(each.year, case.figures) not in case.figures:
        return False
    figure = case.figures.get(figure_of(each))
    return figure is not None and figure.value is None


def _owner(row: MoneyRow) -> str:
    return row.programme if isinstance(row, BenefitLine) else row.service


def figure_of(each: WordCell) -> str:
    """The figure that a cell is a part of."""
    row = each.row
    if isinstance(row, FinanceLine):
        return figure_id(row.service, each.year, measure=row.step)
    if isinstance(row, BenefitLine):
        return benefit_id(row.programme, row.view, year=each.year, measure=row.kind)
    if isinstance(row, AllocationClaim):
        return claim_id(row, each.year)
    if isinstance(row, Investment):
        return investment_id(row, each.year)
    brought_forward = row.kind is AllocationKind.BROUGHT_FORWARD
    return figure_id(row.service, each.year, measure=Measure.BROUGHT_FORWARD if brought_forward else Measure.ALLOCATION)


CHECK = Check(
    code="PLN005",
    title="A cell without a number leaves a figure unknown",
    message="{line}: no number in {cells}, which leaves {figure} unknown",
    severity=Severity.WARNING,
    why=(
        "A blank is unknown and never zero. Everything that builds on the cell is unknown too, and no rule is tested "
        "on it."
    ),
    mend="Enter the amount, a rate or a link; enter 0 where nothing is meant.",
    references=("Placeplan's design: blank is unknown, never zero",),
    find=find,
)
