"""Two people change one plan: what merges by itself, and what waits for a person."""

import pytest

from placeplan.plan.merging import Outcome, merge

FILE = "registers/outcomes.csv"
BASE = "outcome,title,source\nlonger-lives,Longer lives,page 1\nless-waiting,Less waiting,page 2\n"


def _row(text: str, row: str, *, title: str) -> str:
    return "".join(
        f"{row},{title},page 9\n" if line.startswith(f"{row},") else line for line in text.splitlines(keepends=True)
    )


def test_sections_that_one_person_changed_are_taken() -> None:
    base = {"a.md": "one", "b.md": "two"}
    found = merge(base, {**base, "a.md": "mine"}, theirs={**base, "b.md": "theirs"})
    assert found.applied_to(base) == {"a.md": "mine", "b.md": "theirs"}


def test_a_section_that_is_gone_stays_gone() -> None:
    base = {"a.md": "one", "b.md": "two"}
    assert merge(base, {"a.md": "one"}, theirs=base).applied_to(base) == {"a.md": "one"}


def test_a_text_that_both_changed_waits() -> None:
    found = merge({"a.md": "one"}, {"a.md": "mine"}, theirs={"a.md": "theirs"})
    assert [each.section for each in found.conflicts] == ["a.md"]
    with pytest.raises(ValueError, match=r"in conflict: a\.md"):
        found.applied_to({"a.md": "one"})


def test_the_same_change_twice_is_one_change() -> None:
    assert merge({"a.md": "one"}, {"a.md": "two"}, theirs={"a.md": "two"}).applied_to({}) == {"a.md": "two"}


def test_different_rows_of_one_table_merge() -> None:
    mine, theirs = _row(BASE, "longer-lives", title="Longer healthier lives"), _row(BASE, "less-waiting", title="None")
    found = merge({FILE: BASE}, {FILE: mine}, theirs={FILE: theirs})
    assert found.sections[0].outcome is Outcome.BOTH
    assert found.sections[0].text == _row(mine, "less-waiting", title="None")


def test_a_row_that_both_changed_waits_and_shows_the_three() -> None:
    mine, theirs = _row(BASE, "longer-lives", title="Mine"), _row(BASE, "longer-lives", title="Theirs")
    (conflict,) = merge({FILE: BASE}, {FILE: mine}, theirs={FILE: theirs}).conflicts
    (row,) = conflict.rows
    assert (row.row, row.base["title"], row.mine["title"], row.theirs["title"]) == (
        "longer-lives",
        "Longer lives",
        "Mine",
        "Theirs",
    )


def test_a_row_deleted_by_one_and_changed_by_the_other_waits() -> None:
    deleted = BASE.replace("longer-lives,Longer lives,page 1\n", "")
    (conflict,) = merge({FILE: BASE}, {FILE: deleted}, theirs={FILE: _row(BASE, "longer-lives", title="X")}).conflicts
    assert conflict.rows[0].mine == {}


def test_rows_that_both_added_stand_where_each_put_them() -> None:
    head, first, second = BASE.splitlines(keepends=True)
    mine = head + first + second + "mine,Mine,p\n"
    theirs = head + first + "theirs,Theirs,p\n" + second
    (section,) = merge({FILE: BASE}, {FILE: mine}, theirs={FILE: theirs}).sections
    assert section.text == head + first + "theirs,Theirs,p\n" + second + "mine,Mine,p\n"


@pytest.mark.parametrize("broken", ['outcome,title,source\na,"b,c\n', "outcome,title\na,b\n", "a,a,a\na,a,a\n", ""])
def test_a_table_that_cannot_be_matched_by_rows_waits_as_a_whole(broken: str) -> None:
    (conflict,) = merge({FILE: BASE}, {FILE: broken}, theirs={FILE: _row(BASE, "longer-lives", title="X")}).conflicts
    assert conflict.rows == ()
