"""What programs ask of a plan and write into it: money, the care model, people, chapters, assurance and boards.

Numbers are those of the pages and of the engine; what is asked wrongly is refused with its field.
"""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.functional.web.care_workspace import SLUG, with_care_plan
from tests.functional.web.conftest import Workspace, signed_in
from tests.functional.web.governing import REGISTERS, publish
from tests.functional.web.people_data import CLUSTER, written_run
from tests.functional.web.test_programs import ask, token_of

from placeplan.app.demonstration import EXAMPLES
from placeplan.app.plan_texts import check_texts, texts_of_folder
from placeplan.web.access.models import Person
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.meetings.models import Meeting
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.selectors import texts_of_revision, working
from placeplan.web.publishing.working import work

KENT = "/api/v1/plans/kent-medway-2014"
SMALL = "/api/v1/plans/small-place"
CARE = f"/api/v1/plans/{SLUG}/care"
PUBLIC_HEALTH = {"service": "public-health", "year": "2014-15"}
SCHEMES = "finance/efficiency.csv"


class Program:
    """A program that acts as somebody: what it asks, and what it is told."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._token = token_of(person)

    def get(self, address: str, *, status: int = 200) -> Any:
        return self._asked("get", address, sent=None, status=status)

    def post(self, address: str, sent: Any = None, *, status: int = 200) -> Any:
        return self._asked("post", address, sent=sent, status=status)

    def put(self, address: str, sent: Any, *, status: int = 200) -> Any:
        return self._asked("put", address, sent=sent, status=status)

    def _asked(self, method: str, address: str, *, sent: Any, status: int) -> Any:
        answer = ask(self._token, method, address, sent=sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.json() if "json" in answer["Content-Type"] else answer.content


@pytest.fixture
def kent(workspace: Workspace) -> Program:
    """A program of a finance lead of the bundled plan of Kent and Medway."""
    texts = texts_of_folder(EXAMPLES / "kent-medway-2014")
    bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")
    return Program(workspace.person("finance"))


def _words(chapter: dict[str, Any]) -> str:
    """Everything that sections say."""
    return str(chapter["sections"])


def _cells(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((cell["words"], cell["figure"]) for row in table["rows"] for cell in row)


def test_a_program_solves_the_requirement_and_puts_the_saving_into_its_draft(kent: Program) -> None:
    asked = kent.post(f"{KENT}/money/requirement", PUBLIC_HEALTH)
    page = signed_in(kent.person).get("/plans/kent-medway-2014/money/requirement/", PUBLIC_HEALTH).content.decode()
    assert asked["answer"]["needed"]
    assert asked["answer"]["amount"] in page
    put = kent.post(
        f"{KENT}/money/requirement/draft", {**PUBLIC_HEALTH, "title": "By a program", "replaces": asked["checksum"]}
    )
    assert SCHEMES in put["sections"]
    assert "By a program" in kent.get(f"{KENT}/sections/{SCHEMES}")["text"]
    plan = kent.person.memberships.get().organisation.plans.get(slug="kent-medway-2014")
    assert put["checksum"] == working(kent.person, plan).checksum
    again = kent.post(f"{KENT}/money/requirement", PUBLIC_HEALTH)
    assert not again["answer"]["needed"]
    stale = kent.post(f"{KENT}/money/requirement/draft", {**PUBLIC_HEALTH, "replaces": asked["checksum"]}, status=409)
    assert stale["checksum"] == put["checksum"]
    assert list(chain_faults()) == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"service": "nobody"}, "service"),
        ({"year": "1066"}, "year"),
        ({**PUBLIC_HEALTH, "wish": "rate", "value": "lots"}, "value"),
        ({**PUBLIC_HEALTH, "investment": "100"}, "investment"),
        ({**PUBLIC_HEALTH, "split": "choice", "shares": [{"scheme": "none", "share": "100"}]}, "shares"),
        ({**PUBLIC_HEALTH, "split": "choice", "shares": [{"title": "x", "share": "1"}] * 4}, "shares"),
        ({**PUBLIC_HEALTH, "saved_in": "2099-00"}, "saved-in"),
    ],
)
def test_what_is_asked_wrongly_of_money_is_refused_with_its_field(kent: Program, sent: Any, field: str) -> None:
    answer = kent.post(f"{KENT}/money/requirement", sent, status=422)
    assert field in {problem["field"] for problem in answer["problems"]}


def test_positions_scenarios_and_sensitivity_are_those_of_the_pages(kent: Program) -> None:
    money = kent.get(f"{KENT}/money?service=public-health&year=2014-15")
    assert ("Cumulative position", "-£2,443k") in [(each["title"], each["value"]) for each in money["tiles"]]
    assert "finance.public-health.2014-15.cumulative" in {figure for _, figure in _cells(money["bridge"])}
    compared = kent.get(f"{KENT}/money/scenarios?service=public-health")
    cell = next(each for each in compared["assumptions"] if each["cell"].startswith("table=finance%2Flines.csv"))
    sent = {"title": "A hard year", "changes": [{"cell": cell["cell"], "value": "9,999"}]}
    checksum = kent.post(f"{KENT}/money/requirement", PUBLIC_HEALTH)["checksum"]
    made = kent.post(f"{KENT}/money/scenarios", {**sent, "replaces": checksum}, status=201)
    assert made["sections"] == ["scenarios/a-hard-year.yaml"]
    shown = kent.get(f"{KENT}/money/scenarios?service=public-health&scenario=&scenario=a-hard-year")
    assert "A hard year" in _words(shown["shown"])
    kent.get(f"{KENT}/money/scenarios?scenario=nowhere", status=422)
    twice = kent.post(f"{KENT}/money/scenarios", {**sent, "replaces": made["checksum"]}, status=422)
    assert twice["problems"][0]["field"] == "title"
    swung = kent.get(f"{KENT}/money/sensitivity?service=public-health&year=2014-15&by=5")
    assert swung["known"]
    assert swung["shown"]["sections"]
    kent.get(f"{KENT}/money/sensitivity?by=0", status=422)


def test_a_chapter_says_what_its_page_says(kent: Program) -> None:
    page = signed_in(kent.person).get("/plans/kent-medway-2014/on-a-page/").content.decode()
    (section,) = kent.get(f"{KENT}/chapters/on-a-page")["sections"]
    assert section["title"] in page
    assert kent.get(f"{KENT}/summary")["sections"]
    assert kent.get(f"{KENT}/performance")["standings"]
    kent.get(f"{KENT}/chapters/nothing", status=422)


@pytest.fixture
def care(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program of a planner whose organisation has a plan with a care model."""
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)
    with_care_plan(workspace)
    return Program(workspace.person("planner"))


