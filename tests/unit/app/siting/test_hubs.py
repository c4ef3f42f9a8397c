"""Hubs of an invented place: what is chosen, who travels how far, and what is said about it."""

import numpy as np
import pytest

from placeplan.app.siting.answering import Shown, hub_answer
from placeplan.app.siting.choosing import HubRequest, chosen_hubs, columns_of, most_deprived, reasons_for
from placeplan.app.siting.definitions import read_siting
from placeplan.app.siting.places import SitingPlace, siting_place
from placeplan.capacity.siting import Status
from placeplan.kernel.errors import InputError


@pytest.fixture(scope="module")
def place() -> SitingPlace:
    return siting_place("west-kent", None, seed=1)


def test_an_invented_place_says_so_wherever_it_shows(place: SitingPlace) -> None:
    answer = hub_answer(place, HubRequest(numbers=(2,)), shown=Shown(drawn=True))
    assert (place.synthetic, answer.marks) == (True, ("Synthetic",))
    assert answer.says[0].startswith("SYNTHETIC")
    assert all(picture.marks == ("Synthetic",) for picture in answer.pictures)
    assert answer.document["synthetic"] is True


def test_the_same_seed_gives_the_same_place(place: SitingPlace) -> None:
    again, other = siting_place("west-kent", None, seed=1), siting_place("west-kent", None, seed=2)
    assert np.array_equal(place.minutes, again.minutes)
    assert not np.array_equal(place.minutes, other.minutes)


def test_each_further_hub_saves_travel(place: SitingPlace) -> None:
    choices = chosen_hubs(place, HubRequest(numbers=tuple(range(1, 9))))
    means = [one.mean for one in choices]
    assert [one.siting.status for one in choices] == [Status.OPTIMAL] * 8
    assert means == sorted(means, reverse=True)
    for one in choices:
        assert one.mean <= one.worst_off <= one.furthest
        assert 0 <= one.within <= 1


def test_the_most_deprived_fifth_is_about_a_fifth_of_people(place: SitingPlace) -> None:
    who = most_deprived(place)
    assert place.people[who].sum() / place.people.sum() == pytest.approx(0.2, abs=0.005)
    assert place.ranks[who].max() < place.ranks[~who].min()


def test_weight_for_the_most_deprived_shortens_their_travel(place: SitingPlace) -> None:
    plain, weighted = (
        chosen_hubs(place, HubRequest(numbers=(6,), deprived_weight=weight))[0] for weight in (0.0, 20.0)
    )
    assert weighted.most_deprived < plain.most_deprived
    assert weighted.mean > plain.mean


def test_a_limit_for_the_most_deprived_is_kept_or_what_they_could_have_is_said(place: SitingPlace) -> None:
    plain = chosen_hubs(place, HubRequest(numbers=(6,)))[0]
    limit = plain.most_deprived - 0.3
    kept = chosen_hubs(place, HubRequest(numbers=(6,), deprived_most=limit))[0]
    assert kept.most_deprived <= limit + 1e-6
    refused = chosen_hubs(place, HubRequest(numbers=(3,), deprived_most=1.0))[0]
    assert refused.siting.status is Status.INFEASIBLE
    assert "the most deprived fifth may travel 1 on average, and no choice takes it below" in refused.siting.reasons[1]


def test_existing_hospitals_come_first(place: SitingPlace) -> None:
    there = {number for number, one in enumerate(place.candidates) if one.estate}
    choices = chosen_hubs(place, HubRequest(numbers=(2, 6), existing_first=True))
    assert set(choices[0].siting.sites) <= there
    assert there <= set(choices[1].siting.sites)


def test_room_is_kept_to_and_what_is_short_is_said(place: SitingPlace) -> None:
    request = HubRequest(numbers=(3,), capacity=150_000.0, time_limit=20.0, gap=0.01)
    one = chosen_hubs(place, request)[0]
    served = [place.people[one.siting.assignment == site].sum() for site in one.siting.sites]
    assert max(served) <= 150_000
    assert [reason.served for reason in reasons_for(place, one, request=request)] == served
    short = chosen_hubs(place, HubRequest(numbers=(2,), capacity=150_000.0))[0]
    assert short.siting.reasons[0].startswith(f"capacity is short by {place.people.sum() - 300_000:,.10g}")


def test_why_a_hub_is_there(place: SitingPlace) -> None:
    request = HubRequest(numbers=(4,), forced=("site-1",))
    choice = chosen_hubs(place, request)[0]
    reasons = reasons_for(place, choice, request=request)
    assert sum(one.served for one in reasons) == place.people.sum()
    assert [one.site for one in reasons if one.forced] == [0]
    assert all(one.lost >= one.lost_instead for one in reasons)
    assert all(one.lost_instead >= -1e-6 for one in reasons if not one.forced)


def test_a_finding_for_each_number_without_a_choice(place: SitingPlace) -> None:
    answer = hub_answer(place, HubRequest(numbers=(1, 2), deprived_most=1.0), shown=Shown())
    assert [finding.split(":")[0] for finding in answer.findings] == ["1 hubs", "1 hubs", "2 hubs", "2 hubs"]
    assert answer.document["choices"][0]["objective"] is None
    assert answer.document["explained"]["hubs"] == []


def test_pictures_carry_every_number(place: SitingPlace) -> None:
    answer = hub_answer(place, HubRequest(numbers=(1, 2, 3)), shown=Shown(explained=2, drawn=True))
    on_map, frontier = answer.pictures
    assert on_map.data["people"].sum() == place.people.sum()
    assert frontier.data["hubs"].to_list() == [1, 2, 3]
    assert "Every choice is proven" in frontier.note
    assert on_map.svg().startswith("<svg")
    assert frontier.svg().startswith("<svg")


def test_only_some_kinds_of_buildings(place: SitingPlace) -> None:
    hospitals = siting_place("west-kent", None, kinds=["community hospital"])
    assert len(hospitals.candidates) == 4
    assert hospitals.minutes.shape == (len(place.areas), 4)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (lambda place: siting_place("nowhere", None), "there is no place called 'nowhere'"),
        (lambda place: siting_place("west-kent", None, kinds=["palace"]), "no candidate is of the kind palace"),
        (lambda place: columns_of(place, ["site-99"]), "there is no candidate called 'site-99'"),
        (lambda place: chosen_hubs(place, HubRequest(numbers=(99,))), "expected a whole number of sites from 1 to 40"),
    ],
)
def test_what_is_not_there_is_refused(place: SitingPlace, question, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=words):
        question(place)


def test_definitions_hold_the_five_questions_and_the_estate() -> None:
    found = read_siting()
    assert len(found.questions.asked) == 5
    assert len(found.hospitals_of("west-kent")) == 6
    assert found.hospitals_of("swale") == ()
