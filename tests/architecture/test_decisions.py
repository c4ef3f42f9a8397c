"""Decision records: numbered without gaps, headed by the same number, each with the four parts."""

import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT

RECORDS = sorted(path for path in (ROOT / "docs" / "adr").glob("*.md") if path.name != "index.md")
PARTS = ("## Context", "## Options", "## Decision", "## What would reverse it")


def test_numbers_have_no_gaps() -> None:
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_heading_carries_the_number_of_the_file(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(rf"# {int(path.name[:4])}\. .+", lines[0]), f"{path.name}: {lines[0]}"


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_record_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [part for part in PARTS if part not in text] == []


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_index_lists_the_record(path: Path) -> None:
    assert f"({path.name})" in (ROOT / "docs" / "adr" / "index.md").read_text(encoding="utf-8")
