"""A figure adds up, says what it rests on, and has one name."""

from decimal import Decimal

import pytest

from placeplan.kernel.errors import Place
from placeplan.kernel.figures import (
    CellInputs,
    CellReference,
    Figure,
    FigureReference,
    Figures,
    Input,
    RuleReference,
    unconfirmed_in,
)

CELL = CellReference(Place("finance/lines.csv", 2, ("line", "2014-15")), "2014-15")


def part(amount: str, share: str | None) -> Input:
    return Input("a part", Decimal(amount), CELL, None if share is None else Decimal(share))


def figure(value: str | None, *inputs: Input, name: str = "finance.a.total", leans_on: tuple[str, ...] = ()) -> Figure:
    amount = None if value is None else Decimal(value)
    return Figure(name, "A total", amount, "GBP", "sum of the parts", inputs, leans_on=leans_on)


def test_shares_add_to_the_value() -> None:
    assert figure("3", part("5", "5"), part("2", "-2")).value == 3
    with pytest.raises(ValueError, match="add to 7, not to 3"):
        figure("3", part("5", "5"), part("2", "2"))


def test_a_quotient_and_an_unknown_figure_need_not_add_up() -> None:
    assert figure("2.5", part("5", None), part("2", None)).value == Decimal("2.5")
    assert figure(None, part("5", "5")).value is None


def test_a_cell_is_named_by_file_line_column_and_heading() -> None:
    assert str(CELL) == "finance/lines.csv:2:2 (2014-15)"


def test_an_unconfirmed_rule_says_so() -> None:
    assert str(RuleReference("rounds/x/surplus", "guidance", confirmed=False)) == "rounds/x/surplus (unconfirmed)"


def test_what_a_sum_leans_on_comes_through_figures() -> None:
    rule = Input("1% rule", Decimal(1), RuleReference("rounds/x/surplus", "guidance", confirmed=False))
    below = figure("1", name="finance.a.surplus", leans_on=("rounds/x/headroom",))
    inputs = [rule, Input("surplus", Decimal(1), FigureReference(below.id)), part("1", None)]
    assert unconfirmed_in(inputs, {below.id: below}) == ("rounds/x/surplus", "rounds/x/headroom")


def test_figures_keep_their_order_and_have_different_names() -> None:
    figures = Figures([figure("1", name="finance.b"), figure("2", name="finance.a")])
    assert list(figures) == ["finance.b", "finance.a"]
    assert list(figures.with_more([figure("3", name="finance.c")])) == ["finance.b", "finance.a", "finance.c"]
    with pytest.raises(ValueError, match=r"two figures are called finance\.a"):
        figures.with_more([figure("3", name="finance.a")])


def test_inputs_from_cells_are_made_when_somebody_looks_and_only_once() -> None:
    made: list[int] = []

    def make() -> tuple[Input, ...]:
        made.append(1)
        return part("5", "5"), part("2", "-2")

    total = Figure("finance.a.total", "A total", Decimal(3), "GBP", "sum", CellInputs(make, total=Decimal(3)))
    assert made == []
    assert total.inputs == (part("5", "5"), part("2", "-2"))
    assert [given.share for given in total.inputs] == [5, -2]
    assert (len(total.inputs), total.inputs[-1], made) == (2, part("2", "-2"), [1])


def test_inputs_from_cells_add_up_too() -> None:
    with pytest.raises(ValueError, match="add to 3, not to 4"):
        Figure("finance.a.total", "A total", Decimal(4), "GBP", "sum", CellInputs(tuple, total=Decimal(3)))
