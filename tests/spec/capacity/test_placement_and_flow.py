"""Services at the lowest level that will do, and pathways in balance."""

from typing import Any

import numpy as np
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.flow import flow_balance
from placeplan.capacity.placement import CareLevel, Override, Placement, Rule, ServiceRules, placed

CLUSTERS = (46_000.0, 60_000.0, 82_500.0)
LEVELS = (
    CareLevel(
        id="home", title="Home", populations=(1.0,), building=False, hours_a_week=168, staff=frozenset({"nurse"}),
    ),
    CareLevel(
        id="practice", title="Practice", populations=(2056.0, 19_739.0), building=True, hours_a_week=52.5,
        staff=frozenset({"nurse", "gp"}),
    ),
    CareLevel(
        id="cluster", title="Cluster", populations=CLUSTERS, building=True, hours_a_week=70,
        staff=frozenset({"nurse", "gp", "pharmacist"}),
    ),
    CareLevel(
        id="place", title="Place-wide", populations=(484_460.0,), building=True, hours_a_week=168,
        staff=frozenset({"nurse", "gp", "pharmacist", "geriatrician"}), safety=frozenset({"resuscitation"}),
    ),
)  # fmt: skip


def place(override: Override | None = None, **rules: Any) -> Placement:
    service = ServiceRules(id="service", title="A service", **rules)
    return placed([service], LEVELS, overrides={"service": override} if override else None)[0]


@pytest.mark.parametrize(
    ("rules", "level"),
    [
        ({}, "home"),
        ({"minimum_population": 2056}, "practice"),
        ({"minimum_population": 2057}, "cluster"),
        ({"minimum_population": 46_000}, "cluster"),
        ({"minimum_population": 46_001}, "place"),
        ({"building": True}, "practice"),
        ({"building": True, "hours_a_week": 60}, "cluster"),
        ({"hours_a_week": 168}, "home"),
        ({"building": True, "hours_a_week": 168}, "place"),
        ({"staff": frozenset({"gp", "pharmacist"})}, "cluster"),
        ({"safety": frozenset({"resuscitation"})}, "place"),
        ({"minimum_population": 1e6}, None),
        ({"safety": frozenset({"theatre"})}, None),
    ],
)
def test_a_service_goes_to_the_lowest_level_that_meets_all_rules(rules: dict[str, Any], level: str | None) -> None:
    assert place(**rules).level == level


def test_each_lower_level_says_why_it_will_not_do() -> None:
    found = place(minimum_population=70_000, building=True, staff=frozenset({"geriatrician"}))
    assert [(one.level, one.rule) for one in found.failures] == [
        ("home", Rule.POPULATION), ("home", Rule.BUILDING), ("home", Rule.STAFF),
        ("practice", Rule.POPULATION), ("practice", Rule.STAFF),
        ("cluster", Rule.POPULATION), ("cluster", Rule.STAFF),
    ]  # fmt: skip
    assert [str(one) for one in found.why_not("cluster")] == [
        "cluster: needs 70,000 people, and the smallest of 3 serves 46,000; 2 of 3 serve fewer",
        "cluster: has no geriatrician",
    ]
    assert str(found.why_not("home")[0]) == "home: needs 70,000 people, and it serves 1"


def test_what_no_level_meets_is_placed_nowhere_and_says_why_everywhere() -> None:
    found = place(safety=frozenset({"theatre"}))
    assert found.level is None
    assert {one.level for one in found.failures} == {"home", "practice", "cluster", "place"}


def test_an_override_has_a_reason_and_what_fails_stays_visible() -> None:
    found = place(Override("practice", "a pilot to March"), minimum_population=46_000)
    assert (found.level, found.lowest) == ("practice", "cluster")
    assert [one.rule for one in found.accepted] == [Rule.POPULATION]
    higher = place(Override("place", "one team for now"))
    assert (higher.level, higher.lowest, higher.accepted) == ("place", "home", ())
    with pytest.raises(CapacityInputError, match="an override needs a reason"):
        Override("practice", " ")


def test_what_cannot_be_is_refused() -> None:
    service = ServiceRules(id="a", title="A")
    for services, overrides, words in (
        ([service, service], {}, "services: 'a' stands here twice"),
        ([service], {"b": Override("home", "why not")}, "there is no service 'b'"),
        ([service], {"a": Override("moon", "why not")}, "there is no level 'moon' for 'a'; expected one of home"),
        ([], {}, "services: there are none"),
    ):
        with pytest.raises(CapacityInputError, match=words):
            placed(services, LEVELS, overrides=overrides)
    with pytest.raises(CapacityInputError, match="200 hours a week"):
        ServiceRules(id="a", title="A", hours_a_week=200)
    with pytest.raises(CapacityInputError, match="-1 is below 0"):
        ServiceRules(id="a", title="A", minimum_population=-1)
    with pytest.raises(CapacityInputError, match="nan is not a finite number"):
        ServiceRules(id="a", title="A", minimum_population=float("nan"))
    with pytest.raises(CapacityInputError, match="at least one unit"):
        CareLevel(id="x", title="X", populations=(), building=True, hours_a_week=1)
    with pytest.raises(CapacityInputError, match="0 is not above 0"):
        CareLevel(id="x", title="X", populations=(0.0,), building=True, hours_a_week=1)


TIERS = ("tier 1", "tier 2", "tier 3", "tier 4")
UP = np.array([[0, 0.3, 0, 0], [0, 0, 0.5, 0], [0, 0.1, 0, 0.2], [0, 0, 0, 0]])


def test_a_pathway_of_tiers_by_hand() -> None:
    found = flow_balance(TIERS[:3], [1000, 0, 50], conversion=UP[:3, :3], there=[1200, 320, 300], utilisation=0.9)
    # tier 2 = 300 + 0.1 x tier 3 and tier 3 = 50 + 0.5 x tier 2.
    tier_2 = 305 / 0.95
    assert found.through == pytest.approx([1000, tier_2, 50 + tier_2 / 2])
    assert found.needed == pytest.approx(found.through / 0.9)
    assert found.gap == pytest.approx([1200, 320, 300] - found.needed)
    assert found.bottleneck == "tier 2"
    assert found.largest_inflow[1] == pytest.approx(320 * 0.9 / tier_2)


def test_who_comes_also_leaves() -> None:
    found = flow_balance(TIERS, [800, 20, 0, 5], conversion=UP, there=1000)
    assert found.leaving.sum() == pytest.approx(825)
    assert found.through == pytest.approx(found.from_outside + found.moved.sum(axis=0))


def test_nobody_comes() -> None:
    found = flow_balance(TIERS, [0, 0, 0, 0], conversion=UP, there=10)
    assert found.bottleneck is None
    assert np.isinf(found.largest_inflow).all()


@pytest.mark.parametrize(
    ("conversion", "words"),
    [
        ([[0, 0.7], [0.5, 0.6]], "shares of 'b' add up to 1.1, more than 1"),
        ([[0, 1], [1, 0]], "people in 'a' go round and never leave"),
        ([[0, 0.5], [0, 1]], "people in 'b' go round and never leave"),
        ([[0, -0.1], [0, 0]], "is not a share"),
        ([[0, 1]], "expected 2 stages x as many"),
    ],
)
def test_a_pathway_that_cannot_be_is_refused(conversion: list[list[float]], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        flow_balance(["a", "b"], [1, 1], conversion=conversion, there=1)


def test_one_number_for_each_stage() -> None:
    with pytest.raises(CapacityInputError, match="one number for each of 2 stages"):
        flow_balance(["a", "b"], [[1, 1]], conversion=[[0, 0], [0, 0]], there=1)
