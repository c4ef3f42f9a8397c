"""Who reports to whom on a day: lives, heads, circles, lines that do not hold, and the outline of the map."""

from datetime import date

import pytest
from tests.unit.registers.governed import group, line

from placeplan.plan.governance_tables import Group, ReportingLine
from placeplan.registers.governance import Governance, Life, circles_in, governance_at, life_at, outline

DAY = date(2017, 7, 31)
NOTICE = 60


def stands(*rows: Group | ReportingLine, day: date = DAY) -> Governance:
    """Groups and lines on a day."""
    groups = [row for row in rows if isinstance(row, Group)]
    lines = [row for row in rows if isinstance(row, ReportingLine)]
    return governance_at(groups, lines, day=day, notice_days=NOTICE)


@pytest.mark.parametrize(
    ("starts", "ends", "life"),
    [
        (None, None, Life.THERE),
        (date(2017, 8, 1), None, Life.NOT_BEGUN),
        (DAY, None, Life.THERE),
        (None, date(2017, 7, 30), Life.EXPIRED),
        (None, DAY, Life.ENDS_SOON),
        (None, date(2017, 9, 29), Life.ENDS_SOON),
        (None, date(2017, 9, 30), Life.THERE),
    ],
)
def test_a_group_is_at_one_point_of_its_life(starts: date | None, ends: date | None, life: Life) -> None:
    assert life_at(group("any", starts=starts, ends=ends), day=DAY, notice_days=NOTICE) is life


def test_a_line_holds_from_its_first_day_to_its_last() -> None:
    moved = (
        group("care"),
        group("old"),
        group("new"),
        line("care", "old", ends=DAY),
        line("care", "new", starts=date(2017, 8, 1)),
    )
    assert [each.to for each in stands(*moved).lines] == ["old"]
    assert [each.to for each in stands(*moved, day=date(2017, 8, 1)).lines] == ["new"]


def test_a_body_that_reports_into_another_has_one_formal_line_still() -> None:
    found = stands(
        group("care"),
        group("board"),
        group("nation"),
        line("care", "nation", how="reports-into"),
        line("care", "board"),
    )
    assert not list(found.several)
    assert [each.to for each in found.above["care"]] == ["board", "nation"], "the formal line comes first"
    [(doubled, lines)] = stands(
        group("care"), group("board"), group("county"), line("care", "board"), line("care", "county")
    ).several
    assert (doubled.group, len(lines)) == ("care", 2)


def test_heads_lone_groups_and_groups_that_nobody_reports_to() -> None:
    found = stands(
        group("board", kind="board"),
        group("care"),
        group("forum"),
        group("gone", ends=date(2016, 1, 1)),
        line("care", "board"),
    )
    assert [each.group for each in found.roots] == ["board"]
    assert [each.group for each in found.alone] == ["forum"], "one that has ended is not missed"
    assert [each.group for each in found.unreported] == ["care", "forum"]


def test_a_line_to_a_group_that_nobody_knows_is_told_and_leads_nowhere() -> None:
    found = stands(group("care"), line("care", "nobody"))
    assert [each.to for each in found.to_nobody] == ["nobody"]
    assert not found.alone, "it is in a line"
    assert [each.group.group for each in outline(found)] == ["care"]


def test_lines_of_groups_that_have_expired() -> None:
    found = stands(group("board"), group("task", ends=date(2017, 1, 1)), line("task", "board"), line("board", "task"))
    assert [(each.group, ended.group) for each, ended in found.of_the_expired] == [("task", "task"), ("board", "task")]


def test_circles_are_told_once_each_and_what_only_leads_to_one_is_not_in_it() -> None:
    leads = {
        "tail": ["a"],
        "a": ["b"],
        "b": ["c"],
        "c": ["a"],
        "self": ["self"],
        "x": ["y"],
        "y": ["x", "a"],
        "end": [],
    }
    assert circles_in(leads) == (("a", "b", "c"), ("self",), ("x", "y"))


def test_the_outline_has_each_group_once_under_its_formal_line() -> None:
    found = stands(
        group("board"),
        group("care"),
        group("emergency"),
        group("task"),
        group("forum"),
        line("care", "board"),
        line("emergency", "board", how="reports-into"),
        line("task", "board", how="reports-into"),
        line("task", "care"),
    )
    placed = outline(found)
    assert [(each.group.group, each.depth) for each in placed] == [
        ("board", 0),
        ("care", 1),
        ("task", 2),
        ("emergency", 1),
        ("forum", 0),
    ]
    assert [each.to for each in placed[2].others] == ["board"]


def test_a_circle_is_drawn_from_its_first_group_and_says_the_line_that_closes_it() -> None:
    found = stands(group("a"), group("b"), line("a", "b"), line("b", "a"))
    first, second = outline(found)
    assert (first.group.group, first.depth, [each.to for each in first.others]) == ("a", 0, ["b"])
    assert (second.group.group, second.depth, second.others) == ("b", 1, ())


def test_a_chain_of_thousands_is_walked_without_running_out_of_room() -> None:
    names = [f"g{number}" for number in range(5_000)]
    rows = [*map(group, names), *(line(one, other) for one, other in zip(names[1:], names, strict=False))]
    assert outline(stands(*rows))[-1].depth == len(names) - 1
    assert not stands(*rows).circles
