"""Random plans, as the texts that a person could write."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.oracle.finance.written import Row, Written

SERVICES = ("primary-care", "public-health", "mental-health")
YEARS = ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")
STEPS = (
    "outturn",
    "part-year-effect",
    "non-recurrent",
    "price-inflation",
    "demographic-growth",
    "other-growth",
    "provider-efficiency",
    "investment",
    "efficiency-scheme",
    "contingency",
    "headroom",
    "business-rules",
)
WITHOUT_BASE = ("outturn", "part-year-effect", "non-recurrent")
CARRY = ("surplus", "deficit", "both", "neither")
SCHEMES = ("urgent-care", "medicines", "planned-care")

whole = st.integers(-50_000, 400_000).map(lambda number: f"{number:,}")
tenths = st.decimals(-2_000, 50_000, places=1).map(str)
brackets = st.integers(1, 90_000).map(lambda number: f"({number:,})")
amounts = st.one_of(whole, whole, tenths, brackets)
rates = st.decimals(-5, 12, places=1).map(lambda percent: f"{percent}%")
positive = st.one_of(st.integers(1, 20_000).map(str), st.decimals("0.1", 900, places=1).map(str))
blank = st.just("")
flags = st.sampled_from(("", "", "yes", "no"))
shares = st.integers(0, 100).map(lambda percent: f"{percent}%")


@cache
def months(years: tuple[str, ...]) -> SearchStrategy[str]:
    first, last = int(years[0][:4]) - 1, int(years[-1][:4]) + 1
    return st.one_of(blank, st.builds("{:04d}-{:02d}".format, st.integers(first, last), st.integers(1, 12)))


@st.composite
def phasings(draw: DrawFn) -> str:
    """Twelve whole percentages that add to a hundred."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=11, max_size=11)))
    edges = [0, *cuts, 100]
    return " ".join(f"{after - before}%" for before, after in pairwise(edges))


@st.composite
def schemes(draw: DrawFn, services: tuple[str, ...], years: tuple[str, ...]) -> tuple[Row, ...]:
    keys = st.tuples(st.sampled_from(SCHEMES), st.sampled_from(services), st.sampled_from(years))
    chosen = draw(st.lists(keys, unique=True, max_size=4))
    return tuple(
        {
            "scheme": scheme,
            "service": service,
            "year": year,
            "title": scheme.capitalize(),
            "gross": draw(positive),
            "investment": draw(st.one_of(blank, positive)),
            "starts": draw(months(years)),
            "phasing": draw(st.one_of(blank, phasings())),
            "recurrent_share": draw(st.one_of(blank, shares)),
            "full_year": draw(st.one_of(blank, positive)),
            "confidence": draw(st.one_of(blank, shares)),
            "identified": draw(flags),
        }
        for scheme, service, year in chosen
    )


@cache
def cells(step: str, year: str, *, links: tuple[str, ...], known: bool) -> SearchStrategy[str]:
    """What may stand in a cell; ``known``: nothing that leaves the plan unknown."""
    kinds = [amounts, amounts, amounts]
    if step not in WITHOUT_BASE:
        kinds.append(rates)
    mine = [link for link in links if f".{year}." in link]
    if mine:
        kinds.append(st.builds("{}@{}".format, st.sampled_from(("", "-")), st.sampled_from(mine)))
    if not known:
        kinds.append(st.sampled_from(("", "tbc", "Not available", "2.5%", "@finance.nowhere.2014-15.total")))
    return st.one_of(kinds)


@st.composite
def lines(
    draw: DrawFn, service: str, years: tuple[str, ...], *, links: tuple[str, ...], known: bool, providers: bool
) -> list[Row]:
    """Bridge lines of one service. In a plan that is known, outturns stand in the first year only."""
    found: list[Row] = []
    several = (("",), ("", "mtw"), ("mtw", "kmpt")) if known else ((), ("",), ("", "mtw"), ("mtw", "kmpt"))
    headings = draw(st.sampled_from(several)) if providers else ("",)
    for provider in headings:
        steps = draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=4))
        for number, step in enumerate(["outturn", *steps] if known else steps, start=1):
            row = {"service": service, "provider": provider, "line": f"Line {number}", "step": step}
            row |= {"recurrent": draw(flags), "starts": draw(months(years))}
            later_outturn = step == "outturn" and (known or draw(st.booleans()))
            for year in years:
                derived = later_outturn and year != years[0]
                row[year] = "" if derived else draw(cells(step, year, links=links, known=known))
            found.append(row)
    return found


@st.composite
def allocations(draw: DrawFn, service: str, years: tuple[str, ...], *, known: bool) -> list[Row]:
    kinds = draw(st.lists(st.sampled_from(("adjustment", "brought-forward")), max_size=3))
    some = kinds if not known and draw(st.integers(0, 4)) == 0 else ["notified", *kinds]
    found: list[Row] = []
    for number, kind in enumerate(some, start=1):
        row = {"service": service, "line": f"Money {number}", "kind": kind, "recurrent": draw(flags)}
        for year in years:
            later = kind == "brought-forward" and year != years[0] and draw(st.integers(0, 3))
            odd = st.sampled_from(("", "tbc", "1.5%")) if not known and draw(st.integers(0, 9)) == 0 else amounts
            row[year] = "" if later else draw(odd)
        found.append(row)
    return found


@st.composite
def plans(draw: DrawFn, *, known: bool = False, providers: bool = True) -> Written:
    """A plan of 2014/15 with what finance reads; ``known``: every figure of its bridges has a value."""
    services = tuple(draw(st.lists(st.sampled_from(SERVICES), min_size=1, max_size=2, unique=True)))
    years = YEARS[: draw(st.sampled_from((1, 2, 2, 3, 5)))]
    carry: Mapping[str, Mapping[str, str]] = {
        service: {year: draw(st.sampled_from(CARRY)) for year in years} for service in services
    }
    saving = draw(schemes(services, years))
    links = tuple(
        name
        for row in saving
        for name in (
            f"efficiency.{row['service']}.{row['year']}.net",
            f"efficiency.{row['service']}.{row['year']}.scheme.{row['scheme']}.net",
        )
    )
    plan = Written(carry, years).having("efficiency", saving)
    bridge = [draw(lines(each, years, links=links, known=known, providers=providers)) for each in services]
    money = [draw(allocations(each, years, known=known)) for each in services]
    plan = plan.having("lines", [row for rows in bridge for row in rows])
    plan = plan.having("allocations", [row for rows in money for row in rows])
    return plan if known else plan.having("collective", draw(collective(services, years)))


@st.composite
def collective(draw: DrawFn, services: tuple[str, ...], years: tuple[str, ...]) -> list[Row]:
    if draw(st.booleans()):
        return []
    together = draw(st.lists(st.sampled_from(services), min_size=1))
    year = draw(st.sampled_from((*years, "2020-21")))
    return [
        {"target": "jointly", "title": "Jointly", "services": " ".join(together), "year": year, "at_least": "1,040"}
    ]
