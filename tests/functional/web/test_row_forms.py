"""A row of a table as a form: added, changed, deleted, refused at its fields, offered where it changed since."""

import json
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in

from placeplan.plan.model import TABLES
from placeplan.plan.row_names import row_name
from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.discussing.actions import begin_thread
from placeplan.web.discussing.models import Thread
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Draft

LINES, RISKS = "finance/lines.csv", "registers/risks.csv"
RISK = {"risk": "winter", "area": "Beds", "title": "A hard winter", "likelihood": "3", "impact": "4"}
GROWTH = ("community", "", "Growth")


def _address(section: str, key: tuple[str, ...] = (), *, page: str = "row") -> str:
    return f"/plans/small-place/{page}/{section}" + (f"?{urlencode([('key', each) for each in key])}" if key else "")


def _send(client: Client, section: str, cells: dict[str, str], **more: object) -> HttpResponse:
    key, before = more.pop("key", ()), more.pop("before", {})
    sent = {**cells, "before": json.dumps(before), **{str(name): str(word) for name, word in more.items()}}
    return client.post(_address(section, key), sent)  # type: ignore[return-value, arg-type]  # the client of tests has its own answer


def _text(person: Person, section: str) -> str:
    return selectors.texts_of_draft(Draft.objects.get(person=person))[section]


def _cells(section: str, text: str, row: int) -> dict[str, str]:
    headings, *rows = [line.split(",") for line in text.replace('"1,000"', "1000").splitlines()]
    return dict(zip(headings, rows[row], strict=True))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.path)
def test_every_table_has_a_list_and_a_form(workspace: Workspace, table: object) -> None:
    client = signed_in(workspace.person("planner"))
    section = table.path  # type: ignore[attr-defined]  # a Table
    assert client.get(_address(section, page="rows")).status_code == 200
    page = client.get(_address(section)).content.decode()
    for column in table.columns:  # type: ignore[attr-defined]  # a Table
        if not column.by_year:
            assert f'name="{column.name}"' in page or f'name="asked-{column.name}"' in page


