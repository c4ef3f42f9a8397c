import pytest
from tests.unit.demand.interventions_made_up import AXES, avoids, intervention

from placeplan.app.care.intervention_library import read_maturity_stages
from placeplan.demand.benefits_register import Benefit, checked_register, double_claims, overlap_matrix, realised
from placeplan.demand.errors import DemandError
from placeplan.demand.maturity_matrix import Stage, maturity_matrix
from placeplan.demand.ramps import Ramp

KNOWN = ("teams", "rapid-response")


def benefit(identifier: str, **more: object) -> Benefit:
    usual: dict[str, object] = {
        "title": "Fewer admissions",
        "measure": "non-elective admissions",
        "unit": "admissions a year",
        "owner": "Programme director",
        "baseline": 1000.0,
        "planned": {"2018-19": 50.0, "2019-20": 100.0},
        "shares": {"teams": 0.6, "rapid-response": 0.4},
        "point": "non-elective-admissions",
    }
    return Benefit(identifier, **{**usual, **more})


def test_actual_against_plan_is_counted_from_what_would_have_been() -> None:
    found = realised(
        [benefit("a")], actual={"a": {"2018-19": 1010.0}}, counterfactual={"a": {"2018-19": 1040.0, "2019-20": 1080.0}}
    )
    first, second = found
    assert (first.counterfactual, first.actual, first.realised, first.shortfall) == (1040, 1010, 30, 20)
    assert first.by_intervention == pytest.approx({"teams": 18, "rapid-response": 12})
    assert (second.counterfactual, second.actual, second.realised, second.shortfall) == (1080, None, None, None)


def test_without_a_counterfactual_the_baseline_stands_for_it_and_things_may_get_worse() -> None:
    assert realised([benefit("a")], actual={"a": {"2018-19": 1030.0}})[0].realised == -30


def test_where_more_is_better_a_rise_is_a_benefit() -> None:
    found = realised([benefit("a", better="higher")], actual={"a": {"2018-19": 1030.0}})
    assert found[0].realised == 30


def test_a_saving_is_claimed_once() -> None:
    one = benefit("a", segments=("frail",), owner="Director of nursing")
    other = benefit("b", segments=("frail", "others"), areas=("Swale",))
    apart = benefit("c", segments=("others",), areas=("Ashford",))
    [claim] = double_claims([one, other, apart])
    assert (claim.one, claim.other, claim.segments, claim.areas) == ("a", "b", ("frail",), ("Swale",))
    matrix = overlap_matrix([one, other, apart])
    assert matrix["a", "b"]
    assert matrix["b", "a"]
    assert matrix["c", "c"]
    assert not matrix["a", "c"]
    with pytest.raises(
        DemandError, match=r"'a' \(Director of nursing\) and 'b' \(Programme director\) both claim .* in frail"
    ):
        checked_register([one, other, apart], interventions=KNOWN)


def test_a_register_says_all_that_is_wrong_with_it() -> None:
    with pytest.raises(DemandError) as error:
        checked_register(
            [benefit("a"), benefit("a", measure="x", shares={"magic": 1.0})],
            interventions=KNOWN,
        )
    assert "the benefit 'a' stands here twice" in str(error.value)
    assert "the intervention 'magic' does not exist; expected one of: teams, rapid-response" in str(error.value)


def test_a_sound_register_is_handed_back() -> None:
    given = (benefit("a"), benefit("b", measure="A&E attendances", point="ae-attendances"))
    assert checked_register(given, interventions=KNOWN) == given


def test_a_benefit_says_all_that_is_wrong_with_it() -> None:
    with pytest.raises(DemandError) as error:
        benefit("a", owner=" ", baseline=-1, planned={"2018-19": -5.0}, shares={"teams": 0.6, "rapid-response": 0.3})
    for wanted in (
        "its owner is blank",
        "its baseline is -1",
        "-5 is planned for 2018-19",
        "add up to 0.9; expected 1",
    ):
        assert wanted in str(error.value)
    with pytest.raises(DemandError, match=r"the share of 'teams' is 1\.5"):
        benefit("a", shares={"teams": 1.5, "rapid-response": -0.5})


def test_numbers_of_benefits_that_do_not_exist_are_named() -> None:
    with pytest.raises(DemandError) as error:
        realised([benefit("a")], actual={"b": {"2018-19": 1.0}}, counterfactual={"a": {"2018-19": -1.0}})
    assert "actual: the benefit 'b' does not exist; expected one of: a" in str(error.value)
    assert "counterfactual: a, 2018-19: -1; expected 0 or more" in str(error.value)


STAGES = read_maturity_stages().ladder()


def test_a_matrix_says_how_far_each_cluster_is_behind_the_plan() -> None:
    one = intervention("teams", avoids("ae", 0.1), ramp=Ramp((0.08, 0.41, 1)), starts={"Swale": "2018-19"})
    found = maturity_matrix(
        [one],
        AXES,
        year="2018-19",
        stages=STAGES,
        reported={("teams", "Ashford"): "starting"},
        cost={("teams", "Ashford"): 500.0},
        benefit={("teams", "Ashford"): 900.0},
    )
    ashford, swale = found
    assert (ashford.planned, ashford.reported, ashford.behind) == ("developing", "starting", 1)
    assert (ashford.cost, ashford.benefit) == (500, 900)
    assert (swale.planned, swale.reported, swale.behind) == ("starting", "", None)


def test_a_matrix_says_all_that_is_wrong_with_it() -> None:
    one = intervention("teams", avoids("ae", 0.1))
    with pytest.raises(DemandError) as error:
        maturity_matrix(
            [one],
            AXES,
            year="2018-19",
            stages=STAGES,
            reported={("teams", "Atlantis"): "flying"},
            cost={("magic", "Swale"): 1.0},
        )
    for wanted in ("the area 'Atlantis'", "the stage 'flying'", "cost: the intervention 'magic'"):
        assert wanted in str(error.value)
    with pytest.raises(DemandError, match="expected them to begin with one at a share of 0"):
        maturity_matrix([one], AXES, year="2018-19", stages=[Stage("a", "A", 0.5)])
    with pytest.raises(DemandError, match="expected rising shares"):
        maturity_matrix([one], AXES, year="2018-19", stages=[Stage("a", "A", 0.0), Stage("b", "B", 0.0)])
