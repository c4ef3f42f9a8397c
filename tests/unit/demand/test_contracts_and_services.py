from decimal import Decimal

import numpy as np
import pytest

from placeplan.app.care.intervention_library import read_enhanced_services
from placeplan.demand.contract_payments import Band, ContractTerms, monthly_payments, variable_payment
from placeplan.demand.enhanced_services import (
    Claim,
    EnhancedService,
    PaymentForm,
    TargetBand,
    claim_problems,
    payment_of,
    sign_up_rate,
)
from placeplan.demand.errors import DemandError

HPV, IMMUNISATION = (service.service() for service in read_enhanced_services().services)


def test_a_block_is_paid_whatever_happens() -> None:
    found = monthly_payments([0, 0], [0, 0], terms=ContractTerms(block=1000))
    np.testing.assert_allclose(found.total, [1000, 1000])


def test_activity_at_full_rate_is_paid_as_it_comes() -> None:
    np.testing.assert_allclose(variable_payment([100, 100], [90, 120], terms=ContractTerms()), [90, 120])


def test_an_emergency_marginal_rate_pays_seventy_per_cent_above_plan() -> None:
    terms = ContractTerms(above=(Band(0, 0.7),))
    found = monthly_payments([1000], [1200], terms=terms)
    assert found.variable[0] == pytest.approx(1140)
    assert found.borne_by_payer[0] == pytest.approx(140)
    assert found.borne_by_provider[0] == pytest.approx(60)


def test_cap_and_collar_hold_over_the_year_so_far() -> None:
    terms = ContractTerms(cap=1.05, collar=0.95)
    found = monthly_payments([100, 100, 100], [130, 100, 60], terms=terms)
    np.testing.assert_allclose(found.variable, [105, 105, 80])
    assert found.limited.tolist() == [True, True, False]
    assert monthly_payments([100], [50], terms=terms).variable[0] == pytest.approx(95)


@pytest.mark.parametrize(
    ("terms", "wanted"),
    [
        ({"block": -1}, "the block is -1"),
        ({"above": (Band(0.1, 0.5),)}, "above plan: expected bands that begin at 0"),
        ({"below": (Band(0, 0.5), Band(0, 0.4))}, "below plan: the band beyond 0 stands after that beyond 0"),
        ({"above": (Band(0, 1.5),)}, "the rate beyond 0 is 1.5"),
        ({"cap": 0.9}, "the cap is 0.9"),
        ({"collar": 1.1}, "the collar is 1.1"),
    ],
)
def test_terms_that_cannot_be(terms: dict[str, object], wanted: str) -> None:
    with pytest.raises(DemandError, match=wanted):
        ContractTerms(**terms)


def test_amounts_that_are_missing_or_do_not_match() -> None:
    with pytest.raises(DemandError, match="expected one shape"):
        monthly_payments([1], [1, 2], terms=ContractTerms())
    with pytest.raises(DemandError, match="value: an amount is missing"):
        monthly_payments([1], [-1], terms=ContractTerms())


def test_an_item_pays_its_price() -> None:
    found = payment_of(HPV, Claim("G82001", items=37, eligible=50, registered=8000))
    assert found.amount == Decimal("333.00")
    assert found.how == "37 x £9.00"


@pytest.mark.parametrize(("items", "amount"), [(41, "0.00"), (42, "900.00"), (53, "900.00"), (54, "2700.00")])
def test_a_target_pays_from_the_uptake_that_reaches_it(items: int, amount: str) -> None:
    found = payment_of(IMMUNISATION, Claim("G82001", items=items, eligible=60, registered=8000))
    assert found.amount == Decimal(amount)


def test_a_target_pays_in_proportion_to_those_who_are_eligible() -> None:
    assert payment_of(IMMUNISATION, Claim("G82001", 90, 90, 12000)).amount == Decimal("4050.00")
    assert payment_of(IMMUNISATION, Claim("G82001", 0, 0, 12000)).amount == Decimal("0.00")


def test_a_price_for_each_registered_patient() -> None:
    service = EnhancedService("extended-hours", "Extended hours", PaymentForm.REGISTERED_PATIENT, Decimal("1.90"))
    assert payment_of(service, Claim("G82001", 0, 0, 7313)).amount == Decimal("13894.70")


def test_claims_that_cannot_be_right_are_all_named() -> None:
    claims = [Claim("A", 60, 50, 1000), Claim("A", 1, 2, 1), Claim("B", -1, 5, 10)]
    found = claim_problems(HPV, claims, signed_up={"A"})
    assert found == (
        "A: 60 items for 50 eligible people; expected no more items",
        "A: it claims 'hpv-catch-up' twice in one period",
        "A: 2 people are eligible of 1 on the list",
        "B: it claims 'hpv-catch-up' and has not signed up to it",
        "B: -1 items for 'hpv-catch-up'; expected 0 or more",
    )
    with pytest.raises(DemandError, match="60 items for 50"):
        payment_of(HPV, claims[0])


def test_sign_up_counts_practices_and_their_patients() -> None:
    assert sign_up_rate({"A": 9000, "B": 3000, "C": 3000}, {"A"}) == (Decimal(1) / 3, Decimal("0.6"))
    with pytest.raises(DemandError, match="D has signed up and is not among the practices"):
        sign_up_rate({"A": 1}, {"D"})
    with pytest.raises(DemandError, match="no practice with a registered patient"):
        sign_up_rate({}, set())


def test_services_that_cannot_be_say_so() -> None:
    band = TargetBand(Decimal("0.7"), Decimal(100))
    with pytest.raises(DemandError, match="expected a price and no bands"):
        EnhancedService("a", "A", "item", bands=(band,))
    with pytest.raises(DemandError, match=r"expected bands and no price(?s:.*)expected the eligible people"):
        EnhancedService("a", "A", "target", Decimal(1))
    with pytest.raises(DemandError, match="expected both parts to rise"):
        EnhancedService("a", "A", "target", bands=(band, band), average_eligible=Decimal(60))
