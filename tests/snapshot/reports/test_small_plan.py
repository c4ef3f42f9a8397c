"""The document of the small plan, read by people when it changes."""

from tests.snapshot.reports.readable import SNAPSHOT, small


def test_document_of_the_small_plan() -> None:
    """To accept a change, run: python -m tests.snapshot.reports.readable"""
    assert small() == SNAPSHOT.read_text(encoding="utf-8")
