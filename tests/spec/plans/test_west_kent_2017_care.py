"""The care model behind the local care plan of 2017: its calibration, what it reproduces, and what it cannot be."""

from decimal import Decimal

import pytest
from tests.spec.plans.bundled import EXAMPLES, bundled

from placeplan.app.care.plan_calibrating import calibrate_plan
from placeplan.app.computing import compute
from placeplan.app.loading import load
from placeplan.kernel.figures import Figure
from placeplan.plan.care_tables import Firmness
from placeplan.plan.model import TABLES
from placeplan.plan.writing import table_text

NAME = "west-kent-2017"
YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")
HALF = Decimal("0.5")
SUM_OF_TWO = 2 * HALF
GROUPS = ("ae", "shorter-elective-stays")


def _value(figure: str) -> Decimal:
    value = bundled(NAME).figures[figure].value
    assert value is not None
    return value


def test_the_committed_effects_and_costs_are_what_the_calibration_gives() -> None:
    plan = bundled(NAME).plan
    found = calibrate_plan(plan)
    for path, rows in (("care/effects.csv", found.effects), ("care/costs.csv", found.costs)):
        (table,) = [each for each in TABLES if each.path == path]
        committed = (EXAMPLES / NAME / path).read_text(encoding="utf-8")
        assert table_text(table, rows, plan_years=plan.header.years) == committed


def test_every_stated_value_of_the_care_model_is_met_within_rounding_but_the_one_that_is_printed_twice() -> None:
    found = [each for each in bundled(NAME).reconciliations if each.figure.startswith("demand.")]
    assert len(found) == 51
    failing = {(each.figure, str(each.row.value), each.gap) for each in found if each.verdict == "fails"}
    assert {(figure, value) for figure, value, _ in failing} == {
        ("demand.total.2018-19.saving", "19,405"),
        ("demand.total.2018-19.net", "14,253"),
    }
    assert all(abs(gap + 1) < HALF for _, _, gap in failing)


@pytest.mark.parametrize(
    ("figure", "digits"),
    [
        ("demand.groups.ae.2019-20.saving", 833),
        ("demand.segments.older-complex-first.2018-19.saving", 485),
        ("demand.segments.older-complex-second.2018-19.saving", 128),
        ("demand.segments.older-complex-third.2018-19.saving", 117),
    ],
)
def test_what_is_left_of_a_lost_number_is_kept(figure: str, digits: int) -> None:
    assert round(_value(figure)) % 1000 == digits


@pytest.mark.parametrize(
    ("year", "left"), [("2017-18", 96), ("2018-19", 1332), ("2019-20", 1833 + 865), ("2020-21", 2946 + 865)]
)
def test_lost_cells_fill_what_the_total_leaves(year: str, left: int) -> None:
    lost = sum((_value(f"demand.groups.{group}.{year}.saving") for group in GROUPS), Decimal(0))
    assert abs(lost - left) < SUM_OF_TWO


def test_no_number_that_was_made_up_or_fitted_is_called_stated() -> None:
    plan = bundled(NAME).plan
    assert {row.firmness for row in plan.care_effects} == {Firmness.CALIBRATED}
    for rows in (plan.care_activity, plan.care_growth, plan.care_reach, plan.care_staff, plan.care_clusters):
        assert {row.firmness for row in rows} == {Firmness.SYNTHETIC}


def test_the_clusters_are_as_the_plan_counts_them() -> None:
    rows = bundled(NAME).plan.care_clusters
    lists = [int(row.people.value) for row in rows]
    assert (len(rows), min(lists), max(lists), sum(lists)) == (60, 2056, 19739, 484460)
    sizes = sorted(_value(f"capacity.clusters.{name}.people") for name in dict.fromkeys(row.cluster for row in rows))
    assert (len(sizes), sizes[0], sizes[-1]) == (7, 46000, 82500)


def test_evidence_supports_about_a_quarter_of_the_claim() -> None:
    middle, high, claimed = (
        _value(f"demand.total.2020-21.{name}") for name in ("saving-middle", "saving-high", "saving")
    )
    assert _value("demand.total.2020-21.claim-probability") == 0
    assert Decimal("0.2") < middle / claimed < high / claimed < Decimal("0.4")


def test_most_of_the_saving_at_tariff_stays_with_providers_at_first() -> None:
    shares = [
        _value(f"demand.total.{year}.saving-at-marginal-cost") / _value(f"demand.total.{year}.saving") for year in YEARS
    ]
    assert shares[0] < Decimal("0.3")
    assert shares == sorted(shares)


def test_an_intervention_taken_away_by_a_scenario_takes_exactly_its_own_share() -> None:
    changed = load(EXAMPLES / NAME, scenario="without-expert-opinion")
    without = compute(changed.plan, changed.round).figures
    for point in ("outpatient-first", "outpatient-follow-up", "elective-admissions"):
        name = f"demand.{point}.2020-21.saving"
        before, after = _own(bundled(NAME).figures[name]), _own(without[name])
        assert before.pop("expert-opinion-and-diagnostics") > 0
        together = "together, beyond what each does alone"
        assert after.pop(together, Decimal(0)) != before.pop(together, Decimal(0)) or not after
        assert after == before


def _own(figure: Figure) -> dict[str, Decimal]:
    return {given.label: given.share for given in figure.inputs if given.share is not None}
