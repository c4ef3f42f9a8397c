"""Reading files: rows with a problem set aside, trouble with the file as a whole refused with its place."""

from pathlib import Path

import polars as pl
import pytest
from tests.unit.datasets.tables import column, dataset, written

from placeplan.datasets.reading import LISTED, ReadTable, read_table
from placeplan.datasets.types import Column, Kind
from placeplan.kernel.errors import InputError

SMALL = dataset(
    column("area", Kind.AREA), column("month", Kind.MONTH), column("count", Kind.COUNT), grain=("area", "month")
)
HEAD = "area,month,count\n"


def said(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_table(path, SMALL)
    return [str(problem) for problem in caught.value.problems]


def read(folder: Path, rows: str) -> ReadTable:
    return read_table(written(folder, HEAD + rows), SMALL)


def test_a_row_with_a_problem_is_set_aside_and_located(tmp_path: Path) -> None:
    table = read(tmp_path, "E1,2014-04,5\nE1,2014-13,6\nE1,2014-06,7\n")
    assert table.frame["count"].to_list() == [5, 7]
    assert table.frame["line"].to_list() == [2, 4]
    assert table.set_aside["line"].to_list() == [3]
    assert [str(one) for one in table.problems] == [
        "small.csv:3:2 (month): '2014-13' cannot be read here. Expected a month such as 2014-04."
    ]


def test_a_blank_cell_in_the_key_of_a_row_is_a_problem_and_elsewhere_is_not(tmp_path: Path) -> None:
    table = read(tmp_path, "E1,2014-04,\n,2014-05,6\n")
    assert table.frame["count"].to_list() == [None]
    assert [one.message for one in table.problems] == ["this cell is blank"]


def test_line_breaks_in_quotes_do_not_shift_lines(tmp_path: Path) -> None:
    table = read(tmp_path, '"E\n1",2014-04,5\n\n"E,2",2014-05,x\n')
    assert table.frame["area"].to_list() == ["E\n1"]
    assert [(one.location.line, one.location.column) for one in table.problems] == [(5, 3)]


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "\nE1,2014-04,5\n\nE1,2014-05,6\n\n")
    assert table.frame["line"].to_list() == [3, 5]


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes(b"\xef\xbb\xbfarea,month,count\r\nE1,2014-04,5\r\n")
    assert read_table(path, SMALL).frame["count"].to_list() == [5]


def test_many_problems_are_counted_and_the_first_listed(tmp_path: Path) -> None:
    table = read(tmp_path, "E1,2014-04,x\n" * (LISTED + 7))
    assert len(table.problems) == LISTED
    assert table.problems_by_column == {"count": LISTED + 7}
    assert (table.rows, table.frame.height) == (LISTED + 7, 0)


def test_headings_that_nothing_is_known_of_are_named(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "area,month,count,note\nE1,2014-04,5,x\n"), SMALL)
    assert table.unknown == ("note",)
    assert "note" not in table.frame.columns


def test_a_table_without_rows_is_read(tmp_path: Path) -> None:
    table = read(tmp_path, "")
    assert (table.rows, table.frame.height, table.problems) == (0, 0, ())


def test_families_of_columns_are_read_by_their_pattern(tmp_path: Path) -> None:
    ages = Column(pattern=r"\d+\+?", kind=Kind.COUNT, words="Persons of this age.")
    small = dataset(column("area", Kind.AREA), ages, grain=("area",))
    table = read_table(written(tmp_path, "area,0,1,90+\nE1,5,6,7\n"), small)
    assert table.frame.row(0, named=True) == {"area": "E1", "0": 5, "1": 6, "90+": 7, "line": 2}
    with pytest.raises(InputError, match=r"all like \\d\+"):
        read_table(written(tmp_path, "area\nE1\n"), small)


def test_suppressed_numbers_are_unknown_and_known_to_be_held_back(tmp_path: Path) -> None:
    small = dataset(column("area"), column("count", Kind.COUNT), grain=("area",), suppressed=("*",))
    table = read_table(written(tmp_path, "area,count\nE1,*\nE2,5\n"), small)
    assert table.frame["count"].to_list() == [None, 5]
    assert table.suppressed.rows() == [(2, "count")]


def test_no_such_file(tmp_path: Path) -> None:
    assert said(tmp_path / "none.csv") == ["none.csv: there is no such file. Expected a CSV or Parquet file."]


def test_a_folder(tmp_path: Path) -> None:
    assert said(tmp_path)[0].endswith("this is a folder. Expected a CSV or Parquet file. Name a file in it.")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file(text: str, tmp_path: Path) -> None:
    assert said(written(tmp_path, text)) == [
        "small.csv: this file is empty. Expected a line of headings and rows of data."
    ]


def test_a_missing_heading_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    (problem,) = said(written(tmp_path, "area,months,count\nE1,2014-04,5\n"))
    assert problem == (
        "small.csv:1 (month): the column 'month' of 'small' is missing. Is it 'months'? Then rename that heading."
    )


def test_every_missing_heading_is_named(tmp_path: Path) -> None:
    assert len(said(written(tmp_path, "place\nE1\n"))) == 3


def test_other_separators_are_named(tmp_path: Path) -> None:
    assert "save it with commas" in said(written(tmp_path, "area;month;count\nE1;2014-04;5\n"))[0]


def test_a_heading_twice(tmp_path: Path) -> None:
    (problem,) = said(written(tmp_path, "area,month,count,count\nE1,2014-04,5,6\n"))
    assert problem.startswith("small.csv:1:4 (count): the heading 'count' stands twice.")


def test_a_column_without_heading(tmp_path: Path) -> None:
    assert said(written(tmp_path, "area,month,count,\nE1,2014-04,5,\n")) == [
        "small.csv:1:4: a column has no heading. Expected a name for every column."
    ]


def test_rows_of_another_length(tmp_path: Path) -> None:
    problems = said(written(tmp_path, HEAD + "E1,2014-04\nE1,2014-05,5\nE1,2014-06,1,2\n"))
    assert [problem.partition(". ")[0] for problem in problems] == [
        "small.csv:2: this row has 2 cells",
        "small.csv:4: this row has 4 cells",
    ]


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    (problem,) = said(written(tmp_path, HEAD + 'E1,2014-04,5\n"E2,2014-04,5\n'))
    assert problem.startswith("small.csv:3: the file cannot be read on from here")


def test_a_file_of_an_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes("area,month,count\nCafé,2014-04,5\n".encode("cp1252"))
    assert said(path)[0].startswith("small.csv:2: the byte 0xe9 is not UTF-8 text")


def test_parquet_reads_as_csv_does(tmp_path: Path) -> None:
    path = tmp_path / "small.parquet"
    frame = pl.DataFrame({"area": ["E1", "E2"], "month": ["2014-04", "soon"], "count": [5.0, float("nan")]})
    frame.write_parquet(path)
    table = read_table(path, SMALL)
    assert table.frame.rows() == [("E1", "2014-04", 5.0, 1)]
    assert [one.location.line for one in table.problems] == [2]


def test_damaged_parquet(tmp_path: Path) -> None:
    path = tmp_path / "small.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    assert said(path) == ["small.parquet: this is no Parquet file, or a damaged one. Write or download it again."]


def test_parquet_with_lists(tmp_path: Path) -> None:
    path = tmp_path / "small.parquet"
    pl.DataFrame({"area": [["E1"]], "month": ["2014-04"], "count": [5]}).write_parquet(path)
    assert said(path)[0].startswith("small.parquet (area): the column 'area' holds List")
