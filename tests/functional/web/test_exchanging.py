"""Plans that come in and go out as files: what is taken, what is refused and why, and nothing half written."""

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

from placeplan.app.plan_archives import archive_of
from placeplan.app.plan_uploads import LARGEST_UPLOAD, MEBIBYTE, workbook_of
from placeplan.app.workspace_rights import read_rights
from placeplan.registers.rights import Membership, Standing, may
from placeplan.web.auditing.models import Event
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Draft, Plan, Text

OTHER = {**SMALL_PLAN, "plan.yaml": SMALL_PLAN["plan.yaml"].replace("id: small-place", "id: other-place")}
LINES = "finance/lines.csv"
BRING_IN = "/bring-in/"
WORKBOOK = "/plans/small-place/workbook/"


def _send(client: Client, content: bytes, *, name: str, organisation: str = "small-place") -> HttpResponse:
    sent = {"file": SimpleUploadedFile(name, content), "organisation": organisation, "message": "Brought in"}
    return client.post(BRING_IN, sent)


def _zip(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_a_plan_comes_in_from_an_archive_or_a_workbook(workspace: Workspace, kind: str) -> None:
    content = archive_of("other", OTHER) if kind == "zip" else workbook_of(OTHER)
    answer = _send(signed_in(workspace.person("planner")), content, name=f"plan.{kind}")
    assert (answer.status_code, answer["Location"]) == (302, "/plans/other-place/")
    plan = Plan.objects.get(slug="other-place")
    assert plan.organisation == workspace.own
    if kind == "zip":
        assert selectors.texts_of_revision(selectors.latest_revision(plan)) == OTHER


@pytest.mark.parametrize("organisation", ["own", "partner", "region"])
@pytest.mark.parametrize("role", [role.id for role in read_rights().roles])
def test_who_may_brings_a_plan_into_an_organisation_of_their_own(
    workspace: Workspace, role: str, organisation: str
) -> None:
    of = getattr(workspace, organisation)
    client = signed_in(workspace.person(role, of=of))
    allowed = may(read_rights(), "bring-in-plan", memberships=[Membership(role, of.slug)], standing=Standing(of.slug))
    status = _send(client, archive_of("other", OTHER), name="plan.zip", organisation=of.slug).status_code
    assert status == (302 if allowed else 403)
    assert Plan.objects.filter(slug="other-place", organisation=of).exists() is bool(allowed)


def test_a_plan_is_not_brought_into_an_organisation_of_others(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    _send(client, archive_of("other", OTHER), name="plan.zip", organisation="elsewhere")
    assert not Plan.objects.filter(organisation=workspace.stranger).exists()


def test_every_problem_is_shown_with_its_place_and_nothing_is_written(workspace: Workspace) -> None:
    broken = {**OTHER, LINES: OTHER[LINES].replace('"1,000"', "lots").replace("2.0%,2.0%", "2.0%,some")}
    before = Plan.objects.count(), Text.objects.count()
    answer = _send(signed_in(workspace.person("planner")), archive_of("other", broken), name="plan.zip")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(f'<td class="code">{LINES}</td><td>2</td><td>2014-15</td>') == 1
    assert page.count(f'<td class="code">{LINES}</td><td>3</td><td>2015-16</td>') == 1
    assert (Plan.objects.count(), Text.objects.count()) == before


ATTACKS = {
    "no archive": ("plan.zip", b"PK\x03\x04 and then nothing of the kind"),
    "empty": ("plan.zip", b""),
    "a program": ("plan.exe", b"MZ"),
    "no kind": ("plan", b"x"),
    "a text that says it is a workbook": ("plan.xlsx", b"id: other-place"),
    "an archive that says it is a workbook": ("plan.xlsx", _zip({"plan.yaml": b"id: x"})),
    "no plan": ("plan.zip", _zip({"readme.txt": b"hello"})),
    "a bomb": ("plan.zip", _zip({"plan.yaml": b"0" * (280 * MEBIBYTE)})),
    "a bomb of a workbook": ("plan.xlsx", _zip({"[Content_Types].xml": b" " * (280 * MEBIBYTE)})),
    "thousands of files": ("plan.zip", _zip({f"narrative/{n}.md": b"" for n in range(2_100)})),
    "bytes that are no text": ("plan.zip", _zip({"plan.yaml": b"\xff\xfe\x00\xd8"})),
    "YAML that makes objects": ("plan.zip", _zip({"plan.yaml": b"!!python/object/apply:os.system [id]"})),
    "YAML that grows": ("plan.zip", _zip({"plan.yaml": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]"})),
    "too large": ("plan.zip", b"0" * (LARGEST_UPLOAD + 1)),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_file_that_attacks_is_refused_with_words(workspace: Workspace, attack: str) -> None:
    name, content = ATTACKS[attack]
    before = Plan.objects.count(), Text.objects.count()
    answer = _send(signed_in(workspace.person("planner")), content, name=name)
    assert answer.status_code == 422
    assert b"nothing was written" in answer.content
    assert (Plan.objects.count(), Text.objects.count()) == before


def test_an_archive_with_flipped_bytes_is_never_a_fault(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    whole = archive_of("other", OTHER)
    for place in range(0, len(whole), 41):
        flipped = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        assert _send(client, flipped, name="plan.zip").status_code in (302, 422)


def test_paths_that_climb_are_no_sections(workspace: Workspace) -> None:
    climbing = {"../../evil.md": b"x", "/etc/passwd": b"x", "narrative/../../x.md": b"x", "C:\\plan.md": b"x"}
    content = _zip({**climbing, **{name: text.encode() for name, text in OTHER.items()}})
    assert _send(signed_in(workspace.person("planner")), content, name="plan.zip").status_code == 302
    plan = Plan.objects.get(slug="other-place")
    assert set(selectors.texts_of_revision(selectors.latest_revision(plan))) == set(OTHER)


def test_a_file_that_never_ends_is_not_read_to_its_end(workspace: Workspace) -> None:
    content = b"0" * (LARGEST_UPLOAD + 2 * MEBIBYTE)
    answer = _send(signed_in(workspace.person("planner")), content, name="plan.zip")
    assert answer.status_code == 422
    assert b"no file came, or one that is far too large" in answer.content


def test_a_name_of_a_file_is_shown_as_text(workspace: Workspace) -> None:
    answer = _send(signed_in(workspace.person("planner")), b"x", name="<img src=x onerror=alert(1)>.exe")
    assert b"<img src=x" not in answer.content


def _changed_workbook(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == 1000 and not sheet.protection.sheet:
                    cell.value = 1100
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_goes_out_is_changed_and_comes_back_into_the_draft(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = client.get(reverse("exchanging:take-workbook", args=["small-place"]))
    assert out["Content-Disposition"] == 'attachment; filename="small-place-revision-1.xlsx"'
    replaces = selectors.working(planner, workspace.plan).checksum
    file = SimpleUploadedFile("back.xlsx", _changed_workbook(out.content))
    answer = client.post(WORKBOOK, {"file": file, "replaces": replaces})
    assert (answer.status_code, answer["Location"]) == (302, "/plans/small-place/difference/")
    draft = Draft.objects.get(person=planner)
    assert list(draft.sections.values_list("name", flat=True)) == [LINES], "what says the same is left as it was"
    page = client.get(answer["Location"]).content.decode()
    assert "<td>2014-15</td><td>1,000</td><td>1,100</td>" in page
    assert Event.objects.filter(verb="send-plan").count() == 1
    actions.publish_draft(actor=planner, draft=draft, message="From the workbook")
    history = client.get(reverse("exchanging:difference", args=["small-place", 2])).content.decode()
    assert "<td>2014-15</td><td>1,000</td><td>1,100</td>" in history


def test_a_workbook_that_comes_back_unchanged_changes_nothing(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    out = client.get(reverse("exchanging:take-workbook", args=["small-place"])).content
    replaces = selectors.working(planner, workspace.plan).checksum
    client.post(WORKBOOK, {"file": SimpleUploadedFile("back.xlsx", out), "replaces": replaces})
    assert not Draft.objects.get(person=planner).sections.exists()


def test_a_workbook_writes_nothing_over_that_was_typed_since(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    seen = selectors.working(planner, workspace.plan).checksum
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    actions.write_section(actor=planner, draft=draft, section="narrative/02-more.md", text="# More\n", replaces="")
    file = SimpleUploadedFile("back.xlsx", workbook_of(SMALL_PLAN))
    answer = signed_in(planner).post(WORKBOOK, {"file": file, "replaces": seen, "made_from": "everything"})
    assert answer.status_code == 422
    assert b"was changed since you opened this page" in answer.content
    assert "narrative/02-more.md" in selectors.texts_of_draft(draft)


def test_a_workbook_of_another_plan_is_refused(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    replaces = selectors.working(planner, workspace.plan).checksum
    file = SimpleUploadedFile("back.xlsx", workbook_of(OTHER))
    answer = signed_in(planner).post(WORKBOOK, {"file": file, "replaces": replaces})
    assert answer.status_code == 422
    assert b"a plan keeps its id" in answer.content


def test_a_draft_that_cannot_be_read_has_no_workbook_and_says_why(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    replaces = selectors.checksums_of_draft(draft)[LINES]
    text = SMALL_PLAN[LINES].replace('"1,000"', "lots")
    actions.write_section(actor=planner, draft=draft, section=LINES, text=text, replaces=replaces)
    client = signed_in(planner)
    assert client.get(reverse("exchanging:take-workbook", args=["small-place"])).status_code == 422
    difference = client.get(reverse("exchanging:draft-difference", args=["small-place"]))
    assert f'<td class="code">{LINES}</td><td>2</td><td>2014-15</td>' in difference.content.decode()


def test_the_first_revision_differs_from_nothing(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    assert client.get(reverse("exchanging:difference", args=["small-place", 1])).status_code == 404
    assert client.get(reverse("exchanging:difference", args=["small-place", 99])).status_code == 404
