"""Rows, lists, forms, totals and differences of one section, without a database."""

from datetime import date

import pytest

from placeplan.app.comparing_sections import section_changes
from placeplan.app.plan_texts import bundled_plans, texts_of_folder
from placeplan.app.row_lists import listed_rows
from placeplan.app.row_questions import form_of, questions_of
from placeplan.app.section_grids import grid_of, lines_of_grid, table_of, text_of_grid
from placeplan.app.section_rows import row_of_key, row_problems, shown_rows, with_row, without_row
from placeplan.app.section_totals import totals_of
from placeplan.app.workspace_checks import CheckedTexts, checked
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.csv_records import numbered_records
from placeplan.plan.model import TABLES, Table
from placeplan.plan.row_names import LONGEST_NAME, row_name

RISKS = """\
risk,area,title,mitigation,likelihood,impact,target_score,owner,review,source
r-2,Beds,"A hard winter,
or a long one",,3,4,12,,,
r-10,People,Nurses leave,Pay,2,5,6,Director,2014-09-30,

r-1,Money,Prices rise,,,,,,,
"""
YEARS = (FinancialYear(2014), FinancialYear(2015))


def _table(section: str) -> Table:
    table = table_of(section)
    assert table is not None
    return table


RISK_TABLE = _table("registers/risks.csv")


def test_each_row_has_the_line_on_which_it_begins() -> None:
    rows = shown_rows(RISK_TABLE, grid_of(RISK_TABLE, RISKS, years=()))
    assert [(row.key, row.line) for row in rows] == [(("r-2",), 2), (("r-10",), 4), (("r-1",), 6)]


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b"], ["", " "], ["c", "d"]],
        [["a\nb", "c"], ["d\r\ne\r\nf", ""], ["g\rh", ""], ["i", ""]],
        [['with "quotes", and commas', "x"], ["\n", "y"], ["z", ""]],
    ],
)
def test_lines_of_a_grid_are_those_that_its_text_has(rows: list[list[str]]) -> None:
    text = text_of_grid(["one", "two"], rows)
    assert text is not None
    records = list(numbered_records("x.csv", text))
    assert [line for line in lines_of_grid(["one", "two"], rows) if line] == [line for line, _ in records[1:]]
    assert [record for _, record in records[1:]] == [row for row in rows if "".join(row).strip()]


def test_a_row_is_put_in_its_place_and_the_others_are_left() -> None:
    grid = grid_of(RISK_TABLE, RISKS, years=())
    text = with_row(RISK_TABLE, grid, cells={"risk": "r-10", "owner": "Somebody"}, instead_of=("r-10",))
    assert text is not None
    again = grid_of(RISK_TABLE, text, years=())
    assert [row.key for row in shown_rows(RISK_TABLE, again)] == [("r-2",), ("r-10",), ("r-1",)]
    changed = row_of_key(RISK_TABLE, again, key=("r-10",))
    assert changed is not None
    assert (changed.cells["owner"], changed.cells["mitigation"]) == ("Somebody", "Pay")


def test_a_column_that_the_file_leaves_out_is_added_where_a_row_fills_it() -> None:
    short = "service,line,kind,2014-15,2015-16\ncommunity,Allocation,notified,1,2\n"
    table = _table("finance/allocations.csv")
    grid = grid_of(table, short, years=YEARS)
    cells = {"service": "community", "line": "More", "kind": "adjustment", "2014-15": "3", "source": "letter"}
    text = with_row(table, grid, cells=cells, instead_of=None)
    assert text is not None
    assert text.splitlines()[0] == "service,line,kind,2014-15,2015-16,source"
    assert text.splitlines()[2] == "community,More,adjustment,3,,letter"


def test_without_its_last_row_a_table_is_gone() -> None:
    grid = grid_of(RISK_TABLE, "risk,area,title\na,b,c\n", years=())
    assert without_row(RISK_TABLE, grid, key=("a",)) is None


