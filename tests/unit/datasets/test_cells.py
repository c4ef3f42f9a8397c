"""What cells of each kind are read as, and which are refused."""

from datetime import date

import polars as pl
import pytest
from tests.unit.datasets.tables import column

from placeplan.datasets.cells import expected_of, read_column
from placeplan.datasets.types import Column, Kind


def read(kind: Kind, cell: str, *, whole: bool = False, dates: str | None = None) -> object:
    one = read_column(pl.Series([cell]), column("c", kind, whole=whole, dates=dates), marks=())
    assert one.failed.to_list() == [one.typed[0] is None and bool(cell.strip())]
    return one.typed[0]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, "  Medway ", "Medway"),
        (Kind.COUNT, " 1,234,567 ", 1_234_567.0),
        (Kind.COUNT, "12.5", 12.5),
        (Kind.COUNT, "1e3", 1000.0),
        (Kind.NUMBER, "-1,234.5", -1234.5),
        (Kind.PERCENT, "100", 100.0),
        (Kind.SHARE, "0.5", 0.5),
        (Kind.POUNDS, "-3.20", -3.2),
        (Kind.DATE, "2014-04-30", date(2014, 4, 30)),
        (Kind.MONTH, "2014-04", "2014-04"),
        (Kind.QUARTER, "q2", "Q2"),
        (Kind.FINANCIAL_YEAR, "2013/2014", "2013-14"),
        (Kind.CALENDAR_YEAR, "2014", "2014"),
        (Kind.AGE, "90", 90),
        (Kind.AGE_BAND, "65-69", "65-69"),
        (Kind.AGE_BAND, "95 years or older", "95 years or older"),
        (Kind.SEX, "F", "female"),
        (Kind.SEX, "1", "male"),
        (Kind.SEX, "Both sexes", "persons"),
        (Kind.FLAG, "Yes", True),
        (Kind.FLAG, "0.0", False),
    ],
)
def test_cells_that_are_read(kind: Kind, cell: str, value: object) -> None:
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.COUNT, "-1"),
        (Kind.COUNT, "12,34"),
        (Kind.COUNT, "*"),
        (Kind.NUMBER, "nan"),
        (Kind.NUMBER, "inf"),
        (Kind.NUMBER, "1_000"),
        (Kind.PERCENT, "100.1"),
        (Kind.PERCENT, "95%"),
        (Kind.SHARE, "1.01"),
        (Kind.DATE, "30/04/2014"),
        (Kind.DATE, "2014-02-30"),
        (Kind.MONTH, "2014-13"),
        (Kind.QUARTER, "Q5"),
        (Kind.FINANCIAL_YEAR, "2013/15"),
        (Kind.CALENDAR_YEAR, "14"),
        (Kind.AGE, "90+"),
        (Kind.AGE, "131"),
        (Kind.AGE_BAND, "old"),
        (Kind.SEX, "9"),
        (Kind.FLAG, "perhaps"),
    ],
)
def test_cells_that_are_refused(kind: Kind, cell: str) -> None:
    assert read(kind, cell) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_blank_cells_are_unknown_in_every_kind(kind: Kind) -> None:
    assert read(kind, "   ") is None


def test_a_whole_count_has_no_fraction() -> None:
    assert read(Kind.COUNT, "3.0", whole=True) == 3
    assert read(Kind.COUNT, "3.5", whole=True) is None


def test_a_date_in_the_form_of_its_publisher() -> None:
    assert read(Kind.DATE, "19740401", dates="%Y%m%d") == date(1974, 4, 1)
    assert expected_of(column("c", Kind.DATE, dates="%Y%m%d")) == "a day in the form %Y%m%d"


def test_marks_stand_for_numbers_held_back_where_they_are_declared() -> None:
    one = read_column(pl.Series(["*", "5", "-", "x"]), column("c", Kind.COUNT), marks=("*", "-"))
    assert one.typed.to_list() == [None, 5, None, None]
    assert one.suppressed.to_list() == [True, False, True, False]
    assert one.failed.to_list() == [False, False, False, True]


def test_marks_are_plain_texts_in_a_column_of_texts() -> None:
    one = read_column(pl.Series(["*"]), column("c", Kind.TEXT), marks=("*",))
    assert (one.typed.to_list(), one.suppressed.to_list()) == (["*"], [False])


def test_a_column_of_listed_texts_takes_no_other() -> None:
    listed = Column(name="c", kind=Kind.TEXT, words="One of two.", values=("final", "revised"))
    one = read_column(pl.Series(["Final", "draft", ""]), listed, marks=())
    assert (one.typed.to_list(), one.failed.to_list()) == (["final", None, None], [False, True, False])
    assert expected_of(listed) == "one of final, revised"


def test_a_filled_column_takes_no_blank() -> None:
    filled = Column(name="c", kind=Kind.COUNT, words="Never blank.", filled=True)
    one = read_column(pl.Series(["", "1", "*"]), filled, marks=("*",))
    assert one.failed.to_list() == [True, False, False]