def test_a_row_is_added_by_the_same_verb_as_in_the_grid(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    answer = _send(signed_in(planner), RISKS, RISK, save="yes")
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/small-place/rows/{RISKS}")
    assert "winter,Beds,A hard winter,,3,4,,,," in _text(planner, RISKS)
    verbs = list(Event.objects.order_by("-number").values_list("verb", flat=True)[:2])
    assert verbs == ["write-section", "open-draft"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    wrong = {**RISK, "risk": "A Name", "title": "", "review": "next week"}
    answer = _send(signed_in(planner), RISKS, wrong, save="yes")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("nhsuk-form-group--error") == 3
    for field in ("risk", "title", "review"):
        assert f'href="#cell-{field}"' in page
    assert "This cell is blank." in page
    assert "Expected a date such as 2014-04-01." in page
    assert 'value="next week"' in page
    assert not Draft.objects.filter(sections__name=RISKS).exists()


def test_a_row_is_changed_where_it_stands_and_the_others_are_left_to_the_letter(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    before = _cells(LINES, SMALL_PLAN[LINES], 1)
    answer = _send(signed_in(planner), LINES, {**before, "2014-15": "2.5%"}, key=GROWTH, before=before, save="yes")
    assert answer.status_code == 302
    assert _text(planner, LINES) == SMALL_PLAN[LINES].replace("2.0%,2.0%", "2.5%,2.0%")


def test_a_row_that_was_changed_in_another_window_is_offered(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    before = _cells(LINES, SMALL_PLAN[LINES], 1)
    _send(client, LINES, {**before, "2014-15": "3.0%"}, key=GROWTH, before=before, save="yes")
    answer = _send(client, LINES, {**before, "2014-15": "2.5%"}, key=GROWTH, before=before, save="yes")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed in another window" in page
    assert '<td class="words">2.0%</td><td class="words">3.0%</td><td class="words">2.5%</td>' in page
    assert "3.0%" in _text(planner, LINES)
    now = {**before, "2014-15": "3.0%"}
    assert _send(client, LINES, {**before, "2014-15": "2.5%"}, key=GROWTH, before=now, save="yes").status_code == 302
    assert "2.5%" in _text(planner, LINES)


def test_two_windows_on_different_rows_do_not_meet(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    growth = _cells(LINES, SMALL_PLAN[LINES], 1)
    outturn = {**_cells(LINES, SMALL_PLAN[LINES], 0), "2014-15": "1,000"}
    first = _send(client, LINES, {**growth, "2014-15": "3.0%"}, key=GROWTH, before=growth, save="yes")
    key = ("community", "", "Last year")
    second = _send(client, LINES, {**outturn, "2014-15": "1,001"}, key=key, before=outturn, save="yes")
    assert (first.status_code, second.status_code) == (302, 302)
    assert "3.0%" in _text(planner, LINES)
    assert '"1,001"' in _text(planner, LINES)


def test_a_row_is_deleted_and_a_name_that_is_taken_is_refused(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    before = _cells(LINES, SMALL_PLAN[LINES], 1)
    taken = _send(client, LINES, {**before, "line": "Last year"}, key=GROWTH, before=before, save="yes")
    assert taken.status_code == 422
    assert "stands twice" in taken.content.decode()
    assert _send(client, LINES, before, key=GROWTH, before=before, delete="yes").status_code == 302
    assert "Growth" not in _text(planner, LINES)
    assert client.get(_address(LINES, GROWTH)).status_code == 404


def test_going_on_leads_to_the_next_row(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    first = {**_cells(LINES, SMALL_PLAN[LINES], 0), "2014-15": "1,000"}
    answer = _send(client, LINES, first, key=("community", "", "Last year"), before=first, next="yes")
    assert answer["Location"] == _address(LINES, GROWTH)
    assert _send(client, RISKS, RISK, another="yes")["Location"] == _address(RISKS)


def test_a_list_is_searched_and_sorted_and_says_what_is_found(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    for name, score in (("b-10", "2"), ("b-9", "4"), ("a", "1")):
        _send(client, RISKS, {**RISK, "risk": name, "likelihood": score, "title": f"Risk {name}"}, save="yes")
    page = client.get(f"{_address(RISKS, page='rows')}?sort=risk").content.decode()
    assert page.index("Risk a") < page.index("Risk b-9") < page.index("Risk b-10")
    found = client.get(f"{_address(RISKS, page='rows')}?q=b-9").content.decode()
    assert "1 of 3 rows" in found
    assert "Risk b-10" not in found
    assert "RSK001" in page, "what is found in a row stands beside it"


def test_comments_follow_their_row_when_rows_move(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    name = row_name(LINES, GROWTH)
    begin_thread(actor=planner, plan=workspace.plan, kind=Thread.Kind("comment"), about=name, words="Why 2%?")
    text = SMALL_PLAN[LINES].replace("community,,Growth", "community,,New,investment,,,1,1,,\ncommunity,,Growth")
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    stands = selectors.checksums_of_draft(draft)[LINES]
    actions.write_section(actor=planner, draft=draft, section=LINES, text=text, replaces=stands)
    assert "(1 open)" in client.get(_address(LINES, GROWTH)).content.decode()
    assert "1 open" in client.get(_address(LINES, page="rows")).content.decode()
    threads = client.get("/plans/small-place/discussion/").content.decode()
    assert _address(LINES, GROWTH).replace("&", "&amp;") in threads
    query = urlencode([("section", LINES), *(("key", part) for part in GROWTH)])
    only = client.get(f"/plans/small-place/discussion/?{query}").content.decode()
    assert "Why 2%?" in only
    actions.undo_section(actor=planner, draft=draft, section=LINES, replaces=selectors.checksums_of_draft(draft)[LINES])
    stands = selectors.checksums_of_draft(draft)[LINES]
    gone = SMALL_PLAN[LINES].replace("Growth", "Demography")
    actions.write_section(actor=planner, draft=draft, section=LINES, text=gone, replaces=stands)
    assert "this is not in the plan as you see it now" in client.get("/plans/small-place/discussion/").content.decode()


def test_a_section_is_put_back_as_it_was_once_somebody_saw_what_goes(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    address = f"/plans/small-place/undo/{LINES}"
    assert client.get(address).status_code == 404
    before = _cells(LINES, SMALL_PLAN[LINES], 1)
    _send(client, LINES, {**before, "2014-15": "3.0%"}, key=GROWTH, before=before, save="yes")
    page = client.get(address).content.decode()
    assert '<td class="words">2.0%</td><td class="words">3.0%</td>' in page
    assert client.post(address, {"replaces": "something else"}).status_code == 409
    stands = selectors.checksums_of_draft(Draft.objects.get())[LINES]
    assert client.post(address, {"replaces": stands}).status_code == 302
    assert not Draft.objects.get().sections.exists()


def test_a_finding_is_accepted_with_a_reason_by_somebody_until_a_day(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    page = client.get("/plans/small-place/sections/finance/allocations.csv").content.decode()
    link = page.split('href="/plans/small-place/accept/?')[1].split('"')[0].replace("&amp;", "&")
    address = f"/plans/small-place/accept/?{link}"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"reason": "", "author": "Finance lead", "expires": "soon"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("nhsuk-form-group--error") == 2
    given = {"reason": "Agreed with the region", "author": "Finance lead", "expires": "2030-03-31"}
    assert client.post(address, given).status_code == 302
    assert "Agreed with the region,Finance lead,2030-03-31" in _text(planner, "waivers.csv")
    after = client.get("/plans/small-place/sections/finance/allocations.csv").content.decode()
    assert "accepted by Finance lead, until 2030-03-31" in after
    assert client.get("/plans/small-place/accept/?code=FIN001&subject=nothing").status_code == 404


def test_what_cannot_be_read_is_mended_and_not_accepted(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    actions.write_section(actor=planner, draft=draft, section=RISKS, text="nonsense", replaces="")
    client = signed_in(planner)
    page = client.get(f"/plans/small-place/sections/{RISKS}").content.decode()
    assert "PLN000" in page
    assert "Accept it" not in page
    assert client.get("/plans/small-place/accept/?code=PLN000&subject=").status_code == 404


def test_a_text_is_previewed_as_the_document_shows_it_and_is_no_markup(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    text = (
        "# Money\n\nWe plan {{ finance.community.2014-15.total }}. <script>alert(1)</script> [x](javascript:alert(1))"
    )
    answer = client.post("/plans/small-place/preview", json.dumps({"text": text}), "application/json")
    page = answer.content.decode()
    assert "£1,020k" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert client.post("/plans/small-place/preview", "{", "application/json").status_code == 422
    assert client.post("/plans/small-place/preview", '{"text": 3}', "application/json").status_code == 422
    assert not Draft.objects.exists()


def test_figures_are_found_by_their_words(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    found = client.get("/plans/small-place/find-figures?q=planned+spend+2014-15").json()
    assert [each["id"] for each in found["figures"]] == ["finance.community.2014-15.total", "finance.all.2014-15.total"]
    assert found["figures"][0]["printed"] == "£1,020k"


@pytest.mark.parametrize(
    "sent", ["{", "3", "[]", '{"text": 3, "replaces": ""}', '{"rows": [[1]], "headings": ["a"], "replaces": ""}']
)
def test_what_is_no_section_is_refused_with_words(workspace: Workspace, sent: str) -> None:
    client = signed_in(workspace.person("planner"))
    answer = client.post(f"/plans/small-place/write/{LINES}", sent, "application/json")
    assert answer.status_code == 422
    assert "could not be read" in answer.json()["problem"]
    assert not Draft.objects.exists()
