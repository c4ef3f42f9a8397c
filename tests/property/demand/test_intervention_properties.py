from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine, shares_of
from placeplan.demand.contract_payments import Band, ContractTerms, monthly_payments
from placeplan.demand.distributions import Distribution, Fixed, Pert, Triangular, Uniform
from placeplan.demand.economics import CashFlow, payback, worth
from placeplan.demand.effects import adjustment_of, left_by
from placeplan.demand.financial_mapping import Lever, SpendArea, financial_mapping
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.investment import Cost, CostBasis, investment
from placeplan.demand.overlaps import overlaps
from placeplan.demand.ramps import Ramp
from placeplan.demand.savings import UnitPrice, savings
from placeplan.demand.stranded import CostBehaviour

BED_DAYS = {"bed-days": "admissions"}
AXES = Axes(("ae", "admissions", "bed-days"), ("a", "b"), ("Dover", "Thanet"), ("2017", "2018", "2019"))
share = st.floats(0, 1)


@st.composite
def beliefs(pick: st.DrawFn) -> Distribution:
    least, middle, most = sorted(pick(st.tuples(share, share, share)))
    return pick(
        st.sampled_from(
            [Fixed(middle), Uniform(least, most), Triangular(least, middle, most), Pert(least, middle, most)]
        )
    )


@st.composite
def interventions(pick: st.DrawFn) -> tuple[Intervention, ...]:
    found = []
    for number in range(pick(st.integers(0, 5))):
        targets = pick(st.sets(st.sampled_from(AXES.segments), min_size=1))
        reach = {segment: pick(share) for segment in sorted(targets)}
        effects = [
            Effect(point, pick(beliefs()), stay_ratio=pick(share))
            for point in sorted(pick(st.sets(st.sampled_from(["ae", "admissions"]))))
        ]
        if pick(st.booleans()) or not effects:
            effects.append(Effect("bed-days", pick(beliefs()), EffectKind.SHORTER_STAY))
        ramp = Ramp(tuple(sorted(pick(st.lists(share, min_size=1, max_size=4)))))
        areas = pick(st.sampled_from([(), ("Dover",)]))
        start = pick(st.sampled_from(AXES.years))
        found.append(Intervention(f"i{number}", "made up", reach, tuple(effects), ramp, start, areas))
    return tuple(found)


@st.composite
def paths(pick: st.DrawFn) -> Activity:
    size = int(np.prod(AXES.shape))
    values = pick(st.lists(st.floats(0, 1e6), min_size=size, max_size=size))
    return Activity(AXES, np.array(values).reshape(AXES.shape))


@given(paths(), interventions())
def test_the_waterfall_closes_and_no_more_is_taken_than_there_is(path: Activity, made) -> None:
    found = combine(path, made, bed_days=BED_DAYS)
    scale = max(1.0, float(path.values.max()))
    assert found.attribution.discrepancy <= 1e-9 * scale
    assert found.saved.discrepancy <= 1e-9 * scale
    for taken in (path.values - found.after.values, found.saved.total):
        assert (taken >= 0).all()
        assert (taken <= path.values).all()
    shares = shares_of(found.attribution)
    assert not shares or abs(sum(shares.values()) - 1) < 1e-6


@given(paths(), interventions(), st.integers(0, 4))
def test_removing_one_takes_its_own_part_and_alters_the_interaction_alone(path: Activity, made, place: int) -> None:
    whole = combine(path, made, bed_days=BED_DAYS)
    less = combine(path, [*made[:place], *made[place + 1 :]], bed_days=BED_DAYS)
    for part in ("attribution", "saved"):
        with_it, without = getattr(whole, part), getattr(less, part)
        np.testing.assert_array_equal(with_it.base, without.base)
        for name in without.names:
            np.testing.assert_array_equal(with_it.own(name), without.own(name))
        gone = set(with_it.names) - set(without.names)
        own = sum((with_it.own(name) for name in gone), np.zeros(AXES.shape))
        moved = (with_it.total - without.total) - own - (with_it.interaction - without.interaction)
        assert np.abs(moved).max() <= 1e-9 * max(1.0, float(path.values.max()))


@given(paths(), interventions(), st.randoms())
def test_the_order_of_interventions_changes_no_digit(path: Activity, made, chance) -> None:
    other = list(made)
    chance.shuffle(other)
    one, two = (combine(path, some, bed_days=BED_DAYS) for some in (made, other))
    np.testing.assert_array_equal(one.after.values, two.after.values)
    np.testing.assert_array_equal(one.saved.total, two.saved.total)


@given(interventions())
def test_an_intervention_run_with_draws_has_the_expectation_of_the_closed_form(made) -> None:
    for one in made:
        np.testing.assert_allclose(
            adjustment_of(one, AXES, bed_days=BED_DAYS).expected(),
            left_by(one, AXES, bed_days=BED_DAYS).all,
            rtol=1e-12,
        )


