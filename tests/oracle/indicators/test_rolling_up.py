"""Roll-ups row by row with the graph's own sums, against the one pass over frames."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.observation_examples import observed, row
from tests.unit.indicators.places import graph_of, membership, succession

from placeplan.indicators.observed.observations import Observations, observations_from
from placeplan.indicators.observed.pooling import pooled
from placeplan.indicators.observed.rolling_up import rolled_up
from placeplan.kernel.organisations import OrganisationGraph
from placeplan.kernel.spans import Frequency, parse_span

ON = date(2022, 7, 1)
YEARS = ("2016-17", "2017-18", "2018-19", "2019-20")
PLACES = tuple("abcdefgh")
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(YEARS), st.sampled_from(["f", "m"])),
    st.integers(0, 1_000),
    max_size=40,
)
TAKEN_OVER = st.lists(st.sampled_from(["ab", "cd", "abcd", "ab cd", ""]), min_size=8, max_size=8)
QUARTER, REST = Decimal("0.25"), Decimal("0.75")
WEIGHTS = {(place, heir): share for place in PLACES for heir, share in (("ab", QUARTER), ("cd", REST))}
SINCE = st.sampled_from([None, "2017-04-01", "2018-04-01"])
LINKS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["x", "y"]), SINCE), max_size=12, unique_by=lambda link: link[:2]
)


def rows_of(figures: dict[tuple[str, str, str], int]) -> Observations:
    if not figures:
        return Observations(observed(row()).frame.clear())
    return observed(
        *(
            row(area, year, sex=sex, numerator=count, denominator=2 * count)
            for (area, year, sex), count in figures.items()
        )
    )


def found_in(rows: Observations) -> dict[tuple[str, str, str], tuple[float, float]]:
    columns = rows.frame.select("area", "period", "sex", "numerator", "denominator")
    return {(area, year, sex): (count, people) for area, year, sex, count, people in columns.iter_rows()}


def carried_slowly(
    figures: dict[tuple[str, str, str], int], graph: OrganisationGraph
) -> dict[tuple[str, str, str], tuple[float, float]]:
    found = {}
    for year, sex in {key[1:] for key in figures}:
        values = {area: Decimal(count) for (area, *rest), count in figures.items() if (year, sex) == tuple(rest)}
        for heir, total in graph.carried_to(values, on=ON, weights=WEIGHTS).items():
            parts = [place for place in PLACES if place in graph and heir in graph.successors(place, ON)] or [heir]
            if set(parts) <= values.keys():
                found[heir, year, sex] = (float(total), 2 * float(total))
    return found


@given(FIGURES, TAKEN_OVER, st.booleans())
def test_figures_carried_to_heirs_are_those_of_the_graph(
    figures: dict[tuple[str, str, str], int], heirs: list[str], merged: bool
) -> None:
    steps = [
        succession(place, heir, on="2020-04-01")
        for place, several in zip(PLACES, heirs, strict=True)
        for heir in several.split()
    ]
    later = [succession(first, "board", on="2022-07-01") for first in ("ab", "cd") if merged]
    graph = graph_of(*steps, *later)
    weights = {pair: float(share) for pair, share in WEIGHTS.items()}
    found = rolled_up(rows_of(figures), graph, on=ON, weights=weights)
    assert found_in(found.observations) == carried_slowly(figures, graph)


@given(FIGURES, LINKS)
def test_footprints_are_those_of_the_graph_in_each_period(
    figures: dict[tuple[str, str, str], int], links: list[tuple[str, str, str | None]]
) -> None:
    graph = graph_of(
        *(membership(member, footprint, since=since) for member, footprint, since in links),
        membership("x", "whole"),
        membership("y", "whole"),
    )
    expected = {}
    for year, sex in {key[1:] for key in figures}:
        values = {area: Decimal(count) for (area, *rest), count in figures.items() if (year, sex) == tuple(rest)}
        day = parse_span(year, frequency=Frequency.FINANCIAL_YEAR).starts
        for footprint in ("x", "y", "whole"):
            slow = graph.roll_up(values, footprint=footprint, on=day)
            if slow.parts and slow.total is not None:
                expected[footprint, year, sex] = (float(slow.total), 2 * float(slow.total))
    found = rolled_up(rows_of(figures), graph, on=ON, to=["x", "y", "whole"])
    assert found_in(found.observations) == expected


@given(FIGURES, st.integers(2, 3))
def test_pooled_years_are_the_sums_of_their_years(figures: dict[tuple[str, str, str], int], years: int) -> None:
    expected = {}
    for area, sex in {(area, sex) for area, _, sex in figures}:
        for first in range(len(YEARS) - years + 1):
            window = YEARS[first : first + years]
            if all((area, year, sex) in figures for year in window):
                total = sum(figures[area, year, sex] for year in window)
                expected[area, f"{window[0]} to {window[-1]}", sex] = (total, 2 * total)
    assert found_in(pooled(rows_of(figures), years=years)) == expected


def test_eight_groups_of_kent_and_medway_come_to_one_series(shared_data: Path) -> None:
    kent = ("09C", "09E", "09J", "09W", "10A", "10D", "10E", "99J")
    graph = graph_of(*(succession(code, "91Q", on="2020-04-01") for code in kent))
    printed = pl.read_csv(shared_data / "qof" / "qof_ccg_prevalence_2014_2020.csv").filter(
        pl.col("ccg_ods").is_in([*kent, "91Q"])
    )
    years = {
        text: parse_span(text.replace("/", "-"), frequency=Frequency.FINANCIAL_YEAR)
        for text in printed["year"].unique()
    }
    rows = observations_from(
        printed.select(
            pl.lit("prevalence").alias("measure"),
            pl.col("year").replace_strict({text: span.text for text, span in years.items()}).alias("period"),
            pl.col("year").replace_strict({text: span.starts for text, span in years.items()}).alias("starts"),
            pl.col("year").replace_strict({text: span.ends for text, span in years.items()}).alias("ends"),
            pl.lit("financial-year").alias("frequency"),
            area="ccg_ods",
            category="condition",
            numerator="register",
            denominator="list_size",
        )
    )
    found = rolled_up(rows, graph, on=ON, to=["91Q"])
    assert found.remarks == ()
    slow: dict[tuple[str, str], tuple[float, float]] = {}
    for one in printed.iter_rows(named=True):
        key = (years[one["year"]].text, one["condition"])
        count, people = slow.get(key, (0.0, 0.0))
        slow[key] = (count + one["register"], people + one["list_size"])
    fast = found.observations.frame
    assert {
        (one["period"], one["category"]): (one["numerator"], one["denominator"]) for one in fast.iter_rows(named=True)
    } == slow
    assert fast["area"].unique().to_list() == ["91Q"]
    assert fast.filter(category="DM")["period"].to_list() == sorted(span.text for span in years.values())
