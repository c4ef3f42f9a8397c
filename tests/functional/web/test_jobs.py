"""Documents are made by a queue: each asked for once, made once, and not lost with a worker that dies."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.functional.web.conftest import SignIn, Workspace

from placeplan.web.access.policies import RefusedError
from placeplan.web.auditing.models import Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.planning.actions import WriteRefusedError, open_draft, publish_draft, write_section
from placeplan.web.planning.models import Revision
from placeplan.web.planning.selectors import checksums_of_draft, latest_revision
from placeplan.web.publishing import actions, selectors
from placeplan.web.publishing.models import Document, Job, WorkerSign
from placeplan.web.publishing.working import this_worker, work

WHILE = timedelta(seconds=1)
BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}


def _asked(workspace: Workspace, form: str = "html") -> tuple[Revision, Job]:
    revision = latest_revision(workspace.plan)
    planner = workspace.person("planner", name=f"Planner of {form}")
    return revision, actions.ask_for_document(actor=planner, revision=revision, form=form)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", list(BEGINNINGS))
def test_a_document_is_made(workspace: Workspace, form: str) -> None:
    revision, _ = _asked(workspace, form)
    assert work(stop=threading.Event(), until_empty=True) == 1
    found = selectors.document_of(revision, form)
    assert found is not None
    assert bytes(found.content).lower().startswith(BEGINNINGS[form].lower())


def test_a_document_is_asked_for_once(workspace: Workspace) -> None:
    _, first = _asked(workspace)
    _, again = _asked(workspace)
    assert (first.pk, Job.objects.count()) == (again.pk, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_worker_that_died_is_made_by_another_and_ends_once(workspace: Workspace) -> None:
    _asked(workspace)
    dead = actions.take_job()
    assert dead is not None
    assert actions.take_job() is None, "it is somebody's until its lease runs out"
    Job.objects.update(lease=datetime.now(tz=UTC) - timedelta(seconds=1))
    assert work(stop=threading.Event(), until_empty=True) == 1
    assert actions.finish_job(job=dead, content=b"late") is False
    assert actions.still_working(job=dead, progress="late") is False
    assert actions.fail_job(job=dead, problem="late") is False
    assert Document.objects.count() == 1
    assert bytes(Document.objects.get().content) != b"late"


def test_a_job_that_kills_its_workers_fails_in_the_end(workspace: Workspace) -> None:
    _, job = _asked(workspace)
    for _ in range(actions.MOST_ATTEMPTS):
        assert actions.take_job() is not None
        Job.objects.update(lease=datetime.now(tz=UTC) - timedelta(seconds=1))
    assert actions.take_job() is None
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "It stopped its worker each time that it was tried.")


def test_a_job_that_fails_for_good_does_not_keep_the_next_one_waiting(workspace: Workspace) -> None:
    _, first = _asked(workspace)
    Job.objects.update(state=Job.State.RUNNING, attempts=actions.MOST_ATTEMPTS, lease=datetime.now(tz=UTC) - WHILE)
    _, second = _asked(workspace, "pdf")
    taken = actions.take_job()
    assert taken is not None
    assert taken.pk == second.pk
    first.refresh_from_db()
    assert first.state == Job.State.FAILED


def test_each_end_of_a_job_is_in_the_record(workspace: Workspace) -> None:
    _asked(workspace)
    taken = actions.take_job()
    assert taken is not None
    actions.fail_job(job=taken, problem="finance/lines.csv, line 2: a word of the plan")
    _, _job = _asked(workspace)
    Job.objects.update(state=Job.State.RUNNING, attempts=actions.MOST_ATTEMPTS, lease=datetime.now(tz=UTC) - WHILE)
    assert actions.take_job() is None
    found = list(
        Event.objects.filter(subject="plan small-place", verb="fail-document").values_list("detail", flat=True)
    )
    assert found == [
        {"revision": 1, "format": "html", "attempts": 1},
        {"revision": 1, "format": "html", "attempts": actions.MOST_ATTEMPTS},
    ]
    assert list(chain_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_is_there(workspace: Workspace) -> None:
    assert selectors.last_sign() is None
    WorkerSign.objects.create(worker="of last year", at=datetime(2025, 1, 1, tzinfo=UTC))
    work(stop=threading.Event(), until_empty=True)
    assert selectors.last_sign(worker=this_worker()) is not None
    assert selectors.last_sign(worker="of last year") is None, "it is forgotten"
    assert selectors.jobs_by_state() == {"waiting": 0, "running": 0, "done": 0, "failed": 0}


def test_a_failed_job_can_be_asked_for_again(workspace: Workspace) -> None:
    _asked(workspace)
    taken = actions.take_job()
    assert taken is not None
    actions.fail_job(job=taken, problem="No.")
    _, again = _asked(workspace)
    assert (again.state, again.problem, again.attempts) == (Job.State.WAITING, "", 0)


def test_who_may_not_take_the_plan_out_gets_no_document(workspace: Workspace) -> None:
    revision = latest_revision(workspace.plan)
    with pytest.raises(RefusedError):
        actions.ask_for_document(actor=workspace.person("clinician"), revision=revision, form="html")
    with pytest.raises(WriteRefusedError, match="A document is one of html, pdf, docx, xlsx"):
        actions.ask_for_document(actor=workspace.person("planner"), revision=revision, form="exe")


@pytest.mark.django_db(transaction=True)
def test_the_version_log_of_a_document_comes_from_the_revisions_that_led_to_it(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    for number, text in ((2, "# About\n\nMore.\n"), (3, "# About\n\nStill more.\n")):
        draft = open_draft(actor=planner, plan=workspace.plan)
        about = "narrative/01-about.md"
        stands = checksums_of_draft(draft)[about]
        write_section(actor=planner, draft=draft, section=about, text=text, replaces=stands)
        publish_draft(actor=planner, draft=draft, message=f"Words of revision {number}")
    second = Revision.objects.get(plan=workspace.plan, number=2)
    actions.ask_for_document(actor=planner, revision=second, form="html")
    work(stop=threading.Event(), until_empty=True)
    document = selectors.document_of(second, "html")
    assert document is not None
    page = bytes(document.content).decode()
    assert "Revisions, as they were published" in page
    assert "Words of revision 2" in page
    assert planner.name in page
    assert "Words of revision 3" not in page, "a document tells what led to it and not what came after"


def test_the_page_follows_a_document_without_being_loaded_again(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    page.goto("/plans/small-place/documents/")
    page.locator("button[value=html]").click()
    row = page.locator("[data-row=html]")
    expect(row).to_contain_text("Waiting")
    page.evaluate("window.notLoadedAgain = true")
    work(stop=threading.Event(), until_empty=True)
    expect(row).to_contain_text("Take it", timeout=20_000)
    expect(page.get_by_role("status")).to_have_text("Web page: Ready.")
    assert page.evaluate("window.notLoadedAgain") is True
