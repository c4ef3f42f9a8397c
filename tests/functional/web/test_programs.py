"""The interface of programs: the rights of the pages, tokens that are kept to a role, and never a fault."""

import json
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in
from tests.functional.web.operations import ABOUT, FIGURE, LINES, OF_AUDITORS, OF_NO_PLAN, OPERATIONS, PLAN

from placeplan.app.workspace_rights import read_rights
from placeplan.registers.rights import Membership as HeldRole
from placeplan.registers.rights import Standing, may
from placeplan.web.access.models import Membership, Person
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.discussing.actions import begin_thread
from placeplan.web.discussing.models import Thread
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.policies import standing_of_plan
from placeplan.web.programs.actions import make_token
from placeplan.web.programs.interface import openapi
from placeplan.web.programs.models import Token
from placeplan.web.signing.models import ConditionRow, SignatureRow

PROGRAM = Client()  # one for all: it keeps nothing, for the interface sets no cookie


def token_of(person: Person) -> str:
    return make_token(actor=person, membership=Membership.objects.get(person=person), name="A test")[1]


def ask(token: str, method: str, address: str, *, sent: Any = None) -> HttpResponse:
    body: dict[str, Any] = {}
    if isinstance(sent, bytes):
        body = {"data": {"file": SimpleUploadedFile("plan.xlsx", sent)}}
    elif sent is not None:
        body = {"data": json.dumps(sent), "content_type": "application/json"}
    return getattr(PROGRAM, method)(address, **body, headers={"Authorization": f"Bearer {token}"})


def _condition(workspace: Workspace, person: Person) -> int:
    """The number of a condition under which a body approved."""
    revision = selectors.latest_revision(workspace.plan)
    said = {"body": "Governing body", "verdict": "approved-with-conditions", "at": revision.at, "sections": {}}
    row = SignatureRow.objects.create(plan=workspace.plan, revision=revision, person=person, words="x", **said)
    return ConditionRow.objects.create(signature=row, number=1, words="x").pk


@cache
def described() -> set[tuple[str, str]]:
    paths = openapi()["paths"]
    return {(method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}


def test_every_operation_has_its_row() -> None:
    assert described() == set(OPERATIONS) | OF_NO_PLAN | OF_AUDITORS


@pytest.mark.parametrize("organisation", ["own", "partner", "region", "stranger"])
@pytest.mark.parametrize("role", [role.id for role in read_rights().roles])
def test_a_token_opens_what_its_role_does_and_nothing_else(workspace: Workspace, role: str, organisation: str) -> None:
    of = getattr(workspace, organisation)
    token, held = token_of(workspace.person(role, of=of)), [HeldRole(role, of.slug)]
    standing = standing_of_plan(workspace.plan)
    sees = may(read_rights(), "see-plan", memberships=held, standing=standing)
    somebody = workspace.person("planner", name="Somebody who asks first")
    thread = begin_thread(actor=somebody, plan=workspace.plan, kind=Thread.Kind.COMMENT, about=FIGURE, words="Why?").pk
    condition = _condition(workspace, somebody)
    for (method, path), (address, sent, action) in OPERATIONS.items():
        found = address.replace("{thread}", str(thread)).replace("{condition}", str(condition))
        status = ask(token, method, found, sent=sent).status_code
        if not sees:
            assert status == 404, f"{method} {path} says that the plan exists"
        else:
            # A body is signed for by those who sit in it, here the organisation whose plan it is.
            stands = Standing(standing.owner) if action in ("sign-plan", "meet-condition") else standing
            allowed = may(read_rights(), action, memberships=held, standing=stands)
            assert (status != 403) is bool(allowed), f"{role} of {organisation}: {method} {path} answers {status}"
    listed = [each["id"] for each in ask(token, "get", "/api/v1/plans").json()]
    assert listed == (["small-place"] if sees else [])


@pytest.mark.parametrize("role", [role.id for role in read_rights().roles])
def test_the_record_is_for_auditors_and_tokens_of_theirs_that_say_so(workspace: Workspace, role: str) -> None:
    person = workspace.person(role)
    token, expected = token_of(person), 200 if role == "auditor" else 403
    for method, path in OF_AUDITORS:
        assert ask(token, method, f"/api/v1{path}").status_code == expected
    held = Membership.objects.get(person=person)
    _, narrow = make_token(actor=person, membership=held, name="Sees plans", wanted=[])
    assert {ask(narrow, method, f"/api/v1{path}").status_code for method, path in OF_AUDITORS} == {403}
    assert Event.objects.filter(verb="read-audit", refused=True).exists()


EVERY = sorted(set(OPERATIONS) | OF_NO_PLAN | OF_AUDITORS)
AT_A_TIME = 10  # tokens that open nothing are counted, and too many are another answer


@pytest.mark.parametrize("operations", [EVERY[start : start + AT_A_TIME] for start in range(0, len(EVERY), AT_A_TIME)])
def test_nothing_opens_without_a_token(workspace: Workspace, operations: list[tuple[str, str]]) -> None:
    session = signed_in(workspace.person("planner"))
    for operation in operations:
        address, sent, _ = OPERATIONS.get(operation, (f"/api/v1{operation[1]}", None, ""))
        address = address.replace("{thread}", "1").replace("{condition}", "1")
        for token in ("", "wrong", "x" * 5_000, "\u00e9"):
            answer = ask(token, operation[0], address, sent=sent)
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), operation
        with_session = getattr(session, operation[0])(address)
        assert with_session.status_code == 401, "a session opens nothing here, so that no other site can use it"