def test_rows_are_sorted_as_people_count_and_blanks_stand_last() -> None:
    rows = shown_rows(RISK_TABLE, grid_of(RISK_TABLE, RISKS, years=()))

    def keys(sort: str) -> list[str]:
        return [each.row.key[0] for each in listed_rows(rows, (), sort=sort)]

    assert keys("risk") == ["r-1", "r-2", "r-10"]
    assert keys("-risk") == ["r-10", "r-2", "r-1"]
    assert keys("target_score") == ["r-10", "r-2", "r-1"]
    assert keys("-target_score") == ["r-2", "r-10", "r-1"]
    assert keys("no such column") == ["r-2", "r-10", "r-1"]
    assert [each.row.key for each in listed_rows(rows, (), words="PEOPLE nurses")] == [("r-10",)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.path)
def test_a_form_asks_for_every_column_once_with_the_words_of_its_declaration(table: Table) -> None:
    groups = questions_of(table, {}, plan=None, years=YEARS)
    asked = [question.name for group in groups for question in group.questions]
    assert sorted(asked) == sorted(table.headings(YEARS))
    assert all(question.words for group in groups for question in group.questions)
    assert set(form_of(table).listed) <= {column.name for column in table.columns}


def test_what_is_wrong_with_one_row_is_not_said_of_another() -> None:
    texts = {"plan.yaml": "", "registers/risks.csv": RISKS.replace("Prices rise,,,,,,,", ",,9,,,,,")}
    found = row_problems(texts, RISK_TABLE, key=("r-1",), years=())
    assert sorted(each.location.field for each in found) == ["likelihood", "title"]
    assert row_problems(texts, RISK_TABLE, key=("r-10",), years=()) == ()


@pytest.fixture(scope="module")
def kent() -> CheckedTexts:
    """The plan of Kent and Medway, checked."""
    folder = next(each for each in bundled_plans() if each.name == "kent-medway-2014")
    return checked(texts_of_folder(folder), today=date(2026, 11, 28))


def test_totals_say_what_changed_since_the_published_revision(kent: CheckedTexts) -> None:
    folder = next(each for each in bundled_plans() if each.name == "kent-medway-2014")
    texts = texts_of_folder(folder)
    texts["finance/lines.csv"] = texts["finance/lines.csv"].replace("343222", "344222")
    now = checked(texts, today=date(2026, 11, 28))
    totals = totals_of("finance/lines.csv", now.results, published=kent.results)
    assert totals is not None
    assert (totals.years, totals.measures) == (("2014-15", "2015-16"), ("Requirement", "Resources", "Variance"))
    primary = totals.rows[0]
    assert primary.label == "Primary care"
    first = primary.cells[0]
    assert first is not None
    assert (first.printed, first.change) == ("£349,035k", "+£1,000k")
    assert all(cell is None or cell.figure in now.results.figures for row in totals.rows for cell in row.cells)  # type: ignore[union-attr]
    assert totals_of("registers/risks.csv", now.results, published=kent.results) is None
    assert totals_of("finance/lines.csv", None, published=kent.results) is None


def test_a_difference_is_told_by_rows_where_it_is_a_table_and_by_lines_where_it_is_not() -> None:
    after = RISKS.replace("Nurses leave", "Doctors leave").replace("r-1,Money,Prices rise,,,,,,,\n", "")
    found = section_changes("registers/risks.csv", RISKS, after=after)
    assert [(each.where, each.kind, each.field) for each in found] == [
        ("r-10", "changed", "title"),
        ("r-1", "removed", ""),
    ]
    broken = section_changes("registers/risks.csv", "a,b\n", after='a,"b\n')
    assert [(each.kind, each.before, each.after) for each in broken] == [("changed", "a,b", 'a,"b')]
    text = section_changes("narrative/x.md", "one\ntwo\n", after="one\nthree\nfour\n")
    assert [(each.where, each.after) for each in text] == [("line 2", "three\nfour")]
    assert section_changes("narrative/x.md", None, after="one\n")[0].kind == "added"


def test_names_of_rows_differ_also_where_they_are_cut() -> None:
    assert row_name("a.csv", ("x", "", "y")) == "a.csv · x · - · y"
    long, other = ("x" * 500,), ("x" * 500 + "y",)
    assert len(row_name("a.csv", long)) == LONGEST_NAME
    assert row_name("a.csv", long) != row_name("a.csv", other)
