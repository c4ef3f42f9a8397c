"""The record of what was done: whole, or it says where it is not."""

import pytest
from django.db import transaction
from tests.functional.web.conftest import Workspace

from placeplan.web.auditing.models import ChainEnd, Event
from placeplan.web.auditing.selectors import chain_faults
from placeplan.web.planning import actions


def test_every_write_is_in_the_record_and_the_chain_is_whole(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    draft = actions.open_draft(actor=planner, plan=workspace.plan)
    actions.write_section(actor=planner, draft=draft, section="narrative/02-more.md", text="# More\n", replaces="")
    actions.publish_draft(actor=planner, draft=draft, message="More")
    verbs = list(Event.objects.filter(subject="plan small-place").values_list("verb", flat=True))
    assert verbs == ["bring-in-plan", "open-draft", "write-section", "publish-revision"]
    assert list(chain_faults()) == []


def test_a_write_that_fails_leaves_no_event(workspace: Workspace) -> None:
    before = Event.objects.count()
    planner = workspace.person("planner")
    events = Event.objects.count()
    with transaction.atomic():
        actions.open_draft(actor=planner, plan=workspace.plan)
        transaction.set_rollback(True)
    assert Event.objects.count() == events > before
    assert list(chain_faults()) == []


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda: Event.objects.filter(number=3).update(verb="nothing"), "event 3 was changed"),
        (lambda: Event.objects.filter(number=3).update(detail={"x": 1}), "event 3 was changed"),
        (lambda: Event.objects.filter(number=3).delete(), "event 3 is missing"),
        (lambda: Event.objects.order_by("-number").first().delete(), "are missing"),
        (lambda: ChainEnd.objects.update(number=99), "are missing"),
    ],
)
def test_tampering_shows(workspace: Workspace, tamper: object, fault: str) -> None:
    tamper()  # type: ignore[operator]
    assert any(fault in words for words in chain_faults())
