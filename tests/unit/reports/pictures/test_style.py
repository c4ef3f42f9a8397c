"""The look: colours told apart by colour-blind readers and in print, outlines seen on paper, words that fit."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import places_of, printed, scale_of
from placeplan.reports.pictures.classing import Classes, equal_classes, quantile_classes
from placeplan.reports.pictures.fitting import cut, width_of, wrapped
from placeplan.reports.pictures.labelling import spread
from placeplan.reports.pictures.style import COLOURS, SHAPES, Verdict

# Machado, Oliveira and Fernandes, IEEE Transactions on Visualization and Computer Graphics 2009;15:1291-1298: full
# protanopia and deuteranopia, on linear red, green and blue.
SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
TOLD_APART = 20.0
READABLE, SEEN = 4.5, 3.0
Light = tuple[float, float, float]


def light_of(colour: str) -> Light:
    """Linear red, green and blue of a colour of sRGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return red, green, blue


def brightness(colour: str) -> float:
    red, green, blue = light_of(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def lab_of(colour: str, *, eyes: str) -> Light:
    """CIELAB of a colour as some eyes see it."""
    light = light_of(colour)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in SEEN_BY[eyes])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, *, eyes: str) -> float:
    pairs = zip(lab_of(one, eyes=eyes), lab_of(other, eyes=eyes), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


TOGETHER = [
    [COLOURS[one] for one in (Verdict.COMMON, Verdict.IMPROVEMENT, Verdict.CONCERN, Verdict.NEITHER)],
    [COLOURS[one] for one in (Verdict.COMMON, Verdict.HIGHER, Verdict.LOWER)],
    [style.ACTUAL, style.PLANNED, style.FORECAST, style.TARGET],
    list(style.SEQUENCE),
]


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("colours", TOGETHER, ids=("verdicts", "higher-lower", "lines", "sequence"))
def test_colours_that_stand_together_are_told_apart_by_all_eyes(colours: list[str], eyes: str) -> None:
    found = {(one, other): apart(one, other, eyes=eyes) for one, other in combinations(colours, 2)}
    # Lines have dashes and names of their own as well; colour alone must tell marks and classes apart.
    enough = TOLD_APART / 2 if colours == TOGETHER[2] else TOLD_APART
    assert min(found.values()) >= enough, found


def test_marks_are_those_of_making_data_count() -> None:
    named = (style.COMMON_CAUSE, style.IMPROVEMENT, style.CONCERN, style.NEITHER)
    assert named == ("#a6a6a6", "#00b0f0", "#e46c0a", "#490092")


def test_verdicts_that_stand_together_differ_in_shape() -> None:
    for group in (
        (Verdict.COMMON, Verdict.IMPROVEMENT, Verdict.CONCERN, Verdict.NEITHER),
        (Verdict.COMMON, Verdict.HIGHER, Verdict.LOWER, Verdict.UNKNOWN),
    ):
        assert len({SHAPES[verdict] for verdict in group}) == len(group)


def test_outlines_and_words_can_be_seen_on_paper() -> None:
    assert contrast(style.INK, style.PAPER) >= READABLE
    assert contrast(style.SOFT_INK, style.PAPER) >= READABLE
    assert contrast(style.TARGET, style.PAPER) >= READABLE
    assert contrast(style.LIMIT, style.PAPER) >= SEEN
    assert contrast(style.PLANNED, style.PAPER) >= READABLE


def test_words_can_be_read_on_every_class() -> None:
    classes = equal_classes(0, 100, unit="per cent")
    for number in (None, 10.0, 30.0, 50.0, 70.0, 90.0):
        back = style.PAPER if number is None else classes.colour_of(number)
        assert contrast(classes.ink_of(number), back) >= READABLE


def test_classes_get_darker() -> None:
    shades = [brightness(colour) for colour in style.SEQUENCE]
    assert shades == sorted(shades, reverse=True)


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 4))


@given(st.lists(numbers, min_size=1, max_size=40))
def test_every_number_has_the_class_that_its_printed_form_says(values: list[float]) -> None:
    classes = quantile_classes(values, unit="years")
    for value in values:
        shown = float(classes.printed(value).replace(",", ""))
        assert classes.class_of(shown) == classes.class_of(value)
        assert classes.breaks[0] <= shown <= classes.breaks[-1] or len(set(values)) == 1
    assert list(classes.breaks) == sorted(set(classes.breaks))


def test_classes_say_where_they_end() -> None:
    words = [mark.words for mark in Classes((0.0, 2.5, 10.0), "per cent", 1).key(unknown=True)]
    assert words == ["0.0 to under 2.5%", "2.5 to 10.0%", "No value"]


@pytest.mark.parametrize("breaks", [(1.0,), (2.0, 1.0), (1.0, 1.0), tuple(range(9))])
def test_breaks_that_do_not_rise_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="breaks: expected 2 to 6 rising numbers"):
        Classes(tuple(map(float, breaks)), "", 0)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_scale_holds_every_number_and_ends_at_marks(values: list[float]) -> None:
    scale = scale_of(values)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert scale.ticks[0] == pytest.approx(scale.low)
    assert scale.ticks[-1] == pytest.approx(scale.high)
    assert 2 <= len(scale.ticks) <= 12


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_scale_of_per_cents_stays_between_nought_and_a_hundred(values: list[float]) -> None:
    scale = scale_of(values, unit="per cent")
    assert 0 <= scale.low <= min(values)
    assert max(values) <= scale.high <= 100
    assert scale.ticks[-1] == pytest.approx(scale.high)


def test_axis_says_that_it_does_not_start_at_zero() -> None:
    assert scale_of([80.0, 95.0]).axis("Per cent")["title"] == "Per cent (the scale does not start at zero)"
    assert scale_of([1.0, 95.0]).axis("Per cent")["title"] == "Per cent"
    assert scale_of([]).ticks


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (82.14, "per cent", "82.1%"),
        (0.764, "per cent", "0.76%"),
        (1234.5, "days", "1,234 days"),
        (None, "", "not known"),
    ],
)
def test_numbers_in_sentences(number: float | None, unit: str, words: str) -> None:
    assert printed(number, unit) == words


def test_places_of_a_step() -> None:
    assert [places_of(step) for step in (10, 1, 0.5, 0.25, 0.001)] == [0, 0, 1, 2, 3]


@given(st.text(max_size=120), st.floats(40, 700))
def test_lines_are_no_wider_than_their_room(words: str, width: float) -> None:
    lines = wrapped(words, size=12, width=width, most=4)
    assert len(lines) <= 4
    assert all(width_of(line, size=12) <= width for line in lines)
    assert width_of(cut(words, size=12, width=width), size=12) <= width


@given(st.lists(st.floats(0, 300), max_size=12))
def test_spread_places_keep_their_distance(places: list[float]) -> None:
    found = spread(places, apart=14, low=0, high=300)
    ordered = sorted(found)
    assert all(second - first >= 14 - 1e-6 for first, second in pairwise(ordered))
