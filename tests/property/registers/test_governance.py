"""Whatever the lines: circles are those that walking every way finds, and the outline leaves no group out."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.registers.governed import group, line

from placeplan.registers.governance import circles_in, governance_at, outline

NAMES = "abcdefg"
EDGES = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)
LINES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(f"{NAMES}z"), st.sampled_from(["reports-to", "reports-into"])),
    max_size=12,
    unique_by=lambda each: each[:2],
)


def _reached(leads: dict[str, list[str]], start: str) -> set[str]:
    """Everything that can be reached from a name by walking, itself only when a walk comes back."""
    found: set[str] = set()
    waiting = list(leads[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(leads[name])
    return found


@given(edges=EDGES)
def test_a_circle_is_whoever_reaches_each_other(edges: set[tuple[str, str]]) -> None:
    leads = {name: sorted(to for who, to in edges if who == name) for name in NAMES}
    reached = {name: _reached(leads, name) for name in NAMES}
    together = {
        tuple(other for other in NAMES if other in reached[name] and name in reached[other])
        for name in NAMES
        if name in reached[name]
    }
    assert set(circles_in(leads)) == together


@given(lines=LINES)
def test_every_group_of_a_line_stands_in_the_outline_once_below_one_that_it_reports_to(
    lines: list[tuple[str, str, str]],
) -> None:
    rows = [line(who, whom, how=how) for who, whom, how in lines]
    found = governance_at([*map(group, NAMES)], rows, day=date(2020, 1, 1), notice_days=60)
    placed = outline(found)
    assert sorted(each.group.group for each in placed) == sorted(NAMES)
    names = [each.group.group for each in placed]
    for each in placed:
        told = {(one.group, one.to) for one in (*each.others, *([each.by] if each.by else ()))}
        assert told == {(one.group, one.to) for one in found.known if one.group == each.group.group}
        if each.by is not None:
            above = placed[names.index(each.by.to)]
            assert above.depth == each.depth - 1
            assert names.index(each.by.to) < names.index(each.group.group)