def test_a_token_is_kept_to_one_role_of_somebody_who_has_two(workspace: Workspace) -> None:
    person = workspace.person("planner")
    reading = Membership.objects.create(person=person, organisation=workspace.own, role="clinician")
    _, token = make_token(actor=person, membership=reading, name="Reads")
    assert ask(token, "get", PLAN).status_code == 200
    answer = ask(token, "put", f"{PLAN}/sections/{LINES}", sent={"text": "x", "replaces": ""})
    assert answer.status_code == 403
    assert answer.json()["title"].startswith("You may not change this plan.")


def test_a_token_is_shown_once_hashed_revocable_and_in_the_record(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    role = Membership.objects.get(person=planner).pk
    page = client.post("/tokens/", {"name": "<b>Nightly</b>", "role": role, "days": "90"}).content.decode()
    secret = page.split('Your token is <span class="code long">')[1].split("<")[0]
    assert "<b>Nightly" not in page
    assert secret not in client.get("/tokens/").content.decode()
    token = Token.objects.get()
    assert secret not in str(token.__dict__)
    assert ask(secret, "get", PLAN).status_code == 200
    assert client.post(reverse("programs:revoke", args=[token.pk])).status_code == 302
    assert ask(secret, "get", PLAN).status_code == 401
    events = Event.objects.filter(verb__in=["make-token", "revoke-token"])
    assert events.count() == 2
    assert not any(secret in str(event.detail) for event in events)


def test_a_token_ends_with_the_role_and_with_the_account(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    of_role, of_account = token_of(planner), token_of(finance)
    Membership.objects.get(person=planner).delete()
    finance.is_active = False
    finance.save()
    assert {ask(token, "get", PLAN).status_code for token in (of_role, of_account)} == {401}


def test_nobody_makes_or_revokes_a_token_of_somebody_else(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    token_of(planner)
    client = signed_in(workspace.person("clinician"))
    role, token = Membership.objects.get(person=planner).pk, Token.objects.get().pk
    assert client.post("/tokens/", {"name": "x", "role": role}).status_code == 404
    assert client.post(f"/tokens/{token}/revoke").status_code == 403
    assert client.post("/tokens/999/revoke").status_code == 404
    assert Token.objects.get().revoked is None
    assert Client().get("/tokens/").status_code == 302


def test_a_program_changes_a_section_and_publishes(workspace: Workspace) -> None:
    token = token_of(workspace.person("planner"))
    before = ask(token, "get", f"{PLAN}/sections/{ABOUT}").json()
    text = "# About\n\nA place that changed.\n"
    sent = {"text": text, "replaces": before["checksum"]}
    assert ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent=sent).status_code == 200
    stale = ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent={"text": "other", "replaces": before["checksum"]})
    assert (stale.status_code, stale.json()["text"]) == (409, text)
    published = ask(token, "post", f"{PLAN}/publish", sent={"message": "By a program"})
    assert (published.status_code, published.json()["number"]) == (201, 2)
    assert ask(token, "post", f"{PLAN}/publish", sent={"message": "Again"}).status_code == 404
    assert list(chain_faults()) == []


def test_a_program_brings_a_plan_in_or_reads_every_problem(workspace: Workspace) -> None:
    token = token_of(workspace.person("planner"))
    texts = {**SMALL_PLAN, "plan.yaml": SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place")}
    sent = {"organisation": "small-place", "message": "In", "sections": texts}
    broken = {**sent, "sections": {**texts, LINES: texts[LINES].replace('"1,000"', "lots")}}
    answer = ask(token, "post", "/api/v1/plans", sent=broken)
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["file"], problem["line"], problem["field"]) == (LINES, 2, "2014-15")
    assert ask(token, "post", "/api/v1/plans", sent=sent).status_code == 201
    assert ask(token, "post", "/api/v1/plans", sent={**sent, "organisation": "elsewhere"}).status_code == 403


def test_findings_come_as_json_and_sarif_also_of_a_draft_that_cannot_be_read(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    token = token_of(planner)
    assert "plans" in ask(token, "get", f"{PLAN}/findings").json()
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    replaces = selectors.checksums_of_draft(draft)[LINES]
    actions.write_section(actor=planner, draft=draft, section=LINES, text="nonsense", replaces=replaces)
    log = ask(token, "get", f"{PLAN}/findings?form=sarif").json()
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["results"]
    assert ask(token, "get", f"{PLAN}/workbook").status_code == 422


def test_a_figure_comes_with_its_derivation(workspace: Workspace) -> None:
    token = token_of(workspace.person("planner"))
    ids = [each["id"] for each in ask(token, "get", f"{PLAN}/figures?words=resources").json()]
    found = ask(token, "get", f"{PLAN}/figures/{ids[0]}").json()
    assert found["parts"]
    assert isinstance(found["value"], str)


def test_a_program_follows_a_plan_from_a_query_to_its_signatures(workspace: Workspace) -> None:
    planner, assurer = (
        token_of(workspace.person("planner")),
        token_of(workspace.person("regional-assurer", of=workspace.region)),
    )
    board = token_of(workspace.person("board-member"))
    raised = {"kind": "query", "about": FIGURE, "words": "Why so much?"}
    number = ask(assurer, "post", f"{PLAN}/threads", sent=raised).json()["number"]
    assert ask(planner, "post", f"{PLAN}/threads/{number}/replies", sent={"words": "See para 4."}).status_code == 201
    assert ask(planner, "post", f"{PLAN}/threads/{number}/close").status_code == 403
    assert ask(assurer, "post", f"{PLAN}/threads/{number}/close").json()["closed"]
    late = ask(planner, "post", f"{PLAN}/threads/{number}/replies", sent={"words": "More."})
    assert (late.status_code, late.json()["title"]) == (422, "This is closed. Begin a new one.")
    (told,) = ask(planner, "get", f"{PLAN}/threads?about={FIGURE}").json()
    assert [each["words"] for each in told["remarks"]] == ["Why so much?", "See para 4."]
    early = ask(board, "post", f"{PLAN}/signing/signatures", sent={"body": "Finance committee", "verdict": "approved"})
    assert early.status_code == 422
    assert ask(planner, "post", f"{PLAN}/signing/submit").json()["put_forward"]
    for body in ("Finance committee", "Governing body"):
        signed = ask(board, "post", f"{PLAN}/signing/signatures", sent={"body": body, "verdict": "approved"})
        assert signed.status_code == 201
    state = ask(planner, "get", f"{PLAN}/signing").json()
    assert (state["complete"], [each["verdict"] for each in state["bodies"]]) == (True, ["approved", "approved"])
    assert state["submissions"][0]["checksum"] == selectors.latest_revision(workspace.plan).checksum


def test_a_program_puts_a_workbook_in_sees_what_it_changes_and_takes_it_back(workspace: Workspace) -> None:
    token = token_of(workspace.person("planner"))
    workbook = ask(token, "get", f"{PLAN}/workbook").content
    sent = {"text": "# About\n\nAnother place.\n", "replaces": selectors.published(workspace.plan).checksums[ABOUT]}
    ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent=sent)
    difference = ask(token, "get", f"{PLAN}/draft/difference").json()
    assert "Another place." in json.dumps(difference["narrative"])
    assert ask(token, "post", f"{PLAN}/workbook?replaces=stale", sent=workbook).status_code == 422
    assert ask(token, "get", f"{PLAN}/draft").json()["sections"] == [ABOUT]
    assert ask(token, "delete", f"{PLAN}/draft").status_code == 204
    assert ask(token, "get", f"{PLAN}/draft").status_code == 404
    whole = selectors.published(workspace.plan).checksum
    assert ask(token, "post", f"{PLAN}/workbook?replaces={whole}", sent=workbook).status_code == 200


def test_a_program_says_what_stands_where_two_changed_the_same(workspace: Workspace) -> None:
    mine, theirs = token_of(workspace.person("planner")), token_of(workspace.person("finance"))
    replaces = selectors.published(workspace.plan).checksums[ABOUT]
    for token, words in ((mine, "mine"), (theirs, "theirs")):
        ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent={"text": f"# About {words}\n", "replaces": replaces})
    assert ask(theirs, "post", f"{PLAN}/publish", sent={"message": "First"}).status_code == 201
    conflict = ask(mine, "post", f"{PLAN}/publish", sent={"message": "Second"})
    assert (conflict.status_code, conflict.json()["sections"]) == (409, [ABOUT])
    (shown,) = ask(mine, "get", f"{PLAN}/draft/conflicts").json()
    assert [each["theirs"] for each in shown["paragraphs"]] == ["# About theirs"]
    address = f"{PLAN}/draft/bring-up-to-date"
    assert ask(mine, "post", address, sent={"sections": {}}).status_code == 409
    assert ask(mine, "post", address, sent={"sections": {ABOUT: "half \ud800"}}).status_code == 422
    assert ask(mine, "post", address, sent={"sections": {ABOUT: "# About both\n"}}).json()["revision"] == 2
    assert ask(mine, "post", f"{PLAN}/publish", sent={"message": "Second"}).json()["number"] == 3


