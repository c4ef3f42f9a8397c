from decimal import Decimal

import pytest

from placeplan.demand.errors import DemandError
from placeplan.demand.financial_mapping import Lever, SpendArea, financial_mapping


def leaf(name: str, spend: str, lever: Lever = Lever.NONE, **more: object) -> SpendArea:
    return SpendArea(name, Decimal(spend), lever, **more)


SPEND = SpendArea(
    "Direct commissioning",
    parts=(
        SpendArea(
            "Primary care",
            parts=(
                leaf("General medical services", "108", Lever.VOLUME, discretion=False),
                leaf("Dental", "62", Lever.PRICE, goal=Decimal("0.03")),
            ),
        ),
        SpendArea(
            "Specialised",
            parts=(
                leaf("Secure and adolescent mental health", "45", Lever.VOLUME, goal=Decimal("0.02")),
                leaf("Drugs and devices", "30", Lever.PRICE_AND_VOLUME, goal=Decimal("0.07")),
                leaf("Block contracts", "112"),
            ),
        ),
    ),
)


def test_three_per_cent_of_357_million_is_10_7_million() -> None:
    found = financial_mapping(SPEND, target_share=Decimal("0.03"))
    assert found.whole.spend == 357
    assert round(found.whole.target, 1) == Decimal("10.7")


def test_only_spend_with_a_lever_here_can_give_anything() -> None:
    found = financial_mapping(SPEND, target_share=Decimal("0.03"))
    assert found.whole.addressable == 137
    assert found.whole.realistic == Decimal(62) * Decimal("0.03") + Decimal("0.9") + Decimal("2.1")
    assert round(found.whole.gap, 2) == Decimal("5.85")
    assert round(found.share_asked_of_addressable, 4) == Decimal("0.0782")


def test_the_target_falls_on_areas_by_what_is_addressable() -> None:
    found = {area.path[-1]: area for area in financial_mapping(SPEND, target_share=Decimal("0.03")).areas}
    assert found["General medical services"].target == 0
    assert round(found["Primary care"].target, 2) == Decimal("4.85")
    assert round(found["Primary care"].target + found["Specialised"].target, 9) == Decimal("10.71")


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (lambda: leaf("A", "-1"), "A: its spend is -1"),
        (lambda: SpendArea("A"), "A: its spend is None"),
        (lambda: leaf("A", "1", goal=Decimal("0.1")), "a goal of 10.0% is set, but it has no lever"),
        (
            lambda: leaf("A", "1", Lever.PRICE, discretion=False, goal=Decimal("0.1")),
            "a goal of 10.0% is set, but it cannot be changed here",
        ),
        (lambda: leaf("A", "1", Lever.PRICE, goal=Decimal(2)), "its goal is 2"),
        (lambda: SpendArea("A", Decimal(1), parts=(leaf("B", "1"),)), "parts and figures of its own"),
        (lambda: SpendArea("A", parts=(leaf("B", "1"), leaf("B", "2"))), "'B' is the name of two of its parts"),
        (lambda: financial_mapping(leaf("A", "1"), target_share=Decimal("0.1")), "no area of spend has a lever here"),
        (lambda: financial_mapping(SPEND, target_share=Decimal(3)), "target: 3"),
    ],
)
def test_trees_and_targets_that_cannot_be(make, wanted: str) -> None:
    with pytest.raises(DemandError, match=wanted):
        make()
