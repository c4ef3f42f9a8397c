"""Comments among those who plan, and queries that a regional assurer raises and closes."""

import pytest
from tests.functional.web.conftest import Workspace

from placeplan.web.access.policies import RefusedError
from placeplan.web.discussing import actions
from placeplan.web.discussing.models import Thread
from placeplan.web.discussing.selectors import threads_of
from placeplan.web.planning.actions import WriteRefusedError

FIGURE = "finance.community.2014-15.total"


def test_a_query_is_raised_answered_and_closed(workspace: Workspace) -> None:
    assurer = workspace.person("regional-assurer", of=workspace.region)
    planner = workspace.person("planner")
    query = actions.begin_thread(
        actor=assurer, plan=workspace.plan, kind=Thread.Kind("query"), about=FIGURE, words="What does growth rest on?"
    )
    actions.reply(actor=planner, thread=query, words="On projections of 2014.")
    with pytest.raises(RefusedError, match="You may not close an assurance query"):
        actions.close_thread(actor=planner, thread=query)
    closed = actions.close_thread(actor=assurer, thread=query)
    assert closed.closed_by == assurer
    assert [remark.words for remark in query.remarks.all()] == ["What does growth rest on?", "On projections of 2014."]
    with pytest.raises(WriteRefusedError, match="closed"):
        actions.reply(actor=planner, thread=query, words="One more thing.")


def test_open_queries_stand_first(workspace: Workspace) -> None:
    assurer, planner = workspace.person("regional-assurer", of=workspace.region), workspace.person("planner")
    for person, kind in ((planner, "comment"), (assurer, "query"), (planner, "comment")):
        actions.begin_thread(actor=person, plan=workspace.plan, kind=Thread.Kind(kind), about=FIGURE, words="x")
    first = Thread.objects.order_by("pk").first()
    assert first is not None
    actions.close_thread(actor=planner, thread=first)
    assert [(thread.kind, thread.closed is None) for thread in threads_of(workspace.plan)] == [
        ("query", True),
        ("comment", True),
        ("comment", False),
    ]


def test_somebody_else_raises_no_query(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="You may not raise an assurance query"):
        actions.begin_thread(
            actor=workspace.person("planner"), plan=workspace.plan, kind=Thread.Kind("query"), about=FIGURE, words="x"
        )


@pytest.mark.parametrize(("about", "words"), [("", "x"), ("x", " "), ("x" * 401, "x"), ("x", "x" * 10_001)])
def test_nothing_and_too_much_are_refused(workspace: Workspace, about: str, words: str) -> None:
    with pytest.raises(WriteRefusedError, match="Say"):
        actions.begin_thread(
            actor=workspace.person("planner"),
            plan=workspace.plan,
            kind=Thread.Kind("comment"),
            about=about,
            words=words,
        )
    assert not Thread.objects.exists()
