"""Bodies sign a revision in their order; a late change re-opens what rested on it; the submission stays as it was."""

import pytest
from tests.functional.web.conftest import SMALL_PLAN, Workspace

from placeplan.registers.sign_off import State, Verdict
from placeplan.web.access.models import Person
from placeplan.web.access.policies import RefusedError
from placeplan.web.planning import actions as planning
from placeplan.web.planning import selectors as plans
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.signing import actions
from placeplan.web.signing.selectors import sign_off_of

FINANCE, GOVERNING = "Finance committee", "Governing body"
ABOUT = "narrative/01-about.md"


def _states(workspace: Workspace) -> list[State]:
    return [each.state for each in sign_off_of(workspace.plan).states]


def _publish(planner: Person, workspace: Workspace, *, section: str, text: str) -> None:
    draft = planning.open_draft(actor=planner, plan=workspace.plan)
    replaces = plans.checksums_of_draft(draft).get(section, "")
    planning.write_section(actor=planner, draft=draft, section=section, text=text, replaces=replaces)
    planning.publish_draft(actor=planner, draft=draft, message="A change")


def _sign(
    member: Person, workspace: Workspace, *, body: str, verdict: Verdict = Verdict.APPROVED, words: str = ""
) -> None:
    actions.sign_plan(actor=member, plan=workspace.plan, body=body, verdict=verdict, words=words)


def test_a_board_signs_in_order_and_a_late_change_reopens(workspace: Workspace) -> None:
    planner, member = workspace.person("planner"), workspace.person("board-member")
    finance_only = SMALL_PLAN["plan.yaml"].replace(
        "{name: Finance committee}", '{name: Finance committee, depends_on: ["finance/*"]}'
    )
    _publish(planner, workspace, section="plan.yaml", text=finance_only)
    actions.submit_plan(actor=planner, plan=workspace.plan)
    assert _states(workspace) == [State.OPEN, State.WAITING]
    with pytest.raises(WriteRefusedError, match="Finance committee signs before Governing body"):
        _sign(member, workspace, body=GOVERNING)
    _sign(member, workspace, body=FINANCE)
    _sign(member, workspace, body=GOVERNING, verdict=Verdict.CONDITIONS, words="Report on risk each quarter.")
    assert sign_off_of(workspace.plan).complete
    _publish(planner, workspace, section=ABOUT, text="# About\n\nA late change.\n")
    assert _states(workspace) == [State.SIGNED, State.REOPENED]
    assert not sign_off_of(workspace.plan).complete


def test_what_was_not_put_forward_is_not_signed(workspace: Workspace) -> None:
    with pytest.raises(WriteRefusedError, match="was not put forward"):
        _sign(workspace.person("board-member"), workspace, body=FINANCE)


def test_a_plan_that_is_returned_is_signed_after_it_is_mended(workspace: Workspace) -> None:
    planner, member = workspace.person("planner"), workspace.person("board-member")
    actions.submit_plan(actor=planner, plan=workspace.plan)
    with pytest.raises(WriteRefusedError, match="Say the conditions"):
        _sign(member, workspace, body=FINANCE, verdict=Verdict.RETURNED)
    _sign(member, workspace, body=FINANCE, verdict=Verdict.RETURNED, words="The text is thin.")
    assert _states(workspace) == [State.RETURNED, State.WAITING]
    _publish(planner, workspace, section=ABOUT, text="# About\n\nA fuller text.\n")
    actions.submit_plan(actor=planner, plan=workspace.plan)
    _sign(member, workspace, body=FINANCE)
    assert _states(workspace) == [State.SIGNED, State.OPEN]


def test_a_body_is_signed_for_by_those_who_sit_in_it(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    ours, theirs = workspace.person("board-member"), workspace.person("board-member", of=workspace.partner)
    actions.submit_plan(actor=planner, plan=workspace.plan)
    actions.seat_body(actor=planner, plan=workspace.plan, body=FINANCE, organisation=workspace.partner)
    with pytest.raises(RefusedError, match="You may not sign this plan"):
        _sign(ours, workspace, body=FINANCE)
    _sign(theirs, workspace, body=FINANCE)
    with pytest.raises(RefusedError):
        _sign(theirs, workspace, body=GOVERNING)
    with pytest.raises(RefusedError):
        _sign(planner, workspace, body=GOVERNING)


def test_putting_forward_twice_is_once(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    first = actions.submit_plan(actor=planner, plan=workspace.plan)
    assert actions.submit_plan(actor=planner, plan=workspace.plan) == first


def test_a_plan_without_partners_is_not_put_forward(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    without = SMALL_PLAN["plan.yaml"].split("partners:", maxsplit=1)[0]
    _publish(planner, workspace, section="plan.yaml", text=without)
    with pytest.raises(WriteRefusedError, match="Nobody signs this plan"):
        actions.submit_plan(actor=planner, plan=workspace.plan)
