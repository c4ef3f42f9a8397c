"""Areas and organisations through time."""

from datetime import date
from decimal import Decimal

import pytest

from placeplan.kernel.organisations import (
    Accountable,
    Area,
    ContradictionError,
    Membership,
    NoCommissioner,
    Organisation,
    OrganisationGraph,
    OrganisationType,
    Responsibility,
    Source,
    SplitError,
    Succession,
)

READ = Source("a plan", confirmed=True)
BEFORE, AFTER = date(2015, 9, 30), date(2015, 10, 1)
MERGER = date(2020, 4, 1)


def area(area_id, **dates):
    return Area(area_id, area_id.title(), READ, **dates)


def body(body_id, kind=OrganisationType.CCG, **dates):
    return Organisation(body_id, body_id.upper(), kind, READ, **dates)


def member(of, footprint, **more):
    return Membership(of, footprint, READ, **more)


def duty(service, for_area, commissioner, **dates):
    return Responsibility(service, for_area, commissioner, READ, **dates)


def county(*responsibilities, **more):
    """A county of two districts, its council, an area team and two commissioning groups that merge."""
    parts = {
        "areas": (area("county"), area("east"), area("west")),
        "organisations": (
            body("team", OrganisationType.AREA_TEAM),
            body("council", OrganisationType.LOCAL_AUTHORITY),
            body("east-ccg", closed=date(2020, 3, 31)),
            body("west-ccg", closed=date(2020, 3, 31)),
            body("county-ccg", opened=MERGER),
        ),
        "memberships": (member("east", "county"), member("west", "county")),
        "successions": (
            Succession("east-ccg", "county-ccg", MERGER, READ),
            Succession("west-ccg", "county-ccg", MERGER, READ),
        ),
        "responsibilities": responsibilities,
    }
    return OrganisationGraph(**(parts | more))


HANDED_OVER = (
    duty("health-visiting", "county", "team", until=BEFORE),
    duty("health-visiting", "county", "council", since=AFTER),
)


def commissioner(graph, service, of, day):
    found = graph.commissioner(service, of, day=day)
    return found.organisation.id if isinstance(found, Accountable) else found.reason


def test_the_commissioner_changes_on_the_day_of_the_transfer():
    graph = county(*HANDED_OVER)
    assert commissioner(graph, "health-visiting", "county", BEFORE) == "team"
    assert commissioner(graph, "health-visiting", "county", AFTER) == "council"


def test_an_area_is_served_by_the_commissioner_of_the_footprint_around_it():
    assert commissioner(county(*HANDED_OVER), "health-visiting", "east", AFTER) == "council"


def test_the_answer_carries_the_fact_it_rests_on():
    answer = county(*HANDED_OVER).commissioner("health-visiting", "east", day=AFTER)
    assert isinstance(answer, Accountable)
    assert answer.responsibility.source is READ


def test_a_service_nobody_wrote_about_has_a_reasoned_absence():
    answer = county().commissioner("dentistry", "east", day=BEFORE)
    assert answer == NoCommissioner("nothing is recorded about who commissions 'dentistry'")


def test_a_day_nobody_wrote_about_has_a_reasoned_absence():
    graph = county(duty("dentistry", "east", "team", until=BEFORE))
    assert "in East on 2015-10-01" in commissioner(graph, "dentistry", "east", AFTER)


def test_a_service_held_by_the_parts_of_an_area_says_so():
    graph = county(duty("acute", "east", "east-ccg", until=BEFORE), duty("acute", "west", "west-ccg", until=BEFORE))
    reason = commissioner(graph, "acute", "county", BEFORE)
    assert reason == "'acute' is commissioned for parts of County separately: EAST-CCG for East; WEST-CCG for West"


def test_an_unknown_area_is_an_error():
    with pytest.raises(KeyError, match="atlantis"):
        county(*HANDED_OVER).commissioner("health-visiting", "atlantis", day=AFTER)


@pytest.mark.parametrize(
    ("responsibilities", "message"),
    [
        ([duty("s", "county", "team"), duty("s", "county", "council", since=AFTER)], "two accountable commissioners"),
        ([duty("s", "county", "team"), duty("s", "east", "council")], "'s' in East has two accountable commissioners"),
        ([duty("s", "county", "county-ccg")], "'county-ccg' opens on 2020-04-01 but commissions 's' before it"),
        ([duty("s", "east", "east-ccg")], "'east-ccg' closes on 2020-03-31 but still commissions 's' after it"),
        ([duty("s", "nowhere", "team")], "there is no area called 'nowhere'"),
        ([duty("s", "east", "nobody")], "there is no organisation called 'nobody'"),
        ([duty("s", "east", "team", since=AFTER, until=BEFORE)], "ends on 2015-09-30 before it starts"),
    ],
)
def test_duties_that_cannot_all_be_true_are_refused(responsibilities, message):
    with pytest.raises(ContradictionError, match=message):
        county(*responsibilities)


def test_two_duties_of_one_body_are_no_contradiction():
    graph = county(duty("s", "county", "team"), duty("s", "east", "team"))
    assert commissioner(graph, "s", "east", BEFORE) == "team"


