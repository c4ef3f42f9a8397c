"""What is found in each bundled plan: how often each check speaks, and the findings that matter, at their places."""

from collections import Counter
from pathlib import Path

import pytest

import placeplan
from placeplan.app.checking import check_path
from placeplan.assurance.findings import Finding, Severity
from placeplan.assurance.registry import check_of
from tests.checks.example_plans import TODAY

PLANS = Path(placeplan.__file__).parent / "examples"

COUNTS: dict[str, dict[str, int]] = {
    "dgs-2016": {
        "PLN006": 2,
        "EFF001": 1,
        "EFF002": 1,
        "PER007": 1,
        "TRC004": 1,
        "TRC005": 1,
        "TRC006": 1,
        "TRC007": 1,
    },
    "kent-medway-2014": {
        # What the claims ask for in 2015-16 is not printed.
        "PLN005": 2,
        "PLN006": 7,
        "FIN001": 4,
        "FIN002": 8,
        "FIN003": 6,
        "FIN005": 1,
        "FIN007": 4,
        "FIN009": 1,
        "EFF011": 3,
        "CLM003": 1,
        "PER003": 2,
        "PER004": 5,
        "PER005": 7,
        "PER008": 1,
        "PER014": 1,
        "TRC006": 1,
        "TRC007": 10,
        "RSK002": 2,
        "RSK003": 1,
        "RSK004": 1,
        "RSK005": 1,
        "TXT001": 3,
        "REC002": 11,
        "REC004": 1,
        "REC005": 2,
    },
    "swale-2016": {
        "PLN006": 3,
        "EFF002": 1,
        "PER007": 1,
        "TRC005": 1,
        "TRC006": 1,
        "TRC007": 1,
        "REC002": 2,
    },
    "west-kent-2016": {
        "PLN006": 3,
        "FIN001": 1,
        "FIN002": 1,
        "FIN003": 1,
        "FIN007": 1,
        "PER007": 1,
        "TRC001": 2,
        "TRC002": 1,
        "TRC007": 1,
        "TXT001": 2,
        "REC001": 3,
    },
    "west-kent-2017": {
        "PLN002": 2,
        "PLN005": 5,
        "PLN006": 5,
        "PER007": 1,
        "TRC007": 1,
        # The print names sub-groups with a fixed life and no day, and a forum that reports to nobody.
        "GOV003": 1,
        "GOV008": 1,
        "RSK001": 1,
        "RSK003": 1,
        "RSK004": 1,
        "RSK005": 1,
        # The print says 19,405 and 19,406 of one saving: beside its parts, beside the model, and in the net.
        "REC001": 2,
        "REC002": 1,
        "ACT005": 1,
        "REC005": 1,
        "REC007": 6,
        # What the print claims is far above what the evidence of the library allows, in every year and intervention.
        "ACT001": 4,
        "ACT002": 8,
        # The print has no staff in post; its 68 community beds would have to grow with the people.
        "WRK002": 1,
        "EST001": 1,
    },
}

