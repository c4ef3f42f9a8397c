"""The interface of programs is as its OpenAPI description says: cases made from the description, for a token of each
role. No answer is a fault, and each has a status and a form that the description names.

HYPOTHESIS_PROFILE=wide looks further.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.functional.web.conftest import Workspace

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access.models import Membership
from placeplan.web.discussing.actions import begin_thread
from placeplan.web.discussing.models import Thread
from placeplan.web.programs.actions import make_token
from placeplan.web.programs.interface import openapi

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
WIDE = os.environ.get("HYPOTHESIS_PROFILE") == "wide"
EXAMPLES = 200 if WIDE else 2
ROLES = (
    [role.id for role in read_rights().roles] if WIDE else ["planner", "board-member", "regional-assurer", "auditor"]
)
# What the small plan has, so that an operation is also asked for what is there.
THERE = {
    "slug": ["small-place"],
    "name": ["finance/lines.csv", "narrative/01-about.md", "plan.yaml"],
    "figure": ["finance.community.2014-15.total-resources"],
    "organisation": ["council", "elsewhere"],
    "number": [1],
    "form": ["html", "xlsx"],
    "chapter": ["money", "on-a-page"],
    "level": ["place", "practices"],
    "measure": ["ae-4-hours"],
}
MOSTLY = st.integers(0, 4).map(bool)


@pytest.fixture
def application() -> Iterator[Any]:
    """The site as a server calls it, which leaves the database of the test open between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(openapi())
    return [each.ok() for each in schema.get_all_operations()]


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_description_names(workspace: Workspace, application: Any, role: str) -> None:
    of = workspace.region if role == "regional-assurer" else workspace.own
    person = workspace.person(role, of=of)
    _, token = make_token(actor=person, membership=Membership.objects.get(person=person), name="A test")
    asker = workspace.person("planner", name="Somebody who asked")
    begin_thread(actor=asker, plan=workspace.plan, kind=Thread.Kind.COMMENT, about="plan.yaml", words="Why?")
    for operation in _operations():

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=not WIDE,
        )
        @given(case=operation.as_strategy(), data=st.data())
        def answered(case: Any, data: st.DataObject) -> None:
            for name in case.path_parameters or {}:
                if data.draw(MOSTLY):
                    case.path_parameters[name] = data.draw(st.sampled_from(THERE[name]))
            headers = {"Authorization": f"Bearer {token}", "Host": "testserver"}
            answer = case.call(headers=headers, base_url="http://testserver", app=application)
            case.validate_response(answer, checks=CHECKS)

        answered()
