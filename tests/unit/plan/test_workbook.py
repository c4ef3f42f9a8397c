"""The workbook of a plan: what a finance lead sees, what she may type, and what is read back."""

import stat
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.corpus.draft import EXAMPLES, good_plans
from tests.unit.plan.small_plan import LINES, NARRATIVE, small_plan

from placeplan.kernel.errors import InputError
from placeplan.kernel.figures import Figure, Figures
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.folder import read_plan
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.workbook_cells import text_of_cell
from placeplan.plan.workbook_layout import FIRST_ROW, MARKER, sheet_of
from placeplan.plan.workbook_reading import plan_of_workbook, read_workbook
from placeplan.plan.workbook_writing import workbook_bytes, write_workbook
from placeplan.plan.writing import files_of

FIRST, SECOND = FinancialYear(2014), FinancialYear(2015)
TOTAL = Figure(
    "finance.primary-care.2014-15.total",
    "Primary care, planned spend, 2014-15",
    Decimal("343.5"),
    "GBP thousand",
    "sum",
)
LATER = Figure(
    "finance.primary-care.2015-16.total",
    "Primary care, planned spend, 2015-16",
    None,
    "GBP thousand",
    "sum",
    missing=("x",),
)
FIGURES = Figures([TOTAL, LATER])
LINES_SHEET = "finance lines"
MAY = datetime.fromisoformat("2014-05-01")


def changed(plan: Plan, change: Callable[[Workbook], object]) -> bytes:
    """The plan's workbook after a person or a spreadsheet has changed it."""
    book = load_workbook(BytesIO(workbook_bytes(plan, derived=FIGURES)))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def typed(plan: Plan, address: str, value: object, number_format: str = "General") -> bytes:
    """The plan's workbook after something was typed into a cell of the bridge lines."""

    def change(book: Workbook) -> None:
        cell = book[LINES_SHEET][address]
        cell.value, cell.number_format = value, number_format

    return changed(plan, change)


def problems(content: bytes) -> list[str]:
    """What reading says of a workbook."""
    with pytest.raises(InputError) as raised:
        plan_of_workbook(content, "vale.xlsx")
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize("name", good_plans())
def test_a_bundled_plan_survives_folder_to_workbook_to_folder(name: str) -> None:
    plan = read_plan(EXAMPLES / name)
    read = plan_of_workbook(workbook_bytes(plan, derived=FIGURES), "plan.xlsx")
    assert read == plan
    assert list(files_of(read)) == list(files_of(plan))


@pytest.mark.parametrize("name", good_plans())
def test_a_spreadsheet_may_save_the_workbook_again(name: str) -> None:
    plan = read_plan(EXAMPLES / name)
    assert plan_of_workbook(changed(plan, lambda _: None), "plan.xlsx") == plan


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)
    assert workbook_bytes(plan, derived=FIGURES) == workbook_bytes(plan, derived=FIGURES)


def test_a_row_knows_its_row_and_column_on_its_sheet(tmp_path: Path) -> None:
    read = plan_of_workbook(workbook_bytes(small_plan(tmp_path)), "vale.xlsx")
    assert str(read.lines[1].place.at("2015-16")) == "vale.xlsx[finance lines]:4:8 (2015-16)"
    assert str(read.where("money")).startswith("vale.xlsx[plan]:")


def test_there_is_a_sheet_for_every_table_also_without_rows(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(workbook_bytes(small_plan(tmp_path), derived=FIGURES)))
    assert book.sheetnames[:2] == ["read me", "plan"]
    assert {sheet_of(table) for table in TABLES} <= set(book.sheetnames)
    assert book["registers risks"]["A1"].value == "risk"


def test_headings_stay_in_sight_and_input_cells_are_open(tmp_path: Path) -> None:
    sheet = load_workbook(BytesIO(workbook_bytes(small_plan(tmp_path))))[LINES_SHEET]
    assert sheet.freeze_panes == "D3"
    assert not sheet["G3"].protection.locked
    assert sheet["G3"].fill.fgColor.rgb != "00000000"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert "outturn,part-year-effect" in lists["D3"]
    assert lists["E3"] == '"yes,no"'
    assert lists["A3"].startswith("lists!")


def test_derived_sheets_show_years_side_by_side_and_are_locked(tmp_path: Path) -> None:
    sheet = load_workbook(BytesIO(workbook_bytes(small_plan(tmp_path), derived=FIGURES)))["derived finance"]
    assert sheet["A1"].value == MARKER
    assert [cell.value for cell in sheet[2]][:4] == ["measure", "unit", "2014-15", "2015-16"]
    assert [cell.value for cell in sheet[4]] == [
        "Planned spend", "GBP thousand", 343.5, "not known", "sum", "finance.primary-care.YEAR.total"
    ]  # fmt: skip
    assert sheet.protection.sheet


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "General", "1234.5"),
        (1234.5, "#,##0", "1234.5"),
        (1234.5, "#,##0.00", "1234.50"),
        (1234.5, "#,##0.00_)", "1,234.50"),
        (-1234.5, "#,##0.0_);(#,##0.0)", "(1,234.5)"),
        (0.1 + 0.2, "General", "0.3"),
        (0.027, "0.0%", "2.7%"),
        (0.027, "0.00%", "2.70%"),
        (5, '"£"#,##0;[Red]-"£"#,##0', "5"),
        (-5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-5.00"),
        ("  1,818 \u00a0", "@", "1,818"),
        ("@efficiency.primary-care.2014-15.net", "@", "@efficiency.primary-care.2014-15.net"),
    ],
)
def test_a_typed_number_is_read_with_the_places_that_the_cell_shows(
    value: object, number_format: str, text: str
) -> None:
    cell = Workbook().active["A1"]
    cell.value, cell.number_format = value, number_format
    assert text_of_cell(cell).strip() == text


