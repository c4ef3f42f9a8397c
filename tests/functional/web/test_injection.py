"""What somebody types is shown as text, in pages and in workbooks; identifiers of others open nothing."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from django.urls import URLPattern, get_resolver, reverse
from openpyxl import load_workbook
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.app.plan_uploads import workbook_of
from placeplan.web.access.actions import add_person
from placeplan.web.access.models import Person
from placeplan.web.planning.actions import open_draft, publish_draft, write_section
from placeplan.web.planning.models import Draft
from placeplan.web.planning.selectors import checksums_of_draft

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"
LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"
PAGES = (
    "planning:plan",
    "planning:figures",
    "timeline:history",
    "exchanging:draft-difference",
    "exchanging:workbook",
    "discussing:threads",
)


def _draft(workspace: Workspace, person: Person, *, sections: Mapping[str, str]) -> Draft:
    draft = open_draft(actor=person, plan=workspace.plan)
    for section, text in sections.items():
        stands = checksums_of_draft(draft)[section]
        write_section(actor=person, draft=draft, section=section, text=text, replaces=stands)
    return draft


def test_no_text_field_is_markup_on_any_page(workspace: Workspace) -> None:
    planner, administrator = workspace.person("planner"), workspace.person("administrator")
    add_person(actor=administrator, organisation=workspace.own, email="x@place.example", name=ATTACK, role="planner")
    sections = {
        LINES: SMALL_PLAN[LINES].replace("Last year", ATTACK),
        ABOUT: f"# {ATTACK}\n",
        "plan.yaml": SMALL_PLAN["plan.yaml"].replace("Plan of a small place", ATTACK),
    }
    publish_draft(actor=planner, draft=_draft(workspace, planner, sections=sections), message=ATTACK)
    _draft(workspace, planner, sections={name: f"{text}\n" for name, text in sections.items()})
    client = signed_in(planner)
    client.post("/tokens/", {"name": ATTACK, "role": planner.memberships.get().pk})
    said = {"kind": "comment", "about": ATTACK, "words": ATTACK}
    assert client.post(reverse("discussing:threads", args=["small-place"]), said).status_code == 302
    addresses = [reverse(name, args=["small-place"]) for name in PAGES]
    addresses += ["/", "/tokens/", f"/places/?q={ATTACK}", f"/plans/small-place/figures/?q={ATTACK}"]
    addresses.append(reverse("exchanging:difference", args=["small-place", 2]))
    for address in addresses:
        content = client.get(address).content
        assert b"<script>alert" not in content, address
        assert b"<img src=x" not in content, address
        assert b"&lt;script&gt;alert" in content, f"{address} does not show what was typed"
    assert b"<script>alert" not in signed_in(administrator).get("/people/").content
    assert b"<script>alert" not in signed_in(workspace.person("auditor")).get(f"/record/?q={ATTACK}").content


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_a_workbook_is_a_formula_that_somebody_typed(workspace: Workspace, start: str) -> None:
    typed = f"{start}HYPERLINK(x)"
    texts = {**SMALL_PLAN, LINES: SMALL_PLAN[LINES].replace("Last year", typed)}
    book = load_workbook(BytesIO(workbook_of(texts)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).endswith("HYPERLINK(x)") for cell in cells)
    assert not any(cell.data_type == "f" and "HYPERLINK" in str(cell.value) for cell in cells)


def test_numbers_that_are_guessed_open_nothing_of_others(workspace: Workspace) -> None:
    client = signed_in(workspace.person("administrator", of=workspace.stranger))
    patterns = [each for group in get_resolver().url_patterns for each in getattr(group, "url_patterns", [])]
    guessed = [each for each in patterns if isinstance(each, URLPattern) and "<slug:slug>" in str(each.pattern)]
    assert len(guessed) > 15
    for each in guessed:
        rest = {"number": 1, "name": LINES, "identifier": "x", "form": "html", "thread": 1}
        names = [name for name in each.pattern.converters if name != "slug"]
        address = "/" + str(each.pattern)
        for name in ["slug", *names]:
            kind = next(kind for kind in ("slug", "int", "str", "path") if f"<{kind}:{name}>" in address)
            address = address.replace(f"<{kind}:{name}>", str({"slug": "small-place", **rest}.get(name, 1)))
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, address
