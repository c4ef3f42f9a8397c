"""A plan that was changed outside comes back into a draft: merged from what it was made from, and no edit is lost."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.plan.row_names import row_name
from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.exchanging.models import Incoming
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Draft

LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"
ADDRESS, DECIDE = "/plans/small-place/workbook/", "/plans/small-place/workbook/decide/"
GROWTH = row_name(LINES, ("community", "", "Growth"))


def _out(client: Client) -> bytes:
    return client.get(reverse("exchanging:take-workbook", args=["small-place"])).content


def _changed(content: bytes, changes: Mapping[object, object], *, forgetting: bool = False) -> bytes:
    """A workbook in which some cells of the bridge lines were written over."""
    book = load_workbook(BytesIO(content))
    for row in book["finance lines"].iter_rows():
        for cell in row:
            if cell.value in changes:
                cell.value = changes[cell.value]  # type: ignore[assignment]  # a cell takes words
    if forgetting:
        del book.custom_doc_props["placeplan made from"]
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _back(client: Client, content: bytes, *, name: str = "back.xlsx", **more: str) -> HttpResponse:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **more})  # type: ignore[return-value]  # the client of tests has its own answer


def _write(person: Person, workspace: Workspace, *, section: str, text: str) -> Draft:
    draft = actions.open_draft(actor=person, plan=workspace.plan)
    replaces = selectors.checksums_of_draft(draft).get(section, "")
    actions.write_section(actor=person, draft=draft, section=section, text=text, replaces=replaces)
    return draft


def test_what_was_typed_in_the_meantime_stays_beside_what_the_workbook_changed(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = _out(client)
    draft = _write(planner, workspace, section=LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%"))
    _write(planner, workspace, section=ABOUT, text="# About\n\nTyped since.\n")
    answer = _back(client, _changed(out, {1000: 1100}))
    assert answer["Location"] == "/plans/small-place/difference/"
    texts = selectors.texts_of_draft(draft)
    assert '"1,100"' in texts[LINES]
    assert "3.0%,3.0%" in texts[LINES]
    assert texts[ABOUT] == "# About\n\nTyped since.\n"


def test_a_row_that_both_changed_waits_for_a_decision_and_nothing_is_written_before(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = _out(client)
    mine = SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%")
    draft = _write(planner, workspace, section=LINES, text=mine)
    answer = _back(client, _changed(out, {1000: 1100, 0.02: 0.04}))
    assert answer["Location"] == DECIDE
    assert selectors.texts_of_draft(draft)[LINES] == mine
    page = client.get(DECIDE).content.decode()
    assert "community · Growth" in page
    assert "Last year" not in page, "what only the workbook changed is no conflict"
    undecided = client.post(DECIDE, {})
    assert (undecided.status_code, Incoming.objects.count()) == (409, 1)
    assert "Say which stands." in undecided.content.decode()
    assert client.post(DECIDE, {GROWTH: "theirs"}).status_code == 302
    assert '"1,100"' in selectors.texts_of_draft(draft)[LINES]
    assert "4.0%,4.0%" in selectors.texts_of_draft(draft)[LINES]
    assert not Incoming.objects.exists()
    verbs = list(Event.objects.order_by("-number").values_list("verb", flat=True)[:2])
    assert verbs == ["decide-sent-plan", "send-plan"]


def test_a_file_that_waits_can_be_left_out(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = _out(client)
    mine = SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%")
    draft = _write(planner, workspace, section=LINES, text=mine)
    _back(client, _changed(out, {0.02: 0.04}))
    client.post(DECIDE, {"leave": "yes"})
    assert selectors.texts_of_draft(draft)[LINES] == mine
    assert client.get(DECIDE).status_code == 404


def test_a_workbook_of_a_draft_is_merged_from_that_draft(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    _write(planner, workspace, section=LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%"))
    out = _out(client)
    draft = _write(planner, workspace, section=LINES, text=SMALL_PLAN[LINES])
    _back(client, _changed(out, {1000: 1100}))
    text = selectors.texts_of_draft(draft)[LINES]
    assert "2.0%,2.0%" in text, "what was taken back after the workbook went out stays taken back"
    assert '"1,100"' in text


def test_a_file_that_does_not_say_what_it_was_made_from_is_asked_about(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    forgetful = _changed(_out(client), {1000: 1100}, forgetting=True)
    answer = _back(client, forgetful)
    assert answer.status_code == 422
    assert "does not say which state of this plan" in answer.content.decode()
    assert not Draft.objects.get(person=planner).sections.exists()
    assert _back(client, forgetful, made_from="1").status_code == 302
    assert '"1,100"' in selectors.texts_of_draft(Draft.objects.get(person=planner))[LINES]


def test_an_older_workbook_does_not_take_back_what_was_published_since(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    client = signed_in(planner)
    out = _out(client)
    theirs = _write(finance, workspace, section=LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.5%"))
    actions.publish_draft(actor=finance, draft=theirs, message="Growth")
    _back(client, _changed(out, {1000: 1100}))
    text = selectors.texts_of_draft(Draft.objects.get(person=planner))[LINES]
    assert "2.5%,2.5%" in text
    assert '"1,100"' in text


def test_the_folder_comes_back_as_an_archive_merged_like_a_workbook(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = client.get(reverse("planning:files", args=["small-place", 1])).content
    draft = _write(planner, workspace, section=ABOUT, text="# About\n\nTyped since.\n")
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(out)) as was, zipfile.ZipFile(changed, "w") as now:
        for entry in was.infolist():
            text = was.read(entry).decode()
            now.writestr(entry.filename, text.replace('"1,000"', '"1,234"') if entry.filename.endswith(LINES) else text)
    assert _back(client, changed.getvalue(), name="back.zip").status_code == 302
    texts = selectors.texts_of_draft(draft)
    assert '"1,234"' in texts[LINES]
    assert texts[ABOUT] == "# About\n\nTyped since.\n"
    assert texts["plan.yaml"] == SMALL_PLAN["plan.yaml"], "what was not changed is left to the letter"


def test_a_state_of_another_plan_is_no_state_of_this_one(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    texts = {**SMALL_PLAN, "plan.yaml": SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place")}
    actions.bring_in_plan(actor=None, organisation=workspace.stranger, texts=texts, message="Another")
    book = load_workbook(BytesIO(_out(client)))
    other = selectors.plan_named("other-place")
    assert other is not None
    book.custom_doc_props["placeplan made from"].value = selectors.latest_revision(other).checksum
    written = BytesIO()
    book.save(written)
    assert _back(client, written.getvalue()).status_code == 422


@pytest.mark.parametrize("given", ["0", "99", "x", "-1"])
def test_a_revision_that_is_not_there_is_said_so(workspace: Workspace, given: str) -> None:
    client = signed_in(workspace.person("planner"))
    forgetful = _changed(_out(client), {1000: 1100}, forgetting=True)
    assert _back(client, forgetful, made_from=given).status_code == 422
