"""Every role against every page and every write of the workspace. A page that has no row here fails the suite."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.app.workspace_rights import read_rights
from placeplan.registers.rights import Membership, Standing, may
from placeplan.web.chapters.views import TITLES
from placeplan.web.planning.policies import standing_of_plan

OPEN = {"live", "ready", "worker", "metrics", "access:sign-in", "access:code", "access:choose-password"} | {
    "access:single-sign-on",
    "openid_connect_callback",
    "access:sign-out",
}
SIGNED_IN = {"planning:plans", "programs:tokens", "exchanging:places", "programs:description"}
# The interface of programs has a table of its own, in test_programs.
PROGRAMS = "api:"
# Pages of no plan: tests of their own ask for each role.
OF_AN_ORGANISATION = {
    "exchanging:bring-in",
    "access:people",
    "access:take-role",
    "access:person",
    "access:make-link",
    "access:take-second-factor",
    "access:switch",
    "auditing:record",
    "auditing:file",
    "programs:revoke",
}
LINES = "finance/lines.csv"
SLUG = "small-place"
# Each page: how it is asked for, the rest of its address, what is sent, and the right that it needs.
PAGES = {
    "planning:plan": ("get", (), {}, "see-plan"),
    **{f"chapters:{name}": ("get", (), {}, "see-plan") for name in TITLES},
    "performance:performance": ("get", (), {}, "see-plan"),
    "performance:measures": ("get", (), {}, "see-plan"),
    "population:people": ("get", (), {}, "see-plan"),
    "population:segments": ("get", (), {}, "see-plan"),
    "population:clusters": ("get", (), {}, "see-plan"),
    "population:practices": ("get", (), {}, "see-practices"),
    "money:money": ("get", (), {}, "see-plan"),
    "money:requirement": ("get", (), {}, "see-plan"),
    "money:put": ("post", (), {}, "edit-plan"),
    "money:delivery": ("get", (), {}, "see-plan"),
    "money:report": ("post", (), {}, "edit-plan"),
    "money:scenarios": ("get", (), {}, "see-plan"),
    "money:new-scenario": ("post", (), {}, "edit-plan"),
    "money:claims": ("get", (), {}, "see-plan"),
    "money:keep-claims": ("post", (), {}, "edit-plan"),
    "money:sensitivity": ("get", (), {}, "see-plan"),
    "planning:section": ("get", (LINES,), {}, "see-plan"),
    "planning:write": ("post", (LINES,), {"text": "x", "replaces": ""}, "edit-plan"),
    "editing:undo": ("get", (LINES,), {}, "edit-plan"),
    "editing:rows": ("get", (LINES,), {}, "see-plan"),
    "editing:row": ("post", (LINES,), {"delete": "yes"}, "edit-plan"),
    "editing:preview": ("post", (), {}, "see-plan"),
    "editing:find-figures": ("get", (), {}, "see-plan"),
    "editing:accept": ("get", (), {}, "edit-plan"),
    "planning:figures": ("get", (), {}, "see-plan"),
    "planning:figure": ("get", ("finance.community.2014-15.total-resources",), {}, "see-plan"),
    "timeline:history": ("get", (), {}, "see-plan"),
    "planning:files": ("get", (1,), {}, "take-plan-out"),
    "planning:publish": ("get", (), {}, "publish-revision"),
    "planning:bring-up-to-date": ("get", (), {}, "edit-plan"),
    "planning:discard": ("post", (), {}, "edit-plan"),
    "publishing:documents": ("post", (), {"form": "html"}, "take-plan-out"),
    "publishing:document": ("get", (1, "html"), {}, "take-plan-out"),
    "signing:signing": ("get", (), {}, "see-plan"),
    "signing:submit": ("post", (), {}, "submit-plan"),
    "signing:sign": ("post", (), {"verdict": "approved", "body": "Finance committee"}, "sign-plan"),
    "signing:meet": ("post", (1,), {"words": "x"}, "meet-condition"),
    "signing:seat": ("post", (), {"body": "Finance committee", "organisation": "council"}, "submit-plan"),
    "signing:submission": ("get", (1,), {}, "see-plan"),
    "signing:checksums": ("get", (1,), {}, "see-plan"),
    "evidencing:evidence": ("get", (1,), {}, "see-plan"),
    "assuring:assurance": ("get", (), {}, "see-plan"),
    "assuring:judge": ("post", (), {"line": "risks", "judgement": "assured", "reason": "x"}, "judge-line"),
    "commitments:commitments": ("get", (), {}, "see-plan"),
    "commitments:providers": ("get", (), {}, "see-plan"),
    "commitments:traceability": ("get", (), {}, "see-plan"),
    "commitments:fill-goal": ("post", (), {"goal": "ambition-1", "programme": "trauma"}, "edit-plan"),
    "meetings:governance": ("get", (), {}, "see-plan"),
    "meetings:boards": ("get", (), {}, "see-plan"),
    "meetings:add-board": ("post", (), {"name": "x"}, "keep-minutes"),
    "meetings:board": ("get", (1,), {}, "see-plan"),
    "meetings:change-board": ("post", (1,), {"do": "call"}, "keep-minutes"),
    "meetings:meeting": ("get", (1,), {}, "see-plan"),
    "meetings:change-meeting": ("post", (1,), {"do": "confirm"}, "keep-minutes"),
    "meetings:minutes": ("get", (1,), {}, "see-plan"),
    "meetings:minutes-pdf": ("get", (1,), {}, "see-plan"),
    "meetings:close-action": ("post", (1,), {"words": "x"}, "keep-minutes"),
    "meetings:close-decision": ("post", (1,), {"words": "x"}, "keep-minutes"),
    "discussing:threads": ("post", (), {"kind": "query", "about": "x", "words": "x"}, "raise-query"),
    "exchanging:sharing": ("get", (), {}, "share-plan"),
    "exchanging:stop-sharing": ("post", (), {"organisation": "council"}, "share-plan"),
    "exchanging:workbook": ("get", (), {}, "edit-plan"),
    "exchanging:take-workbook": ("get", (), {}, "take-plan-out"),
    "exchanging:decide": ("get", (), {}, "edit-plan"),
    "exchanging:draft-difference": ("get", (), {}, "see-plan"),
    "exchanging:difference": ("get", (1,), {}, "see-plan"),
    "care:care": ("get", (), {}, "see-plan"),
    "care:answer": ("get", (), {}, "see-plan"),
    "care:draft": ("post", (), {"sliders": "reach.x=5"}, "edit-plan"),
    "care:scenario": ("post", (), {"sliders": "reach.x=5", "title": "x"}, "edit-plan"),
    "care:long-run": ("post", (), {"sliders": ""}, "see-plan"),
    "care:hubs": ("get", (), {}, "see-plan"),
    "discussing:reply": ("post", (1,), {"words": "x"}, "comment"),
}
NEEDS_A_DRAFT = {"planning:publish", "planning:bring-up-to-date", "planning:discard"}
# Everybody's own account: tests of their own, in test_accounts and test_second_factor.
OWN_ACCOUNT = {
    "access:account",
    "access:change-password",
    "access:second-factor",
    "access:second-factor-off",
    "access:recovery-codes",
    "access:end-session",
}
ORGANISATIONS = ("own", "partner", "region", "stranger")


def names_of(resolver: URLResolver, *, prefix: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names_of(each, prefix=f"{each.namespace}:" if each.namespace else prefix)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name}"


def test_every_page_has_its_row() -> None:
    names = {name for name in names_of(get_resolver()) if not name.startswith(PROGRAMS)}
    assert names == OPEN | SIGNED_IN | OWN_ACCOUNT | OF_AN_ORGANISATION | set(PAGES)


def _ask(client: Client, name: str) -> int:
    method, rest, sent, _ = PAGES[name]
    address = reverse(name, args=[SLUG, *rest])
    if method == "get":
        return client.get(address).status_code
    if name == "planning:write":
        return client.post(address, json.dumps(sent), "application/json").status_code
    return client.post(address, sent).status_code


@pytest.mark.parametrize("name", sorted(set(PAGES)))
def test_nobody_gets_in_without_signing_in(workspace: Workspace, name: str) -> None:
    assert _ask(Client(), name) == 302


@pytest.mark.parametrize("organisation", ORGANISATIONS)
@pytest.mark.parametrize("role", [role.id for role in read_rights().roles])
def test_a_role_gets_what_it_is_granted_and_nothing_else(workspace: Workspace, role: str, organisation: str) -> None:
    of = getattr(workspace, organisation)
    client = signed_in(workspace.person(role, of=of))
    held, standing = [Membership(role, of.slug)], standing_of_plan(workspace.plan)
    sees = may(read_rights(), "see-plan", memberships=held, standing=standing).allowed
    for name, (_, _, _, action) in PAGES.items():
        # A body is signed for by those who sit in it, here the organisation whose plan it is.
        stands = Standing(standing.owner) if action in ("sign-plan", "meet-condition") else standing
        allowed = may(read_rights(), action, memberships=held, standing=stands).allowed
        status = _ask(client, name)
        if not sees:
            assert status == 404, f"{role} of {organisation}: {name} says that the plan exists"
        elif allowed:
            assert status != 403, f"{role} of {organisation} is kept from {name}"
        elif name in NEEDS_A_DRAFT:
            assert status in (403, 404), f"{role} of {organisation} gets into {name}"
        elif name in ("discussing:reply", "signing:meet"):
            assert status in (403, 404)
        else:
            assert status == 403, f"{role} of {organisation} gets into {name}"


def test_somebody_who_was_switched_off_gets_nothing(workspace: Workspace) -> None:
    planner = workspace.person("planner")
    client = signed_in(planner)
    planner.is_active = False
    planner.save()
    assert {_ask(client, name) for name in PAGES} == {302}
