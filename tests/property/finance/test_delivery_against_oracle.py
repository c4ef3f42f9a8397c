"""Delivery of savings and areas of spend: the engine finds what the slow version finds, known and unknown alike."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.oracle.finance.slow_delivery import Found, delivery, spend
from tests.oracle.finance.written import Row, Written, written
from tests.property.finance.plans import positive, schemes

from placeplan.demand.financial_mapping import Lever, financial_mapping
from placeplan.demand.financial_mapping import SpendArea as Area

SERVICES, YEARS = ("primary-care", "public-health"), ("2014-15", "2015-16")
CUT = Fraction(1, 10**3)
CLOSE = Fraction(1, 10**12)
saved = st.one_of(st.just("0"), st.just(""), positive, positive)
maybe = st.one_of(st.just(""), positive)


@st.composite
def reported_plans(draw: DrawFn) -> Written:
    """Schemes, and what is reported of some months of them and of schemes that nobody planned."""
    rows = [
        {**row, "programme": draw(st.sampled_from(("", "Urgent care", "Planned care")))}
        for row in draw(schemes(SERVICES, YEARS))
    ]
    keys = [(row["scheme"], row["service"]) for row in rows] + [("nobody", "primary-care")]
    months = st.builds("{:04d}-{:02d}".format, st.sampled_from((2014, 2015)), st.integers(1, 12))
    chosen = draw(st.lists(st.tuples(st.sampled_from(keys), months), unique=True, max_size=14))
    told = [
        {
            "scheme": scheme,
            "service": service,
            "month": month,
            "gross": draw(saved),
            "investment": draw(maybe),
            "forecast": draw(st.one_of(st.just(""), st.just(""), positive)),
        }
        for (scheme, service), month in chosen
    ]
    return written(SERVICES, YEARS).having("efficiency", rows).having("savings_delivered", told)


def same(plan: Written, expected: Found, *, start: str) -> None:
    quick = {name: figure for name, figure in plan.computed().figures.items() if name.startswith(start)}
    assert sorted(quick) == sorted(expected)
    for name, slow in expected.items():
        value = quick[name].value
        assert (value is None) == (slow is None), (name, value, slow)
        if value is not None and slow is not None:
            assert abs(Fraction(value) - slow) <= CUT + CLOSE * abs(slow), (name, value, float(slow))


@given(reported_plans())
def test_delivery_is_what_the_slow_version_finds(plan: Written) -> None:
    same(plan, delivery(plan), start="delivery.")


@given(reported_plans())
def test_nothing_after_the_last_month_reported_is_counted(plan: Written) -> None:
    figures = plan.computed().figures
    for name, figure in figures.items():
        if name.startswith("delivery.all.") and name.endswith(".delivered") and ".programme." not in name:
            year = name.split(".")[2]
            months = [figures[each].value for each in figures if each.startswith(f"delivery.all.{year}.month.")]
            known = [month for month in months if month is not None]
            assert (figure.value is None) == (len(known) < len(months))
            assert figure.value is None or figure.value == sum(known, Decimal(0))


@st.composite
def trees(draw: DrawFn) -> list[Row]:
    """Areas of spend, each a part of one before it or of none."""
    count = draw(st.integers(1, 8))
    rows: list[Row] = []
    for number in range(count):
        above = draw(st.sampled_from(["", *(row["area"] for row in rows)]))
        rows.append(
            {
                "area": f"a{number}",
                "parent": above,
                "title": f"Area {number}",
                "lever": draw(st.sampled_from(("", "price", "volume", "price-and-volume", "none"))),
                "discretion": draw(st.sampled_from(("", "local", "national"))),
                "goal": draw(st.sampled_from(("", "0%", "2%", "7.5%"))),
                "target": draw(st.sampled_from(("", "", "3%"))),
                "2014-15": draw(maybe),
                "2015-16": draw(positive),
            }
        )
    return rows


@given(trees())
def test_areas_of_spend_are_what_the_slow_version_finds(rows: list[Row]) -> None:
    plan = written().having("spend_areas", rows)
    same(plan, spend(plan), start="spend.")


@given(trees())
def test_the_engine_of_savings_says_the_same_of_a_tree(rows: list[Row]) -> None:
    """Two engines map spend, one from a table of its own: on one tree they agree."""
    whole = Area("all", parts=tuple(_branch(rows, row) for row in rows if not row["parent"]))
    figures = written().having("spend_areas", rows).computed().figures
    found = {area.path[-1]: area for area in financial_mapping(whole, target_share=Decimal(0)).areas}
    for row in rows:
        area, start = found[row["area"]], f"spend.{row['area']}.2015-16"
        values = [figures[f"{start}.{name}"].value for name in ("total", "addressable", "goal")]
        assert values == [area.spend, area.addressable, area.realistic]


def _branch(rows: list[Row], row: Row) -> Area:
    parts = tuple(_branch(rows, each) for each in rows if each["parent"] == row["area"])
    if parts:
        return Area(row["area"], parts=parts)
    local = row["discretion"] != "national"
    lever = Lever(row["lever"] or "none")
    goal = Decimal((row["goal"] or "0%").removesuffix("%")) / 100 if local and lever is not Lever.NONE else Decimal(0)
    return Area(row["area"], Decimal(row["2015-16"]), lever, discretion=local, goal=goal)
