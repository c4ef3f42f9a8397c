"""What is left of something, drawn: a bar for each, inside the whole, with its name and words."""

from placeplan.reports.pictures.what_is_left import LEFT, RIGHT, Remainder, Remainders

KEY = ("The whole", "Left", "Elsewhere")


def test_each_bar_is_as_long_as_what_is_left() -> None:
    drawn = Remainders((Remainder("Half", 0.5, 0.75, "50.0%"),), KEY).inset()
    assert f'width="{(RIGHT - LEFT) / 2:.1f}"' in drawn
    assert f'x="{LEFT + (RIGHT - LEFT) * 0.75 - 1.5:.1f}"' in drawn
    assert all(words in drawn for words in ("Half", "50.0%", *KEY))


def test_more_than_the_whole_ends_with_it_and_words_are_escaped() -> None:
    drawn = Remainders((Remainder("<b>", 1.2, -0.1, "120.0%"),), KEY).inset()
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn
    assert f'width="{RIGHT - LEFT:.1f}"' in drawn
