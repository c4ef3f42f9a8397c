"""Every check finds what its case file says, where it says, and nothing in the examples that pass."""

from pathlib import Path

import pytest

from placeplan.assurance.registry import check_of
from tests.checks.example_plans import Example, case_files, examples

FAILS = [example for path in case_files() for example in examples(path, "fails")]
PASSES = [example for path in case_files() for example in examples(path, "passes")]


@pytest.mark.parametrize("example", FAILS, ids=lambda example: example.id)
def test_failing_example_is_found_at_its_place(example: Example, tmp_path: Path) -> None:
    found = [finding for finding in example.check(tmp_path).judgement.findings if finding.code == example.code]
    told = [
        {
            "subject": one.subject,
            "file": one.location.file,
            "line": one.location.line,
            "field": one.location.field,
            "severity": str(one.severity),
        }
        for one in found
    ]
    assert told == list(example.findings)
    for finding in found:
        assert check_of(example.code).words(finding)


@pytest.mark.parametrize("example", PASSES, ids=lambda example: example.id)
def test_passing_example_is_left_alone(example: Example, tmp_path: Path) -> None:
    found = [finding for finding in example.check(tmp_path).judgement.findings if finding.code == example.code]
    assert not found
