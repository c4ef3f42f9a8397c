import xml.etree.ElementTree as ET

import pytest

from placeplan.reports.charts import Level, Point, StepKind, TrajectoryChart, Waterfall, WaterfallStep
from placeplan.reports.drawing import svg

FAR = Waterfall(
    (
        WaterfallStep("Outturn", 1000, "1,000", StepKind.TOTAL),
        WaterfallStep("Prices <up>", 20, "+20", StepKind.RISE),
        WaterfallStep("QIPP", -30, "-30", StepKind.FALL),
        WaterfallStep("Spend", 0, "990", StepKind.TOTAL),
    )
)
NEAR = Waterfall((WaterfallStep("a", 10, "10", StepKind.TOTAL), WaterfallStep("b", -9, "-9", StepKind.FALL)))
LINE = TrajectoryChart((Point("2014-15", 78, "78%"), Point("2015-16", 79, "79%")), (Level("Standard 80%", 80),))


def test_levels_follow_the_steps() -> None:
    assert FAR.levels == (1000, 1020, 990, 990)


def test_a_scale_starts_at_zero_unless_movements_would_vanish() -> None:
    assert not FAR.starts_at_zero
    assert FAR.scale == (978, 1020)
    assert NEAR.starts_at_zero
    assert NEAR.scale == (0, 10)


@pytest.mark.parametrize("chart", [FAR, NEAR, LINE, TrajectoryChart((Point("2014-15", 421, "421"),))])
def test_a_drawing_is_xml_and_the_same_each_time(chart: Waterfall | TrajectoryChart) -> None:
    ET.fromstring(svg(chart))
    assert svg(chart) == svg(chart)


def test_every_step_has_its_name_and_its_number_inside_the_picture() -> None:
    root = ET.fromstring(svg(FAR))
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == [text for step in FAR.steps for text in (step.name, step.label)]
    bars = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    assert len(bars) == len(FAR.steps)
    assert all(0 <= float(bar.get("x", "-1")) <= float(root.get("width", "0")) - 60 for bar in bars)


def test_a_total_that_is_cut_off_is_marked() -> None:
    assert svg(FAR).count("<path") == 2
    assert "<path" not in svg(NEAR)


def test_a_level_asked_for_is_named() -> None:
    assert "Standard 80%" in svg(LINE)
