"""A stated total that is wrong by more than rounding is found, and found at its own row; one that is right never is."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.oracle.finance.written import Row, Written
from tests.property.finance.plans import plans

from placeplan.kernel.figures import Figure
from placeplan.kernel.printed import Verdict, parse_printed

PLACES = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def printed(value: Decimal, resolution: Decimal) -> str:
    return f"{value.quantize(resolution):,}"


@st.composite
def with_totals(draw: DrawFn) -> tuple[Written, list[Figure], list[Row]]:
    """A plan, some of its figures, and the row that states each of them rightly, once and with its own sign."""
    plan = draw(plans(known=True, providers=False))
    figures = list(plan.computed().figures.values())
    chosen = draw(st.lists(st.sampled_from(figures), min_size=1, max_size=6, unique_by=lambda figure: figure.id))
    rows: list[Row] = []
    for figure in chosen:
        reversed_ = draw(st.booleans())
        text = printed((-1 if reversed_ else 1) * (figure.value or Decimal(0)), draw(st.sampled_from(PLACES)))
        sign = "reversed" if reversed_ else draw(st.sampled_from(("", "as-is")))
        rows.append({"figure": figure.id, "value": text, "sign": sign, "source": "page 1"})
    return plan, chosen, rows


@given(with_totals())
def test_a_total_that_is_printed_rightly_never_fails(drawn: tuple[Written, list[Figure], list[Row]]) -> None:
    plan, chosen, rows = drawn
    result = plan.having("stated", rows).computed()
    assert len(result.reconciliations) == len(chosen)
    assert not [each for each in result.reconciliations if each.verdict is Verdict.FAILS]


@given(with_totals(), st.integers(0, 5), st.booleans(), st.decimals("0.01", 5_000, places=2))
def test_a_wrong_total_is_found_and_located(
    drawn: tuple[Written, list[Figure], list[Row]], which: int, up: bool, beyond: Decimal
) -> None:
    plan, chosen, rows = drawn
    index = which % len(rows)
    figure, row = chosen[index], dict(rows[index])
    number = parse_printed(row["value"])
    assert number is not None
    gap = figure.tolerance + number.tolerance + number.resolution + beyond
    wrong = (-1 if row["sign"] == "reversed" else 1) * (figure.value or Decimal(0)) + (gap if up else -gap)
    row["value"] = printed(wrong, number.resolution)
    others = [each for each in rows if each is not rows[index]]
    result = plan.having("stated", [*others, row]).computed()
    failing = [each for each in result.reconciliations if each.verdict is Verdict.FAILS]
    assert [(each.figure, each.row.place.file, each.row.place.line) for each in failing] == [
        (figure.id, "finance/stated.csv", len(rows) + 1)
    ]


@given(with_totals(), st.integers(0, 5), st.decimals("0.01", 5_000, places=2))
def test_a_wrong_total_changes_no_figure(
    drawn: tuple[Written, list[Figure], list[Row]], which: int, beyond: Decimal
) -> None:
    plan, chosen, rows = drawn
    figure, row = chosen[which % len(rows)], dict(rows[which % len(rows)])
    row["value"] = printed((figure.value or Decimal(0)) + figure.tolerance + beyond + 2, Decimal("0.01"))
    row["sign"] = ""
    result = plan.having("stated", [row]).computed()
    assert {name: each.value for name, each in result.figures.items()} == {
        name: each.value for name, each in plan.computed().figures.items()
    }


@given(with_totals())
def test_turning_the_sign_and_saying_so_changes_nothing(drawn: tuple[Written, list[Figure], list[Row]]) -> None:
    plan, _, rows = drawn
    turned = []
    for row in rows:
        number = parse_printed(row["value"])
        assert number is not None
        sign = "as-is" if row["sign"] == "reversed" else "reversed"
        turned.append({**row, "value": printed(-number.value, number.resolution), "sign": sign})
    before, after = (plan.having("stated", each).computed() for each in (rows, turned))
    assert [(each.figure, each.stated, each.verdict) for each in before.reconciliations] == [
        (each.figure, each.stated, each.verdict) for each in after.reconciliations
    ]
    assert {name: each.value for name, each in before.figures.items()} == {
        name: each.value for name, each in after.figures.items()
    }


@given(plans(known=True), st.integers(-5, 5))
def test_a_settled_total_adds_up_and_the_next_year_starts_from_it(plan: Written, off: int) -> None:
    service, year = next(iter(plan.services)), plan.years[0]
    name = f"finance.{service}.{year}.total"
    derived = plan.computed().figures[name]
    assert derived.value is not None
    stated = (derived.value + off).quantize(Decimal(1))
    row = {"figure": name, "value": f"{stated:,}", "sign": "", "source": "page 1"}
    result = plan.having("stated", [row]).computed()
    total, (verdict,) = result.figures[name], [each.verdict for each in result.reconciliations]
    assume(verdict is Verdict.WITHIN_ROUNDING and derived.tolerance >= Decimal("0.5"))
    assert total.value == stated == sum(given.share or 0 for given in total.inputs)
    assert total.inputs[-1].label.startswith("rounding")
    if len(plan.years) > 1:
        assert result.figures[f"finance.{service}.{plan.years[1]}.outturn"].value == stated
