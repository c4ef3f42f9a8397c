"""Who reports to whom in the workspace; goals filled in where they are missing; queries on lines of assurance."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests.functional.web.browsing import SignIn, accessible
from tests.functional.web.conftest import Workspace, signed_in
from tests.functional.web.governing import publish

from placeplan.web.auditing.models import Event
from placeplan.web.discussing.actions import begin_thread, reply
from placeplan.web.discussing.models import Thread
from placeplan.web.entries import Entry
from placeplan.web.meetings import board_actions
from placeplan.web.meetings.selectors import today
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Draft

START = "/plans/small-place/"
GOALS = "registers/goals.csv"
LINES = "group,to,line,starts,ends\ntask,board,reports-to,,2017-12-31\ntask,nation,reports-into,2018-01-01,\n"
BLANK = {"action": "", "reason": "", "owner": "", "source": ""}


def _groups(last: str) -> dict[str, str]:
    boards = "board,Partnership Board,board,,\nnation,National body,board,,\n"
    text = f"group,title,kind,starts,ends\n{boards}task,Winter <b>task</b> group,fixed-life,,{last}\n"
    return {"registers/groups.csv": text, "registers/reporting_lines.csv": LINES}


@pytest.fixture
def governed(workspace: Workspace) -> Workspace:
    """The workspace, with groups in its plan of which one ends in a month."""
    publish(workspace.person("planner"), workspace, _groups((today() + timedelta(days=30)).isoformat()))
    return workspace


def _client(workspace: Workspace, role: str) -> Client:
    held = workspace.plan.organisation.memberships.filter(role=role).first()
    return signed_in(held.person if held else workspace.person(role))


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(f"{START}{address}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_map_is_shown_as_it_was_on_any_day(governed: Workspace) -> None:
    client = _client(governed, "clinician")
    page = _page(client, "governance/?day=2017-06-01")
    assert "Winter &lt;b&gt;task&lt;/b&gt; group reports to Partnership Board" in page
    assert "Who reports to whom on 1 June 2017" in page
    page = _page(client, "governance/?day=2018-06-01")
    assert "Winter &lt;b&gt;task&lt;/b&gt; group reports into National body" in page
    assert "Day: give a day" in _page(client, "governance/?day=soon", status=422)
    assert "Boards and groups" in _page(client, "governance/")


def test_what_ends_soon_is_told_where_people_begin(governed: Workspace) -> None:
    client = _client(governed, "planner")
    assert "Boards and groups that end: 1" in _page(client, "")
    assert "Ends soon, or ended and still named" in _page(client, "meetings/")
    publish(governed.plan.organisation.memberships.get(role="planner").person, governed, _groups("2019-01-31"))
    assert "ended 31 January 2019" in _page(client, "governance/"), "a line in force names a group that has expired"


def test_a_board_is_tied_to_a_group_and_a_group_meets_once(governed: Workspace) -> None:
    secretary = governed.person("board-secretary")
    fields = {"name": "The board", "quorum": "1", "starts": "2017-01-01", "group": "board"}
    board = board_actions.add_board(actor=secretary, plan=governed.plan, entry=Entry(fields))
    with pytest.raises(WriteRefusedError, match="it meets as The board already"):
        board_actions.add_board(actor=secretary, plan=governed.plan, entry=Entry(fields | {"name": "Another"}))
    with pytest.raises(WriteRefusedError, match="Group of the plan: choose one of the list"):
        board_actions.add_board(actor=secretary, plan=governed.plan, entry=Entry(fields | {"group": "nobody"}))
    assert f'href="/plans/small-place/meetings/boards/{board.pk}/">The board</a>' in _page(
        signed_in(secretary), "governance/"
    )
    assert "Meets for: Partnership Board" in _page(signed_in(secretary), "meetings/")
    assert 'name="name" value="National body"' in _page(signed_in(secretary), "meetings/?group=nation")
    board_actions.change_board(actor=secretary, board=board, entry=Entry({"quorum": "2", "group": ""}))
    assert "Meets for" not in _page(signed_in(secretary), "meetings/")
    assert Event.objects.filter(verb="change-board").get().detail["group"] == ""


def test_minutes_received_are_listed(governed: Workspace) -> None:
    secretary = governed.person("board-secretary")
    fields = {"name": "County board", "quorum": "1", "starts": "2015-01-01"}
    board = board_actions.add_board(actor=secretary, plan=governed.plan, entry=Entry(fields))
    below = fields | {"name": "Ashford board", "sends_minutes_to": str(board.pk), "every_months": "3"}
    local = board_actions.add_board(actor=secretary, plan=governed.plan, entry=Entry(below))
    sent = {"local": str(local.pk), "held": "2015-11-24", "received": "2015-12-01"}
    board_actions.receive_minutes(actor=secretary, board=board, entry=Entry(sent))
    page = _page(signed_in(secretary), f"meetings/boards/{board.pk}/")
    assert "Minutes received of local boards" in page
    assert "24 November 2015" in page


def _fill(client: Client, goal: str = "ambition-1", **fields: str) -> int:
    sent = {"goal": goal, "programme": "trauma", "before": json.dumps(BLANK), **fields}
    return client.post(f"{START}traceability/goal", sent).status_code


def test_a_missing_cell_is_filled_in_place_and_the_next_one_opens(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    assert "the plan says nothing of them" in _page(client, "traceability/")
    sent = {"goal": "ambition-1", "programme": "mental-health", "action": "Secure care near home", "next": "yes"}
    answer = client.post(f"{START}traceability/goal", sent | {"before": json.dumps(BLANK)})
    assert answer["Location"] == f"{START}traceability/?fill=ambition-2&programme=internal-medicine#fill"
    text = selectors.texts_of_draft(Draft.objects.get())[GOALS]
    assert "ambition-1,mental-health,Secure care near home" in text
    page = _page(client, "traceability/?fill=ambition-1&programme=mental-health")
    assert "<b>49</b> of 50 cells say nothing yet" in page
    assert 'href="/plans/small-place/row/registers/goals.csv?key=ambition-1&amp;key=mental-health"' in page
    assert Event.objects.filter(verb="write-section").get().detail["section"] == GOALS


def test_a_cell_is_refused_with_words_and_never_written_over(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    assert _fill(client) == 422, "neither an action nor a reason"
    assert _fill(client, action="Something", reason="Nothing") == 422
    assert _fill(client, goal="ambition-99", action="x") == 404
    assert _fill(client, action="A first text", owner="Director") == 302
    sent = {"goal": "ambition-1", "programme": "trauma", "before": json.dumps(BLANK), "action": "A second text"}
    answer = client.post(f"{START}traceability/goal", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A first text" in page
    assert "A second text" in page
    before = {**BLANK, "action": "A first text", "owner": "Director"}
    assert _fill(client, before=json.dumps(before), reason="Not bought here") == 302
    assert "ambition-1,trauma,,Not bought here" in selectors.texts_of_draft(Draft.objects.get())[GOALS]


def test_who_may_not_edit_reads_the_matrix(workspace: Workspace) -> None:
    publish(
        workspace.person("planner"), workspace, {GOALS: "goal,programme,reason\nambition-1,trauma,Bought elsewhere\n"}
    )
    page = _page(_client(workspace, "clinician"), "traceability/?fill=ambition-1&programme=trauma")
    assert "Nothing: Bought elsewhere" in page
    assert 'name="action"' not in page


def test_a_query_is_raised_on_a_line_of_assurance_and_comes_back_answered(governed: Workspace) -> None:
    assurer = governed.person("regional-assurer", of=governed.region)
    client = signed_in(assurer)
    assert "?about=assurance+line+governance" in _page(client, "assurance/")
    about = "assurance line governance"
    thread = begin_thread(
        actor=assurer, plan=governed.plan, kind=Thread.Kind.QUERY, about=about, words="Who chairs it?"
    )
    page = _page(client, "assurance/")
    assert "1 open query" in page
    assert "waits for the planner" in page
    assert f'href="{START}assurance/#line-governance"' in _page(_client(governed, "planner"), "discussion/")
    planner = governed.plan.organisation.memberships.get(role="planner").person
    reply(actor=planner, thread=thread, words="The accountable officer.")
    assert "answered, with the assurer" in _page(client, "assurance/")
    assert "Asked for round 2014-15" in _page(client, "assurance/")


def test_goals_are_filled_in_by_keyboard_alone(sign_in: SignIn) -> None:
    page = sign_in("planner")
    page.goto(f"{START}traceability/?fill=ambition-1&programme=trauma#fill")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is done", exact=True)).to_be_focused()
    page.keyboard.type("Networks of trauma units")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save and go to the next that is missing")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Goal 1, women and children")).to_be_visible()
    accessible(page, "a cell of the goals")
    expect(page.get_by_role("link", name="goal 1, Trauma")).to_contain_text("Networks of trauma units")
