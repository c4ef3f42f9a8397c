"""Tables leave under the rule, once, and only where no two of them give a small number away."""

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.privacy_definitions import read_policy
from placeplan.app.segments.releasing import About, release
from placeplan.disclosure.protecting import ProtectedTable, protect
from placeplan.disclosure.rule import Level
from placeplan.kernel.errors import InputError
from placeplan.segments.privacy.chained_log import Entry
from placeplan.segments.privacy.stages import NotPermittedError, Request

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ASKED = Request("stage-1", "release-tables", "A. Analyst", "commissioner-analyst", "planning")
UNROUNDED = rule_named("hes-before-2018")
EVERYBODY = About("People by practice", "People registered on 31 March 2017")


def counted(
    rows: list[tuple[Any, ...]], *dimensions: str, totals: dict[str, str] | None = None, rule: str = "hes-2018"
) -> ProtectedTable:
    frame = pl.DataFrame(rows, schema=[*dimensions, "people"], orient="row")
    return protect(frame, dimensions=list(dimensions), count="people", rule=rule_named(rule), totals=totals or {})


def by_practice(last: int = 300, **more: int) -> ProtectedTable:
    rows = {"G82001": 412, "G82002": 3, "G82003": last, **more}
    return counted(list(rows.items()), "practice", totals={"practice": "all"})


def released(table: ProtectedTable, ledger: Path, about: About = EVERYBODY, **asked: str) -> Entry:
    policy = read_policy().model_copy(update={"disclosure_rule": table.rule.id}) if table.rule == UNROUNDED else None
    return release(table, about, request=replace(ASKED, **asked), ledger=ledger, at=AT, policy=policy)


