"""Two people change one narrative: paragraphs that one of them changed are taken, the rest is shown side by side."""

import pytest

from placeplan.plan.merging import Outcome, merge, settled_narrative
from placeplan.plan.merging_paragraphs import ParagraphConflict, merged_paragraphs, text_of_pieces

ABOUT = "narrative/01-about.md"
BASE = "# About\n\nWe are small.\n\nWe grow.\n"


def merged(base: str, mine: str, *, theirs: str) -> str | None:
    pieces = merged_paragraphs(base, mine, theirs=theirs)
    return None if any(isinstance(each, ParagraphConflict) for each in pieces) else text_of_pieces(pieces, {})


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        (
            BASE.replace("small", "little"),
            BASE.replace("We grow.", "We shrink."),
            "# About\n\nWe are little.\n\nWe shrink.\n",
        ),
        (
            f"{BASE}\nMine.\n",
            BASE.replace("We grow.", "We shrink."),
            "# About\n\nWe are small.\n\nWe shrink.\n\nMine.\n",
        ),
        (BASE.replace("We are small.\n\n", ""), f"{BASE}\nTheirs.\n", "# About\n\nWe grow.\n\nTheirs.\n"),
        (f"Mine.\n\n{BASE}", BASE.replace("small", "tiny"), "Mine.\n\n# About\n\nWe are tiny.\n\nWe grow.\n"),
        (BASE.replace("\n\n", "\n\n\n\n"), BASE.replace("small", "tiny"), "# About\n\nWe are tiny.\n\nWe grow.\n"),
        (BASE.replace("\n", "\r\n"), BASE.replace("small", "tiny"), "# About\n\nWe are tiny.\n\nWe grow.\n"),
        (f"{BASE}\nThe same.\n", f"{BASE}\nThe same.\n", f"{BASE}\nThe same.\n"),
        (
            BASE.replace("small.", "small.  \nAnd old."),
            f"{BASE}\nNew.\n",
            "# About\n\nWe are small.  \nAnd old.\n\nWe grow.\n\nNew.\n",
        ),
    ],
    ids=[
        "beside each other",
        "added",
        "taken out",
        "put before",
        "blank lines",
        "ends of lines",
        "same",
        "hard breaks",
    ],
)
def test_what_one_person_changed_is_taken(mine: str, theirs: str, wanted: str) -> None:
    assert merged(BASE, mine, theirs=theirs) == wanted


@pytest.mark.parametrize(
    ("mine", "theirs", "sides"),
    [
        (BASE.replace("small", "little"), BASE.replace("small", "tiny"), ("We are little.", "We are tiny.")),
        (BASE.replace("We are small.\n\n", ""), BASE.replace("small", "tiny"), ("", "We are tiny.")),
        (f"{BASE}\nMine.\n", f"{BASE}\nTheirs.\n", ("Mine.", "Theirs.")),
    ],
    ids=["changed by both", "taken out and changed", "added in one place"],
)
def test_what_both_changed_waits_with_its_three_texts(mine: str, theirs: str, sides: tuple[str, str]) -> None:
    (conflict,) = (each for each in merged_paragraphs(BASE, mine, theirs=theirs) if isinstance(each, ParagraphConflict))
    assert (conflict.mine, conflict.theirs) == sides


def test_only_the_paragraph_that_both_changed_is_asked_about_and_any_text_can_stand() -> None:
    mine = BASE.replace("small", "little").replace("We grow.", "We grow fast.")
    theirs = f"Preface.\n\n{BASE.replace('small', 'tiny')}"
    (section,) = merge({ABOUT: BASE}, {ABOUT: mine}, theirs={ABOUT: theirs}).conflicts
    (conflict,) = section.paragraphs
    for said, wanted in (
        (conflict.mine, "We are little."),
        (conflict.theirs, "We are tiny."),
        (conflict.both, "We are little.\n\nWe are tiny."),
        ("We are what we are.", "We are what we are."),
    ):
        text = settled_narrative(
            ABOUT, {ABOUT: BASE}, mine={ABOUT: mine}, theirs={ABOUT: theirs}, stands={conflict.mark: said}
        )
        assert text == f"Preface.\n\n# About\n\n{wanted}\n\nWe grow fast.\n"
    with pytest.raises(KeyError):
        settled_narrative(ABOUT, {ABOUT: BASE}, mine={ABOUT: mine}, theirs={ABOUT: theirs}, stands={})


def test_a_narrative_that_merges_by_itself_is_of_both() -> None:
    (section,) = merge({ABOUT: BASE}, {ABOUT: f"{BASE}\nMine.\n"}, theirs={ABOUT: f"Theirs.\n\n{BASE}"}).sections
    assert (section.outcome, section.text) == (Outcome.BOTH, f"Theirs.\n\n{BASE}\nMine.\n")


def test_a_narrative_that_one_took_away_and_the_other_changed_waits_as_a_whole() -> None:
    (section,) = merge({ABOUT: BASE}, {}, theirs={ABOUT: f"{BASE}\nTheirs.\n"}).conflicts
    assert (section.rows, section.paragraphs) == ((), ())


def test_two_narratives_of_one_name_that_were_not_there_before_are_held_against_each_other() -> None:
    (section,) = merge({}, {ABOUT: "# Mine\n"}, theirs={ABOUT: "# Theirs\n"}).conflicts
    assert [(each.mine, each.theirs) for each in section.paragraphs] == [("# Mine", "# Theirs")]
