"""What two people changed is decided row by row: only the rows that both changed are asked about."""

import json
import re

import pytest
from django.urls import reverse
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.plan.row_names import row_name
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.deciding import paragraph_name
from placeplan.web.planning.models import Draft

LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"
ADDRESS = "/plans/small-place/bring-up-to-date/"
GROWTH = row_name(LINES, ("community", "", "Growth"))


def _write(person: object, workspace: Workspace, *, section: str, text: str | None) -> Draft:
    draft = actions.open_draft(actor=person, plan=workspace.plan)  # type: ignore[arg-type]  # whoever a fixture made
    replaces = selectors.checksums_of_draft(draft).get(section, "")
    actions.write_section(actor=draft.person, draft=draft, section=section, text=text, replaces=replaces)
    return draft


def _seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_choosing_my_row_does_not_lose_their_other_row(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    theirs = SMALL_PLAN[LINES].replace("2.0%,2.0%", "3.0%,3.0%").replace('"1,000"', '"1,001"')
    mine = SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.5%")
    draft = _write(finance, workspace, section=LINES, text=mine)
    actions.publish_draft(actor=planner, draft=_write(planner, workspace, section=LINES, text=theirs), message="Both")
    client = signed_in(finance)
    page = client.get(ADDRESS).content.decode()
    assert GROWTH in page
    assert client.post(ADDRESS, {"seen": _seen(page)}).status_code == 409
    assert client.post(ADDRESS, {"seen": _seen(page), GROWTH: "mine"}).status_code == 302
    text = selectors.texts_of_draft(Draft.objects.get(pk=draft.pk))[LINES]
    assert "2.5%,2.5%" in text
    assert '"1,001"' in text


def test_a_row_that_they_deleted_and_i_changed_is_asked_about(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    rows = SMALL_PLAN[LINES].splitlines(keepends=True)
    draft = _write(finance, workspace, section=LINES, text=SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.5%"))
    gone = _write(planner, workspace, section=LINES, text="".join(rows[:2]))
    actions.publish_draft(actor=planner, draft=gone, message="No growth")
    client = signed_in(finance)
    page = client.get(ADDRESS).content.decode()
    assert "<td>deleted</td>" in page
    client.post(ADDRESS, {"seen": _seen(page), GROWTH: "theirs"})
    assert "Growth" not in selectors.texts_of_draft(Draft.objects.get(pk=draft.pk))[LINES]


def test_a_text_that_both_changed_shows_both_and_one_is_chosen(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    draft = _write(finance, workspace, section=ABOUT, text="# Mine\n")
    actions.publish_draft(
        actor=planner, draft=_write(planner, workspace, section=ABOUT, text="# Theirs\n"), message="x"
    )
    client = signed_in(finance)
    page = client.get(ADDRESS).content.decode()
    assert "# Mine" in page
    assert "# Theirs" in page
    client.post(ADDRESS, {"seen": _seen(page), _field(page): "theirs"})
    assert selectors.texts_of_draft(Draft.objects.get(pk=draft.pk))[ABOUT] == "# Theirs\n"


def _field(page: str) -> str:
    """The name of the field that asks about a paragraph."""
    (name,) = set(re.findall(rf'name="({re.escape(ABOUT)} · [0-9a-f]+)"', page))
    return str(name)


@pytest.mark.parametrize(
    ("says", "typed", "wanted"),
    [
        ("mine", "", "# Mine\n"),
        ("both", "", "# Mine\n\n# Theirs\n"),
        ("typed", "# Ours\r\n\r\nTogether.\r\n", "# Ours\n\nTogether.\n"),
        ("typed", "  \r\n", None),
        ("nobody", "", None),
    ],
)
def test_a_paragraph_that_both_changed_is_decided_and_the_rest_of_the_text_is_merged(
    workspace: Workspace, says: str, typed: str, wanted: str | None
) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    draft = _write(finance, workspace, section=ABOUT, text="# Mine\n\nA small place.\n\nMy end.\n")
    theirs = _write(planner, workspace, section=ABOUT, text="# Theirs\n\nA tiny place.\n")
    actions.publish_draft(actor=planner, draft=theirs, message="x")
    client = signed_in(finance)
    page = client.get(ADDRESS).content.decode()
    assert "A tiny place." not in page, "what only they changed is not asked about"
    field = _field(page)
    answer = client.post(ADDRESS, {"seen": _seen(page), field: says, f"{field} · text": typed})
    text = selectors.texts_of_draft(Draft.objects.get(pk=draft.pk))[ABOUT]
    if wanted is None:
        assert answer.status_code == 409
        assert "Say which stands" in answer.content.decode()
        assert text == "# Mine\n\nA small place.\n\nMy end.\n"
    else:
        assert answer.status_code == 302
        assert text == f"{wanted}\nA tiny place.\n\nMy end.\n"


def test_two_windows_that_changed_different_paragraphs_can_both_be_kept(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    began = selectors.published(workspace.plan).checksums[ABOUT]
    _write(planner, workspace, section=ABOUT, text="# About\n\nA tiny place.\n")
    client = signed_in(planner)
    address = reverse("planning:write", args=["small-place", ABOUT])
    for typed, both in (
        ("# About us\n\nA small place.\n", "# About us\n\nA tiny place.\n"),
        ("# About\n\nA large place.\n", None),
    ):
        sent = json.dumps({"text": typed, "replaces": began})
        answer = client.post(address, sent, "application/json")
        assert (answer.status_code, answer.json()["both"]) == (409, both)
    unknown = json.dumps({"text": "x", "replaces": "0" * 64})
    assert client.post(address, unknown, "application/json").json()["both"] is None


def test_a_decision_on_what_is_no_longer_so_is_not_taken(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    draft = _write(finance, workspace, section=ABOUT, text="# Mine\n")
    actions.publish_draft(
        actor=planner, draft=_write(planner, workspace, section=ABOUT, text="# Theirs\n"), message="x"
    )
    client = signed_in(finance)
    seen = _seen(client.get(ADDRESS).content.decode())
    _write(finance, workspace, section=ABOUT, text="# Typed in another window\n")
    (paragraph,) = selectors.merge_of(draft).conflicts[0].paragraphs
    answer = client.post(ADDRESS, {"seen": seen, paragraph_name(ABOUT, paragraph): "theirs"})
    assert answer.status_code == 409
    assert b"since you opened this page" in answer.content
    assert selectors.texts_of_draft(Draft.objects.get(pk=draft.pk))[ABOUT] == "# Typed in another window\n"


def test_rows_that_two_people_add_to_a_table_that_was_not_there_are_merged(workspace: Workspace) -> None:
    planner, finance = workspace.person("planner"), workspace.person("finance")
    risks, head = (
        "registers/risks.csv",
        "risk,area,title,mitigation,likelihood,impact,target_score,owner,review,source\n",
    )
    draft = _write(finance, workspace, section=risks, text=f"{head}two,Money,Prices rise,,,,,,,\n")
    first = _write(planner, workspace, section=risks, text=f"{head}one,People,Staff leave,,,,,,,\n")
    actions.publish_draft(actor=planner, draft=first, message="A risk")
    revision = actions.publish_draft(actor=finance, draft=draft, message="Another risk")
    text = selectors.texts_of_revision(revision)[risks]
    assert "one,People" in text
    assert "two,Money" in text
