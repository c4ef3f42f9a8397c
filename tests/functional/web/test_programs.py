"""The interface of programs: the rights of the pages, tokens that are kept to a role, and never a fault."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

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

LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"
PLAN = "/api/v1/plans/small-place"
FIGURE = "finance.community.2014-15.total-resources"
# Each operation: its address, what is sent, and the right that it needs.
OPERATIONS: dict[tuple[str, str], tuple[str, Any, str]] = {
    ("get", "/plans/{slug}"): (PLAN, None, "see-plan"),
    ("get", "/plans/{slug}/revisions"): (f"{PLAN}/revisions", None, "see-plan"),
    ("get", "/plans/{slug}/revisions/{number}/sections"): (f"{PLAN}/revisions/1/sections", None, "take-plan-out"),
    ("get", "/plans/{slug}/sections"): (f"{PLAN}/sections", None, "see-plan"),
    ("get", "/plans/{slug}/sections/{name}"): (f"{PLAN}/sections/{LINES}", None, "see-plan"),
    ("put", "/plans/{slug}/sections/{name}"): (f"{PLAN}/sections/{LINES}", {"text": "x", "replaces": ""}, "edit-plan"),
    ("post", "/plans/{slug}/publish"): (f"{PLAN}/publish", {"message": "x"}, "publish-revision"),
    ("get", "/plans/{slug}/findings"): (f"{PLAN}/findings", None, "see-plan"),
    ("get", "/plans/{slug}/figures"): (f"{PLAN}/figures", None, "see-plan"),
    ("get", "/plans/{slug}/figures/{figure}"): (f"{PLAN}/figures/{FIGURE}", None, "see-plan"),
    ("get", "/plans/{slug}/workbook"): (f"{PLAN}/workbook", None, "take-plan-out"),
    ("post", "/plans/{slug}/documents/{form}"): (f"{PLAN}/documents/html", None, "take-plan-out"),
    ("get", "/plans/{slug}/revisions/{number}/documents/{form}"): (
        f"{PLAN}/revisions/1/documents/html",
        None,
        "take-plan-out",
    ),
    ("get", "/plans/{slug}/documents/{form}"): (f"{PLAN}/documents/html", None, "take-plan-out"),
    ("get", "/plans/{slug}/revisions/{number}/files"): (f"{PLAN}/revisions/1/files", None, "take-plan-out"),
    ("get", "/plans/{slug}/revisions/{number}/difference"): (f"{PLAN}/revisions/1/difference", None, "see-plan"),
    ("get", "/plans/{slug}/draft"): (f"{PLAN}/draft", None, "edit-plan"),
    ("get", "/plans/{slug}/draft/difference"): (f"{PLAN}/draft/difference", None, "see-plan"),
    ("post", "/plans/{slug}/draft/bring-up-to-date"): (f"{PLAN}/draft/bring-up-to-date", {"sections": {}}, "edit-plan"),
    ("delete", "/plans/{slug}/draft"): (f"{PLAN}/draft", None, "edit-plan"),
    ("post", "/plans/{slug}/workbook"): (f"{PLAN}/workbook?replaces=x", b"no workbook", "edit-plan"),
    ("get", "/plans/{slug}/partners"): (f"{PLAN}/partners", None, "share-plan"),
    ("put", "/plans/{slug}/partners/{organisation}"): (f"{PLAN}/partners/elsewhere", None, "share-plan"),
    ("delete", "/plans/{slug}/partners/{organisation}"): (f"{PLAN}/partners/elsewhere", None, "share-plan"),
    ("get", "/plans/{slug}/threads"): (f"{PLAN}/threads", None, "see-plan"),
    ("post", "/plans/{slug}/threads"): (
        f"{PLAN}/threads",
        {"kind": "query", "about": FIGURE, "words": "Why?"},
        "raise-query",
    ),
    ("post", "/plans/{slug}/threads/{number}/replies"): (
        f"{PLAN}/threads/{{thread}}/replies",
        {"words": "x"},
        "comment",
    ),
    ("post", "/plans/{slug}/threads/{number}/close"): (f"{PLAN}/threads/{{thread}}/close", None, "comment"),
    ("get", "/plans/{slug}/signing"): (f"{PLAN}/signing", None, "see-plan"),
    ("post", "/plans/{slug}/signing/submit"): (f"{PLAN}/signing/submit", None, "submit-plan"),
    ("post", "/plans/{slug}/signing/signatures"): (
        f"{PLAN}/signing/signatures",
        {"body": "Finance committee", "verdict": "approved"},
        "sign-plan",
    ),
}
OF_NO_PLAN = {("get", "/plans"), ("post", "/plans")}


def _token(person: Person) -> str:
    return make_token(actor=person, membership=Membership.objects.get(person=person), name="A test")[1]


def _ask(token: str, method: str, address: str, *, sent: Any = None) -> HttpResponse:
    body: dict[str, Any] = {}
    if isinstance(sent, bytes):
        body = {"data": {"file": SimpleUploadedFile("plan.xlsx", sent)}}
    elif sent is not None:
        body = {"data": json.dumps(sent), "content_type": "application/json"}
    return getattr(Client(), method)(address, **body, headers={"Authorization": f"Bearer {token}"})


def _described() -> set[tuple[str, str]]:
    paths = openapi()["paths"]
    return {(method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}


def test_every_operation_has_its_row() -> None:
    assert _described() == set(OPERATIONS) | OF_NO_PLAN


@pytest.mark.parametrize("organisation", ["own", "partner", "region", "stranger"])
@pytest.mark.parametrize("role", [role.id for role in read_rights().roles])
def test_a_token_opens_what_its_role_does_and_nothing_else(workspace: Workspace, role: str, organisation: str) -> None:
    of = getattr(workspace, organisation)
    token, held = _token(workspace.person(role, of=of)), [HeldRole(role, of.slug)]
    standing = standing_of_plan(workspace.plan)
    sees = may(read_rights(), "see-plan", memberships=held, standing=standing)
    somebody = workspace.person("planner", name="Somebody who asks first")
    thread = begin_thread(actor=somebody, plan=workspace.plan, kind=Thread.Kind.COMMENT, about=FIGURE, words="Why?").pk
    for (method, path), (address, sent, action) in OPERATIONS.items():
        status = _ask(token, method, address.replace("{thread}", str(thread)), sent=sent).status_code
        if not sees:
            assert status == 404, f"{method} {path} says that the plan exists"
        else:
            # A body is signed for by those who sit in it, here the organisation whose plan it is.
            stands = Standing(standing.owner) if action == "sign-plan" else standing
            allowed = may(read_rights(), action, memberships=held, standing=stands)
            assert (status != 403) is bool(allowed), f"{role} of {organisation}: {method} {path} answers {status}"
    listed = [each["id"] for each in _ask(token, "get", "/api/v1/plans").json()]
    assert listed == (["small-place"] if sees else [])


@pytest.mark.parametrize("operation", sorted(set(OPERATIONS) | OF_NO_PLAN), ids=" ".join)
def test_nothing_opens_without_a_token(workspace: Workspace, operation: tuple[str, str]) -> None:
    address, sent, _ = OPERATIONS.get(operation, ("/api/v1/plans", None, ""))
    address = address.replace("{thread}", "1")
    for token in ("", "wrong", "x" * 5_000, "\u00e9"):
        answer = _ask(token, operation[0], address, sent=sent)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    with_session = getattr(signed_in(workspace.person("planner")), operation[0])(address)
    assert with_session.status_code == 401, "a session opens nothing here, so that no other site can use it"


def test_a_token_is_kept_to_one_role_of_somebody_who_has_two(workspace: Workspace) -> None:
    person = workspace.person("planner")
    reading = Membership.objects.create(person=person, organisation=workspace.own, role="clinician")
    _, token = make_token(actor=person, membership=reading, name="Reads")
    assert _ask(token, "get", PLAN).status_code == 200
    answer = _ask(token, "put", f"{PLAN}/sections/{LINES}", sent={"text": "x", "replaces": ""})
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
    assert _ask(secret, "get", PLAN).status_code == 200
    assert client.post(reverse("programs:revoke", args=[token.pk])).status_code == 302
    assert _ask(secret, "get", PLAN).status_code == 401
    events = Event.objects.filter(verb__in=["make-token", "revoke-token"])
    assert events.count() == 2
    assert not any(secret in str(event.detail) for event in events)


def test_a_token_ends_with_the_role_and_with_the_account(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    of_role, of_account = _token(planner), _token(finance)
    Membership.objects.get(person=planner).delete()
    finance.is_active = False
    finance.save()
    assert {_ask(token, "get", PLAN).status_code for token in (of_role, of_account)} == {401}


def test_nobody_makes_or_revokes_a_token_of_somebody_else(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    _token(planner)
    client = signed_in(workspace.person("clinician"))
    role, token = Membership.objects.get(person=planner).pk, Token.objects.get().pk
    assert client.post("/tokens/", {"name": "x", "role": role}).status_code == 404
    assert client.post(f"/tokens/{token}/revoke").status_code == 403
    assert client.post("/tokens/999/revoke").status_code == 404
    assert Token.objects.get().revoked is None
    assert Client().get("/tokens/").status_code == 302


def test_a_program_changes_a_section_and_publishes(workspace: Workspace) -> None:
    token = _token(workspace.person("planner"))
    before = _ask(token, "get", f"{PLAN}/sections/{ABOUT}").json()
    text = "# About\n\nA place that changed.\n"
    sent = {"text": text, "replaces": before["checksum"]}
    assert _ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent=sent).status_code == 200
    stale = _ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent={"text": "other", "replaces": before["checksum"]})
    assert (stale.status_code, stale.json()["text"]) == (409, text)
    published = _ask(token, "post", f"{PLAN}/publish", sent={"message": "By a program"})
    assert (published.status_code, published.json()["number"]) == (201, 2)
    assert _ask(token, "post", f"{PLAN}/publish", sent={"message": "Again"}).status_code == 404
    assert list(chain_faults()) == []


def test_a_program_brings_a_plan_in_or_reads_every_problem(workspace: Workspace) -> None:
    token = _token(workspace.person("planner"))
    texts = {**SMALL_PLAN, "plan.yaml": SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place")}
    sent = {"organisation": "small-place", "message": "In", "sections": texts}
    broken = {**sent, "sections": {**texts, LINES: texts[LINES].replace('"1,000"', "lots")}}
    answer = _ask(token, "post", "/api/v1/plans", sent=broken)
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["file"], problem["line"], problem["field"]) == (LINES, 2, "2014-15")
    assert _ask(token, "post", "/api/v1/plans", sent=sent).status_code == 201
    assert _ask(token, "post", "/api/v1/plans", sent={**sent, "organisation": "elsewhere"}).status_code == 403


def test_findings_come_as_json_and_sarif_also_of_a_draft_that_cannot_be_read(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    token = _token(planner)
    assert "plans" in _ask(token, "get", f"{PLAN}/findings").json()
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    replaces = selectors.checksums_of_draft(draft)[LINES]
    actions.write_section(actor=planner, draft=draft, section=LINES, text="nonsense", replaces=replaces)
    log = _ask(token, "get", f"{PLAN}/findings?form=sarif").json()
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["results"]
    assert _ask(token, "get", f"{PLAN}/workbook").status_code == 422


def test_a_figure_comes_with_its_derivation(workspace: Workspace) -> None:
    token = _token(workspace.person("planner"))
    ids = [each["id"] for each in _ask(token, "get", f"{PLAN}/figures?words=resources").json()]
    found = _ask(token, "get", f"{PLAN}/figures/{ids[0]}").json()
    assert found["parts"]
    assert isinstance(found["value"], str)


def test_a_program_follows_a_plan_from_a_query_to_its_signatures(workspace: Workspace) -> None:
    planner, assurer = (
        _token(workspace.person("planner")),
        _token(workspace.person("regional-assurer", of=workspace.region)),
    )
    board = _token(workspace.person("board-member"))
    raised = {"kind": "query", "about": FIGURE, "words": "Why so much?"}
    number = _ask(assurer, "post", f"{PLAN}/threads", sent=raised).json()["number"]
    assert _ask(planner, "post", f"{PLAN}/threads/{number}/replies", sent={"words": "See para 4."}).status_code == 201
    assert _ask(planner, "post", f"{PLAN}/threads/{number}/close").status_code == 403
    assert _ask(assurer, "post", f"{PLAN}/threads/{number}/close").json()["closed"]
    late = _ask(planner, "post", f"{PLAN}/threads/{number}/replies", sent={"words": "More."})
    assert (late.status_code, late.json()["title"]) == (422, "This is closed. Begin a new one.")
    (told,) = _ask(planner, "get", f"{PLAN}/threads?about={FIGURE}").json()
    assert [each["words"] for each in told["remarks"]] == ["Why so much?", "See para 4."]
    early = _ask(board, "post", f"{PLAN}/signing/signatures", sent={"body": "Finance committee", "verdict": "approved"})
    assert early.status_code == 422
    assert _ask(planner, "post", f"{PLAN}/signing/submit").json()["put_forward"]
    for body in ("Finance committee", "Governing body"):
        signed = _ask(board, "post", f"{PLAN}/signing/signatures", sent={"body": body, "verdict": "approved"})
        assert signed.status_code == 201
    state = _ask(planner, "get", f"{PLAN}/signing").json()
    assert (state["complete"], [each["verdict"] for each in state["bodies"]]) == (True, ["approved", "approved"])
    assert state["submissions"][0]["checksum"] == selectors.latest_revision(workspace.plan).checksum


def test_a_program_puts_a_workbook_in_sees_what_it_changes_and_takes_it_back(workspace: Workspace) -> None:
    token = _token(workspace.person("planner"))
    workbook = _ask(token, "get", f"{PLAN}/workbook").content
    sent = {"text": "# About\n\nAnother place.\n", "replaces": selectors.published(workspace.plan).checksums[ABOUT]}
    _ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent=sent)
    difference = _ask(token, "get", f"{PLAN}/draft/difference").json()
    assert "Another place." in json.dumps(difference["narrative"])
    assert _ask(token, "post", f"{PLAN}/workbook?replaces=stale", sent=workbook).status_code == 422
    assert _ask(token, "get", f"{PLAN}/draft").json()["sections"] == [ABOUT]
    assert _ask(token, "delete", f"{PLAN}/draft").status_code == 204
    assert _ask(token, "get", f"{PLAN}/draft").status_code == 404
    whole = selectors.published(workspace.plan).checksum
    assert _ask(token, "post", f"{PLAN}/workbook?replaces={whole}", sent=workbook).status_code == 200


def test_a_program_says_what_stands_where_two_changed_the_same(workspace: Workspace) -> None:
    mine, theirs = _token(workspace.person("planner")), _token(workspace.person("finance"))
    replaces = selectors.published(workspace.plan).checksums[ABOUT]
    for token, words in ((mine, "mine"), (theirs, "theirs")):
        _ask(token, "put", f"{PLAN}/sections/{ABOUT}", sent={"text": f"# About {words}\n", "replaces": replaces})
    assert _ask(theirs, "post", f"{PLAN}/publish", sent={"message": "First"}).status_code == 201
    conflict = _ask(mine, "post", f"{PLAN}/publish", sent={"message": "Second"})
    assert (conflict.status_code, conflict.json()["sections"]) == (409, [ABOUT])
    address = f"{PLAN}/draft/bring-up-to-date"
    assert _ask(mine, "post", address, sent={"sections": {}}).status_code == 409
    assert _ask(mine, "post", address, sent={"sections": {ABOUT: "half \ud800"}}).status_code == 422
    assert _ask(mine, "post", address, sent={"sections": {ABOUT: "# About both\n"}}).json()["revision"] == 2
    assert _ask(mine, "post", f"{PLAN}/publish", sent={"message": "Second"}).json()["number"] == 3


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
    method, path = data.draw(st.sampled_from(sorted(_described())))
    parts = {"slug": st.just("small-place") | HARD, "number": st.integers(-1, 10**30).map(str)}
    for name in ("slug", "number", "name", "form", "figure", "organisation"):
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
        headers={"Authorization": f"Bearer {_token(person)}"},
    )
    assert answer.status_code < 500, (method, address, body)
