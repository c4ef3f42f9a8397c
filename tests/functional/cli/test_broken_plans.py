"""Every broken plan of the corpus ends in located findings and an exit code, never a traceback, never half a plan."""

import json
from pathlib import Path

import pytest
from tests.corpus.generate import BrokenPlan, cases

from placeplan.cli.main import main

FINDINGS, UNREADABLE = 1, 2


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


@pytest.mark.parametrize("broken", [pytest.param(case, id=case.name) for case in cases()])
def test_a_broken_plan_is_located_and_nothing_is_written(
    broken: BrokenPlan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    plan = broken.make(given)
    code, out, _ = run(capsys, "check", plan, "--format", "json")
    report = json.loads(out)["plans"][0]
    if broken.expects.reads:
        assert report["read"]
        return
    assert code == UNREADABLE
    assert report["findings"]
    assert all(finding["location"]["file"] for finding in report["findings"])
    assert any(broken.expects.file in finding["location"]["file"] for finding in report["findings"])
    code, _, err = run(capsys, "build", plan, "--out", tmp_path / "out", "--format", "html")
    assert code == UNREADABLE
    assert err
    assert not (tmp_path / "out").exists()