def test_a_release_is_noted_with_what_was_shown_and_nothing_that_was_withheld(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    entry = released(by_practice(), ledger)
    assert (entry.number, entry.says["requester"], entry.says["rule"]) == (1, "A. Analyst", "hes-2018")
    rows = {row[0]: row[1] for row in entry.says["rows"]}
    assert rows == {"G82001": 410, "G82002": None, "G82003": 300, "all": 715}
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    assert json.loads(ledger.read_text(encoding="utf-8"))["says"]["at"] == "2026-11-22T09:30:00+00:00"


def test_the_same_table_may_leave_again(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    assert [released(by_practice(), ledger).number for _ in range(3)] == [1, 2, 3]


def test_a_table_that_gives_a_small_number_away_beside_an_earlier_one_is_refused(tmp_path: Path) -> None:
    """Everybody aged 0 to 64, then 0 to 65, under a rule that does not round: who is 65 is the difference."""
    ledger = tmp_path / "releases.jsonl"
    about = replace(EVERYBODY, nested={"age": {"0-64": ["0-64"], "0-65": ["0-64", "65"]}})
    released(counted([("0-64", 62)], "age", rule=UNROUNDED.id), ledger, about)
    before = ledger.read_text(encoding="utf-8")
    with pytest.raises(InputError) as caught:
        released(counted([("0-65", 63)], "age", rule=UNROUNDED.id), ledger, about)
    (problem,) = caught.value.problems
    assert problem.message.startswith("beside release 1 ('People by practice', 2026-11-22): 0-65 less 0-64")
    assert problem.location.line == 1
    assert ledger.read_text(encoding="utf-8") == before


def finer(*counts: int) -> ProtectedTable:
    cells = [(practice, sex) for practice in ("G82001", "G82002") for sex in ("women", "men")]
    rows = [(*cell, number) for cell, number in zip(cells, counts, strict=True)]
    return counted(rows, "practice", "sex")


def test_a_finer_table_and_a_coarser_one_are_compared_whichever_came_first(tmp_path: Path) -> None:
    coarse = counted([("G82001", 400), ("G82002", 2)], "practice")
    fine = finer(200, 200, 2, 0)
    for first, second in ((coarse, fine), (fine, coarse)):
        ledger = tmp_path / f"{len(first.dimensions)}.jsonl"
        released(first, ledger)
        assert released(second, ledger).number == 2


def test_what_two_tables_pin_down_together_is_refused_whichever_came_first(tmp_path: Path) -> None:
    """Eight people at most by one table, and eight cells of at least one person by the other: each is one."""
    labels = [f"band {number}" for number in range(7)]
    fine = counted([("G82001", label, 1) for label in labels], "practice", "age")
    coarse = counted([("G82001", 7)], "practice")
    for name, first, second in (("a", coarse, fine), ("b", fine, coarse)):
        released(first, tmp_path / name)
        with pytest.raises(InputError, match=r"beside release 1 .* can be worked out from both releases together"):
            released(second, tmp_path / name)


def test_tables_that_divide_people_differently_are_compared_by_what_they_share(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    totals = {"practice": "all", "sex": "all"}
    released(counted([("G82001", "women", 40), ("G82001", "men", 60)], "practice", "sex", totals=totals), ledger)
    areas = counted([("G82001", "E01000001", 50), ("G82001", "E01000002", 50)], "practice", "area")
    assert released(areas, ledger).number == 2


def test_tables_that_cannot_be_compared_are_refused(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    released(counted([("G82001", "women", 40), ("G82001", "men", 60)], "practice", "sex"), ledger)
    areas = counted([("G82001", "E01000001", 50), ("G82001", "E01000002", 50)], "practice", "area")
    with pytest.raises(InputError, match=r"cannot be compared with release 1 .* neither has totals"):
        released(areas, ledger)
    assert released(areas, ledger, replace(EVERYBODY, counted="People with asthma")).number == 2


def test_tables_that_share_no_dimension_are_compared_by_their_totals(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    released(by_practice(), ledger)
    by_sex = counted([("women", 400), ("men", 315)], "sex", totals={"sex": "all"})
    assert released(by_sex, ledger).number == 2


def test_a_different_purpose_does_not_help(tmp_path: Path) -> None:
    """Who may release may do so for planning only; and what left is compared whatever it left for."""
    with pytest.raises(NotPermittedError, match="nobody may release-tables for risk-stratification"):
        released(by_practice(), tmp_path / "releases.jsonl", purpose="risk-stratification")


@pytest.mark.parametrize(
    "asked", [{"role": "practice-clinician"}, {"stage": "stage-2"}, {"stage": "x"}, {"purpose": ""}, {"requester": ""}]
)
def test_without_a_permission_nothing_leaves_and_no_ledger_is_made(tmp_path: Path, asked: dict[str, str]) -> None:
    with pytest.raises(NotPermittedError, match="Refused"):
        released(by_practice(), tmp_path / "releases.jsonl", **asked)
    assert not list(tmp_path.iterdir())


def test_only_tables_under_the_rule_leave(tmp_path: Path) -> None:
    frame = pl.DataFrame({"practice": ["G82001"], "people": [9]})
    bare: dict[str, Any] = {"dimensions": ["practice"], "count": "people"}
    tables = {
        "under the rule 'none'": protect(frame, **bare, rule=rule_named("none"), reason="a try"),
        "the rule did nothing": protect(frame, **bare, rule=rule_named("hes-2018"), level=Level.NATIONAL),
    }
    for said, table in tables.items():
        with pytest.raises(InputError, match=said):
            released(table, tmp_path / "releases.jsonl")
    with pytest.raises(InputError, match="under the rule 'hes-before-2018'"):
        release(protect(frame, **bare, rule=UNROUNDED), EVERYBODY, request=ASKED, ledger=tmp_path / "none", at=AT)
    with pytest.raises(InputError, match="whom it counts"):
        released(by_practice(), tmp_path / "releases.jsonl", About("Table", " "))


def test_a_ledger_that_was_changed_stops_every_release(tmp_path: Path) -> None:
    ledger = tmp_path / "releases.jsonl"
    released(by_practice(), ledger)
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("410", "415"), encoding="utf-8")
    with pytest.raises(InputError, match=r"releases.jsonl: entry 1 .* was changed"):
        released(by_practice(), ledger)
    ledger.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not text in UTF-8"):
        released(by_practice(), ledger)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with such files")
def test_a_ledger_that_cannot_be_opened_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        released(by_practice(), tmp_path / "no such folder" / "releases.jsonl")
