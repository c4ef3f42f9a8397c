"""Bodies sign a revision in their order; a late change re-opens what rested on it; the submission stays as it was."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.registers.sign_off import State, Verdict
from placeplan.web.access.models import Person
from placeplan.web.access.policies import RefusedError
from placeplan.web.auditing.models import Event
from placeplan.web.evidencing.actions import SentFile
from placeplan.web.evidencing.models import Evidence
from placeplan.web.planning import actions as planning
from placeplan.web.planning import selectors as plans
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.signing import actions
from placeplan.web.signing.actions import Said
from placeplan.web.signing.selectors import conditions_of, sign_off_of

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
    said = Said(verdict=verdict, words=words)
    actions.sign_plan(actor=member, plan=workspace.plan, body=body, said=said)


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


PDF = SentFile("letter <1>.pdf", b"%PDF-1.7 a letter")


def test_a_condition_stays_open_until_it_is_met_with_evidence(workspace: Workspace) -> None:
    planner, member = workspace.person("planner"), workspace.person("board-member")
    actions.submit_plan(actor=planner, plan=workspace.plan)
    _sign(member, workspace, body=FINANCE, verdict=Verdict.CONDITIONS, words="Report on risk.\n\nName an owner.")
    conditions = conditions_of(workspace.plan)
    assert [each.words for each in conditions] == ["Report on risk.", "Name an owner."]
    assert _states(workspace) == [State.CONDITIONS, State.OPEN], "a body that approved with conditions holds up none"
    with pytest.raises(WriteRefusedError, match="Say what shows"):
        actions.meet_condition(actor=member, condition=conditions[0], words=" ")
    with pytest.raises(RefusedError, match="You may not say that a condition"):
        actions.meet_condition(actor=planner, condition=conditions[0], words="It is.")
    actions.meet_condition(actor=member, condition=conditions[0], words="The report of May.", file=PDF)
    with pytest.raises(WriteRefusedError, match="met already"):
        actions.meet_condition(actor=member, condition=conditions[0], words="Again.")
    assert _states(workspace)[0] is State.CONDITIONS
    actions.meet_condition(actor=workspace.person("board-secretary"), condition=conditions[1], words="The director.")
    assert _states(workspace)[0] is State.SIGNED


def test_evidence_is_kept_by_its_checksum_and_only_taken_away(workspace: Workspace) -> None:
    member = workspace.person("board-member")
    actions.submit_plan(actor=workspace.person("planner"), plan=workspace.plan)
    client = signed_in(member)
    sent = {"body": FINANCE, "verdict": "approved", "file": SimpleUploadedFile(PDF.name, PDF.content)}
    assert client.post("/plans/small-place/signing/sign", sent).status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.file_id == hashlib.sha256(PDF.content).hexdigest()
    assert Event.objects.get(verb="sign-plan").detail["evidence"] == evidence.file_id
    answer = client.get(f"/plans/small-place/evidence/{evidence.pk}")
    assert answer.content == PDF.content
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''letter%20-1-.pdf"
    assert (
        signed_in(workspace.person("planner", of=workspace.stranger)).get(answer.request["PATH_INFO"]).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<script>", "cannot be kept as evidence"),
        ("letter.pdf", b"<script>", "is no PDF"),
        ("letter.txt", b"a\0b", "is no plain text"),
        ("letter.txt", b"x" * (8 * 1024 * 1024 + 1), "is larger than 8 MiB"),
        ("", b"", "cannot be kept"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_and_nothing_is_signed(
    workspace: Workspace, name: str, content: bytes, words: str
) -> None:
    member = workspace.person("board-member")
    actions.submit_plan(actor=workspace.person("planner"), plan=workspace.plan)
    said = Said(verdict=Verdict.APPROVED, file=SentFile(name, content))
    with pytest.raises(WriteRefusedError, match=words):
        actions.sign_plan(actor=member, plan=workspace.plan, body=FINANCE, said=said)
    assert not Evidence.objects.exists()
    assert _states(workspace)[0] is State.OPEN


def test_a_partner_with_an_internal_process_signs_after_it(workspace: Workspace) -> None:
    planner, member = workspace.person("planner"), workspace.person("board-member", of=workspace.partner)
    header = SMALL_PLAN["plan.yaml"].replace(
        "{name: Finance committee}", "{name: Finance committee, any_time: true, internal: [Officers]}"
    )
    _publish(planner, workspace, section="plan.yaml", text=header)
    actions.submit_plan(actor=planner, plan=workspace.plan)
    actions.seat_body(actor=planner, plan=workspace.plan, body=FINANCE, organisation=workspace.partner)
    with pytest.raises(WriteRefusedError, match="Finance committee: Officers signs before Finance committee"):
        _sign(member, workspace, body=FINANCE)
    _sign(member, workspace, body=f"{FINANCE}: Officers")
    _sign(member, workspace, body=FINANCE)
    assert _states(workspace) == [State.SIGNED, State.SIGNED, State.OPEN]
    with pytest.raises(WriteRefusedError, match="does not sign this plan"):
        actions.seat_body(actor=planner, plan=workspace.plan, body=f"{FINANCE}: Officers", organisation=workspace.own)


def test_a_submission_is_there_for_ever_with_the_checksum_of_its_files(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    submission = actions.submit_plan(actor=planner, plan=workspace.plan)
    client = signed_in(planner)
    before = client.get("/plans/small-place/signing/submissions/1/checksums").content
    archive = client.get("/plans/small-place/history/1/files").content
    _publish(planner, workspace, section=ABOUT, text="# About\n\nA late change.\n")
    assert client.get("/plans/small-place/signing/submissions/1/checksums").content == before
    assert client.get("/plans/small-place/history/1/files").content == archive
    assert hashlib.sha256(before).hexdigest() == submission.revision.checksum
    assert submission.revision.checksum in client.get("/plans/small-place/signing/submissions/1/").content.decode()
    assert client.get("/plans/small-place/signing/submissions/2/").status_code == 404
