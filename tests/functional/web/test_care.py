"""The page of the care model: its numbers are those of the engine, an address is checked, and what is kept is kept."""

import json
import re
import threading
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.functional.web.care_workspace import CARE_HEADER, SLUG, with_care_plan
from tests.functional.web.conftest import Workspace, signed_in
from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.plan_texts import check_texts, read_texts
from placeplan.kernel.wording import worded
from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.planning.actions import open_draft, write_section
from placeplan.web.planning.models import Draft, Plan
from placeplan.web.planning.selectors import draft_of, texts_of_draft, working
from placeplan.web.publishing.models import Job
from placeplan.web.publishing.working import work

PAGE = f"/plans/{SLUG}/care/"
MOVED = {"reach.rapid-response": "60", "delay.reablement": "6"}
SLIDERS = urlencode(MOVED)


@pytest.fixture(autouse=True)
def without_a_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


@pytest.fixture
def plan(workspace: Workspace) -> Plan:
    return with_care_plan(workspace)


@pytest.fixture
def planner(workspace: Workspace, plan: Plan) -> Person:
    return workspace.person("planner")


@pytest.fixture
def client(planner: Person) -> Client:
    return signed_in(planner)


def _text(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def _live(page: str) -> dict[str, object]:
    found = re.search(r"<script[^>]*data-live>(.*?)</script>", page, re.DOTALL)
    assert found
    live: dict[str, object] = json.loads(found[1])
    return live


def _stands(person: Person, plan: Plan) -> str:
    return working(person, plan).checksum


def test_where_nothing_moved_the_page_shows_the_figures_of_the_plan(client: Client) -> None:
    figures = check_texts(care_plan(header=CARE_HEADER), today=datetime.now(tz=UTC).date()).figures
    page = _text(client, PAGE)
    for year in ("2017-18", "2018-19"):
        for measure in ("saving", "investment", "net"):
            figure = figures[f"demand.total.{year}.{measure}"]
            assert f'/figures/{figure.id}"' in page
            assert worded(figure.value, figure.unit).strip("£k") in page
    assert "as in the plan" in page
    assert str(_live(page)["says"]).endswith("as in the plan.")


def test_a_link_carries_the_sliders_to_a_colleague(client: Client, workspace: Workspace) -> None:
    link = str(_live(_text(client, f"{PAGE}?{SLIDERS}&year=2017-18&worth=marginal"))["link"])
    colleague = signed_in(workspace.person("clinician"))
    page = _text(colleague, link)
    assert _live(page)["sliders"] == f"{SLIDERS}&year=2017-18&worth=marginal"
    assert 'value="60" data-planned="100"' in page
    assert "another state of the plan" not in page


def test_a_link_that_was_made_on_another_state_says_so(client: Client, planner: Person, plan: Plan) -> None:
    link = str(_live(_text(client, f"{PAGE}?{SLIDERS}"))["link"])
    _write(planner, plan, "care/growth.csv", old="1.0%", new="1.5%")
    assert "another state of the plan" in _text(client, link)


def _write(person: Person, plan: Plan, section: str, *, old: str, new: str) -> None:
    draft = open_draft(actor=person, plan=plan)
    text = texts_of_draft(draft)[section]
    checksum = working(person, plan).checksums[section]
    write_section(actor=person, draft=draft, section=section, text=text.replace(old, new), replaces=checksum)


@pytest.mark.parametrize(
    "query",
    [
        "reach.rapid-response=205",
        "reach.rapid-response=-1",
        "reach.rapid-response=1e9",
        "reach.rapid-response=' OR 1=1 --",
        "reach.rapid-response=<script>alert(1)</script>",
        "reach.nobody=50",
        "<script>alert(1)</script>=1",
        "year=2999-00",
        "worth=free",
        "delay.rapid-response=" + "9" * 2_000,
        "%ff%fe=%ff",
        "__class__=1",
    ],
)
def test_an_address_that_no_slider_can_say_is_refused_in_words_and_changes_nothing(client: Client, query: str) -> None:
    for address in (f"{PAGE}?{query}", f"{PAGE}answer?{query}"):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The address cannot be read" in page
        assert "<script>alert" not in page
        assert str(_live(page)["says"]).endswith("as in the plan.")
    assert not Draft.objects.exists()


def test_everything_wrong_in_an_address_is_told_at_once(client: Client) -> None:
    page = _text(client, f"{PAGE}?reach.x=1&year=0&worth=0&effect.reablement=999", status=422)
    told = page.partition("nhsuk-error-summary__title")[2].partition("</ul>")[0]
    assert told.count("Expected") == 4


def test_very_many_wrong_names_are_not_all_told(client: Client) -> None:
    page = _text(client, f"{PAGE}answer?{urlencode({f'reach.x{number}': 1 for number in range(300)})}", status=422)
    assert "and 280 more" in page


def test_what_is_put_into_the_draft_is_what_the_page_showed(client: Client, planner: Person, plan: Plan) -> None:
    shown = _live(_text(client, f"{PAGE}answer?{SLIDERS}"))
    sent = {"sliders": shown["sliders"], "stands": _stands(planner, plan)}
    page = client.post(f"{PAGE}draft", sent, follow=True).content.decode()
    assert "Written into your draft: care/interventions.csv, care/reach.csv, care/effects.csv." in page
    told = str(shown["says"]).partition(",")[0]
    assert str(_live(page)["says"]) == f"{told}, as in the plan."
    draft = draft_of(planner, plan)
    assert draft is not None
    reach = read_texts(texts_of_draft(draft)).care_reach
    assert [str(row.reach) for row in reach] == ["30%", "40%", "10%"]
    written = Event.objects.filter(verb="write-section").values_list("detail__section", flat=True)
    assert sorted(written) == ["care/effects.csv", "care/interventions.csv", "care/reach.csv"]


def test_a_scenario_is_kept_beside_the_tables(client: Client, planner: Person, plan: Plan) -> None:
    sent = {"sliders": SLIDERS, "stands": _stands(planner, plan), "title": "A late start", "description": "Recruiting"}
    page = client.post(f"{PAGE}scenario", sent, follow=True).content.decode()
    assert "Kept as a scenario in your draft: scenarios/a-late-start.yaml." in page
    draft = draft_of(planner, plan)
    assert draft is not None
    (scenario,) = read_texts(texts_of_draft(draft)).scenarios
    assert (scenario.title, scenario.description) == ("A late start", "Recruiting")
    assert texts_of_draft(draft)["care/reach.csv"] == care_plan()["care/reach.csv"]


@pytest.mark.parametrize("title", ["", "A late start<script>", "=cmd|' /C calc'!A0", "a: [b, {c"])
def test_a_title_is_text_and_nothing_else(client: Client, planner: Person, plan: Plan, title: str) -> None:
    sent = {"sliders": SLIDERS, "stands": _stands(planner, plan), "title": title}
    answer = client.post(f"{PAGE}scenario", sent, follow=True)
    assert answer.status_code == (200 if title else 422)
    assert b"start<script>" not in answer.content
    draft = draft_of(planner, plan)
    if draft is not None:
        assert [each.title for each in read_texts(texts_of_draft(draft)).scenarios] == [title]


@pytest.mark.parametrize("where", ["draft", "scenario"])
def test_sliders_that_were_moved_on_an_older_state_are_not_written(
    client: Client, planner: Person, plan: Plan, where: str
) -> None:
    stands = _stands(planner, plan)
    _write(planner, plan, "care/growth.csv", old="1.0%", new="1.5%")
    before = _stands(planner, plan)
    answer = client.post(f"{PAGE}{where}", {"sliders": SLIDERS, "stands": stands, "title": "x"})
    assert answer.status_code == 422
    assert "The plan was changed since you opened this page." in answer.content.decode()
    assert _live(answer.content.decode())["sliders"] == f"{SLIDERS}&year=2018-19&worth=tariff", "the sliders stay"
    assert _stands(planner, plan) == before


@pytest.mark.parametrize(
    "sliders", ["", "reach.rapid-response=100", "reach.rapid-response=101", "nonsense", "&&&=", "%"]
)
def test_nothing_moved_or_nonsense_opens_no_draft(client: Client, planner: Person, plan: Plan, sliders: str) -> None:
    answer = client.post(f"{PAGE}draft", {"sliders": sliders, "stands": _stands(planner, plan)})
    assert answer.status_code == 422
    assert "It is not kept" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("where", ["draft", "scenario"])
def test_a_clinician_moves_sliders_and_keeps_none(workspace: Workspace, plan: Plan, where: str) -> None:
    clinician = workspace.person("clinician")
    client = signed_in(clinician)
    assert "You can move the sliders and send the link." in _text(client, f"{PAGE}?{SLIDERS}")
    answer = client.post(f"{PAGE}{where}", {"sliders": SLIDERS, "stands": _stands(clinician, plan), "title": "x"})
    assert answer.status_code == 403
    assert Event.objects.filter(verb="edit-plan", refused=True, person_id=clinician.pk).exists()


@pytest.mark.parametrize("rest", ["", "answer", "draft", "scenario", "long-run", "hubs/"])
def test_a_stranger_is_not_told_that_the_plan_exists(workspace: Workspace, plan: Plan, rest: str) -> None:
    client = signed_in(workspace.person("planner", of=workspace.stranger))
    ask = client.post if rest in ("draft", "scenario", "long-run") else client.get
    assert ask(f"{PAGE}{rest}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_more_runs_are_made_by_a_worker_and_shown(client: Client, planner: Person, plan: Plan) -> None:
    answer = client.post(f"{PAGE}long-run", {"sliders": SLIDERS}, follow=True)
    assert "waiting for a worker" in answer.content.decode()
    again = client.post(f"{PAGE}long-run", {"sliders": SLIDERS}, follow=True)
    assert again.status_code == 200
    job = Job.objects.get()
    assert (job.form, job.asked_for["sliders"]) == ("runs", MOVED)
    assert work(stop=threading.Event(), until_empty=True) == 1
    page = _text(client, f"{PAGE}answer?{SLIDERS}")
    assert "These are 10,000 runs" in page
    assert "10,000 times from seed 7" in page
    assert "These are 10,000 runs" not in _text(client, f"{PAGE}answer"), "other sliders are other runs"
    assert set(Event.objects.filter(verb__endswith="runs").values_list("verb", flat=True)) == {
        "ask-for-runs",
        "make-runs",
    }
    assert client.get(f"/plans/{SLUG}/documents/1/runs").status_code == 404, "runs are no document of the plan"
    assert "Being made" not in _text(client, f"/plans/{SLUG}/documents/")


def test_runs_of_a_draft_are_of_the_draft(client: Client, planner: Person, plan: Plan) -> None:
    _write(planner, plan, "care/growth.csv", old="1.0%", new="1.5%")
    client.post(f"{PAGE}long-run", {"sliders": SLIDERS})
    job = Job.objects.get()
    assert job.asked_for["sections"] == working(planner, plan).checksums


def test_nobody_fills_the_queue_with_runs(client: Client) -> None:
    for percent in (5, 10, 15):
        client.post(f"{PAGE}long-run", {"sliders": f"reach.reablement={percent}"})
    answer = client.post(f"{PAGE}long-run", {"sliders": "reach.reablement=20"})
    assert answer.status_code == 422
    assert "You have 3 long runs under way." in answer.content.decode()
    assert Job.objects.count() == 3


def test_hubs_are_chosen_for_the_place_of_the_plan(client: Client) -> None:
    page = _text(client, f"{PAGE}hubs/?number=3")
    assert "3 hubs and whom they serve" in page
    assert "Synthetic: an invented place" in page
    assert "Proven: no other choice of so many gives less travel." in page
    assert "The most deprived fifth" in page


@pytest.mark.parametrize("query", ["number=0", "number=9", "number=<b>", "number=1&x=1", "existing=perhaps"])
def test_hubs_that_cannot_be_are_refused_in_words(client: Client, query: str) -> None:
    page = client.get(f"{PAGE}hubs/?{query}")
    assert page.status_code == 422
    assert b"The address cannot be read" in page.content
    assert b"<b>" not in page.content.split(b"error-summary")[1]


def test_a_data_folder_that_is_missing_is_said_and_no_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEPLAN_DATA", "/not/here")
    answer = client.get(f"{PAGE}hubs/")
    assert answer.status_code == 422
    assert b"/not/here" not in answer.content


def test_a_place_without_data_says_which_places_have_some(workspace: Workspace, plan: Plan) -> None:
    page = _text(signed_in(workspace.person("planner")), "/plans/small-place/care/hubs/")
    assert "The place of this plan is none of them." in page


def test_a_plan_without_a_care_model_says_so_and_how_to_begin(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    page = _text(client, "/plans/small-place/care/")
    assert "This plan has no care model yet." in page
    assert "/plans/small-place/workbook/" in page
    assert client.get("/plans/small-place/care/answer").status_code == 404
    answer = client.post("/plans/small-place/care/draft", {"segments": "Older people\nOthers"}, follow=True)
    assert "Activity of the base year is what is missing." in answer.content.decode()
    draft = draft_of(planner, workspace.plan)
    assert draft is not None
    assert read_texts(texts_of_draft(draft)).header.care is not None
    again = client.post("/plans/small-place/care/draft", {"segments": "Older people"})
    assert (again.status_code, b"settings already" in again.content) == (422, True)


def test_a_plan_that_cannot_be_read_is_said_to_be_so(client: Client, planner: Person, plan: Plan) -> None:
    _write(planner, plan, "care/reach.csv", old="50%", new="half")
    assert "The plan cannot be read as it stands." in _text(client, PAGE)
    assert client.post(f"{PAGE}draft", {"sliders": SLIDERS}).status_code in (200, 422)
    assert client.get(f"{PAGE}answer").status_code == 404