def test_a_program_moves_sliders_and_keeps_them_in_the_draft_or_as_a_scenario(care: Program) -> None:
    still = care.post(CARE, {"sliders": {}})
    assert {each["position"] - each["planned"] for each in still["sliders"]} == {0}
    moved = care.post(CARE, {"sliders": {"reach.rapid-response": 60}})
    assert moved["changed_cells"]
    assert moved["says"] != still["says"]
    page = signed_in(care.person).get(f"/plans/{SLUG}/care/?reach.rapid-response=60").content.decode()
    assert all(tile["value"] in page for tile in moved["tiles"])
    sent = {"sliders": {"reach.rapid-response": 60}, "replaces": moved["checksum"]}
    kept = care.post(f"{CARE}/scenarios", {**sent, "title": "Fewer people reached"}, status=201)
    assert kept["sections"] == ["scenarios/fewer-people-reached.yaml"]
    care.post(f"{CARE}/draft", sent, status=409)
    put = care.post(f"{CARE}/draft", {**sent, "replaces": kept["checksum"]})
    assert put["sections"] == ["care/reach.csv"]
    assert care.post(CARE, {"sliders": {}})["says"].startswith(moved["says"].partition(",")[0])
    wrong = care.post(CARE, {"sliders": {"reach.nobody": 1, "reach.rapid-response": -1}, "year": "1066"}, status=422)
    assert {each["field"] for each in wrong["problems"]} == {"reach.nobody", "reach.rapid-response", "year"}


@pytest.mark.django_db(transaction=True)
def test_a_long_run_is_asked_for_made_by_a_worker_and_read(care: Program) -> None:
    query = f"{CARE}/long-runs?slider=reach.rapid-response=60"
    care.get(query, status=404)
    asked = care.post(f"{CARE}/long-runs", {"sliders": {"reach.rapid-response": 60}}, status=202)
    assert (asked["state"], asked["years"]) == ("waiting", [])
    work(stop=Signal(), until_empty=True)
    found = care.get(query)
    assert found["state"] == "done"
    assert len(found["years"]) == len(found["middle"]) == len(found["probability"])
    assert all(low <= high for low, high in zip(found["low"], found["high"], strict=True))
    assert care.post(CARE, {"sliders": {"reach.rapid-response": 60}})["long_run"]["checksum"] == found["checksum"]


