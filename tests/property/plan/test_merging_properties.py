"""Merging loses nothing that one person alone changed, whoever merges."""

from hypothesis import given
from hypothesis import strategies as st

from placeplan.plan.merging import Outcome, merge

FILE = "registers/outcomes.csv"
KEYS = ("a", "b", "c", "d")
Rows = dict[str, str]
TABLES = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(("one", "two", "three")))


def _text(rows: Rows) -> str:
    return "outcome,title,source\n" + "".join(f"{key},{title},p\n" for key, title in rows.items())


def _rows(text: str) -> Rows:
    return {key: title for key, title, _ in (line.split(",") for line in text.splitlines()[1:])}


def _merged(base: Rows, mine: Rows, *, theirs: Rows) -> Rows | None:
    found = merge({FILE: _text(base)}, {FILE: _text(mine)}, theirs={FILE: _text(theirs)})
    return None if found.conflicts else _rows(found.applied_to({FILE: _text(base)})[FILE])


def _wanted(base: Rows, mine: Rows, *, theirs: Rows) -> Rows | None:
    """Key by key: whoever changed it is right; two changes that differ are a conflict."""
    found = {}
    for key in KEYS:
        before, own, other = base.get(key), mine.get(key), theirs.get(key)
        if before not in (own, other) and own != other:
            return None
        found[key] = other if own == before else own
    return {key: title for key, title in found.items() if title is not None}


@given(base=TABLES, mine=TABLES, theirs=TABLES)
def test_each_row_is_as_the_person_who_changed_it_left_it(base: Rows, mine: Rows, theirs: Rows) -> None:
    assert _merged(base, mine, theirs=theirs) == _wanted(base, mine, theirs=theirs)


@given(base=TABLES, mine=TABLES, theirs=TABLES)
def test_who_merges_does_not_matter_but_for_the_order_of_rows(base: Rows, mine: Rows, theirs: Rows) -> None:
    assert _merged(base, mine, theirs=theirs) == _merged(base, theirs, theirs=mine)


@given(base=TABLES, theirs=TABLES)
def test_where_i_changed_nothing_theirs_is_taken_to_the_letter(base: Rows, theirs: Rows) -> None:
    found = merge({FILE: _text(base)}, {FILE: _text(base)}, theirs={FILE: _text(theirs)})
    assert [(each.outcome, each.text) for each in found.sections] in ([], [(Outcome.THEIRS, _text(theirs))])
