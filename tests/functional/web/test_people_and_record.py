"""Pages of people and of the record: who sees them, what they do, and what they keep to themselves."""

import csv
from io import StringIO

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access.models import Membership
from placeplan.web.auditing.exporting import as_text
from placeplan.web.auditing.models import Event
from placeplan.web.planning import actions

PEOPLE, RECORD, FILE = "/people/", "/record/", "/record/file"
ROLES = [role.id for role in read_rights().roles]


def _add(client: Client, *, email: str = "new@place.example", organisation: str = "small-place") -> HttpResponse:
    sent = {"email": email, "name": "Nina New", "role": "planner", "organisation": organisation}
    return client.post(PEOPLE, sent)


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_sees_people_and_only_an_auditor_the_record(workspace: Workspace, role: str) -> None:
    client = signed_in(workspace.person(role))
    assert client.get(PEOPLE).status_code == (200 if role == "administrator" else 403)
    assert _add(client).status_code == (200 if role == "administrator" else 403)
    assert client.get(RECORD).status_code == (200 if role == "auditor" else 403)
    assert client.get(FILE).status_code == (200 if role == "auditor" else 403)
    assert {Client().get(page).status_code for page in (PEOPLE, RECORD, FILE)} == {302}


def test_an_administrator_keeps_to_their_own_organisation(workspace: Workspace) -> None:
    client = signed_in(workspace.person("administrator"))
    theirs = workspace.person("planner", of=workspace.stranger)
    assert _add(client, organisation="elsewhere").status_code == 403
    assert _add(client, organisation="no-such").status_code == 404
    number = Membership.objects.get(person=theirs).pk
    assert client.post(f"/people/{number}/take-role").status_code == 403
    assert client.post("/people/999999/take-role").status_code == 404
    assert Membership.objects.filter(pk=number).exists()
    assert Event.objects.filter(refused=True, verb="manage-people").count() == 2
    assert theirs.email not in client.get(PEOPLE).content.decode()


def test_a_role_that_is_taken_away_is_gone_and_in_the_record(workspace: Workspace) -> None:
    client = signed_in(workspace.person("administrator"))
    number = Membership.objects.get(person=workspace.person("planner")).pk
    assert client.post(f"/people/{number}/take-role").status_code == 302
    assert not Membership.objects.filter(pk=number).exists()
    assert Event.objects.filter(verb="take-role").count() == 1


@pytest.mark.parametrize("email", ["", "no address", "a@b", "x\0@place.example", f"{'a' * 300}@place.example"])
def test_an_address_that_is_none_is_said(workspace: Workspace, email: str) -> None:
    answer = _add(signed_in(workspace.person("administrator")), email=email)
    assert answer.status_code == 422
    assert b"is no email address" in answer.content


def test_the_record_is_searched_and_says_whether_it_is_whole(workspace: Workspace) -> None:
    actions.open_draft(actor=workspace.person("planner"), plan=workspace.plan)
    client = signed_in(workspace.person("auditor"))
    found = client.get(RECORD, {"q": "open-draft small-place"}).content.decode()
    assert "<td>open-draft</td>" in found
    assert "<td>bring-in-plan</td>" not in found
    assert "The chain of the record is whole" in client.get(RECORD, {"verify": "yes"}).content.decode()
    Event.objects.filter(verb="open-draft").update(subject="plan other")
    assert "was changed" in client.get(RECORD, {"verify": "yes"}).content.decode()


def test_an_auditor_reads_nothing_of_other_organisations(workspace: Workspace) -> None:
    workspace.person("planner", of=workspace.stranger)
    answer = signed_in(workspace.person("auditor")).get(FILE).content.decode()
    assert "elsewhere" not in answer
    assert "plan small-place" in answer


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_of_the_record_is_a_formula(workspace: Workspace, start: str) -> None:
    formula = f"{start}HYPERLINK(1)"
    assert as_text(formula).startswith("'")
    Event.objects.filter(subject="plan small-place").update(request=formula)
    content = signed_in(workspace.person("auditor")).get(FILE).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(content, newline="")) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "＝") for cell in cells if cell)
