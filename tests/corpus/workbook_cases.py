"""Every broken workbook."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.corpus.broken_plan import BrokenPlan, Expected, put
from tests.corpus.draft import good_plans
from tests.corpus.good_workbooks import WORKBOOK, good_workbook
from tests.corpus.package_breakages import PACKAGES, package_expected
from tests.corpus.sheet_breakages import CELLS, SheetBreakage, book_breakages, cell_breakage, table_breakages

PREFIX = "workbook-"
PLANS_FOR_SHEETS = 1
"""Opening and saving a workbook takes a while, so a kind of broken sheet is made of one plan, in turn."""


def workbook_cases() -> Iterator[BrokenPlan]:
    """Files that are no workbook, then workbooks with a broken sheet."""
    plans = good_plans()
    for number, kind in enumerate(PACKAGES):
        plan = plans[number % len(plans)]
        make = partial(_make_package, kind=kind, plan=plan)
        yield BrokenPlan(f"{PREFIX}{kind}/{plan}", f"{PREFIX}{kind}", make, package_expected(kind))
    yield BrokenPlan(
        f"{PREFIX}missing", f"{PREFIX}missing", lambda path: path / WORKBOOK, Expected(WORKBOOK, words="exist")
    )
    for number, kind in enumerate(CELLS):
        yield from _sheet_cases(kind, partial(cell_breakage, kind), start=number)
    for source in (table_breakages, book_breakages):
        for number, kind in enumerate(source(plans[0])):
            yield from _sheet_cases(kind, partial(_one_of, source, kind), start=number)


def _one_of(source: Callable[[str], dict[str, SheetBreakage]], kind: str, plan: str) -> SheetBreakage:
    return source(plan)[kind]


def _sheet_cases(kind: str, breakage_for: Callable[[str], SheetBreakage | None], *, start: int) -> Iterator[BrokenPlan]:
    plans = good_plans()
    in_turn = [plans[(start + offset) % len(plans)] for offset in range(len(plans))]
    found = ((plan, breakage) for plan in in_turn if (breakage := breakage_for(plan)) is not None)
    for _, (plan, breakage) in zip(range(PLANS_FOR_SHEETS), found, strict=False):
        make = partial(_make_workbook, change=breakage.change, plan=plan)
        yield BrokenPlan(f"{PREFIX}{kind}/{plan}", f"{PREFIX}{kind}", make, breakage.expects)


def _make_package(path: Path, *, kind: str, plan: str) -> Path:
    change, _ = PACKAGES[kind]
    put(path / WORKBOOK, change(good_workbook(plan)))
    return path / WORKBOOK


def _make_workbook(path: Path, *, change: Callable[[Workbook], None], plan: str) -> Path:
    book = load_workbook(BytesIO(good_workbook(plan)))
    change(book)
    book.save(path / WORKBOOK)
    return path / WORKBOOK