def test_a_care_model_is_begun_in_a_plan_that_has_none(workspace: Workspace) -> None:
    planner = Program(workspace.person("planner"))
    assert "care/settings" in planner.post(f"{SMALL}/care", {"sliders": {}}, status=404)["title"]
    begun = planner.post(f"{SMALL}/care/settings", {"segments": ["Children", "Adults"]}, status=201)
    assert begun["sections"] == ["plan.yaml"]
    assert "Adults" in planner.get(f"{SMALL}/sections/plan.yaml")["text"]


def test_people_below_the_place_are_told_to_those_who_may_and_the_look_is_in_the_record(
    workspace: Workspace, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = ""
    settings.SEGMENT_RUNS = str(written_run(tmp_path))
    planner, analyst = Program(workspace.person("planner")), Program(workspace.person("analyst"))
    assert "made up" in _words(planner.get(f"{SMALL}/segments/place")["shown"])
    assert CLUSTER in _words(planner.get(f"{SMALL}/segments/clusters")["shown"])
    planner.get(f"{SMALL}/segments/practices", status=403)
    assert analyst.get(f"{SMALL}/segments/practices?cluster=Ashbridge%20(synthetic)")["shown"]["sections"]
    analyst.get(f"{SMALL}/segments/practices?cluster=Nowhere", status=422)
    looks = Event.objects.filter(verb__in=["see-clusters", "see-practices"]).values_list("verb", "refused")
    assert sorted(looks) == [
        ("see-clusters", False),
        ("see-practices", False),
        ("see-practices", False),
        ("see-practices", True),
    ]
    assert "public data" in planner.get(f"{SMALL}/people", status=404)["title"]
    assert "exists" in _words(planner.get(f"{SMALL}/people?invented=true&place=west-kent")["shown"])


def test_commitments_come_with_days_worked_back_and_the_matrix_with_what_nobody_serves(workspace: Workspace) -> None:
    person = workspace.person("planner")
    publish(person, workspace, REGISTERS)
    planner = Program(person)
    found = planner.get(f"{SMALL}/commitments")
    surgery = next(each for each in found["contracts"] if each["contract"] == "surgery")
    assert (surgery["ends"], surgery["notice_by"], surgery["procure_by"]) == ("2016-03-31", "2015-12-31", "2015-06-30")
    assert next(each for each in found["contracts"] if each["contract"] == "unknown")["due"] is None
    assert [each["score"] for each in found["risks"]] == [16, 6]
    assert {each["intention"] for each in found["intentions"]} == {"nurses", "beds", "lonely"}
    assert any(line["overdue"] for line in found["calendar"])
    matrix = planner.get(f"{SMALL}/traceability")
    goals = {each["id"]: each["served_by"] for each in matrix["goals"]}
    assert (goals["start-well"], goals["age-well"], matrix["complete"]) == (["Children first"], [], False)


def test_an_assurer_judges_a_line_and_compares_two_places(workspace: Workspace) -> None:
    assurer = Program(workspace.person("regional-assurer", of=workspace.region))
    lines = {each["id"]: each for each in assurer.get(f"{SMALL}/assurance")["lines"]}
    file = {"name": "why.txt", "content": b64encode(b"Seen.").decode()}
    sent = {"line": "risks", "judgement": "partly-assured", "reason": "No reviews.", "file": file}
    assert lines["risks"]["judgement"] != "partly-assured"
    told = assurer.post(f"{SMALL}/assurance/judgements", sent, status=201)
    judged = next(each for each in told["lines"] if each["id"] == "risks")
    assert (judged["judgement"], judged["stale"]) == ("partly-assured", False)
    assert assurer.get(f"{SMALL}/evidence/{judged['given'][0]['evidence']}") == b"Seen."
    assurer.post(f"{SMALL}/assurance/judgements", {**sent, "file": {"name": "x.txt", "content": "?"}}, status=422)
    assurer.post(f"{SMALL}/assurance/judgements", {**sent, "line": "nothing"}, status=422)
    other = {**texts_of_revision(workspace.plan.revisions.get())}
    other["plan.yaml"] = other["plan.yaml"].replace("id: small-place", "id: other-place")
    bring_in_plan(actor=None, organisation=workspace.own, texts=other, message="First")
    places = assurer.get("/api/v1/places?plan=small-place&plan=other-place&sort=errors&words=cumulative")
    assert {each["plan"] for each in places["places"]} == {"small-place", "other-place"}
    assert places["figures"]
    assert {each["difference"] for each in places["figures"]} <= {"£0k", ""}
    assert [each["kind"] for each in assurer.get(f"{SMALL}/history?kind=assurance")] == ["assurance"]


def test_a_secretary_takes_a_meeting_from_its_call_to_confirmed_minutes(workspace: Workspace) -> None:
    secretary = Program(workspace.person("board-secretary"))
    sent = {"name": "Wellbeing board", "quorum": 2, "starts": "2026-01-01", "first_minute": 202}
    board = secretary.post(f"{SMALL}/boards", sent, status=201)["id"]
    address = f"{SMALL}/boards/{board}"
    for name in ("Ann Archer", "Bob Baker"):
        members = secretary.post(f"{address}/members", {"name": name, "since": "2026-01-01"}, status=201)["members"]
    interest = {"member": members[1]["id"], "about": "Acme Care", "nature": "financial", "declared": "2026-01-02"}
    secretary.post(f"{address}/interests", interest, status=201)
    secretary.post(f"{address}/programme", {"title": "Annual report", "owner": "Chair"}, status=201)
    secretary.post(f"{address}/members/end", {"member": 999, "until": "2026-12-31"}, status=422)
    first, second = (
        secretary.post(f"{address}/meetings", {"held": day}, status=201)["id"] for day in ("2026-03-16", "2026-05-25")
    )
    for number in (first, second):
        there = {"present": ["Ann Archer", "Bob Baker"]}
        assert secretary.put(f"{SMALL}/meetings/{number}/attendance", there)["quorate"]
    meeting = f"{SMALL}/meetings/{first}"
    (item,) = secretary.post(f"{meeting}/items", {"title": "Care by Acme Care"}, status=201)["items"]
    assert (item["number"], item["touches"]) == (202, ["Bob Baker: Acme Care"])
    on = {"item": item["id"]}
    declared = {**on, "name": "Bob Baker", "words": "Owns shares", "handling": "left"}
    assert secretary.post(f"{meeting}/declarations", declared, status=201)["items"][0]["touches"] == []
    secretary.put(f"{meeting}/minute", {**on, "words": "It was presented."})
    secretary.put(f"{meeting}/minute", {**on, "words": "Otherwise.", "before": "Something else."}, status=422)
    decided = {**on, "verb": "approved-with-conditions", "words": "If staffed."}
    (told,) = secretary.post(f"{meeting}/decisions", decided, status=201)["items"][0]["decisions"]
    act = {**on, "words": "Write to Acme", "owner": "Ann Archer", "due": "2026-04-01"}
    (action,) = secretary.post(f"{meeting}/actions", act, status=201)["items"][0]["actions"]
    assert secretary.post(f"{meeting}/confirmation", {"at": second})["checksum"]
    secretary.post(f"{meeting}/items", {"title": "Late"}, status=422)
    assert "It was presented." in _words(secretary.get(f"{meeting}/minutes"))
    assert secretary.get(f"{meeting}/minutes.pdf").startswith(b"%PDF")
    still_open = secretary.get(f"{SMALL}/boards")
    assert [len(still_open[name]) for name in ("actions", "decisions")] == [1, 1]
    assert secretary.post(f"{SMALL}/actions/{action['id']}/close", {"words": "Written."})["closed"]
    assert not secretary.post(f"{SMALL}/decisions/{told['id']}/close", {"words": "Staffed."})["open"]
    assert Meeting.objects.get(pk=first).confirmed_by == secretary.person
    assert list(chain_faults()) == []


def test_bodies_sign_with_conditions_and_what_was_signed_can_be_proved(workspace: Workspace) -> None:
    planner, member = Program(workspace.person("planner")), Program(workspace.person("board-member"))
    planner.post(f"{SMALL}/signing/submit")
    assert planner.put(f"{SMALL}/signing/seats", {"body": "Governing body", "organisation": "council"})["seats"] == {
        "Governing body": "council"
    }
    planner.put(f"{SMALL}/signing/seats", {"body": "Nobody", "organisation": "council"}, status=422)
    said = {"body": "Finance committee", "verdict": "approved-with-conditions", "words": "Find the savings"}
    signed = member.post(f"{SMALL}/signing/signatures", said, status=201)
    (condition,) = signed["conditions"]
    file = {"name": "plan.txt", "content": b64encode(b"Found.").decode()}
    met = member.post(f"{SMALL}/signing/conditions/{condition['id']}", {"words": "They are found.", "file": file})[
        "conditions"
    ]
    assert met[0]["met"]
    assert planner.get(f"{SMALL}/evidence/{met[0]['evidence']}") == b"Found."
    submission = planner.get(f"{SMALL}/signing/submissions/1")
    revision = workspace.plan.revisions.get()
    assert submission["checksum"] == revision.checksum
    assert set(submission["checksums"]) == set(texts_of_revision(revision))
    assert [each["body"] for each in submission["signatures"]] == ["Finance committee"]


def test_a_plan_that_cannot_be_read_is_told_to_be_so(workspace: Workspace) -> None:
    planner = Program(workspace.person("planner"))
    lines = planner.get(f"{SMALL}/sections/finance/lines.csv")
    planner.put(f"{SMALL}/sections/finance/lines.csv", {"text": "nonsense", "replaces": lines["checksum"]})
    for address in ("money", "chapters/money", "performance", "traceability", "money/scenarios", "summary"):
        assert "findings" in planner.get(f"{SMALL}/{address}", status=422)["title"]
    assert planner.get(f"{SMALL}/findings")


def test_an_auditor_reads_the_record_page_by_page_and_proves_that_it_is_whole(workspace: Workspace) -> None:
    Program(workspace.person("planner")).get(SMALL)
    auditor = Program(workspace.person("auditor"))
    found = auditor.get("/api/v1/record?words=make-token&page=9")
    assert (found["page"], found["pages"]) == (1, 1)
    assert {each["verb"] for each in found["events"]} == {"make-token"}
    chain = auditor.get("/api/v1/record/chain")
    assert (chain["events"], chain["faults"]) == (Event.objects.count(), [])
    assert b"make-token" in auditor.get("/api/v1/record/file")


def test_figures_of_the_care_model_are_those_of_the_engine(care: Program, workspace: Workspace) -> None:
    plan = workspace.own.plans.get(slug=SLUG)
    revision = plan.revisions.get()
    figures = check_texts(texts_of_revision(revision), today=revision.at.date()).figures
    figure = figures["demand.total.2018-19.saving"]
    told = care.get(f"/api/v1/plans/{SLUG}/figures/{figure.id}")
    assert told["value"] == str(figure.value)
    assert care.post(CARE, {"sliders": {}})["year"] == "2018-19"


def test_claims_are_counted_for_a_moment_and_kept_as_a_scenario(kent: Program) -> None:
    found = kent.get(f"{KENT}/money/claims?claim=immigration-removal-centres")
    assert [each["claim"] for each in found["claims"] if each["counted"]] == ["immigration-removal-centres"]
    assert "+400" in _words(found["shown"])
    assert found["listed"]["sections"]
    wrong = kent.get(f"{KENT}/money/claims?claim=nothing&state=sung", status=422)
    assert {each["field"] for each in wrong["problems"]} == {"claim", "state"}
    checksum = kent.post(f"{KENT}/money/requirement", PUBLIC_HEALTH)["checksum"]
    sent = {"claims": ["immigration-removal-centres"], "title": "One claim comes", "replaces": checksum}
    made = kent.post(f"{KENT}/money/claims/scenario", sent, status=201)
    assert made["sections"] == ["scenarios/one-claim-comes.yaml"]
    kent.post(f"{KENT}/money/claims/scenario", sent, status=409)


def test_a_month_of_savings_is_reported_into_the_draft(workspace: Workspace) -> None:
    texts = texts_of_folder(EXAMPLES / "swale-2016")
    plan = bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="As printed")
    finance = Program(workspace.person("finance"))
    start = "/api/v1/plans/swale-2016"
    scheme = finance.get(f"{start}/sections/{SCHEMES}")["text"].splitlines()[1].split(",")[0]
    checksum = working(finance.person, plan).checksum
    sent = {"service": "swale", "month": "2016-04", "replaces": checksum}
    report = {**sent, "schemes": [{"scheme": scheme, "gross": "10", "note": "As planned"}]}
    wrong = finance.post(f"{start}/money/delivery/months", {**sent, "schemes": [{"scheme": "none"}]}, status=422)
    assert wrong["problems"][0]["field"] == "schemes"
    made = finance.post(f"{start}/money/delivery/months", report)
    assert made["sections"] == ["finance/savings_delivered.csv"]
    assert "As planned" in finance.get(f"{start}/sections/finance/savings_delivered.csv")["text"]
    assert finance.get(f"{start}/money/delivery")["sections"]
    finance.post(f"{start}/money/delivery/months", report, status=409)