# plan, code, subject, file, heading, part of what is said
KEY_FINDINGS = [
    (
        "west-kent-2016",
        "REC001",
        "finance.west-kent.2017-18.distance-from-target",
        "finance/targets.csv",
        "target",
        "569.441 in place of 669.441",
    ),
    (
        "west-kent-2016",
        "REC001",
        "finance.west-kent.2013-14.distance-from-target",
        "finance/targets.csv",
        "target",
        "505.852 in place of 505.582",
    ),
    (
        "west-kent-2016",
        "REC001",
        "finance.west-kent.2016-17.other-growth",
        "finance/stated.csv",
        "value",
        "planned spend, 2016-17 is stated as £562.8m; with £2.6m here it would be £561.7m",
    ),
    (
        "dgs-2016",
        "EFF001",
        "efficiency.dgs.2016-17.unidentified-share",
        "finance/efficiency.csv",
        "gross",
        "63.4% of the savings",
    ),
    ("dgs-2016", "TRC004", "dgs-28", "registers/intentions.csv", "programme", "no programme"),
    (
        "kent-medway-2014",
        "REC004",
        "observed.gms-share-of-practices.kent-and-medway",
        "performance/observations.csv",
        "value",
        "85% is printed, but 215 of 262 is 82.06%",
    ),
    (
        "kent-medway-2014",
        "PER014",
        "performance/trajectories.csv",
        "performance/trajectories.csv",
        "indicator",
        "3 indicators (EF28, ED7, ED9): planned in numbers, with no observation",
    ),
    ("kent-medway-2014", "PER003", "EF26", "performance/trajectories.csv", "position", "Below the 80% threshold"),
    (
        "kent-medway-2014",
        "FIN005",
        "finance.public-health.2014-15.brought-forward",
        "finance/allocations.csv",
        "2014-15",
        "brings forward a surplus of £209k into 2014-15",
    ),
    (
        "kent-medway-2014",
        "FIN009",
        "finance.collective.break-even-plus-ddrb.2014-15.cumulative",
        "finance/collective.csv",
        "at_least",
        "reach £1,039k together where £1,040k is asked for",
    ),
    (
        "kent-medway-2014",
        "FIN001",
        "finance.secondary-dental.2014-15.cumulative",
        "finance/allocations.csv",
        "2014-15",
        "a cumulative position of -£3,356k",
    ),
    (
        "kent-medway-2014",
        "FIN001",
        "finance.public-health.2014-15.cumulative",
        "finance/allocations.csv",
        "2014-15",
        "held to £1,040k",
    ),
    (
        "kent-medway-2014",
        "FIN007",
        "finance.public-health.2015-16.cumulative",
        "finance/allocations.csv",
        "2015-16",
        "left as it is it becomes -£9,821k in 2016-17",
    ),
    (
        "kent-medway-2014",
        "CLM003",
        "immigration-removal-centres",
        "finance/claims.csv",
        "risk",
        "open claim immigration-removal-centres has no risk of the plan behind it",
    ),
    ("kent-medway-2014", "RSK003", "registers/risks.csv", "registers/risks.csv", "owner", "none of the 15 risks"),
    (
        "west-kent-2017",
        "REC007",
        "benefits.local-care.point-of-delivery.2020-21.saving",
        "finance/benefits.csv",
        "2020-21",
        "It would have to be £865k",
    ),
    (
        "west-kent-2017",
        "REC001",
        "demand.total.2018-19.saving",
        "finance/stated.csv",
        "value",
        "19,406 in place of 19,405",
    ),
    (
        "west-kent-2017",
        "ACT001",
        "demand.total.2020-21.saving",
        "care/effects.csv",
        "share",
        "£47,752k is claimed and is reached in 0% of the runs",
    ),
    (
        "west-kent-2017",
        "ACT005",
        "benefits.local-care.net-position.2018-19.saving",
        "finance/benefits.csv",
        "2018-19",
        "£19,405k is stated and £19,406k modelled",
    ),
    (
        "west-kent-2017",
        "REC005",
        "observed.largest-cluster-population.west-kent",
        "performance/observations.csv",
        "value",
        "82,500",
    ),
]


def _findings(plan: str) -> tuple[Finding, ...]:
    return check_path(PLANS / plan, today=TODAY).judgement.findings


def test_every_bundled_plan_is_in_the_table() -> None:
    assert sorted(path.parent.name for path in PLANS.glob("*/plan.yaml")) == sorted(COUNTS)


@pytest.mark.parametrize("plan", COUNTS)
def test_how_often_each_check_speaks(plan: str) -> None:
    assert dict(Counter(finding.code for finding in _findings(plan))) == COUNTS[plan]


@pytest.mark.parametrize(
    ("plan", "code", "subject", "file", "heading", "words"), KEY_FINDINGS, ids=lambda value: str(value)[:40]
)
def test_finding_at_its_place(plan: str, code: str, subject: str, file: str, heading: str, words: str) -> None:
    [finding] = [one for one in _findings(plan) if (one.code, one.subject) == (code, subject)]
    assert (finding.location.file, finding.location.field) == (file, heading)
    assert finding.location.line > 0
    assert words in f"{check_of(code).words(finding)} {finding.suggestion}"


def test_stated_cells_that_a_slip_breaks_are_listed_with_it() -> None:
    [finding] = [
        one for one in _findings("west-kent-2016") if one.subject == "finance.west-kent.2017-18.distance-from-target"
    ]
    assert finding.figures == (
        "finance.west-kent.2017-18.distance-from-target",
        "finance.west-kent.2017-18.distance-from-target-percent",
    )
    assert {other.location.file for other in finding.related} == {"finance/stated.csv"}


@pytest.mark.parametrize("plan", COUNTS)
def test_findings_on_unconfirmed_rules_say_so(plan: str) -> None:
    results = check_path(PLANS / plan, today=TODAY)
    for finding in results.judgement.findings:
        for figure in finding.figures:
            if figure in results.case.figures:
                assert set(results.case.figures[figure].leans_on) <= set(finding.leans_on)


def test_the_plan_that_adds_up_has_no_failing_reconciliation() -> None:
    codes = {one.code for one in _findings("kent-medway-2014") if one.severity is Severity.ERROR}
    assert "REC001" not in codes
