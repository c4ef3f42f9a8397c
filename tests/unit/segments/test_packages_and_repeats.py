"""Care packages as spend, and rows that stand there again."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import PERIOD
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_contract, read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.running import Segmented, segment
from placeplan.segments.checking import DataProblem, ProblemKind, QualityReport
from placeplan.segments.features import Features
from placeplan.segments.packages import package_events
from placeplan.segments.repeats import rows_set_aside, without_repeats
from placeplan.segments.results import Dimension

SCHEME = next(one for one in read_schemes() if one.id == "kent-2017")
TABLES = large_records(read_definitions(), people=200, seed=3)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    with DuckDBEngine(threads=1) as one:
        yield one


def package(start: date, end: date | None, weekly: int | None) -> dict[str, Any]:
    return {"person_key": "a", "kind": "home-care", "start": start, "end": end, "weekly_cost_pence": weekly}


def run(tables: dict[str, Any], engine: DuckDBEngine, *, packages: bool = False) -> Segmented:
    features = Features(read_definitions())
    return segment(tables, PERIOD, scheme=SCHEME, features=features, engine=engine, packages=packages)


def slow_cost(row: dict[str, Any]) -> int | None:
    """Day by day."""
    end = row["end"] or PERIOD.last
    days = [row["start"] + timedelta(n) for n in range((end - row["start"]).days + 1)]
    inside = [day for day in days if PERIOD.first <= day <= PERIOD.last]
    exact = Fraction(row["weekly_cost_pence"] * len(inside), 7)
    return int(exact + Fraction(1, 2)) if inside else None


def test_a_package_costs_the_days_that_it_runs_in_the_period(engine: DuckDBEngine) -> None:
    edges = [PERIOD.first, PERIOD.last, date(2016, 2, 29), date(2016, 12, 31), date(2017, 1, 1), date(2018, 5, 1)]
    rows = [package(start, end, 1_001) for start in edges for end in [*edges, None] if end is None or end >= start]
    rows += [package(PERIOD.first, PERIOD.first, 7), package(PERIOD.first, PERIOD.first + timedelta(1), 1)]
    wanted = sorted(cost for row in rows if (cost := slow_cost(row)) is not None)
    for each in (engine, PolarsEngine()):
        frame = frames_of({"care_packages": rows}, each)["care_packages"]
        found = each.fetched(package_events(frame, PERIOD))
        assert sorted(found["cost_pence"].to_list()) == wanted
        assert all(PERIOD.first <= day <= PERIOD.last for day in found["date"])


def test_bad_packages_cost_nothing_and_change_no_other(engine: DuckDBEngine) -> None:
    good = package(PERIOD.first, None, 700)
    bad = [package(PERIOD.last, PERIOD.first, 700), package(PERIOD.first, None, None)]
    frame = frames_of({"care_packages": [good, *bad]}, engine)["care_packages"]
    assert engine.fetched(package_events(frame, PERIOD))["cost_pence"].to_list() == [100 * 365]


def test_packages_are_a_setting_of_their_own_and_no_penny_is_lost(engine: DuckDBEngine) -> None:
    frames = frames_of(TABLES, engine)
    plain, counted = run(frames, engine), run(frames, engine, packages=True)
    settings = counted.table_by_setting([Dimension.SETTING])
    packages = settings.filter(settings["setting"] == "care-packages")
    total = sum(cost or 0 for row in TABLES["care_packages"] if (row["end"] or PERIOD.last) >= row["start"]
                for cost in [slow_cost(row)])  # fmt: skip
    outside = [one.outside()["spend_pence"].sum() for one in (plain, counted)]
    inside = [one.table([Dimension.SEGMENT])["spend_pence"].sum() for one in (plain, counted)]
    assert inside[1] + outside[1] - inside[0] - outside[0] == total
    assert packages["spend_pence"].sum() == inside[1] - inside[0]
    assert (
        counted.table([Dimension.SEGMENT])["people"].to_list() == plain.table([Dimension.SEGMENT])["people"].to_list()
    )


def test_rows_that_stand_there_again_are_not_counted_twice(engine: DuckDBEngine) -> None:
    wanted = run(frames_of(TABLES, engine), engine, packages=True).table([Dimension.SEGMENT]).rows()
    twice = {name: [*rows, *rows[:50]] for name, rows in TABLES.items()}
    twice["activity"] = [*twice["activity"], {**TABLES["activity"][0], "cost_pence": 10**9}]
    frames = frames_of(twice, engine)
    cleaned = without_repeats(frames, read_contract(), repeated=["people", "activity", "care_packages"])
    assert run(cleaned, engine, packages=True).table([Dimension.SEGMENT]).rows() == wanted
    assert run(frames, engine, packages=True).table([Dimension.SEGMENT]).rows() != wanted


def test_overlapping_registrations_change_no_count(engine: DuckDBEngine) -> None:
    usual = [{"person_key": row["person_key"], "practice": "A", "start": date(2001, 1, 1), "end": None}
             for row in TABLES["people"]]  # fmt: skip
    wanted = run(frames_of({**TABLES, "registrations": usual}, engine), engine).table([Dimension.SEGMENT]).rows()
    later = [{**row, "practice": "B", "start": date(2016, 5, 1)} for row in usual]
    many = frames_of({**TABLES, "registrations": [*usual, *usual, *later]}, engine)
    found = run(many, engine)
    assert found.table([Dimension.SEGMENT]).rows() == wanted
    assert found.table([Dimension.PRACTICE])["practice"].to_list() == ["B"]


def test_what_was_set_aside_is_counted_by_table() -> None:
    def problem(table: str, kind: ProblemKind) -> DataProblem:
        return DataProblem(table, kind, "x", 3, (1,), 1, 0, None, None)

    problems = (problem("activity", ProblemKind.REPEATED), problem("people", ProblemKind.BLANK))
    found = rows_set_aside(QualityReport({}, 1, 1, (*problems, problem("measures", ProblemKind.REPEATED))))
    assert found == {"activity": 3}
