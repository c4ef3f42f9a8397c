"""Merging paragraphs loses nothing: each paragraph that somebody wrote stands in the text or in a conflict."""

from hypothesis import given
from hypothesis import strategies as st

from placeplan.plan.merging_paragraphs import ParagraphConflict, merged_paragraphs, text_of_pieces

PARAGRAPHS = st.lists(st.sampled_from(("one", "two", "three", "four", "five\nand six")), max_size=6)


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _said(text: str) -> list[str]:
    return text.split("\n\n") if text else []


@given(base=PARAGRAPHS, mine=PARAGRAPHS, theirs=PARAGRAPHS)
def test_no_paragraph_that_somebody_wrote_is_lost(base: list[str], mine: list[str], theirs: list[str]) -> None:
    pieces = merged_paragraphs(_text(base), _text(mine), theirs=_text(theirs))
    there = [paragraph for each in pieces if isinstance(each, str) for paragraph in _said(each)]
    own, other = list(there), list(there)
    for each in pieces:
        if isinstance(each, ParagraphConflict):
            own += _said(each.mine)
            other += _said(each.theirs)
    assert not [each for each in mine if each not in base and each not in own]
    assert not [each for each in theirs if each not in base and each not in other]


@given(base=PARAGRAPHS, mine=PARAGRAPHS, theirs=PARAGRAPHS)
def test_saying_for_every_conflict_that_mine_stands_keeps_what_only_they_changed(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    pieces = merged_paragraphs(_text(base), _text(mine), theirs=_text(theirs))
    stands = {each.mark: each.mine for each in pieces if isinstance(each, ParagraphConflict)}
    text = text_of_pieces(pieces, stands)
    assert all(each in text for each in mine if each not in base)
    if not stands:
        assert all(each in text for each in theirs if each not in base)


@given(base=PARAGRAPHS, theirs=PARAGRAPHS)
def test_where_i_changed_nothing_theirs_stands(base: list[str], theirs: list[str]) -> None:
    for mine, other in ((base, theirs), (theirs, base), (theirs, theirs)):
        pieces = merged_paragraphs(_text(base), _text(mine), theirs=_text(other))
        assert list(pieces) == theirs


@given(base=PARAGRAPHS, mine=PARAGRAPHS, theirs=PARAGRAPHS)
def test_who_merges_matters_for_nothing_but_whose_is_whose(base: list[str], mine: list[str], theirs: list[str]) -> None:
    ours = merged_paragraphs(_text(base), _text(mine), theirs=_text(theirs))
    turned = merged_paragraphs(_text(base), _text(theirs), theirs=_text(mine))
    assert [_turned(each) for each in ours] == list(turned)


def _turned(piece: str | ParagraphConflict) -> str | ParagraphConflict:
    return piece if isinstance(piece, str) else ParagraphConflict(piece.base, piece.theirs, piece.mine)
