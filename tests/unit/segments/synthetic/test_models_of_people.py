"""Each model does what it says: shares by age, conditions that go together, rates that are kept, lists that fill."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from pydantic import ValidationError

from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.synthetic_models import read_models, read_places, read_targets
from placeplan.segments.code_lists import normalised
from placeplan.segments.synthetic.arrays import FEMALE, MALE, by_age, whole_ages
from placeplan.segments.synthetic.blocks import Part, World, tables_of_block
from placeplan.segments.synthetic.care import measure_names
from placeplan.segments.synthetic.illness import onsets
from placeplan.segments.synthetic.invented import invented_place
from placeplan.segments.synthetic.lives import relative
from placeplan.segments.synthetic.models import Curve, Lasting
from placeplan.segments.synthetic.people import Cohort, Run
from placeplan.segments.synthetic.places import Areas, Practices, attendance
from placeplan.segments.synthetic.use import PublishedRates, Year, events_of, rates_of

MODELS = read_models()
MANY = 40_000
AGES = (0, 40, 80)


def cohort(size: int, *, age: float, sex: int = FEMALE, deprivation: float = 0, seed: int = 1) -> Cohort:
    draw = np.random.default_rng(seed)
    nothing, whole = np.zeros(size), np.zeros(size, dtype=np.int64)
    body, mind = draw.standard_normal((2, size))
    born = np.full(size, -age * 365.25)
    return Cohort(born, nothing, nothing, whole + sex, whole, whole, nothing + deprivation, body, mind)


def lasting(name: str, *, loading: str, shares: tuple[int, ...] = (0, 10, 40), deprivation: str = "0") -> Lasting:
    values = tuple(Decimal(share) for share in shares)
    return Lasting(id=name, women=values, men=values, loading=Decimal(loading), deprivation=Decimal(deprivation))


def test_the_share_with_a_condition_is_that_of_the_model_at_each_age() -> None:
    one = lasting("one", loading="0.6")
    for age, share in ((40, 0.10), (80, 0.40)):
        begun = onsets(cohort(MANY, age=age), [one], ages=AGES, draw=np.random.default_rng(2))
        assert (begun <= 0).mean() == pytest.approx(share, abs=0.01)


def test_nobody_has_a_condition_before_birth_and_some_never_have_it() -> None:
    people = cohort(MANY, age=5)
    begun = onsets(
        people, [lasting("one", loading="0.6", shares=(3, 10, 40))], ages=AGES, draw=np.random.default_rng(2)
    )
    assert (begun[:, 0] >= people.born).all()
    assert np.isinf(begun).mean() == pytest.approx(0.6, abs=0.01)


def test_conditions_of_one_trait_go_together_and_more_so_the_heavier_they_hang_on_it() -> None:
    def both(loading: str) -> float:
        some = [lasting("one", loading=loading), lasting("two", loading=loading)]
        begun = onsets(cohort(MANY, age=80), some, ages=AGES, draw=np.random.default_rng(2))
        return float((begun <= 0).all(axis=1).mean())

    assert both("0") == pytest.approx(0.16, abs=0.01)
    assert both("0") < both("0.5") < both("0.9")


def test_deprivation_brings_a_condition_forward() -> None:
    one = [lasting("one", loading="0.5", deprivation="0.3")]
    poor, rich = (
        onsets(cohort(MANY, age=80, deprivation=level), one, ages=AGES, draw=np.random.default_rng(2))
        for level in (1, -1)
    )
    assert (poor <= 0).mean() > (rich <= 0).mean()


def test_a_share_that_falls_with_age_is_refused() -> None:
    with pytest.raises(ValidationError, match="never fall"):
        lasting("one", loading="0.5", shares=(10, 5, 40))


def test_curves_are_straight_between_their_ages_and_flat_beyond() -> None:
    curve = Curve(women=(Decimal(0), Decimal(100)), men=(Decimal(50), Decimal(50)))
    rates = by_age(curve, (10, 20), scale=100)
    assert rates[FEMALE, 15] == pytest.approx(0.5)
    assert rates[FEMALE, 5] == 0
    assert rates[FEMALE, 99] == 1
    assert (rates[MALE] == 0.5).all()


def test_risks_leave_the_rate_of_an_age_and_sex_as_it_is() -> None:
    people = cohort(1000, age=70)
    risk = np.random.default_rng(3).lognormal(0, 1, 1000)
    among = relative(risk, people=people, ages=whole_ages(people.born, 0), among=np.ones(1000, dtype=bool))
    assert among.mean() == pytest.approx(1)


def test_those_with_more_conditions_use_more_and_together_they_keep_the_rate() -> None:
    use = next(one for one in MODELS.activity.uses if one.id == "emergency-admission")
    people = cohort(MANY, age=70)
    many = np.arange(MANY) % 2 * 5
    nobody = np.zeros(MANY, dtype=np.int64)
    year = Year(
        0, 365, np.zeros(MANY), np.full(MANY, 365.25), many, nobody, {one.id: nobody for one in MODELS.illness.lasting}
    )
    rates = rates_of(MODELS.activity, {})[use.id]
    found = events_of(
        use, people, year=year, rates=rates, habit=np.ones(MANY), most=9, draw=np.random.default_rng(4)
    )  # fmt: skip
    assert len(found.person) / MANY == pytest.approx(rates[FEMALE, 70], rel=0.05)
    of_many = (many[found.person] > 0).mean()
    wanted = float(use.risk.per_condition) ** 5
    assert of_many == pytest.approx(wanted / (1 + wanted), abs=0.02)
    assert found.pence.dtype == np.int64
    assert found.pence.min() > 0
    assert found.nights is not None
    assert found.nights.min() == 0


def test_published_rates_take_the_place_of_modelled_ones_at_the_ages_they_cover() -> None:
    published = {"emer_n": PublishedRates((18, 90), (0.1, 0.5), (0.2, 0.6))}
    modelled, laid = (rates_of(MODELS.activity, some)["emergency-admission"] for some in ({}, published))
    assert laid[FEMALE, 18] == pytest.approx(0.1)
    assert laid[MALE, 100] == pytest.approx(0.6)
    assert (laid[:, :18] == modelled[:, :18]).all()
    assert (
        rates_of(MODELS.activity, published)["outpatient-first"] == rates_of(MODELS.activity, {})["outpatient-first"]
    ).all()


def test_lists_fill_to_their_sizes_from_the_areas_that_are_near() -> None:
    areas = Areas(("a", "b"), ("x", "x"), np.array([1, 10]), np.array([[600.0], [400.0]]), np.full((10, 1), 0.5))
    practices = Practices(("p", "q"), ("c", "c"), np.array([3000.0, 7000.0]))
    near = attendance(
        areas, practices, candidates=np.array([[0, 1], [1, 0]]), kilometres=np.array([[0.1, 4.0], [0.1, 4.0]])
    )
    on_p = 600 * near.shares[0, 0] + 400 * near.shares[1, 1]
    assert on_p == pytest.approx(300, rel=0.01)
    assert near.shares.sum(axis=1) == pytest.approx([1, 1])
    assert near.shares[0, 0] > near.shares[1, 1]


def test_everybody_of_a_real_age_and_area_is_there_once_when_as_many_are_wanted_as_live_there() -> None:
    place = invented_place(("nowhere", "Nowhere"), people=5000, seed=3, lives=MODELS.lives)
    whole = np.floor(place.areas.people)
    place = replace(place, areas=replace(place.areas, people=whole))
    run = Run(people=int(whole.sum()), years=1, seed=3, first_day=date(2016, 4, 1))
    parts = {
        part.table: part.rows
        for part in tables_of_block(World(place, MODELS, run, frozenset()), 0)
        if isinstance(part, Part)
    }
    areas = parts["people"]["small_area"].codes[: run.people]  # type: ignore[union-attr]
    assert (np.bincount(areas, minlength=len(whole)) == whole.sum(axis=1)).all()


def test_the_models_speak_of_what_the_contract_and_the_definitions_know() -> None:
    contract, definitions = read_contract(), read_definitions()
    settings = set(contract["activity"].column("setting").allowed)
    assert {use.setting for use in MODELS.activity.uses} <= settings
    assert set(measure_names(MODELS.care)) <= set(contract["measures"].column("measure").allowed)
    assert {one.id for one in MODELS.care.packages} <= set(contract["care_packages"].column("kind").allowed)
    sources = set(contract["diagnoses"].column("source").allowed)
    assert {one.source for one in (*MODELS.illness.lasting, *MODELS.illness.episodes)} <= sources
    assert definitions.long_term <= {one.id for one in MODELS.illness.lasting}
    named = {name for use in MODELS.activity.uses for name in use.risk.conditions}
    assert named <= {one.id for one in MODELS.illness.lasting}
    assert set(read_targets().registers.values()) <= definitions.condition_ids
    assert read_targets().place in {place.id for place in read_places().places}


def test_every_code_of_a_condition_is_in_the_list_of_that_condition() -> None:
    prefixes = {one.id: one.prefixes for one in read_definitions().conditions}
    for one in (*MODELS.illness.lasting, *MODELS.illness.episodes):
        for code in one.codes:
            if one.id in prefixes:
                assert normalised(code.code).startswith(prefixes[one.id]), (one.id, code.code)


def test_every_model_says_that_it_is_unconfirmed_and_our_own() -> None:
    for model in (MODELS.illness, MODELS.lives, MODELS.activity, MODELS.care):
        assert model.confidence != "confirmed"
        assert "Placeplan's own" in model.reference
