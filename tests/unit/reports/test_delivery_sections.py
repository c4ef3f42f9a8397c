"""Delivery of savings and areas of spend in the document: what is shown, in which words, and when nothing is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.unit.reports.small_plan import FILES, bundled_results

from placeplan.app.checking import check_path
from placeplan.reports.document import Cell, Chart, Note, Quoted, Section, Table, Tone
from placeplan.reports.pictures.savings_to_date import SavingsToDate, savings_picture
from placeplan.reports.sections.delivery import delivery_section
from placeplan.reports.sections.spend_areas import INDENT, spend_areas_section
from placeplan.reports.types import PlanResults

DELIVERED = """\
scheme,service,month,gross,investment,forecast,rating,note,source
beds,care,2014-04,2,1,,green,,Return of May
beds,care,2014-05,3,0,,amber,Staff came late,Return of June
rest,care,2014-04,0,,,red,,Return of May
rest,care,2014-05,0,,,red,,Return of June
"""
SPEND = """\
area,parent,title,lever,discretion,goal,target,2014-15,source
all,,All care,,,,3%,,Return
hospital,all,Hospital care,volume,local,2%,,700,Return
drugs,all,Drugs,price,national,,,100,Return
gms,all,General practice,none,,,,,Return
"""


def results_of(folder: Path, **files: str) -> PlanResults:
    names = {"delivered": "finance/savings_delivered.csv", "spend": "finance/spend_areas.csv"}
    for name, text in {**FILES, **{names[each]: text for each, text in files.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check_path(folder, today=date(2014, 6, 30))


def tables(section: Section) -> dict[str, Table]:
    return {block.id: block for block in section.blocks if isinstance(block, Table)}


def words(cell: Cell) -> str:
    return "".join(getattr(run, "text", getattr(run, "printed", "")) for run in cell.runs)


def lines(table: Table) -> Iterator[list[str]]:
    return ([words(cell) for cell in row.cells] for row in table.rows)


def column(table: Table, heading: str) -> list[str]:
    place = [each.heading for each in table.columns].index(heading)
    return [line[place] for line in lines(table)]


@pytest.mark.parametrize("name", ["swale-2016", "kent-medway-2014"])
def test_a_plan_without_the_tables_shows_nothing_of_them(name: str) -> None:
    results = bundled_results(name)
    assert delivery_section(results).is_empty
    assert spend_areas_section(results).is_empty


def test_a_year_is_as_at_the_last_month_that_is_reported(tmp_path: Path) -> None:
    section = delivery_section(results_of(tmp_path, delivered=DELIVERED))
    [note] = [block for block in section.blocks if isinstance(block, Note)]
    assert note.title == "2014-15 as at the end of May 2014"


def test_schemes_stand_to_date_by_the_end_of_the_year_and_month_by_month(tmp_path: Path) -> None:
    found = tables(delivery_section(results_of(tmp_path, delivered=DELIVERED)))
    to_date, outturn = found["delivery-schemes-2014-15"], found["delivery-outturn-2014-15"]
    assert column(to_date, "Scheme") == ["Fewer beds", "To be found"]
    assert column(to_date, "Delivered") == ["5", "0"]
    assert column(to_date, "Less planned") == ["-1.7", "-1.7"]
    assert column(to_date, "Owner's rating") == ["amber", "red"]
    assert column(to_date, "Note") == ["May 2014: Staff came late", ""]
    assert column(outturn, "Forecast") == ["30", "0"]
    assert column(outturn, "Rating") == ["amber", "red"]
    months = list(lines(found["delivery-months-2014-15"]))
    assert months[1][:4] == ["Fewer beds: delivered", "2", "3", "–"]
    assert months[-1][:3] == ["All: delivered", "2", "3"]


def test_a_rating_has_its_word_its_colour_and_the_mark_of_unconfirmed_levels(tmp_path: Path) -> None:
    found = tables(delivery_section(results_of(tmp_path, delivered=DELIVERED)))
    table = found["delivery-outturn-2014-15"]
    place = [each.heading for each in table.columns].index("Rating")
    cells = [row.cells[place] for row in table.rows]
    assert [cell.tone for cell in cells] == [Tone.NEAR, Tone.BAD]
    assert all(any(run.kind == "unconfirmed" for run in cell.runs) for cell in cells)


def test_every_number_that_is_computed_leads_to_its_figure(tmp_path: Path) -> None:
    results = results_of(tmp_path, delivered=DELIVERED, spend=SPEND)
    for section in (delivery_section(results), spend_areas_section(results)):
        for table in tables(section).values():
            quoted = [run for row in table.rows for cell in row.cells for run in cell.runs if isinstance(run, Quoted)]
            assert quoted
            assert all(run.figure in results.figures for run in quoted)


def test_a_month_that_is_not_reported_leaves_the_sum_unknown_and_the_note_says_which(tmp_path: Path) -> None:
    text = DELIVERED.replace("rest,care,2014-04,0,,,red,,Return of May\n", "")
    section = delivery_section(results_of(tmp_path, delivered=text))
    summary = tables(section)["delivery-summary-2014-15"]
    assert column(summary, "Delivered") == ["not known"]
    told = " ".join(words(Cell(note)) for note in summary.notes)
    assert "To be found (2014-04 not reported; 0 where nothing was saved)" in told
    [chart] = [block for block in section.blocks if isinstance(block, Chart)]
    assert "Left out, because a month is not reported: To be found." in chart.note
    assert column(chart.data, "Planned")[-1] == "40"  # the plan of what is drawn, like with like
    none = delivery_section(
        results_of(tmp_path, delivered=text.replace("beds,care,2014-04,2,1", "beds,care,2014-04,,1"))
    )
    assert not [block for block in none.blocks if isinstance(block, Chart)]


def test_the_picture_says_what_it_shows(tmp_path: Path) -> None:
    [chart] = [b for b in delivery_section(results_of(tmp_path, delivered=DELIVERED)).blocks if isinstance(b, Chart)]
    assert chart.says == (
        "Planned for the year: 50 thousand pounds. By the end of May 5 thousand pounds was delivered of 8.33 thousand "
        "pounds planned. Forecast for the year: 30 thousand pounds."
    )
    assert column(chart.data, "Delivered")[:3] == ["2", "5", ""]
    assert column(chart.data, "Delivered")[-1] == "30"


def test_a_picture_without_a_forecast_or_a_month_is_drawn_too() -> None:
    months = tuple("ABCDEFGHIJKL")
    nothing = SavingsToDate(months=months, planned=tuple(map(float, range(12))), delivered=(), forecast=None)
    picture = savings_picture("empty", nothing, title="Savings", unit="pounds")
    assert picture.says == "Planned for the year: 11 pounds."
    assert picture.svg().startswith("<svg")
    assert savings_picture("more", replace(nothing, forecast=3.0), title="Savings", unit="pounds").svg()


def test_areas_of_spend_are_a_tree_with_what_is_asked_of_it(tmp_path: Path) -> None:
    section = spend_areas_section(results_of(tmp_path, spend=SPEND.replace("none,,,,,Return", "none,,,,200,Return")))
    table = tables(section)["mapping-2014-15"]
    assert column(table, "Area") == [
        "All care",
        *(INDENT + each for each in ("Hospital care", "Drugs", "General practice")),
    ]
    assert column(table, "Lever") == ["", "volume", "only nationally", "none"]
    assert column(table, "Can be changed") == ["700", "700", "0", "0"]
    [note] = [block for block in section.blocks if isinstance(block, Note)]
    assert words(Cell(note.runs)) == (
        "3% of £1,000k is £30k. £700k can be changed here, of which it asks 4.29%. The goals come to £14k: -£16k "
        "against the target."
    )
    [chart] = [block for block in section.blocks if isinstance(block, Chart)]
    assert column(chart.data, "What can be changed") == [
        "Volume can be changed",
        "Can be changed only nationally",
        "Cannot be changed",
    ]


def test_a_spend_that_is_not_known_is_said_and_nothing_is_drawn(tmp_path: Path) -> None:
    section = spend_areas_section(results_of(tmp_path, spend=SPEND))
    table = tables(section)["mapping-2014-15"]
    assert column(table, "Spend") == ["not known", "700", "100", "not known"]
    assert any("General practice (blank" in words(Cell(note)) for note in table.notes)
    assert not [block for block in section.blocks if isinstance(block, Chart)]
