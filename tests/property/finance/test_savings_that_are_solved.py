"""A saving that is solved meets the wish in the slow version too, and the next smaller one does not."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.oracle.finance.slow import Slow
from tests.oracle.finance.written import Row, Written
from tests.property.finance.plans import plans

from placeplan.finance.saving_rows import Manner, Portion, SavingRows, rows_of
from placeplan.finance.solving import Wish, WishKind, reserves_short, solve
from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.model import TABLES, Table
from placeplan.plan.writing import texts_of
from placeplan.rounds.reader import read_round

LINES, SCHEMES = (
    next(table for table in TABLES if table.path == f"finance/{name}.csv") for name in ("lines", "efficiency")
)
CLOSE = Fraction(1, 10**12)
PORTIONS = (Portion("first", "First", Decimal(2)), Portion("second", "Second", Decimal(1)))


def with_rows(plan: Written, rows: SavingRows) -> Written:
    """The plan as a person would have written it with the rows of a saving; no scheme of it is raised."""

    def texts(table: Table, added: tuple[object, ...]) -> list[Row]:
        headings = table.headings(plan.plan().header.years)
        return [dict(zip(headings, texts_of(table, row), strict=True)) for row in added]

    lines = [*plan.rows("lines"), *texts(LINES, rows.lines)]
    return plan.having("lines", lines).having("efficiency", [*plan.rows("efficiency"), *texts(SCHEMES, rows.schemes)])


def gap(plan: Written, wish: Wish) -> Fraction:
    """How far the position lies below the wish, in the slow version."""
    slow = Slow(plan)
    position = slow.get(wish.service, wish.year, str(wish.measure))
    bases = {WishKind.RULES: "surplus-required", WishKind.RATE: "allocation" if wish.in_year else "resources"}
    base = slow.get(wish.service, wish.year, bases[wish.kind]) if wish.kind in bases else Fraction(wish.value)
    assert position is not None
    assert base is not None
    return (base * Fraction(wish.value) / 100 if wish.kind is WishKind.RATE else base) - position


@st.composite
def questions(draw: st.DrawFn) -> tuple[Written, Wish, Manner]:
    plan = draw(plans(known=True))
    service = draw(st.sampled_from(tuple(plan.services)))
    last = draw(st.integers(0, min(1, len(plan.years) - 1)))
    kind = draw(st.sampled_from(tuple(WishKind)))
    year = FinancialYear.parse(plan.years[last])
    wish = Wish(
        service=service,
        year=year,
        kind=kind,
        value=draw(st.decimals(-3, 5, places=1) if kind is WishKind.RATE else st.decimals(-900, 90_000, places=1)),
        in_year=draw(st.booleans()),
    )
    manner = Manner(
        service=service,
        year=FinancialYear.parse(plan.years[draw(st.integers(0, last))]),
        recurrent=draw(st.booleans()),
        investment_share=draw(st.sampled_from((Decimal(0), Decimal("12.5"), Decimal(60)))),
        portions=PORTIONS[: draw(st.integers(1, 2))],
        reserves_of=year if kind is WishKind.RULES and draw(st.booleans()) else None,
    )
    return plan, wish, manner


@given(questions())
def test_the_saving_is_the_least_that_meets_the_wish(question: tuple[Written, Wish, Manner]) -> None:
    written, wish, manner = question
    plan, planning_round = written.plan(), read_round("2014-15")
    try:
        solved = solve(plan, planning_round, wish=wish, manner=manner, known={})
    except InputError as error:
        assume(False)
        raise AssertionError from error
    assert gap(with_rows(written, solved.rows), wish) <= CLOSE
    if solved.net:
        less = rows_of(plan, manner, net=solved.net - solved.step, reserves=solved.reserves)
        assert gap(with_rows(written, less), wish) > -CLOSE


@given(plans(known=True))
def test_reserves_that_are_put_in_meet_their_rules(drawn: Written) -> None:
    written = drawn.having("lines", [row for row in drawn.rows("lines") if row["step"] != "business-rules"])
    plan, year = written.plan(), FinancialYear.parse(written.years[0])
    for service in written.services:
        manner = Manner(
            service=service, year=year, recurrent=True, investment_share=Decimal(0), portions=PORTIONS, reserves_of=year
        )
        reserves = reserves_short(written.computed().figures, manner, step=Decimal("0.1"))
        slow = Slow(with_rows(written, rows_of(plan, manner, net=Decimal(0), reserves=reserves)))
        for required, planned in (
            ("contingency-required", "contingency"),
            ("headroom-required", "non-recurrent-spend"),
        ):
            asked, has = (slow.get(service, year, measure) for measure in (required, planned))
            assert asked is None or (has or 0) >= asked - CLOSE
