"""Claims and investments in any plan: what the slow version finds, and what must hold whatever they are."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.oracle.finance.slow_funding import CASES, STATES, funding
from tests.oracle.finance.written import Row, Written
from tests.property.finance.plans import amounts, flags, plans

CLOSE = Fraction(1, 10**15)
CLAIMS = tuple(f"claim-{number}" for number in range(1, 5))
INVESTMENTS = tuple(f"item-{number}" for number in range(1, 6))
given_amounts = st.one_of(amounts, amounts, amounts, st.sampled_from(("", "tbc", "2%")))


@st.composite
def asking(draw: DrawFn) -> Written:
    """A plan with some claims and investments."""
    plan = draw(plans(known=draw(st.booleans())))
    services = st.sampled_from(tuple(plan.services))
    claims: list[Row] = [
        {"claim": name, "service": draw(services), "title": f"The {name}", "state": draw(st.sampled_from(STATES))}
        | {"recurrent": draw(flags)}
        | {year: draw(given_amounts) for year in plan.years}
        for name in draw(st.lists(st.sampled_from(CLAIMS), unique=True))
    ]
    investments: list[Row] = [
        {"investment": name, "service": draw(services), "title": f"The {name}"}
        | {"funding": draw(st.sampled_from(("growth", "headroom", "other"))), "recurrent": draw(flags)}
        | {"transformation": draw(flags), "business_case": draw(st.sampled_from(("", *CASES)))}
        | {year: draw(given_amounts) for year in plan.years}
        for name in draw(st.lists(st.sampled_from(INVESTMENTS), unique=True))
    ]
    return plan.having("claims", claims).having("investments", investments)


@given(asking())
def test_the_engine_finds_what_the_slow_version_finds(plan: Written) -> None:
    figures, expected = plan.computed().figures, funding(plan)
    found = {name for name in figures if "claim" in name or "-if-granted" in name or name.startswith("investments.")}
    assert sorted(found) == sorted(expected)
    for name, amount in expected.items():
        value = figures[name].value
        assert (value is None) == (amount is None), (name, value, amount, figures[name].missing)
        if value is not None and amount is not None:
            assert abs(Fraction(value) - amount) <= CLOSE * max(1, abs(amount)), (name, value, float(amount))


@given(asking())
def test_nothing_that_is_claimed_or_listed_moves_the_plan(plan: Written) -> None:
    bare = plan.having("claims", ()).having("investments", ()).computed().figures
    figures = plan.computed().figures
    assert {name: figures[name].value for name in bare} == {name: figure.value for name, figure in bare.items()}


@given(asking())
def test_every_figure_adds_up_and_says_what_is_missing(plan: Written) -> None:
    before: set[str] = set()
    for figure in plan.computed().figures.values():
        assert (figure.value is None) == bool(figure.missing), figure
        shares = [part.share for part in figure.inputs]
        if figure.value is not None and None not in shares:
            assert sum(filter(None, shares)) == figure.value, figure
        origins = [getattr(part.origin, "figure", "") for part in figure.inputs]
        assert {name for name in origins if name} <= before, figure
        before.add(figure.id)


@given(asking())
def test_the_balance_ends_where_nothing_more_is_taken(plan: Written) -> None:
    figures = plan.computed().figures
    for name in [each for each in figures if each.endswith(".headroom-uncommitted")]:
        stem = name.removesuffix("headroom-uncommitted")
        balances = [figure for each, figure in figures.items() if each.startswith(f"{stem}balance.")]
        last = balances[-1] if balances else figures[f"{stem}headroom"]
        assert last.value == figures[name].value