def test_an_identifier_used_twice_is_refused():
    with pytest.raises(ContradictionError, match="'east' is used twice"):
        county(areas=(area("county"), area("east"), area("west"), area("east")))


def test_a_body_that_closes_before_it_opens_is_refused():
    with pytest.raises(ContradictionError, match="'x' closes on"):
        OrganisationGraph(organisations=(body("x", opened=AFTER, closed=BEFORE),))


def test_circles_of_successors_and_footprints_are_refused():
    with pytest.raises(ContradictionError, match="round in a circle"):
        county(memberships=(member("east", "county"), member("county", "east")))
    with pytest.raises(ContradictionError, match="round in a circle"):
        county(successions=(Succession("east-ccg", "east-ccg", MERGER, READ),))


def test_every_fault_is_listed():
    with pytest.raises(ContradictionError) as caught:
        county(duty("s", "nowhere", "team"), duty("s", "east", "nobody"))
    assert len(caught.value.faults) == 2


def test_the_organisations_open_on_a_day():
    names = [found.id for found in county().open_on(MERGER)]
    assert names == ["team", "council", "county-ccg"]
    assert "county-ccg" not in [found.id for found in county().open_on(date(2020, 3, 31))]


def test_successors_are_followed_to_the_one_that_exists_now():
    graph = county(
        organisations=(*county().organisations, body("board", OrganisationType.ICB)),
        successions=(*county().successions, Succession("county-ccg", "board", date(2022, 7, 1), READ)),
    )
    assert graph.successors("east-ccg", BEFORE) == ("east-ccg",)
    assert graph.successors("east-ccg", MERGER) == ("county-ccg",)
    assert graph.successors("east-ccg", date(2023, 1, 1)) == ("board",)
    assert graph.predecessors("county-ccg") == ("east-ccg", "west-ccg")


def test_an_area_may_sit_in_several_footprints_for_different_purposes():
    links = (
        member("east", "county"),
        member("west", "county"),
        member("east", "stroke", purpose="acute", since=AFTER),
        member("county", "region"),
    )
    graph = county(areas=(*county().areas, area("stroke"), area("region")), memberships=links)
    assert graph.footprints_of("east", BEFORE) == ("county", "region")
    assert graph.footprints_of("east", AFTER) == ("county", "stroke", "region")
    assert graph.footprints_of("east", AFTER, purpose="any") == ("county", "region")
    assert graph.members("stroke", AFTER) == ()
    assert graph.members("stroke", AFTER, purpose="acute") == ("east",)


def test_values_roll_up_to_a_footprint():
    total = county().roll_up({"east": Decimal(3), "west": Decimal(4)}, footprint="county", on=AFTER)
    assert total.total == Decimal(7)


def test_an_unknown_part_leaves_the_total_unknown():
    total = county().roll_up({"east": Decimal(3)}, footprint="county", on=AFTER)
    assert total.total is None
    assert total.missing == ("west",)


def test_values_roll_up_through_footprints_of_footprints():
    links = (*county().memberships, member("county", "region"))
    graph = county(areas=(*county().areas, area("region")), memberships=links)
    assert graph.roll_up({"east": Decimal(3), "west": Decimal(4)}, footprint="region", on=AFTER).total == Decimal(7)
    assert graph.roll_up({"county": Decimal(9)}, footprint="region", on=AFTER).total == Decimal(9)


def test_an_area_without_parts_rolls_up_to_itself():
    assert county().roll_up({"east": Decimal(3)}, footprint="east", on=AFTER).total == Decimal(3)


def test_a_merger_adds_the_values_of_those_that_merged():
    values = {"east-ccg": Decimal(3), "west-ccg": Decimal(4)}
    assert county().carried_to(values, on=BEFORE) == values
    assert county().carried_to(values, on=MERGER) == {"county-ccg": Decimal(7)}


def split():
    return OrganisationGraph(
        organisations=(body("old", closed=BEFORE), body("north", opened=AFTER), body("south", opened=AFTER)),
        successions=(Succession("old", "north", AFTER, READ), Succession("old", "south", AFTER, READ)),
    )


def test_a_split_is_shared_by_weights():
    weights = {("old", "north"): Decimal("0.25"), ("old", "south"): Decimal("0.75")}
    shared = split().carried_to({"old": Decimal(8)}, on=AFTER, weights=weights)
    assert shared == {"north": Decimal(2), "south": Decimal(6)}


@pytest.mark.parametrize(
    "weights",
    [
        None,
        {("old", "north"): Decimal(1)},
        {("old", "north"): Decimal("0.5"), ("old", "south"): Decimal("0.4")},
        {("old", "north"): Decimal("1.5"), ("old", "south"): Decimal("-0.5")},
    ],
)
def test_a_split_without_weights_that_add_to_one_is_refused(weights):
    with pytest.raises(SplitError, match="'old' was split between north, south"):
        split().carried_to({"old": Decimal(8)}, on=AFTER, weights=weights)


def test_things_can_be_asked_for_by_name():
    assert "county" in county()
    assert "nowhere" not in county()
    assert county()["council"].name == "COUNCIL"
