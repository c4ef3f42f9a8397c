"""Scores, lists, coverage and churn from the engines agree with people taken one by one."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from tests.oracle.segments.people_frames import PRACTICES, AnyEngine, people_frame, random_people
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.following_rules import read_risk_rules
from placeplan.segments.periods import Period
from placeplan.segments.risk_lists import (
    adults_at_risk,
    children_with_complex_needs,
    churn,
    coverage,
    dearest_people,
)
from placeplan.segments.risk_scores import scored

RULES = read_risk_rules()
SCHEME = "kent-2017"
PEOPLE = random_people(2_507, seed=3)
LATER = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
LEVELS = {"fit": 0, "mild": 1, "moderate": 2, "severe": 3}
Person = dict[str, Any]


@pytest.fixture(scope="module", params=["duckdb", "polars"])
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    if request.param == "polars":
        yield PolarsEngine()
    else:
        with DuckDBEngine(threads=1) as duckdb:
            yield duckdb


def points_of(person: Person) -> int:
    """The points of somebody, as the file says them."""
    worth = RULES.points
    found = min(person["long_term_conditions"] * worth.long_term_conditions.each, worth.long_term_conditions.most)
    found += sum(points for band, points in worth.frailty.items() if LEVELS[band] == person["frailty_level"])
    found += worth.segments[SCHEME][person["segment"]]
    found += worth.flags["emergency-admission"] * person["flag_emergency_admission"]
    found += worth.flags["needs-daily-help"] * person["flag_needs_daily_help"]
    for name in ("events", "bed_days", "spend_pence"):
        found += max([step.points for step in getattr(worth, name) if person[name] >= step.at_least], default=0)
    return found


def of_practices(people: list[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        found[person["practice"]].append(person)
    return found


def listed(people: list[Person]) -> set[tuple[str, str, int]]:
    """Practice, person and rank of the adults who are listed."""
    found = set()
    for practice, own in of_practices(people).items():
        adults = [one for one in own if one["age"] is not None and one["age"] >= 18]
        adults.sort(key=lambda one: (-points_of(one), -one["spend_pence"], -one["age"], one["person_key"]))
        quota = math.ceil(len(adults) * 2 / 100)
        found |= {(practice, one["person_key"], rank) for rank, one in enumerate(adults[:quota], 1)}
    return found


def told(frame: Any, engine: AnyEngine) -> set[tuple[str, str, int]]:
    return {(row["practice"], row["person_key"], row["rank"]) for row in engine.fetched(frame).to_dicts()}


def scored_frame(people: list[Person], engine: AnyEngine) -> Any:
    return scored(people_frame(people, engine), RULES, scheme_id=SCHEME)


def test_points_are_what_the_file_says(engine: AnyEngine) -> None:
    rows = engine.fetched(scored_frame(PEOPLE, engine)).to_dicts()
    assert {row["person_key"]: row["risk_points"] for row in rows} == {
        person["person_key"]: points_of(person) for person in PEOPLE
    }


def test_each_practice_lists_the_adults_with_most_points(engine: AnyEngine) -> None:
    assert told(adults_at_risk(scored_frame(PEOPLE, engine), RULES), engine) == listed(PEOPLE)


@pytest.mark.parametrize("number", [1, 49, 50, 51, 100, 101])
def test_a_share_is_rounded_up(engine: AnyEngine, number: int) -> None:
    same = PEOPLE[0] | {"practice": "G82001", "age": 50}
    people = [same | {"person_key": f"p{place:03d}"} for place in range(number)]
    found = told(adults_at_risk(scored_frame(people, engine), RULES), engine)
    wanted = math.ceil(number * 2 / 100)
    assert found == {("G82001", f"p{place:03d}", place + 1) for place in range(wanted)}


def test_the_dearest_of_each_practice(engine: AnyEngine) -> None:
    wanted = set()
    for practice, own in of_practices(PEOPLE).items():
        spent = [one for one in own if one["spend_pence"]]
        spent.sort(key=lambda one: (-one["spend_pence"], -points_of(one), one["person_key"]))
        wanted |= {(practice, one["person_key"], rank) for rank, one in enumerate(spent[:100], 1)}
    assert told(dearest_people(scored_frame(PEOPLE, engine), RULES), engine) == wanted


def complex_needs(person: Person) -> bool:
    return (
        person["long_term_conditions"] >= RULES.children.long_term_conditions
        or person["segment"] in RULES.children.segments[SCHEME]
        or person["flag_needs_daily_help"] == 1
    )


def test_children_with_complex_needs_and_coverage(engine: AnyEngine) -> None:
    frame = scored_frame(PEOPLE, engine)
    adults = adults_at_risk(frame, RULES)
    children = children_with_complex_needs(frame, RULES, scheme_id=SCHEME)
    flagged = {
        (one["practice"], one["person_key"])
        for one in PEOPLE
        if one["age"] is not None and one["age"] < 18 and complex_needs(one)
    }
    assert {row[:2] for row in told(children, engine)} == flagged
    in_list = {key for _, key, _ in listed(PEOPLE)}
    rows = engine.fetched(coverage(frame, adults, children=children, rules=RULES)).to_dicts()
    assert [row["practice"] for row in rows] == sorted(PRACTICES)
    for row in rows:
        own = of_practices(PEOPLE)[row["practice"]]
        grown = [one for one in own if one["age"] is not None and one["age"] >= 18]
        assert row == {
            "practice": row["practice"],
            "adults": len(grown),
            "quota": math.ceil(len(grown) * 2 / 100),
            "listed": sum(one["person_key"] in in_list for one in own),
            "children": sum(one["age"] is not None and one["age"] < 18 for one in own),
            "children_flagged": sum(practice == row["practice"] for practice, _ in flagged),
            "age_unknown": sum(one["age"] is None for one in own),
            "adult_spend_pence": sum(one["spend_pence"] for one in grown),
            "listed_spend_pence": sum(one["spend_pence"] for one in own if one["person_key"] in in_list),
        }
        assert row["listed"] == row["quota"]


def a_year_on(people: list[Person]) -> tuple[list[Person], list[Person]]:
    """The same people a year later, some dead, gone, moved or ill, and the table of people."""
    chance, later, table = random.Random(7), [], []
    for person in people:
        fate = chance.choice(("died", "left", "moved", "ill", "same", "same", "same"))
        table.append(a_person(person["person_key"], died=fate == "died"))
        if fate in {"died", "left"}:
            continue
        changed = {
            "moved": {"practice": chance.choice(PRACTICES)}, "ill": {"long_term_conditions": 9, "frailty_level": 3},
        }.get(fate, {})  # fmt: skip
        later.append(person | {"age": None if person["age"] is None else person["age"] + 1} | changed)
    others = [one | {"person_key": f"q{one['person_key']}"} for one in random_people(400, seed=12)]
    table += [a_person(one["person_key"], died=False) for one in others]
    return [*later, *others], table


def a_person(key: str, *, died: bool) -> Person:
    month = date(2016, 11, 1) if died else None
    return {"person_key": key, "birth_month": None, "death_month": month, "sex": "unknown", "small_area": None}


def test_churn_says_who_stayed_is_new_or_left_and_why(engine: AnyEngine) -> None:
    later, table = a_year_on(PEOPLE)
    then, now = ({person["person_key"]: person for person in people} for people in (PEOPLE, later))
    dead = {person["person_key"] for person in table if person["death_month"]}
    old, new = ({(practice, key) for practice, key, _ in listed(people)} for people in (PEOPLE, later))
    wanted: Counter = Counter()
    for practice, key in old | new:
        if (practice, key) in old & new:
            wanted[(practice, "stayed", "")] += 1
        elif (practice, key) in new:
            wanted[(practice, "new", why_new(then.get(key), practice))] += 1
        else:
            wanted[(practice, "left", why_left(now.get(key), practice, died=key in dead))] += 1
    frames = [scored_frame(people, engine) for people in (PEOPLE, later)]
    lists = [adults_at_risk(frame, RULES) for frame in frames]
    found = churn(
        *lists,
        earlier_people=frames[0],
        later_people=frames[1],
        people=frames_of({"people": table}, engine)["people"],
        later=LATER,
        rules=RULES,
    )
    rows = engine.fetched(found).to_dicts()
    assert {(row["practice"], row["status"], row["reason"]): row["people"] for row in rows} == wanted
    assert len({reason for _, _, reason in wanted}) >= 7


def why_new(person: Person | None, practice: str) -> str:
    if person is None:
        return "new to the place"
    if person["practice"] != practice:
        return "came from another practice"
    if person["age"] is not None and person["age"] < 18:
        return "became an adult"
    return "now among those at most risk"


def why_left(person: Person | None, practice: str, *, died: bool) -> str:
    if person is None:
        return "died" if died else "left the place"
    return "moved to another practice" if person["practice"] != practice else "no longer among those at most risk"


def test_what_was_not_worked_out_has_no_points(engine: AnyEngine) -> None:
    frame = people_frame(PEOPLE, engine).drop("flag_emergency_admission", "frailty_level")
    rows = engine.fetched(scored(frame, RULES, scheme_id="a-scheme-of-my-own").filter(nw.col("age") == 30)).to_dicts()
    for row in rows:
        bare = row | {"flag_emergency_admission": 0, "frailty_level": None, "segment": "mostly-healthy"}
        assert row["risk_points"] == points_of(bare)
