"""Levels and words that checks are held to."""

import pytest

from placeplan.app.check_definitions import read_definitions


def test_each_has_a_reference_and_a_path() -> None:
    definitions = read_definitions()
    for one in (*definitions.thresholds, *definitions.phrases):
        assert one.reference
        assert one.path.startswith("assurance/")
        assert one.path.endswith(one.id)
        assert one.review.reviewer


def test_identifiers_are_unique() -> None:
    definitions = read_definitions()
    names = [one.path for one in (*definitions.thresholds, *definitions.phrases)]
    assert len(names) == len(set(names))


def test_phrases_are_small_letters() -> None:
    for one in read_definitions().phrases:
        assert all(phrase == phrase.lower() for phrase in one.phrases)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        read_definitions().level("no-such-level")
    with pytest.raises(KeyError):
        read_definitions().words("no-such-words")
