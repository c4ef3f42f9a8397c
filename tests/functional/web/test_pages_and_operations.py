"""What pages do, programs can do: for each page the operations of the interface that do the same, or why there is none.

A page without a row fails, and so does an operation that no page has and that is not said to be for programs alone.
"""

from typing import get_args

import pytest
from django.urls import get_resolver
from tests.functional.web.test_programs import described
from tests.functional.web.test_rights_of_pages import PROGRAMS, names_of

from placeplan.app.plan_chapters import CHAPTERS
from placeplan.web.assuring.comparing import SORTS
from placeplan.web.programs import chapters

# Why a page has no operation.
IN_PERSON = (
    "somebody signs in and out, and keeps their own account, in person: a token is given, and never gives itself"
)
PEOPLE = "who is given roles and ways in is decided in person, with a second factor where the site asks for one"
TYPING = "it answers while somebody types, from what they typed"
WATCHED = "those who run the site watch it, by another token or by address"

ROW_PAGES = "PUT /plans/{slug}/sections/{name}"
PAGES: dict[str, tuple[str, ...] | str] = {
    "access:sign-in": IN_PERSON,
    "access:sign-out": IN_PERSON,
    "access:code": IN_PERSON,
    "access:choose-password": IN_PERSON,
    "access:single-sign-on": IN_PERSON,
    "openid_connect_callback": IN_PERSON,
    "access:account": IN_PERSON,
    "access:change-password": IN_PERSON,
    "access:second-factor": IN_PERSON,
    "access:second-factor-off": IN_PERSON,
    "access:recovery-codes": IN_PERSON,
    "access:end-session": IN_PERSON,
    "programs:tokens": IN_PERSON,
    "programs:revoke": IN_PERSON,
    "access:people": PEOPLE,
    "access:take-role": PEOPLE,
    "access:person": PEOPLE,
    "access:make-link": PEOPLE,
    "access:take-second-factor": PEOPLE,
    "access:switch": PEOPLE,
    "live": WATCHED,
    "ready": WATCHED,
    "worker": WATCHED,
    "metrics": WATCHED,
    "programs:description": "it is the description of the interface itself",
    "editing:preview": TYPING,
    "auditing:record": ("GET /record", "GET /record/chain"),
    "auditing:file": ("GET /record/file",),
    "planning:plans": ("GET /plans",),
    "planning:plan": ("GET /plans/{slug}", "GET /plans/{slug}/summary", "GET /plans/{slug}/findings"),
    "planning:section": ("GET /plans/{slug}/sections", "GET /plans/{slug}/sections/{name}"),
    "planning:write": ("PUT /plans/{slug}/sections/{name}",),
    "editing:undo": ("PUT /plans/{slug}/sections/{name}", "GET /plans/{slug}/revisions/{number}/sections"),
    "editing:rows": ("GET /plans/{slug}/sections/{name}",),
    "editing:row": (ROW_PAGES,),
    "editing:accept": (ROW_PAGES, "GET /plans/{slug}/findings"),
    "editing:find-figures": ("GET /plans/{slug}/figures",),
    "planning:figures": ("GET /plans/{slug}/figures",),
    "planning:figure": ("GET /plans/{slug}/figures/{figure}",),
    "planning:files": ("GET /plans/{slug}/revisions/{number}/files",),
    "planning:publish": ("POST /plans/{slug}/publish", "GET /plans/{slug}/draft"),
    "planning:bring-up-to-date": (
        "GET /plans/{slug}/draft/conflicts",
        "POST /plans/{slug}/draft/bring-up-to-date",
    ),
    "planning:discard": ("DELETE /plans/{slug}/draft",),
    "timeline:history": ("GET /plans/{slug}/history", "GET /plans/{slug}/revisions"),
    **{f"chapters:{name}": ("GET /plans/{slug}/chapters/{chapter}",) for name in ("on-a-page", "words")},
    "performance:performance": ("GET /plans/{slug}/performance", "GET /plans/{slug}/chapters/{chapter}"),
    "performance:measures": ("GET /plans/{slug}/measures", "GET /plans/{slug}/measures/{measure}"),
    "population:people": ("GET /plans/{slug}/people", "GET /plans/{slug}/chapters/{chapter}"),
    "population:segments": ("GET /plans/{slug}/segments/{level}",),
    "population:clusters": ("GET /plans/{slug}/segments/{level}",),
    "population:practices": ("GET /plans/{slug}/segments/{level}",),
    "money:money": ("GET /plans/{slug}/money", "GET /plans/{slug}/chapters/{chapter}"),
    "money:requirement": ("POST /plans/{slug}/money/requirement",),
    "money:put": ("POST /plans/{slug}/money/requirement/draft",),
    "money:scenarios": ("GET /plans/{slug}/money/scenarios",),
    "money:new-scenario": ("POST /plans/{slug}/money/scenarios",),
    "money:delivery": ("GET /plans/{slug}/money/delivery",),
    "money:report": ("POST /plans/{slug}/money/delivery/months",),
    "money:claims": ("GET /plans/{slug}/money/claims",),
    "money:keep-claims": ("POST /plans/{slug}/money/claims/scenario",),
    "money:sensitivity": ("GET /plans/{slug}/money/sensitivity",),
    "care:care": ("POST /plans/{slug}/care",),
    "care:answer": ("POST /plans/{slug}/care",),
    "care:draft": ("POST /plans/{slug}/care/draft", "POST /plans/{slug}/care/settings"),
    "care:scenario": ("POST /plans/{slug}/care/scenarios",),
    "care:long-run": ("POST /plans/{slug}/care/long-runs", "GET /plans/{slug}/care/long-runs"),
    "care:hubs": ("GET /plans/{slug}/care/hubs",),
    "commitments:commitments": ("GET /plans/{slug}/commitments", "GET /plans/{slug}/chapters/{chapter}"),
    "commitments:providers": ("GET /plans/{slug}/commitments",),
    "commitments:traceability": ("GET /plans/{slug}/traceability", "GET /plans/{slug}/chapters/{chapter}"),
    "commitments:fill-goal": (ROW_PAGES,),
    "meetings:governance": ("GET /plans/{slug}/governance", "GET /plans/{slug}/boards"),
    "assuring:assurance": ("GET /plans/{slug}/assurance", "GET /plans/{slug}/threads"),
    "assuring:judge": ("POST /plans/{slug}/assurance/judgements",),
    "discussing:threads": ("GET /plans/{slug}/threads", "POST /plans/{slug}/threads"),
    "discussing:reply": (
        "POST /plans/{slug}/threads/{number}/replies",
        "POST /plans/{slug}/threads/{number}/close",
    ),
    "signing:signing": ("GET /plans/{slug}/signing",),
    "signing:submit": ("POST /plans/{slug}/signing/submit",),
    "signing:sign": ("POST /plans/{slug}/signing/signatures",),
    "signing:meet": ("POST /plans/{slug}/signing/conditions/{number}",),
    "signing:seat": ("PUT /plans/{slug}/signing/seats",),
    "signing:submission": ("GET /plans/{slug}/signing/submissions/{number}",),
    "signing:checksums": ("GET /plans/{slug}/signing/submissions/{number}",),
    "evidencing:evidence": ("GET /plans/{slug}/evidence/{number}",),
    "meetings:boards": ("GET /plans/{slug}/boards",),
    "meetings:add-board": ("POST /plans/{slug}/boards",),
    "meetings:board": ("GET /plans/{slug}/boards/{number}",),
    "meetings:change-board": (
        "PUT /plans/{slug}/boards/{number}",
        "POST /plans/{slug}/boards/{number}/members",
        "POST /plans/{slug}/boards/{number}/members/end",
        "POST /plans/{slug}/boards/{number}/interests",
        "POST /plans/{slug}/boards/{number}/programme",
        "POST /plans/{slug}/boards/{number}/receipts",
        "POST /plans/{slug}/boards/{number}/meetings",
    ),
    "meetings:meeting": ("GET /plans/{slug}/meetings/{number}",),
    "meetings:change-meeting": (
        "POST /plans/{slug}/meetings/{number}/items",
        "PUT /plans/{slug}/meetings/{number}/attendance",
        "POST /plans/{slug}/meetings/{number}/declarations",
        "PUT /plans/{slug}/meetings/{number}/minute",
        "POST /plans/{slug}/meetings/{number}/decisions",
        "POST /plans/{slug}/meetings/{number}/actions",
        "POST /plans/{slug}/meetings/{number}/confirmation",
    ),
    "meetings:minutes": ("GET /plans/{slug}/meetings/{number}/minutes",),
    "meetings:minutes-pdf": ("GET /plans/{slug}/meetings/{number}/minutes.pdf",),
    "meetings:close-action": ("POST /plans/{slug}/actions/{number}/close",),
    "meetings:close-decision": ("POST /plans/{slug}/decisions/{number}/close",),
    "publishing:documents": ("POST /plans/{slug}/documents/{form}", "GET /plans/{slug}/documents/{form}"),
    "publishing:document": ("GET /plans/{slug}/revisions/{number}/documents/{form}",),
    "exchanging:bring-in": ("POST /plans",),
    "exchanging:places": ("GET /places",),
    "exchanging:sharing": ("GET /plans/{slug}/partners", "PUT /plans/{slug}/partners/{organisation}"),
    "exchanging:stop-sharing": ("DELETE /plans/{slug}/partners/{organisation}",),
    "exchanging:workbook": ("POST /plans/{slug}/workbook",),
    "exchanging:take-workbook": ("GET /plans/{slug}/workbook",),
    "exchanging:decide": "nothing waits: a program names the state that its workbook replaces, or is refused",
    "exchanging:draft-difference": ("GET /plans/{slug}/draft/difference",),
    "exchanging:difference": ("GET /plans/{slug}/revisions/{number}/difference",),
}


def test_every_page_has_an_operation_or_a_reason() -> None:
    pages = {name for name in names_of(get_resolver()) if not name.startswith(PROGRAMS)}
    assert set(PAGES) == pages


def test_every_operation_is_what_some_page_does() -> None:
    there = {f"{method.upper()} {path}" for method, path in described()}
    assert {each for row in PAGES.values() if isinstance(row, tuple) for each in row} == there


@pytest.mark.parametrize(("described_as", "known"), [(chapters.Chapters, [*CHAPTERS]), (chapters.Sorts, ["", *SORTS])])
def test_what_can_be_asked_for_is_described_whole(described_as: object, known: list[str]) -> None:
    assert list(get_args(described_as)) == known
