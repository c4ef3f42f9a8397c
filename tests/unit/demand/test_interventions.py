import numpy as np
import pytest
from tests.unit.demand.interventions_made_up import (
    AXES,
    BED_DAYS,
    PATH,
    YEARS,
    avoids,
    intervention,
    shortens,
)

from placeplan.demand.activity import Activity
from placeplan.demand.combining import combine, shares_of
from placeplan.demand.distributions import Fixed, LogNormal, Triangular, Uniform
from placeplan.demand.effects import adjustment_of
from placeplan.demand.errors import DemandError
from placeplan.demand.interventions import Effect
from placeplan.demand.overlaps import overclaims, overlaps
from placeplan.demand.ramps import Ramp, maturity
from placeplan.demand.running import run_do_nothing


def refused(*wanted: str):
    return pytest.raises(DemandError, match="(?s)" + ".*".join(wanted))


def left(combined, point: str, **more: str) -> float:
    return combined.after.total(point=point, year="2017-18", **more) / 400


def test_two_shares_of_one_admission_leave_the_product_of_what_each_leaves() -> None:
    both = combine(
        PATH,
        [intervention("a", avoids("ae", 0.1)), intervention("b", avoids("ae", 0.2))],
        bed_days=BED_DAYS,
    )
    assert left(both, "ae") == pytest.approx(0.72)
    waterfall = both.waterfall("2017-18", point="ae")
    assert waterfall.own("a") == pytest.approx(-40)
    assert waterfall.own("b") == pytest.approx(-80)
    assert waterfall.interaction == pytest.approx(8)
    assert waterfall.total == pytest.approx(288)


def test_a_share_counts_for_those_who_are_reached_when_it_has_matured() -> None:
    one = intervention("a", avoids("ae", 0.5), reach={"frail": 0.4}, ramp=Ramp((0.25, 0.5, 1.0)))
    found = combine(PATH, [one], bed_days=BED_DAYS).after.values[0]
    np.testing.assert_allclose(found[0, 0], [100 - 5, 100 - 10, 100 - 20])
    np.testing.assert_allclose(found[1], 100)


def test_bed_days_go_with_their_admissions_and_a_shorter_stay_takes_from_the_rest() -> None:
    one = intervention("a", avoids("admissions", 0.2), shortens("bed-days", 0.1))
    found = combine(PATH, [one], bed_days=BED_DAYS)
    assert left(found, "admissions") == pytest.approx(0.8)
    assert left(found, "bed-days") == pytest.approx(0.8 * 0.9)


def test_short_stays_that_are_avoided_take_fewer_bed_days() -> None:
    one = intervention("a", avoids("admissions", 0.2, stay_ratio=0.5))
    assert left(combine(PATH, [one], bed_days=BED_DAYS), "bed-days") == pytest.approx(0.9)


def test_bed_days_of_avoided_admissions_have_no_price_of_their_own() -> None:
    one = intervention("a", avoids("admissions", 0.2), shortens("bed-days", 0.1))
    saved = combine(PATH, [one], bed_days=BED_DAYS).saved.total[:, 0, 0, 0]
    np.testing.assert_allclose(saved, [0, 20, 100 * 0.8 * 0.1])


def test_the_mean_of_a_belief_stands_for_it() -> None:
    one = intervention("a", avoids("ae", Triangular(0.0, 0.1, 0.5)))
    assert left(combine(PATH, [one], bed_days=BED_DAYS), "ae") == pytest.approx(0.8)


def test_no_intervention_changes_nothing() -> None:
    found = combine(PATH, [], bed_days=BED_DAYS)
    assert found.after == found.before
    assert shares_of(found.attribution) == {}


def test_shares_of_a_saving_add_up_with_the_interaction_among_them() -> None:
    found = combine(
        PATH, [intervention("a", avoids("ae", 0.1)), intervention("b", avoids("ae", 0.2))], bed_days=BED_DAYS
    )
    assert shares_of(found.attribution) == pytest.approx({"a": 40 / 112, "b": 80 / 112, "interaction": -8 / 112})


def test_areas_may_start_later_or_not_at_all() -> None:
    one = intervention("a", avoids("ae", 0.5), areas=("Swale",), starts={"Swale": "2018-19"})
    found = combine(PATH, [one], bed_days=BED_DAYS).after.values[0, 0]
    np.testing.assert_allclose(found, [[100, 100, 100], [100, 50, 50]])


def test_a_ramp_holds_its_last_share_unless_it_ends() -> None:
    np.testing.assert_allclose(Ramp((0.5, 1.0)).over(5, start=1), [0, 0.5, 1, 1, 1])
    np.testing.assert_allclose(Ramp((0.5, 1.0, 0.2), ends=True).over(5, start=1), [0, 0.5, 1, 0.2, 0])


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        ((), "at least one year"),
        ((-0.1, 0.5), "year 1 is -0.1; expected 0 to 1"),
        ((0.5, 1.2), "year 2 is 1.2; expected 0 to 1"),
        ((0.5, float("nan")), "year 2 is nan"),
        ((0.5, 0.4), "falls from 0.5 to 0.4 in year 2; expected it not to fall, unless the ramp says that it ends"),
    ],
)
def test_ramps_that_cannot_be(shares: tuple[float, ...], wanted: str) -> None:
    with refused(wanted):
        Ramp(shares)


def test_everything_wrong_with_a_ramp_is_said_at_once() -> None:
    with pytest.raises(DemandError) as error:
        Ramp((-1.0, 2.0, 0.5))
    assert len(error.value.messages) == 3


