"""Reads the months of a contract and answers what each is paid, and who bears the rest."""

from collections.abc import Iterator
from pathlib import Path

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, marks_of, rows_of
from placeplan.demand.contract_payments import Band, ContractTerms, Payment, monthly_payments
from placeplan.kernel.errors import Problem

HEADINGS = ("month", "planned", "value", "block", "variable", "paid", "limited")
AMOUNTS = ("planned", "value")


def terms_of(*, block: float, above: float, below: float, cap: float | None, collar: float | None) -> ContractTerms:
    """Terms with one rate on each side of plan; ``block`` in pounds a month.

    Raises:
        DemandError: see ``ContractTerms``.
    """
    return ContractTerms(block, (Band(0.0, above),), (Band(0.0, below),), cap, collar)


def contract_answer(path: Path, *, terms: ContractTerms) -> CapacityAnswer:
    """What a contract pays in each month of a table.

    Args:
        path: a table of the layout ``contract-months``.
        terms: with the block of one month.

    Raises:
        InputError: the table cannot be used; with every problem.
    """
    rows = rows_of(path, "contract-months", check=_row_problems)
    planned, value = ([row.number(heading) for row in rows] for heading in AMOUNTS)
    paid = monthly_payments(planned, value, terms=terms)
    months = tuple(_months(rows, paid))
    payer, provider = float(paid.borne_by_payer.sum()), float(paid.borne_by_provider.sum())
    return CapacityAnswer(
        title="Contract payments",
        says=(
            f"Paid: £{paid.total.sum():,.0f}, for activity worth £{paid.value.sum():,.0f} at full price.",
            f"Against plan: £{payer:,.0f} for the payer, £{provider:,.0f} for the provider; below 0 is a gain.",
        ),
        tables=(TextTable(HEADINGS, tuple(_cells(month) for month in months)),),
        document={"months": list(months), "borne_by_payer": payer, "borne_by_provider": provider},
        marks=marks_of(rows),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    for heading in AMOUNTS:
        if row.number(heading) < 0:
            yield row.problem(heading, f"{row[heading]} is below 0", expected="pounds, 0 or more")


def _months(rows: tuple[Row, ...], paid: Payment) -> Iterator[dict[str, str | float | bool]]:
    columns = (paid.planned, paid.value, paid.block, paid.variable, paid.total)
    for place, row in enumerate(rows):
        figures = (float(column[place]) for column in columns)
        yield dict(zip(HEADINGS, (row.text("month"), *figures, bool(paid.limited[place])), strict=True))


def _cells(month: dict[str, str | float | bool]) -> tuple[str, ...]:
    amounts = (f"{month[heading]:,.0f}".replace("-", "−") for heading in HEADINGS[1:-1])
    return (str(month["month"]), *amounts, "yes" if month["limited"] else "")
