"""The quick reading of CSV against the csv module of Python, which is slow and obvious."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from placeplan.datasets.csv_reading import text_table
from placeplan.kernel.errors import InputError

CELLS = st.text(alphabet='ab1 ",.\n–é', max_size=6)
LINES = st.text(alphabet='ab1,"\n ', max_size=40)


def by_the_csv_module(text: str) -> tuple[list[list[str]], list[int]]:
    rows, lines, before = [], [], 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for row in reader:
        if any(cell.strip() for cell in row) or len(row) > 1:
            rows.append(row)
            lines.append(before + 1)
        before = reader.line_num
    return rows, lines


def cells(text: str) -> list[list[str]]:
    table = text_table(text, file="f.csv")
    return [[cell or "" for cell in row] for row in table.frame.rows()]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_written_cells_are_read_back(rows: list[list[str]], ending: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=ending).writerows([["a", "b", "c"], *rows])
    table = text_table(out.getvalue(), file="f.csv")
    assert cells(out.getvalue()) == rows
    assert table.lines.to_list() == by_the_csv_module(out.getvalue())[1][1:]


@given(LINES)
def test_any_text_is_read_as_the_csv_module_reads_it_or_refused(rest: str) -> None:
    text = f"a,b\n{rest}"
    try:
        table = text_table(text, file="f.csv")
    except InputError:
        return
    rows, lines = by_the_csv_module(text)
    assert cells(text) == rows[1:]
    assert table.lines.to_list() == lines[1:]