@pytest.mark.parametrize(
    ("share", "wanted"),
    [
        (Fixed(1.2), "1.2 may come; expected at most 1, that is 100%"),
        (Uniform(0.5, 1.01), "1.01 may come"),
        (Uniform(-0.1, 0.2), "-0.1 may come; expected 0 or more"),
        (LogNormal.between(0.1, 0.2), "any size may come"),
    ],
)
def test_effects_over_everything_or_below_nothing(share: object, wanted: str) -> None:
    with refused("effect on ae", wanted):
        Effect("ae", share)


def test_only_avoided_admissions_have_a_stay_ratio() -> None:
    with refused("only avoided admissions have one"):
        Effect("bed-days", Fixed(0.1), "shorter-stay", stay_ratio=0.5)
    with refused("the stay ratio is -1; expected 0 or more"):
        Effect("admissions", Fixed(0.1), stay_ratio=-1)


def test_an_effect_may_grow_up_in_a_way_of_its_own() -> None:
    one = intervention("a", avoids("ae", 0.5, ramp=Ramp((0.2, 1.0))), avoids("admissions", 0.5))
    found = combine(PATH, [one], bed_days=BED_DAYS).after.values
    np.testing.assert_allclose(found[0, 0, 0], [90, 50, 50])
    np.testing.assert_allclose(found[1, 0, 0], [50, 50, 50])


def test_an_intervention_says_all_that_is_wrong_with_it() -> None:
    with pytest.raises(DemandError) as error:
        intervention(
            "teams",
            avoids("ae", 0.1),
            avoids("ae", 0.2, segments=("frail",)),
            avoids("admissions", 0.2, segments=("nobody",)),
            reach={"frail": 1.4},
        )
    words = str(error.value)
    assert "reaches 1.4 of the segment 'frail'; expected 0 to 1" in words
    assert "two of its effects claim ae (avoided) in frail; expected one" in words
    assert "admissions is in 'nobody', which is none of its target segments" in words
    assert len(error.value.messages) == 3


def test_interventions_on_what_does_not_exist_are_named_all_at_once() -> None:
    strange = [
        intervention("a", avoids("dental", 0.1), reach={"giants": 0.1}, start="2030-31"),
        intervention("a", avoids("ae", 0.1), areas=("Atlantis",)),
        intervention("b", shortens("ae", 0.1), avoids("bed-days", 0.1)),
        intervention("c", avoids("ae", 0.1), areas=("Swale",), starts={"Ashford": "2018-19"}),
    ]
    with pytest.raises(DemandError) as error:
        combine(PATH, strange, bed_days=BED_DAYS)
    for wanted in (
        "the intervention 'a' stands here twice",
        "the point of delivery 'dental' does not exist here; expected one of: ae, admissions, bed-days",
        "the segment 'giants' does not exist here",
        "the year '2030-31' does not exist here",
        "the area 'Atlantis' does not exist here; expected one of: Ashford, Swale",
        "a shorter stay at ae; expected a point that counts bed days: bed-days",
        "bed days are avoided at bed-days; expected a shorter stay there, or avoided admissions",
        "the area 'Ashford' is given a start, but the intervention is not there",
    ):
        assert wanted in str(error.value)
    assert len(error.value.messages) == 8


def test_an_avoided_stay_is_not_longer_than_all_stays() -> None:
    one = intervention("a", avoids("admissions", 0.5, stay_ratio=3.0))
    with refused("takes more than all bed days"):
        combine(PATH, [one], bed_days=BED_DAYS)


def test_a_start_in_an_area_without_the_intervention_is_refused() -> None:
    with refused("'Ashford' is given a start"):
        maturity(Ramp((1.0,)), AXES, start="2017-18", areas=("Swale",), starts={"Ashford": "2018-19"})


def test_overlapping_claims_are_found_and_named() -> None:
    found = overlaps(
        PATH,
        [
            intervention("a", avoids("ae", 0.1), reach={"frail": 1.0}),
            intervention("b", avoids("ae", 0.2), areas=("Swale",)),
            intervention("c", avoids("admissions", 0.2)),
        ],
        bed_days=BED_DAYS,
    ).found
    assert [(each.one, each.other, each.point) for each in found] == [("a", "b", "ae")]
    assert found[0].segments == ("frail",)
    assert found[0].areas == ("Swale",)
    assert found[0].claimed_by_both == pytest.approx(100 * 0.1 * 0.2 * len(YEARS))


def test_claims_that_add_up_to_more_than_there_is_are_named() -> None:
    made = [intervention("a", avoids("ae", 0.7), reach={"frail": 1.0}), intervention("b", avoids("ae", 0.5))]
    found = overclaims(PATH, made, bed_days=BED_DAYS)
    assert len(found) == 2 * len(YEARS)
    assert found[0].where == "ae, frail, Ashford, 2017-18"
    assert found[0].claims == (("a", pytest.approx(0.7)), ("b", 0.5))
    assert found[0].total == pytest.approx(1.2)
    assert overclaims(PATH, [], bed_days=BED_DAYS) == ()


def test_an_intervention_runs_with_draws_beside_doing_nothing() -> None:
    baseline = Activity(type(AXES)(AXES.points, AXES.segments, AXES.areas, YEARS[:1]), PATH.values[..., :1])
    one = intervention("a", avoids("ae", Uniform(0.1, 0.3)), start="2018-19")
    with_it = run_do_nothing(
        baseline, [adjustment_of(one, AXES, bed_days=BED_DAYS)], years=YEARS, seed=4, runs=2000, latin=True
    )
    figure = with_it.figure(point="ae", year="2018-19")
    assert figure.mean() == pytest.approx(400 * 0.8, rel=1e-4)
    assert figure.min() >= 400 * 0.7
    assert figure.max() <= 400 * 0.9
