"""Names, times and pages as people read them."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from tests.unit.reports.pictures.examples import funnel

from placeplan.kernel.spans import Frequency, next_span, parse_span
from placeplan.reports.pictures.fitting import width_of
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.time_axis import time_axis
from placeplan.reports.pictures.writing import gallery_files


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("NHS THANET CCG", "NHS Thanet CCG"),
        ("NHS DARTFORD, GRAVESHAM AND SWANLEY CCG", "NHS Dartford, Gravesham and Swanley CCG"),
        ("KING'S COLLEGE HOSPITAL NHS FT", "King's College Hospital NHS FT"),
        ("STOKE-ON-TRENT (NORTH) PCN", "Stoke-on-Trent (North) PCN"),
        ("THE SURGERY", "The Surgery"),
        ("NHS Thanet CCG", "NHS Thanet CCG"),
        ("RWF", "RWF"),
        ("G82001", "G82001"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(printed: str, said: str) -> None:
    assert spoken(printed) == said


@pytest.mark.parametrize(
    ("first", "frequency"),
    [("2013-14 Q2", Frequency.QUARTER), ("1980-81", Frequency.FINANCIAL_YEAR), ("2010-04", Frequency.MONTH)],
)
@pytest.mark.parametrize("count", [1, 2, 9, 12, 37, 120])
def test_labels_of_time_keep_apart(first: str, frequency: Frequency, count: int) -> None:
    spans = [parse_span(first, frequency=frequency)]
    while len(spans) < count:
        spans.append(next_span(spans[-1]))
    starts = [span.starts for span in spans]
    axis = time_axis([span.text for span in spans], starts, frequency=frequency, width=540)
    assert axis["values"]
    widest = max(width_of(span.text, size=12) for span in spans)
    points = 540 / max(starts[-1].toordinal() - starts[0].toordinal(), 1)
    assert all((after - before) * points > widest + 8 for before, after in pairwise(axis["values"]))


def test_quarters_are_labelled_from_april_over_a_gap() -> None:
    starts = [
        date(year, month, 1) for year in range(2013, 2025) for month in (1, 4, 7, 10) if (year, month) != (2014, 7)
    ]
    axis = time_axis([f"{day}" for day in starts], starts, frequency=Frequency.QUARTER, width=400)
    assert {date.fromordinal(int(at)).month for at in axis["values"]} == {4}


def test_tables_stand_before_the_pictures_and_lead_to_their_files() -> None:
    tables = {
        "units": pl.DataFrame({"area": [f"<A{n}>" for n in range(203)], "value": [1.5] * 203, "flag": [True] * 203})
    }
    page = gallery_files([funnel(), funnel()], title="T", notes=["One."], tables=tables, formats=("svg", "png"))
    text = page["index.html"].decode()
    assert text.index('<caption id="table-units-caption">Units') < text.index("<svg ")
    assert '3 more rows in <a href="units.csv">units.csv</a>' in text
    assert "&lt;A199&gt;" in text
    assert "&lt;A200&gt;" not in text
    assert "<li>One.</li>" in text
    name = funnel().name
    assert all(f'href="{name}{number}.{form}"' in text for number in ("", "-2") for form in ("svg", "png", "csv"))


def test_a_table_without_rows_is_told() -> None:
    page = gallery_files([], title="T", tables={"units": pl.DataFrame({"area": []})})["index.html"].decode()
    assert "<strong>Units</strong>: there are no rows." in page
