import numpy as np
import pytest
from tests.oracle.demand.plain_interventions import Claim, Plain, closed, left_in_cell, maturity_of, paid

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine
from placeplan.demand.contract_payments import Band, ContractTerms, variable_payment
from placeplan.demand.distributions import Fixed, Pert, Triangular
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.overlaps import overlaps
from placeplan.demand.ramps import Ramp
from placeplan.demand.savings import UnitPrice, savings
from placeplan.demand.stranded import CostBehaviour, closed_capacity

BED_DAYS = {"bed-days": "admissions"}
AXES = Axes(("ae", "admissions", "bed-days"), ("frail", "others"), ("Ashford", "Swale"), ("2017", "2018", "2019"))
CHANCE = np.random.default_rng(11)
PATH = Activity(AXES, CHANCE.uniform(10, 1000, AXES.shape))
BELIEFS = {0.08: Triangular(0.02, 0.07, 0.15), 0.1: Pert(0.0, 0.1, 0.2), 0.3: Fixed(0.3), 0.2: Fixed(0.2)}
PLAIN = (
    Plain("teams", {"frail": 0.6}, (Claim("ae", 0.1), Claim("admissions", 0.3, stay_ratio=0.5)), (0.2, 0.7, 1.0), 0),
    Plain(
        "reablement",
        {"frail": 0.5, "others": 0.25},
        (Claim("bed-days", 0.2, shorter_stay=True, ramp=(0.1, 0.9)), Claim("admissions", 0.1, segments=("frail",))),
        (0.5, 1.0),
        1,
        ("Swale",),
    ),
    Plain("one-number", {"frail": 1.0, "others": 0.9}, (Claim("ae", 0.08),), (1.0,), 0),
)


def of(plain: Plain) -> Intervention:
    effects = tuple(
        Effect(
            claim.point,
            BELIEFS[claim.share],
            EffectKind.SHORTER_STAY if claim.shorter_stay else EffectKind.AVOIDED,
            claim.segments,
            claim.stay_ratio,
            Ramp(claim.ramp) if claim.ramp else None,
        )
        for claim in plain.claims
    )
    start = AXES.years[plain.start]
    return Intervention(plain.name, plain.name, plain.reach, effects, Ramp(plain.ramp), start, plain.areas)


def by_loops(interventions: tuple[Plain, ...], *, admissions_only: bool = False) -> np.ndarray:
    found = np.empty(AXES.shape)
    for index in np.ndindex(*AXES.shape):
        point, segment, area, _ = (
            along[place]
            for along, place in zip((AXES.points, AXES.segments, AXES.areas, AXES.years), index, strict=True)
        )
        found[index] = left_in_cell(
            PATH.values[index],
            interventions,
            point=point,
            segment=segment,
            area=area,
            year=index[3],
            bed_days=BED_DAYS,
            admissions_only=admissions_only,
        )
    return found


COMBINED = combine(PATH, map(of, PLAIN), bed_days=BED_DAYS)


def test_what_is_left_is_what_one_claim_after_another_leaves() -> None:
    np.testing.assert_allclose(COMBINED.after.values, by_loops(PLAIN), rtol=1e-12)


def test_the_own_part_of_each_is_what_it_takes_alone() -> None:
    for plain in PLAIN:
        alone = by_loops((plain,)) - PATH.values
        np.testing.assert_allclose(COMBINED.attribution.own(plain.name), alone, rtol=1e-12, atol=1e-9)


def test_what_has_a_price_leaves_out_the_bed_days_of_avoided_admissions() -> None:
    expected = by_loops(PLAIN, admissions_only=True) - by_loops(PLAIN)
    np.testing.assert_allclose(COMBINED.saved.total, expected, rtol=1e-9, atol=1e-9)


def test_two_interventions_overlap_by_the_product_of_their_shares() -> None:
    found = overlaps(PATH, map(of, PLAIN), bed_days=BED_DAYS)
    expected = 0.0
    for s, segment in enumerate(AXES.segments):
        for year in range(3):
            one = PLAIN[0].reach.get(segment, 0.0) * 0.1 * maturity_of(PLAIN[0], year)
            other = PLAIN[2].reach[segment] * 0.08 * maturity_of(PLAIN[2], year)
            expected += float(PATH.values[0, s, :, year].sum()) * one * other
    mean = BELIEFS[0.08].mean / 0.08
    assert found.at("ae", one="teams", other="one-number") == pytest.approx(expected * mean, rel=1e-12)


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_capacity_closes_as_counted_step_by_step(lag: int) -> None:
    for _ in range(50):
        saved = CHANCE.uniform(0, 100, 6).tolist()
        np.testing.assert_allclose(closed_capacity(saved, step=7.5, lag=lag), closed(saved, step=7.5, lag=lag))


def test_money_is_priced_event_by_event() -> None:
    behaviour = CostBehaviour(0.2, 0.5, 0.3, step=20, lag=1)
    prices = {"ae": UnitPrice(148, 140, behaviour), "admissions": UnitPrice(1590, 1600, behaviour)}
    prices["bed-days"] = UnitPrice(0, 313, behaviour)
    found = savings(COMBINED.saved, AXES, prices=prices, index=[1.0, 1.02, 1.03])
    for place, point in enumerate(AXES.points):
        events = [float(COMBINED.saved.total[place, :, :, year].sum()) for year in range(3)]
        gone = closed(events, step=20, lag=1)
        for year, level in enumerate([1.0, 1.02, 1.03]):
            price = prices[point]
            spent_less = price.cost * (0.2 * events[year] + 0.5 * gone[year]) * level
            assert found.at_tariff.total[place, year] == pytest.approx(events[year] * price.tariff * level)
            assert found.at_marginal_cost.total[place, year] == pytest.approx(spent_less)
            assert found.stranded_cost[place, year] == pytest.approx(events[year] * price.cost * level - spent_less)


@pytest.mark.parametrize("value", [0.0, 800.0, 975.0, 1000.0, 1015.0, 1050.0, 1500.0])
def test_marginal_rates_pay_pound_by_pound(value: float) -> None:
    above, below = ((0.0, 1.0), (0.02, 0.7), (0.10, 0.2)), ((0.0, 0.0), (0.03, 0.5))
    terms = ContractTerms(above=tuple(Band(*each) for each in above), below=tuple(Band(*each) for each in below))
    assert float(variable_payment(1000.0, value, terms=terms)) == pytest.approx(
        paid(1000.0, value, above=above, below=below), rel=1e-5
    )
