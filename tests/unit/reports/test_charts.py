import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from placeplan.reports.charts import Level, Point, Span, Spans, StepKind, TrajectoryChart, Waterfall, WaterfallStep
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

BARS = Spans(-10, (Span("Growth", -15, -5, "-15 to -5"), Span("<Prices>", -10, 4, "-10 to 4", mark=8)))


def test_levels_follow_the_steps() -> None:
    assert FAR.levels == (1000, 1020, 990, 990)


def test_a_scale_starts_at_zero_unless_movements_would_vanish() -> None:
    assert not FAR.starts_at_zero
    assert FAR.scale == (978, 1020)
    assert NEAR.starts_at_zero
    assert NEAR.scale == (0, 10)


MONTHS = tuple(
    Point(f"2014-{month:02d}", 77 + month / 10, f"{77 + month / 10}%", 2014 + month / 12) for month in range(4, 13)
)
BOTH = TrajectoryChart(
    (Point("2013-14", 76, "76%", 2014.25), Point("2014-15", 78, "78%", 2015.25)), (Level("Standard 80%", 80),), MONTHS
)


@pytest.mark.parametrize(
    "chart",
    [FAR, NEAR, LINE, BOTH, TrajectoryChart((Point("2014-15", 421, "421"),)), TrajectoryChart((), actual=MONTHS[:1])],
)
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


def test_planned_values_stand_evenly_and_with_observations_in_time() -> None:
    assert LINE.planned_places == (0, 1)
    assert BOTH.planned_places == (0, 1)
    assert BOTH.actual_places[0] == pytest.approx((2014 + 4 / 12 - 2014.25) / 1)
    assert list(BOTH.actual_places) == sorted(BOTH.actual_places)


def test_observed_and_planned_values_have_marks_of_their_own_and_a_key() -> None:
    drawn = svg(BOTH)
    assert (drawn.count("<circle"), drawn.count("<path")) == (2 + 1, len(MONTHS) + 1)
    assert "Planned" in drawn
    assert "Observed" in drawn
    assert "Observed" not in svg(LINE)


def test_of_many_observations_the_latest_is_labelled_and_labels_keep_apart() -> None:
    root = ET.fromstring(svg(BOTH))
    texts = list(root.iter("{http://www.w3.org/2000/svg}text"))
    labels = tuple(point.label for point in MONTHS)
    found = {text.text or "": float(text.get("x", "0")) for text in texts if (text.text or "").startswith(labels)}
    assert any(text.startswith(labels[-1]) for text in found)
    assert all(later - earlier >= 96 for earlier, later in pairwise(sorted(found.values())))
    assert all(30 <= float(text.get("x", "0")) <= 690 for text in texts)


def test_a_planned_value_below_what_was_observed_has_its_label_below() -> None:
    planned = (Point("2014-15", 78, "78%", 2015.25),)
    labels = {}
    for observed in (77.0, 79.0):
        root = ET.fromstring(svg(TrajectoryChart(planned, (), (Point("2014-15", observed, "seen", 2015.25),))))
        labels[observed] = {
            text.text: float(text.get("y", "0")) for text in root.iter("{http://www.w3.org/2000/svg}text")
        }
    assert labels[77.0]["78%"] < labels[77.0]["seen"]
    assert labels[79.0]["78%"] > labels[79.0]["seen"]


def test_bars_lie_on_either_side_of_their_line_and_within_the_scale() -> None:
    assert BARS.scale == (-15, 8)
    drawn = svg(BARS)
    ET.fromstring(drawn)
    assert drawn.count("<rect") == 3  # both sides of the first row, one side of the second
    assert "&lt;Prices&gt;" in drawn
