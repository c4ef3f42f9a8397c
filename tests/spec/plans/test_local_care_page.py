"""The page on the local-care model prints what the bundled plan states and what its model gives."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.spec.plans.bundled import bundled

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "local-care-model.md"
YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")
HALF = Decimal("0.51")
LINES = {
    "A&E": "demand.groups.ae.{}.saving",
    "Non-elective admissions": "demand.groups.non-elective-admissions.{}.saving",
    "Outpatients": "demand.groups.outpatients.{}.saving",
    "Elective admissions": "demand.groups.elective-admissions.{}.saving",
    "Shorter stays, non-elective": "demand.groups.shorter-non-elective-stays.{}.saving",
    "Shorter stays, elective": "demand.groups.shorter-elective-stays.{}.saving",
    "Older complex tier, first row": "demand.segments.older-complex-first.{}.saving",
    "Older complex tier, second row": "demand.segments.older-complex-second.{}.saving",
    "Older complex tier, third row": "demand.segments.older-complex-third.{}.saving",
    "Remainder": "demand.segments.remainder.{}.saving",
    "**All savings**": "demand.total.{}.saving",
    "Investment, older complex": "demand.costs.older-complex.{}.investment",
    "Investment, other": "demand.costs.other-investment.{}.investment",
    "**Net benefit**": "demand.total.{}.net",
    "claimed": "demand.total.{}.saving",
    "evidence allows, nine runs in ten at most": "demand.total.{}.saving-high",
    "evidence allows, half of the runs at most": "demand.total.{}.saving-middle",
}


def _rows() -> dict[str, list[str]]:
    lines = (line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {name: cells for name, *cells in rows}


def _modelled(cell: str) -> Decimal:
    """The number in brackets, or the only one."""
    bracketed = re.search(r"\(([\d,]+)\)", cell)
    return Decimal((bracketed[1] if bracketed else cell).replace(",", ""))


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", range(4), ids=YEARS)
def test_the_page_prints_what_the_model_gives(line: str, place: int) -> None:
    value = bundled("west-kent-2017").figures[LINES[line].format(YEARS[place])].value
    assert value is not None
    assert abs(_modelled(_rows()[line][place]) - value) < HALF
