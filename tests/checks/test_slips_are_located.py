"""A slip put into a plan that adds up is found, and at its cell where the plan says enough to tell."""

import random
from pathlib import Path

import pytest

import placeplan
from placeplan.app.checking import check_loaded
from placeplan.app.loading import Loaded, load
from placeplan.assurance.copying_errors.number_cells import CellKey, NumberCells
from placeplan.assurance.copying_errors.slips import SlipKind, slips
from placeplan.assurance.findings import Finding
from placeplan.plan.tables import StatedValue
from tests.checks.example_plans import TODAY

PLAN = Path(placeplan.__file__).parent / "examples" / "kent-medway-2014"
LOADED = load(PLAN)
CELLS = NumberCells(LOADED.plan)
SUMS = ("total", "baseline", "cumulative", "resources", "outturn", "in-year")
EXAMPLES = 24


def _found(key: CellKey, seed: int) -> list[Finding]:
    """What is found when the first digit of a cell is another one."""
    printed = CELLS.number(key)
    assert printed is not None
    digits = [slip for slip in slips(printed) if slip.kind is SlipKind.DIGIT]
    wrong = random.Random(seed).choice(digits[:9])
    plan = CELLS.with_number(key, wrong.number)
    results = check_loaded(Loaded(plan, LOADED.round), today=TODAY, select=["REC001"])
    return list(results.judgement.findings)


def _sums() -> list[StatedValue]:
    rows = [row for row in LOADED.plan.stated if row.figure.rsplit(".", 1)[1] in SUMS and len(row.value.text) > 4]
    return random.Random(7).sample(rows, EXAMPLES)


@pytest.mark.parametrize("row", _sums(), ids=lambda row: f"{row.figure} {row.source[:24]}")
def test_wrong_digit_in_a_stated_total_is_found_at_the_total(row: StatedValue) -> None:
    [finding] = _found((row.place.file, row.place.line, "value"), seed=row.place.line)
    assert finding.location == row.place.at("value")
    assert f"{row.value} in place of" in finding.suggestion


@pytest.mark.parametrize("number", range(0, 28, 7))
def test_wrong_digit_in_an_outturn_is_found_once_with_everything_that_it_breaks(number: int) -> None:
    line = LOADED.plan.lines[number]
    [finding] = _found((line.place.file, line.place.line, "2014-15"), seed=number)
    places = [finding.location, *(other.location for other in finding.related)]
    assert line.place.at("2014-15") in places
    assert len(finding.figures) > 1
