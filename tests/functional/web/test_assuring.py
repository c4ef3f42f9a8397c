"""Commitments with their deadlines, what serves what, lines of assurance, and places beside each other."""

import pytest
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in
from tests.functional.web.governing import REGISTERS, RISKS, publish

from placeplan.registers.assurance_lines import Judgement
from placeplan.web.access.policies import RefusedError
from placeplan.web.assuring import actions
from placeplan.web.assuring.comparing import places_beside
from placeplan.web.assuring.selectors import judged_lines
from placeplan.web.auditing.models import Event
from placeplan.web.discussing.actions import begin_thread
from placeplan.web.discussing.models import Thread
from placeplan.web.entries import Entry
from placeplan.web.meetings import board_actions
from placeplan.web.planning.actions import WriteRefusedError, bring_in_plan
from placeplan.web.signing import actions as signing
from placeplan.web.signing.actions import Said, Verdict
from placeplan.web.timeline.selectors import timeline_of

START = "/plans/small-place/"


@pytest.fixture
def registers(workspace: Workspace) -> Workspace:
    """The workspace, with registers in its plan."""
    publish(workspace.person("planner"), workspace, REGISTERS)
    return workspace


def _page(workspace: Workspace, address: str, *, role: str = "clinician") -> str:
    answer = signed_in(workspace.person(role)).get(f"{START}{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_contracts_are_worked_back_from_their_end_and_the_overdue_stands_first(registers: Workspace) -> None:
    page = _page(registers, "commitments/")
    assert "31 December 2015" in page, "notice lies three months before the end"
    assert "30 June 2015" in page, "a procurement takes nine months"
    assert "Old Surgery: decision" in page
    assert "Its last day is not known" in page
    assert page.index("Old Surgery: decision") < page.index("Providers are told of 3")
    assert "30 September 2013" in page, "six months before the first year of the plan"


def test_risks_stand_on_the_map_and_say_what_moved(registers: Workspace) -> None:
    planner = registers.plan.organisation.memberships.get(role="planner").person
    publish(planner, registers, {"registers/risks.csv": RISKS.replace("Open more,4,4", "Open more,5,4")})
    page = _page(registers, "commitments/")
    assert "up from 16" in page
    assert "for the board" in page
    assert "extreme: Beds may be short" in page


def test_a_provider_has_one_letter_with_its_intentions_and_nothing_in_it_runs(registers: Workspace) -> None:
    client = signed_in(registers.person("finance"))
    page = client.get(f"{START}commitments/providers/", {"provider": "Acme Care"}).content.decode()
    assert "More nurses" in page
    assert "Fewer &lt;b&gt;beds&lt;/b&gt;" in page
    assert "Whether it is new or continuing is not said." in page
    assert "Alone" not in page
    assert client.get(f"{START}commitments/providers/", {"provider": "Nobody"}).status_code == 404


def test_what_nobody_serves_stands_first_and_a_mark_says_what_links_the_two(registers: Workspace) -> None:
    page = _page(registers, "traceability/")
    assert page.index("What no project serves") < page.index("Projects against goals")
    assert page.index("An idle project") < page.index("Children first")
    linked = _page(registers, "traceability/?project=children&goal=start-well", role="finance")
    assert "The project names this goal" in linked
    assert "Page 3" in linked
    assert "does not name this goal" in _page(registers, "traceability/?project=idle&goal=start-well", role="analyst")


def _line(workspace: Workspace, name: str) -> Judgement | None:
    return next(each.judgement for each in judged_lines(workspace.plan) if each.line.id == name)


def test_lines_are_judged_by_data_until_an_assurer_judges_otherwise(registers: Workspace) -> None:
    assert _line(registers, "risks") is Judgement.NOT
    assert _line(registers, "capacity") is None, "without a care model a person must judge"
    assurer = registers.person("regional-assurer", of=registers.region)
    client = signed_in(assurer)
    sent = {"line": "risks", "judgement": "assured", "reason": "Seen on site."}
    assert client.post(f"{START}assurance/judge", sent).status_code == 302
    assert _line(registers, "risks") is Judgement.ASSURED
    assert Event.objects.get(verb="judge-line").detail["reason"] == "Seen on site."
    page = client.get(f"{START}assurance/").content.decode()
    assert "Seen on site." in page
    assert "Data say: not assured." in page
    planner = registers.plan.organisation.memberships.get(role="planner").person
    publish(planner, registers, {"narrative/01-about.md": "# About\n\nOther words.\n"})
    assert "the plan changed since" in client.get(f"{START}assurance/").content.decode()
    back = {"line": "risks", "judgement": "as-data-say", "reason": "Not so any more."}
    assert client.post(f"{START}assurance/judge", back).status_code == 302
    assert _line(registers, "risks") is Judgement.NOT


def test_a_judgement_needs_a_line_a_reason_and_the_right(registers: Workspace) -> None:
    assurer = registers.person("regional-assurer", of=registers.region)
    with pytest.raises(WriteRefusedError, match=r"Line: choose.*Judgement: choose.*Reason and evidence: say"):
        actions.judge_line(actor=assurer, plan=registers.plan, entry=Entry({"line": "x", "judgement": "perhaps"}))
    with pytest.raises(RefusedError, match="You may not judge a line"):
        actions.judge_line(actor=registers.person("board-member"), plan=registers.plan, entry=Entry({}))


def test_places_stand_beside_each_other_in_the_order_that_is_asked_for(registers: Workspace) -> None:
    header = SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place").replace("a small", "an other")
    other = bring_in_plan(
        actor=None, organisation=registers.own, texts={**SMALL_PLAN, "plan.yaml": header}, message="First"
    )
    assurer = registers.person("regional-assurer", of=registers.region)
    begin_thread(actor=assurer, plan=other, kind=Thread.Kind.QUERY, about="x", words="Why?")
    found = places_beside([registers.plan, other], sort="queries")
    assert [each.plan.slug for each in found] == ["other-place", "small-place"]
    assert [each.queries for each in found] == [1, 0]
    assert found[0].bodies == 2
    assert not found[0].submitted
    client = signed_in(assurer)
    page = client.get("/places/", {"plan": ["small-place", "other-place", "other-place"], "sort": "nonsense"})
    assert page.status_code == 200
    assert "Position, first year" in page.content.decode()


def test_the_history_has_revisions_signatures_meetings_and_judgements_on_one_line(registers: Workspace) -> None:
    planner = registers.plan.organisation.memberships.get(role="planner").person
    secretary = registers.person("board-secretary")
    signing.submit_plan(actor=planner, plan=registers.plan)
    said = Said(verdict=Verdict.CONDITIONS, words="Name an owner.")
    member = registers.person("board-member")
    row = signing.sign_plan(actor=member, plan=registers.plan, body="Finance committee", said=said)
    signing.meet_condition(actor=member, condition=row.conditions.get(), words="The list.")
    fields = {"name": "Board", "quorum": "1", "starts": "2026-01-01"}
    board = board_actions.add_board(actor=secretary, plan=registers.plan, entry=Entry(fields))
    board_actions.call_meeting(actor=secretary, board=board, entry=Entry({"held": "2026-02-01"}))
    assurer = registers.person("regional-assurer", of=registers.region)
    judged = Entry({"line": "risks", "judgement": "assured", "reason": "Seen."})
    actions.judge_line(actor=assurer, plan=registers.plan, entry=judged)
    titles = [each.title for each in timeline_of(registers.plan)]
    assert titles == [
        "Line risks: assured",
        "Finance committee: condition met",
        "Finance committee: approved with conditions, revision 2",
        "Revision 2 put forward",
        "Revision 2",
        "Revision 1",
        "Board met",
    ]
    assert "Difference from revision 1" in _page(registers, "history/?kind=revision")
    assert "Board met" not in _page(registers, "history/?kind=revision", role="finance")
