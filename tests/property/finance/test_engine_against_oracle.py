"""The engine finds what the slow version finds: the same figures, known and unknown alike, with the same values."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.oracle.finance.slow import Slow
from tests.oracle.finance.written import Row, Written, written
from tests.property.finance.plans import YEARS, amounts, plans, positive

CLOSE = Fraction(1, 10**15)
A_MONTH_IS_CUT_AT = Fraction(1, 10**4)


def agree(plan: Written) -> None:
    quick, slow = plan.computed().figures, Slow(plan).figures
    assert sorted(quick) == sorted(slow)
    for name, expected in slow.items():
        value = quick[name].value
        assert (value is None) == (expected is None), (name, value, expected, quick[name].missing)
        if value is not None and expected is not None:
            off = A_MONTH_IS_CUT_AT if ".month." in name else CLOSE * max(1, abs(expected))
            assert abs(Fraction(value) - expected) <= off, (name, value, float(expected))


@given(plans())
def test_any_plan(plan: Written) -> None:
    agree(plan)


@given(plans(known=True))
def test_plans_without_unknown_cells(plan: Written) -> None:
    agree(plan)
    assert all(figure.value is not None for figure in plan.computed().figures.values())


@st.composite
def target_rows(draw: DrawFn) -> list[Row]:
    keys = draw(st.lists(st.tuples(st.sampled_from(("a", "b")), st.sampled_from(YEARS)), unique=True, max_size=8))
    people = st.one_of(st.just(""), st.integers(1, 900_000).map(str))
    return [
        {
            "service": service,
            "year": year,
            "actual": draw(positive),
            "target": draw(positive),
            "population": draw(people),
        }
        for service, year in keys
    ]


@given(target_rows())
def test_distance_from_target(rows: list[Row]) -> None:
    agree(written(("a", "b")).having("targets", rows))


@st.composite
def benefit_rows(draw: DrawFn) -> list[Row]:
    parts = (st.sampled_from(("local-care", "beds")), st.sampled_from(("segment", "tier")))
    keys = st.tuples(*parts, st.sampled_from(("saving", "investment")), st.sampled_from(("Old", "Frail")))
    cells = st.one_of(amounts, amounts, amounts, st.sampled_from(("", "illegible", "2%")))
    return [
        {"programme": programme, "view": view, "kind": kind, "line": f"{line} {kind}"}
        | {year: draw(cells) for year in YEARS[:2]}
        for programme, view, kind, line in draw(st.lists(keys, unique=True, max_size=8))
    ]


@given(benefit_rows())
def test_benefits(rows: list[Row]) -> None:
    agree(written().having("benefits", rows))