def test_a_month_that_the_spreadsheet_made_a_date_is_still_that_month(tmp_path: Path) -> None:
    read = plan_of_workbook(
        typed(small_plan(tmp_path), "F4", datetime.fromisoformat("2014-09-01"), "mmm-yy"), "vale.xlsx"
    )
    assert str(read.lines[1].starts) == "2014-09"


@pytest.mark.parametrize(
    ("address", "value", "number_format", "said"),
    [
        ("G3", "=SUM(G4:G6)", "General", "3:7 (2014-15): G3: this cell holds a formula, =SUM(G4:G6)."),
        ("G3", "#REF!", "General", "3:7 (2014-15): G3: this cell holds the error #REF!."),
        ("E4", True, "General", "4:5 (recurrent): E4: this cell holds TRUE."),
        ("G4", MAY, "d-mmm", "4:7 (2014-15): G4: the spreadsheet has turned this cell into the date 2014-05-01."),
        ("C4", MAY, "d-mmm", "4:3 (line): C4: the spreadsheet has turned this cell into the date 2014-05-01."),
        ("G3", "1 234", "@", "3:7 (2014-15): '1 234' cannot be read."),
        ("A3", None, "General", "3:1 (service): this cell is blank."),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, address: str, value: object, number_format: str, said: str
) -> None:
    found = problems(typed(small_plan(tmp_path), address, value, number_format))
    assert len(found) == 1
    assert found[0].startswith(f"vale.xlsx[finance lines]:{said}")


def test_hints_blank_rows_and_hidden_rows_do_not_matter(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)

    def change(book: Workbook) -> None:
        sheet = book[LINES_SHEET]
        sheet.delete_rows(2)
        sheet.insert_rows(4, 3)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["G"].hidden = True
        sheet.sheet_state = "hidden"

    assert plan_of_workbook(changed(plan, change), "vale.xlsx").lines == plan.lines


def test_notes_of_ones_own_are_left_unread(tmp_path: Path) -> None:
    plan = small_plan(tmp_path)

    def change(book: Workbook) -> None:
        book.create_sheet("notes on growth")["A1"] = "=1+1"

    assert plan_of_workbook(changed(plan, change), "vale.xlsx") == plan


def test_a_new_line_of_text_needs_no_number(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        sheet = book["narrative"]
        after_the_end = FIRST_ROW + NARRATIVE.count("\n") + 2
        sheet.cell(after_the_end, 3).value = "One more line."

    read = plan_of_workbook(changed(small_plan(tmp_path), add), "vale.xlsx")
    assert read.narrative[0].text == f"{NARRATIVE}\n\nOne more line."


@pytest.mark.parametrize(
    "text",
    [
        "\r",
        "_x000D_",
        "_x005F_x000D_",
        "x005F_",
        "<r>&</r>",
        "\x07",
        "\uffff",
        "  two  ",
        "=1+1",
        "'",
        "a" * 40_000,
        "\n\n",
        "",
    ],
)
def test_an_odd_text_survives(tmp_path: Path, text: str) -> None:
    plan = small_plan(tmp_path, {"narrative/odd.md": text})
    assert plan_of_workbook(workbook_bytes(plan), "vale.xlsx").narrative == plan.narrative


def test_a_workbook_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    file = tmp_path / "out" / "vale.xlsx"
    write_workbook(plan, file)
    before = file.read_bytes()
    with pytest.raises(InputError, match="already exists"):
        write_workbook(plan, file, derived=FIGURES)
    assert file.read_bytes() == before
    write_workbook(plan, file, derived=FIGURES, overwrite=True)
    assert file.read_bytes() != before
    assert read_workbook(file) == plan
    assert [path.name for path in file.parent.iterdir()] == ["vale.xlsx"]


def test_a_workbook_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "plan")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_workbook(plan, tmp_path / "file" / "vale.xlsx")
    with pytest.raises(InputError, match=r"does not end in \.xlsx"):
        write_workbook(plan, tmp_path / "vale.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "plan"]


def test_the_workbook_has_no_executable_bits_and_no_dates_of_its_own(tmp_path: Path) -> None:
    content = workbook_bytes(small_plan(tmp_path))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.external_attr >> 16 & stat.S_IXUSR for info in archive.infolist())
        assert b"2014-04-04" in archive.read("docProps/core.xml")


def test_five_thousand_lines_are_read(tmp_path: Path) -> None:
    rows = "".join(f"primary-care,,Line {number},investment,,,{number},,,page 3\n" for number in range(5_000))
    plan = small_plan(tmp_path, {"finance/lines.csv": LINES + rows})
    assert len(plan_of_workbook(workbook_bytes(plan), "vale.xlsx").lines) == 5_004
