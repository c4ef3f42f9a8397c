"""Every figure of every bundled plan opens to the cells and rules that it is made of."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from io import StringIO

import pytest
from tests.unit.app.bundled import EXAMPLES, NAMES, bundled

from placeplan.app.explaining import Explanation, explain
from placeplan.kernel.errors import InputError
from placeplan.kernel.figures import CellReference, FigureReference, RuleReference
from placeplan.kernel.printed import parse_printed

every_plan = pytest.mark.parametrize("name", NAMES)
CELL = re.compile(r"^(?P<file>[a-z/-]+\.(csv|yaml)):(?P<line>\d+)")


@cache
def rows_of(name: str, file: str) -> list[list[str]]:
    return list(csv.reader(StringIO((EXAMPLES / name / file).read_text(encoding="utf-8"))))


def lines_of(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for part in explanation.parts:
        yield from lines_of(part)


@every_plan
def test_every_leaf_is_a_cell_or_a_rule(name: str) -> None:
    figures = bundled(name).figures
    for figure_id in figures:
        for line in lines_of(explain(figures, figure_id)):
            is_figure = line.origin in figures
            assert is_figure or CELL.match(line.origin) or "rounds/" in line.origin, (figure_id, line.origin)
            if not is_figure:
                assert line.parts == ()


@every_plan
def test_what_a_cell_is_said_to_hold_stands_there(name: str) -> None:
    """The number that a derivation names is the number at that line and column of the file."""
    figures = bundled(name).figures
    for figure in figures.values():
        for given in figure.inputs:
            if isinstance(given.origin, CellReference):
                place = given.origin.location
                text = rows_of(name, place.file)[place.line - 1][place.column - 1]
                number = parse_printed(text)
                assert number is not None, (figure.id, str(place), text)
                assert number.value == given.value, (figure.id, str(place))


@every_plan
def test_shares_add_up_on_every_level(name: str) -> None:
    figures = bundled(name).figures
    for figure_id in figures:
        for line in lines_of(explain(figures, figure_id)):
            shares = [part.share for part in line.parts]
            if shares and None not in shares and line.value is not None:
                assert sum(filter(None, shares), Decimal(0)) == line.value, line.origin


@every_plan
def test_a_figure_is_explained_once_in_a_walk_and_named_again_where_it_returns(name: str) -> None:
    figures = bundled(name).figures
    for figure_id in figures:
        lines = [line for line in lines_of(explain(figures, figure_id)) if line.origin in figures]
        opened = [line.origin for line in lines if not line.repeated]
        assert len(opened) == len(set(opened))
        assert all(line.parts == () for line in lines if line.repeated)


@every_plan
def test_a_figure_says_every_unconfirmed_value_that_it_leans_on(name: str) -> None:
    figures = bundled(name).figures
    for figure in figures.values():
        leaning: set[str] = set()
        for given in figure.inputs:
            if isinstance(given.origin, FigureReference):
                leaning |= set(figures[given.origin.figure].leans_on)
            elif isinstance(given.origin, RuleReference) and not given.origin.confirmed:
                leaning.add(given.origin.path)
        assert leaning <= set(figure.leans_on), figure.id


def test_primary_care_opens_from_the_surplus_to_the_outturn() -> None:
    explanation = explain(bundled("kent-medway-2014").figures, "finance.primary-care.2014-15.cumulative")
    assert (explanation.value, explanation.formula) == (6838, "total resources less planned spend")
    assert [(part.label, part.share) for part in explanation.parts] == [
        ("Primary care, total resources, 2014-15", 354873),
        ("Primary care, planned spend, 2014-15", -348035),
    ]
    outturn = next(line for line in lines_of(explanation) if line.label == "Previous year outturn")
    assert (outturn.value, outturn.origin) == (343222, "finance/lines.csv:2:7 (2014-15)")


def test_a_rule_is_named_with_its_reference_and_how_sure_it_is() -> None:
    explanation = explain(bundled("kent-medway-2014").figures, "finance.primary-care.2014-15.surplus-required")
    rule, base = explanation.parts
    assert rule.origin.startswith("Everyone Counts 2014/15")
    assert rule.origin.endswith("[rounds/2014-15/business_rules/surplus, confirmed]")
    assert base.origin == "finance.primary-care.2014-15.resources"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("finance.primary-care.2014-15.cumulativ", "finance.primary-care.2014-15.cumulative"),
        ("public-health.2014-15.total", "finance.public-health.2014-15.total"),
    ],
)
def test_a_figure_that_is_not_there_is_answered_with_the_nearest(asked: str, named: str) -> None:
    with pytest.raises(InputError, match=re.escape(named)):
        explain(bundled("kent-medway-2014").figures, asked)
