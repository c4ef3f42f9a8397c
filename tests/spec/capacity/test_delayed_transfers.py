"""Printed growth of delayed transfers: which bases it implies, and whether it is one series."""

from decimal import Decimal

import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.delayed_transfers import Between, Change, ChangeChain, StatedChange, beds_lost, chained
from placeplan.kernel.printed import Verdict, parse_printed


def stated(period: str, count: int, per_cent: str) -> StatedChange:
    printed = parse_printed(per_cent)
    assert printed is not None
    return StatedChange(period, count, printed)


def chain(*changes: tuple[int, str]) -> ChangeChain:
    return chained([stated(f"year {number}", *change) for number, change in enumerate(changes, start=1)])


def test_the_trust_of_the_document_is_one_series() -> None:
    """West Kent Local Care Plan 2017, section 5.6: days for which the trust was responsible."""
    found = chain((1327, "18.8"), (114, "1.4"))
    assert found.verdict is Verdict.WITHIN_ROUNDING
    assert found.levels == (Between(7040, 7077), Between(8367, 8404), Between(8481, 8518))


def test_social_care_of_the_document_is_one_series_with_one_base() -> None:
    found = chain((1030, "398"), (4884, "379"))
    assert found.verdict is Verdict.WITHIN_ROUNDING
    assert found.levels == (Between(259, 259), Between(1289, 1289), Between(6173, 6173))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([(10, "10")], Verdict.WITHIN_ROUNDING),
        ([(1, "100.0"), (1, "50.0")], Verdict.EXACT),
        ([(10, "10.0"), (11, "10.0"), (12, "9.9")], Verdict.EXACT),
        ([(1030, "398"), (4884, "300")], Verdict.FAILS),
        ([(1, "40")], Verdict.FAILS),
        ([(-10, "-10.0"), (9, "10.0")], Verdict.EXACT),
        ([(10, "10.0"), (-11, "-10")], Verdict.WITHIN_ROUNDING),
    ],
)
def test_a_chain_holds_within_rounding_or_fails(changes: list[tuple[int, str]], verdict: Verdict) -> None:
    assert chain(*changes).verdict is verdict


def test_a_contradiction_is_told_once_and_gives_no_levels() -> None:
    found = chain((1030, "398"), (4884, "300"), (100, "1.5"))
    assert [link.verdict for link in found.links] == [Verdict.EXACT, Verdict.FAILS, Verdict.WITHIN_ROUNDING]
    assert found.levels == ()
    assert str(found.links[1]) == (
        "year 2: +4,884 at 300% is a change of 1,626 to 1,630; the changes before it lead to 1,289: fails."
    )


def test_a_percentage_that_rounds_to_nothing_has_no_upper_end() -> None:
    found = chain((3, "0"))
    assert found.levels == (Between(600, None), Between(603, None))
    assert str(found.links[0]).endswith("a change of 600 or more: within rounding.")


def test_later_changes_narrow_earlier_levels() -> None:
    assert chain((1327, "18.8")).levels[0] == Between(7040, 7077)
    assert chain((1327, "18.8"), (114, "1.362")).levels[0] == Between(7040, 7046)


@pytest.mark.parametrize(
    ("count", "per_cent", "words"),
    [
        (0, "1.0", "no base can be told from a count of 0"),
        (10, "-1.0", "go opposite ways"),
        (-10, "1.0", "go opposite ways"),
        (-10, "-101", "takes away more than there was"),
    ],
)
def test_what_cannot_be_one_change_is_refused(count: int, per_cent: str, words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        stated("2014/15", count, per_cent)


def test_a_chain_has_changes_of_different_periods() -> None:
    one = stated("2014/15", 10, "1.0")
    for changes in ([], [one, one]):
        with pytest.raises(CapacityInputError, match="each of another period"):
            chained(changes)


def test_a_change_shows_its_base() -> None:
    change = Change(Decimal(259), Decimal(1289))
    assert str(change) == "259 to 1,289 (+1,030, +397.7% of 259)"
    assert str(Change(Decimal(0), Decimal(5))) == "0 to 5 (+5, no percentage of 0)"
    assert str(Change(Decimal(100), Decimal(90))) == "100 to 90 (-10, -10.0% of 100)"


def test_lost_bed_days_in_beds() -> None:
    assert beds_lost(6173) == pytest.approx(16.912, abs=1e-3)
    assert beds_lost([3650, 7300], occupancy=0.8).tolist() == [12.5, 25.0]
    with pytest.raises(CapacityInputError, match="below 0"):
        beds_lost(-1)
