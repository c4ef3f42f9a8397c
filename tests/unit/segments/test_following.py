"""What follows from segments, from records to results, on the embedded engine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import pytest
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.following import (
    columns_for,
    forecast_table,
    rates_between,
    risk_churn,
    risk_lists,
    schemes_compared,
    spend_concentration,
    transitions_between,
)
from placeplan.app.segments.following_rules import read_risk_rules
from placeplan.app.segments.practice_variation import practice_cells, practice_variation
from placeplan.app.segments.running import Segmented, segment
from placeplan.kernel.errors import InputError
from placeplan.segments.budgets import practice_budgets
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period

EARLIER = Period("2015-16", date(2015, 4, 1), date(2016, 3, 31))
LATER = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
DEFINITIONS = read_definitions()
RULES = read_risk_rules()


@dataclass(frozen=True)
class Place:
    tables: dict
    earlier: Segmented
    later: Segmented
    others: tuple[Segmented, ...]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    features = Features(DEFINITIONS, (), Membership.ON_LAST_DAY)
    with DuckDBEngine(threads=1) as engine:
        tables = frames_of(large_records(DEFINITIONS, people=400, seed=4), engine)
        every = {
            (scheme.id, period.name): segment(
                tables, period, scheme=scheme, features=features, engine=engine, also=columns_for(RULES)
            )
            for scheme in read_schemes()
            for period in (EARLIER, LATER)
            if period is LATER or scheme.id == "kent-2017"
        }
        others = tuple(found for (_, name), found in every.items() if name == LATER.name)
        yield Place(tables, every["kent-2017", EARLIER.name], every["kent-2017", LATER.name], others)


def test_a_forecast_begins_with_the_people_who_are_there(place: Place) -> None:
    moves = transitions_between(place.earlier, place.later, tables=place.tables)
    year = rates_between(moves)
    assert all("too few for rates of their own" in str(row) for row in year.pooled)
    table = forecast_table(year, 2)
    by_year = table.group_by("year").agg(pl.col("people").sum()).sort("year")["people"].to_list()
    assert by_year[0] == moves.after == place.later.table(["segment"])["people"].sum()
    assert len(by_year) == 3


def test_two_schemes_or_years_out_of_order_are_refused(place: Place) -> None:
    with pytest.raises(InputError, match="the years are out of order: 2016-17, 2015-16"):
        transitions_between(place.later, place.earlier, tables=place.tables)
    other = next(found for found in place.others if found.scheme.id == "six-groups")
    with pytest.raises(InputError, match="the years are segmented by kent-2017 and six-groups"):
        transitions_between(place.earlier, other, tables=place.tables)


def test_a_year_that_counts_the_dead_has_no_lists(place: Place) -> None:
    features = replace(place.later.features, membership=Membership.ON_ANY_DAY)
    with pytest.raises(InputError, match="this year counts everybody who was on a list on any day"):
        risk_lists(replace(place.later, features=features), RULES)


def test_lists_fill_their_quota_and_churn_explains_the_difference(place: Place) -> None:
    old, new = risk_lists(place.earlier, RULES), risk_lists(place.later, RULES)
    assert new.coverage["listed"].to_list() == new.coverage["quota"].to_list()
    changed = risk_churn(old, new, tables=place.tables, rules=RULES)
    people = dict(changed.group_by("status").agg(pl.col("people").sum()).iter_rows())
    listed = [one.coverage["listed"].sum() for one in (old, new)]
    assert people.get("stayed", 0) + people.get("left", 0) == listed[0]
    assert people.get("stayed", 0) + people.get("new", 0) == listed[1]


def test_the_dearest_are_in_order_of_cost(place: Place) -> None:
    rows = place.later.engine.fetched(risk_lists(place.later, RULES).dearest).sort("practice", "rank")
    for _, own in rows.group_by("practice"):
        spend = own.sort("rank")["spend_pence"].to_list()
        assert spend == sorted(spend, reverse=True)
        assert own["rank"].max() == len(own) <= 100


def test_every_scheme_is_compared_over_the_same_people(place: Place) -> None:
    found = schemes_compared(place.others)
    assert {one.scheme for one in found} == {"bridges-to-health", "kent-2017", "six-groups"}
    assert len({one.cost.people for one in found}) == 1
    finer = {one.scheme: one.cost.share for one in schemes_compared(place.others, with_age=True)}
    assert all(finer[one.scheme] >= one.cost.share for one in found)


def test_spend_is_conserved_through_every_result(place: Place) -> None:
    cells = practice_cells(place.later)
    whole = place.later.table(["segment"])["spend_pence"].sum()
    variation = practice_variation(cells).filter(measure="spend_pence")
    assert variation["observed"].sum() == whole
    assert variation["expected"].sum() == pytest.approx(whole)
    assert spend_concentration(place.later).spend_pence == whole
    assert sum(one.budget_pence for one in practice_budgets(cells, total_pence=whole)) == whole
