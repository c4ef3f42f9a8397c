from decimal import Decimal

from placeplan.kernel.figures import Figure, Figures
from placeplan.reports.document import BulletList, Link, Paragraph, Quoted, Table, Text, parts_of
from placeplan.reports.narrative import sections_of

SPEND = Figure("finance.care.2014-15.total", "Care, planned spend, 2014-15", Decimal(1010), "GBP thousand", "a sum")
FIGURES = Figures([SPEND])


def words(text: str) -> list[object]:
    section = sections_of(text, FIGURES, section_id="text")
    return [part for part in parts_of(section) if isinstance(part, Text | Quoted | Link)]


def test_a_reference_prints_the_figure() -> None:
    assert words("Spend {{ finance.care.2014-15.total }}.") == [
        Text("Spend "),
        Quoted("finance.care.2014-15.total", "£1,010k", SPEND.label),
        Text("."),
    ]


def test_a_minus_turns_the_sign() -> None:
    assert words("{{ -finance.care.2014-15.total }}") == [Quoted(SPEND.id, "-£1,010k", SPEND.label)]


def test_a_typed_number_keeps_what_was_typed() -> None:
    assert words("[£1.0m](figure:finance.care.2014-15.total)") == [Quoted(SPEND.id, "£1.0m", SPEND.label)]
    assert words("[£1.0m](figure:-finance.care.2014-15.total)") == [Quoted(SPEND.id, "£1.0m", SPEND.label)]


def test_a_figure_that_is_not_there_is_said_to_be_unknown() -> None:
    assert words("{{ finance.nobody }}") == [Text("not known (no figure is called finance.nobody)", strong=True)]
    assert words("[5](figure:finance.nobody)") == [Text("5")]


def test_markup_and_scripts_stay_words() -> None:
    assert words("<script>alert(1)</script>") == [Text("<script>alert(1)</script>")]
    assert not [part for part in words("[x](javascript:alert(1))") if isinstance(part, Link)]
    assert words("[x](https://example.org/)") == [Link("x", "https://example.org/")]


def test_headings_lists_and_tables() -> None:
    text = "# Title\n\nFirst.\n\n## Inner\n\n1. one\n2. **two**\n\n| a | b |\n| - | - |\n| c | 1,000 |\n"
    section = sections_of(text, FIGURES, section_id="text")
    (inner,) = section.sections
    points, table = inner.blocks
    assert (section.title, section.blocks) == ("Title", (Paragraph((Text("First."),)),))
    assert points == BulletList(((Text("one"),), (Text("two", strong=True),)), ordered=True)
    assert isinstance(table, Table)
    assert [(column.heading, column.numeric) for column in table.columns] == [("a", False), ("b", True)]
