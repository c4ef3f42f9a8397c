"""The governance map in the document: formal lines solid, others dashed, the expired soft, as many as pages need."""

import xml.etree.ElementTree as ET
from datetime import date

from tests.unit.registers.governed import group, line
from tests.unit.reports.small_plan import bundled_results

from placeplan.registers.governance import Governance, governance_at
from placeplan.reports.document import Chart, Note, Section, Table, Text
from placeplan.reports.drawing import svg
from placeplan.reports.pictures.governance_map import MOST_HEIGHT
from placeplan.reports.pictures.style import SOFT_INK
from placeplan.reports.sections.governance import governance, governance_section

DAY = date(2017, 7, 31)
SVG = "{http://www.w3.org/2000/svg}"


def _charts(section: Section) -> list[Chart]:
    return [block for block in section.blocks if isinstance(block, Chart)]


def _table(section: Section, name: str) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table) and block.id == name)


def _words(row: object) -> list[str]:
    return ["".join(run.text for run in cell.runs if isinstance(run, Text)) for cell in row.cells]  # type: ignore[attr-defined]  # a Row


def _drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg(chart.picture))


def _texts(drawing: ET.Element) -> str:
    return " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))


def _found(*rows: object) -> Governance:
    groups = [row for row in rows if hasattr(row, "title")]
    lines = [row for row in rows if hasattr(row, "to")]
    return governance_at(groups, lines, day=DAY, notice_days=60)  # type: ignore[arg-type]  # told apart above


def test_west_kent_has_one_board_at_its_head_and_one_that_reports_into_it() -> None:
    section = governance(bundled_results("west-kent-2017"))
    [chart] = _charts(section)
    assert chart.title == "Who reports to whom on 31 July 2017"
    assert chart.says.startswith("At the head: West Kent Improvement Board.")
    assert "Local A&E Delivery Board reports into West Kent Improvement Board" in chart.says
    lines = [path.get("stroke-dasharray") for path in _drawn(chart).iter(f"{SVG}path")]
    assert lines == [None, "5 4", None, None, "5 4", None, None], "the key, then five lines of which one is dashed"
    assert [_words(row)[:3] for row in chart.data.rows][2] == [
        "Local A&E Delivery Board",
        "reports into",
        "West Kent Improvement Board",
    ]
    assert len(_table(section, "governance-groups").rows) == 8
    assert "outside every line" in _texts(_drawn(chart))


def test_a_plan_without_groups_has_no_such_section() -> None:
    assert governance(bundled_results("swale-2016")).is_empty


def test_what_has_expired_is_drawn_soft_and_what_ends_soon_is_told() -> None:
    task = group("task", kind="fixed-life", ends=date(2017, 1, 31))
    soon = group("soon", kind="fixed-life", ends=date(2017, 8, 31))
    section = governance_section(
        _found(group("board", kind="board"), task, soon, line("task", "board"), line("soon", "board"))
    )
    drawing = _drawn(_charts(section)[0])
    colours = {text.text: text.get("fill") for text in drawing.iter(f"{SVG}text")}
    assert colours["Task"] == SOFT_INK
    assert colours["Soon"] != SOFT_INK
    assert "ended 31 January 2017" in _texts(drawing)
    notes = {block.title: block for block in section.blocks if isinstance(block, Note)}
    assert notes["Ends soon"].runs == (Text("Soon ends 31 August 2017."),)
    assert notes["Ended"].runs == (Text("Task ended 31 January 2017."),)


def test_a_long_map_is_cut_into_pages_and_a_line_comes_from_the_page_before() -> None:
    names = [f"group-{number}" for number in range(40)]
    rows = [group("board", kind="board"), *map(group, names), *(line(name, "board") for name in names)]
    charts = _charts(governance_section(_found(*rows)))
    assert len(charts) > 1
    assert len({chart.id for chart in charts}) == len(charts)
    drawings = [_drawn(chart) for chart in charts]
    assert all(float(drawing.get("height", "0")) <= MOST_HEIGHT for drawing in drawings)
    assert sum(len(chart.data.rows) for chart in charts) == len(names)
    assert charts[1].title.endswith(f"part 2 of {len(charts)}")


def test_words_wrap_and_stay_inside_whatever_they_are() -> None:
    rows = [group("board", kind="board")]
    names = ["board", *(f"{'long-' * 30}{number}" for number in range(12))]
    rows += [group(name) for name in names[1:]]
    lines = [line(one, other) for one, other in zip(names[1:], names, strict=False)]
    drawing = _drawn(_charts(governance_section(_found(*rows, *lines)))[0])
    width = float(drawing.get("width", "0"))
    for box in drawing.iter(f"{SVG}rect"):
        assert float(box.get("x", "0")) >= 0
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= width
