"""No check is written for one document: a bundled plan with the error put right passes, and nothing new is found."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

import placeplan
from placeplan.app.checking import check_path
from placeplan.assurance.findings import Finding
from tests.checks.example_plans import TODAY

PLANS = Path(placeplan.__file__).parent / "examples"


@dataclass(frozen=True)
class Correction:
    """What stands in a file of a bundled plan, what should stand there, and the findings that then go away."""

    plan: str
    file: str
    wrong: str
    right: str
    gone: tuple[tuple[str, str], ...]


CORRECTIONS = [
    Correction(
        "west-kent-2016",
        "finance/targets.csv",
        "555.399,669.441",
        "555.399,569.441",
        (("REC001", "finance.west-kent.2017-18.distance-from-target"),),
    ),
    Correction(
        "west-kent-2016",
        "finance/targets.csv",
        "466.024,505.582",
        "466.024,505.852",
        (("REC001", "finance.west-kent.2013-14.distance-from-target"),),
    ),
    Correction(
        "west-kent-2016",
        "finance/stated.csv",
        "finance.west-kent.2016-17.other-growth,2.6",
        "finance.west-kent.2016-17.other-growth,3.7",
        (("REC001", "finance.west-kent.2016-17.other-growth"),),
    ),
    Correction(
        "kent-medway-2014",
        "performance/observations.csv",
        ",215,262,85%",
        ",215,262,82%",
        (("REC004", "observed.gms-share-of-practices.kent-and-medway"),),
    ),
    Correction(
        "kent-medway-2014",
        "plan.yaml",
        "carry_forward: {2014-15: neither, 2015-16: both}\n    note: The surplus",
        "carry_forward: {2014-15: surplus, 2015-16: both}\n    note: The surplus",
        (("FIN005", "finance.public-health.2014-15.brought-forward"),),
    ),
]


def _findings(folder: Path) -> tuple[Finding, ...]:
    return check_path(folder, today=TODAY).judgement.findings


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda one: f"{one.plan} {one.gone[0][0]} {one.gone[0][1]}")
def test_correction_takes_its_findings_away_and_brings_no_other(correction: Correction, tmp_path: Path) -> None:
    folder = copytree(PLANS / correction.plan, tmp_path / correction.plan)
    path = folder / correction.file
    text = path.read_text(encoding="utf-8")
    assert text.count(correction.wrong) == 1
    before = _findings(folder)
    path.write_text(text.replace(correction.wrong, correction.right), encoding="utf-8")
    after = _findings(folder)
    told_before = Counter((one.code, one.subject) for one in before)
    told_after = Counter((one.code, one.subject) for one in after)
    for key in correction.gone:
        assert key in told_before
        assert key not in told_after
    assert not told_after - told_before