def test_the_description_is_for_who_is_signed_in(workspace: Workspace) -> None:
    assert Client().get("/api/v1/openapi.json").status_code == 302
    answer = signed_in(workspace.person("clinician")).get("/api/v1/openapi.json")
    assert answer.json()["info"]["title"] == "Placeplan"


HARD = st.one_of(st.text(max_size=30), st.sampled_from(["small-place", LINES, ABOUT, FIGURE, "html", "\0", "\ud800"]))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | HARD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HARD, inner, max_size=3),
    max_leaves=6,
)
BODIES = st.one_of(
    ANYTHING,
    st.fixed_dictionaries({"text": st.none() | HARD, "replaces": HARD}),
    st.fixed_dictionaries({"message": HARD}),
    st.fixed_dictionaries(
        {
            "organisation": st.just("small-place") | HARD,
            "message": HARD,
            "sections": st.dictionaries(st.sampled_from([*SMALL_PLAN]) | HARD, HARD, max_size=4),
        }
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_that_the_description_allows_or_forbids_is_a_fault(
    workspace: Workspace, data: st.DataObject
) -> None:
    person = Person.objects.filter(memberships__role="planner").first() or workspace.person("planner")
    method, path = data.draw(st.sampled_from(sorted(described())))
    parts = {"slug": st.just("small-place") | HARD, "number": st.integers(-1, 10**30).map(str)}
    for name in ("slug", "number", "name", "form", "figure", "organisation", "chapter", "level", "measure"):
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", data.draw(parts.get(name, HARD)))
    client = Client(raise_request_exception=False)
    query = data.draw(st.dictionaries(st.sampled_from(["form", "words"]), st.text(max_size=9), max_size=2))
    address = f"/api/v1{path}".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    body = json.dumps(data.draw(BODIES))
    answer = client.generic(
        method.upper(),
        address,
        body,
        "application/json",
        query_params=query,
        headers={"Authorization": f"Bearer {token_of(person)}"},
    )
    assert answer.status_code < 500, (method, address, body)