@given(paths(), interventions())
def test_an_overlap_is_the_same_from_both_sides_and_never_more_than_either_claims(path: Activity, made) -> None:
    found = overlaps(path, made, bed_days=BED_DAYS)
    np.testing.assert_allclose(found.matrix, found.matrix.transpose(0, 2, 1), rtol=1e-12)
    for layer in found.matrix:
        alone = np.diag(layer)
        assert (layer <= np.minimum.outer(alone, alone) * (1 + 1e-9) + 1e-6).all()


@given(paths(), interventions(), share, share, st.floats(1, 1e5), st.integers(0, 2))
def test_marginal_and_stranded_cost_make_the_full_cost_and_each_closes(
    path: Activity, made, one: float, other: float, step: float, lag: int
) -> None:
    variable, stepped = one, (1 - one) * other
    behaviour = CostBehaviour(variable, stepped, 1 - variable - stepped, step, lag)
    prices = {point: UnitPrice(100.0, 150.0, behaviour) for point in AXES.points}
    found = savings(combine(path, made, bed_days=BED_DAYS).saved, AXES, prices=prices)
    scale = max(1.0, float(found.at_full_cost.total.max()))
    for worth_of in (found.at_tariff, found.at_marginal_cost, found.at_full_cost):
        assert worth_of.discrepancy <= 1e-9 * scale
    assert (found.stranded_cost >= -1e-9 * scale).all()
    assert (found.at_marginal_cost.total <= found.at_full_cost.total * (1 + 1e-9)).all()


@given(interventions(), st.floats(0, 1e5), st.floats(0, 1))
def test_double_running_comes_on_top_and_ends_when_the_ramp_is_full(made, amount: float, lead: float) -> None:
    people = np.full(AXES.shape[1:], 1000.0)
    cost = (
        Cost(CostBasis.PERSON, amount, lead=lead),
        Cost(CostBasis.TEAM, amount, population=500),
        Cost("area", amount, False),
    )
    found = investment(made, AXES, costs={one.identifier: cost for one in made}, people=people)
    for part in (found.recurrent, found.non_recurrent, found.double_running):
        assert (part >= 0).all()
    assert (found.double_running[..., -1:] == 0).all()


@given(
    st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=12), share, share, st.floats(0, 0.5)
)
def test_a_contract_pays_within_cap_and_collar_and_every_pound_is_borne_by_somebody(
    months, rate: float, keep: float, width: float
) -> None:
    planned, value = (np.array(each) for each in zip(*months, strict=True))
    above, below = (Band(0.0, 1.0), Band(0.02, rate)), (Band(0.0, keep),)
    terms = ContractTerms(10.0, above, below, cap=1 + width, collar=1 - width)
    found = monthly_payments(planned, value, terms=terms)
    so_far, plan = np.cumsum(found.variable), np.cumsum(planned)
    assert (so_far <= plan * (1 + width) + 1e-3).all()
    assert (so_far >= plan * (1 - width) - 1e-3).all()
    np.testing.assert_allclose(found.borne_by_payer + found.borne_by_provider, value - planned, atol=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10), st.floats(0, 0.1))
def test_payback_is_where_the_cumulative_net_stays_at_or_above_nothing(net: list[float], rate: float) -> None:
    years = payback(net)
    total = np.cumsum(net)
    if years is None:
        assert total[-1] < 0
        return
    assert 0 <= years <= len(net)
    after = total[int(np.ceil(years)) - 1 if years > 0 else 0 :]
    assert (after >= -1e-6).all() or years == 0
    gains, costs = np.maximum(net, 0), np.maximum(np.negative(net), 0)
    found = worth(CashFlow.of(gains, costs), rates=rate)
    np.testing.assert_allclose(
        found.net_present_value, sum(each / (1 + rate) ** n for n, each in enumerate(net)), rtol=1e-9, atol=1e-3
    )


@st.composite
def leaves(pick: st.DrawFn) -> SpendArea:
    lever = pick(st.sampled_from(Lever))
    goal = pick(st.decimals(0, 1, places=3)) if lever is not Lever.NONE else Decimal(0)
    return SpendArea(f"leaf {pick(st.uuids())}", pick(st.decimals(0, 10**6, places=2)), lever, goal=goal)


@st.composite
def branches(pick: st.DrawFn, inner: st.SearchStrategy[SpendArea]) -> SpendArea:
    return SpendArea(f"branch {pick(st.uuids())}", parts=tuple(pick(st.lists(inner, min_size=1, max_size=3))))


trees = st.recursive(leaves(), branches)


@given(trees, st.decimals(0, 1, places=3))
def test_every_branch_of_a_mapping_is_the_sum_of_its_parts(tree: SpendArea, target: Decimal) -> None:
    if not any(leaf.addressable and leaf.spend for leaf in tree.leaves()):
        return
    found = financial_mapping(tree, target_share=target)
    assert abs(found.whole.target - target * found.whole.spend) < Decimal("1e-12") * max(1, found.whole.spend)
    for area in found.areas:
        parts = [each for each in found.areas if each.path[:-1] == area.path]
        for measure in ("spend", "addressable", "realistic"):
            if parts:
                assert sum(getattr(part, measure) for part in parts) == getattr(area, measure)
