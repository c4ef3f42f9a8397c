"""Hubs of a place on a page: the choices of the engine, what an address may ask for, and words that say how sure."""

import pytest

from placeplan.app.siting.choosing import HubRequest, chosen_hubs
from placeplan.app.siting.hub_desk import HubDesk, HubsAsked, hub_desk, hubs_asked, place_with_hubs
from placeplan.app.siting.places import siting_place
from placeplan.kernel.errors import InputError
from placeplan.reports.document import Table, parts_of


@pytest.fixture(autouse=True)
def without_a_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def _table(desk: HubDesk, identifier: str) -> Table:
    return next(part for part in parts_of(desk.sections) if isinstance(part, Table) and part.id == identifier)


@pytest.mark.parametrize("asked", [HubsAsked(1), HubsAsked(4, estate_first=True), HubsAsked(8, deprived_more=True)])
def test_the_page_says_what_the_engine_chose(asked: HubsAsked) -> None:
    desk, number = hub_desk("west-kent", asked), asked.number
    weight = 2.0 if asked.deprived_more else 0.0
    request = HubRequest(numbers=(number,), existing_first=asked.estate_first, deprived_weight=weight)
    (choice,) = chosen_hubs(siting_place("west-kent", None), request)
    assert choice.mean is not None
    assert desk.tiles[0] == ("Everybody, on average", f"{choice.mean:.1f} minutes")
    assert desk.tiles[1] == ("The most deprived fifth", f"{choice.most_deprived:.1f} minutes")
    assert len(_table(desk, "hubs-why").rows) == number
    assert desk.proof.startswith("Proven")
    assert set(desk.drawings) == {f"hubs-west-kent-invented-{number}-chart", "hub-travel-west-kent-invented-chart"}


def test_an_invented_place_says_so() -> None:
    desk = hub_desk("west-kent", HubsAsked(2))
    assert desk.synthetic
    assert desk.title == "West Kent (invented)"


def test_the_frontier_has_every_number() -> None:
    desk = hub_desk("west-kent", HubsAsked(3))
    rows = _table(desk, "hubs-numbers").rows
    assert len(rows) == desk.most == 8
    assert [row.row_kind for row in rows].count("subtotal") == 1


@pytest.mark.parametrize(
    "given",
    [{"number": "0"}, {"number": "9"}, {"number": "-1"}, {"number": "4.0"}, {"number": "²"}, {"number": "x" * 9_999},
     {"existing": "no"}, {"deprived": "<b>"}, {"hubs": "3"}],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(InputError) as refused:
        hubs_asked(given)
    assert len(refused.value.problems) == 1
    assert len(str(refused.value)) < 300


def test_four_hubs_where_the_address_does_not_say() -> None:
    assert hubs_asked({}) == HubsAsked(4)
    assert hubs_asked({"number": "", "existing": "yes", "deprived": ""}) == HubsAsked(4, estate_first=True)


def test_a_place_that_nothing_is_known_of_has_no_hubs() -> None:
    assert place_with_hubs("West Kent") == "west-kent"
    assert place_with_hubs("Small Place") is None
    assert place_with_hubs("../etc") is None


def test_a_data_folder_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEPLAN_DATA", "not/a/folder")
    with pytest.raises(InputError, match="folder"):
        hub_desk("west-kent", HubsAsked(2))
