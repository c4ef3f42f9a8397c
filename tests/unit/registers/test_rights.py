"""Who may do what: granted by a row of data, refused otherwise, always with a reason."""

import pytest
from pydantic import ValidationError

from placeplan.app.workspace_rights import read_rights
from placeplan.registers.rights import Membership, Rights, Scope, Standing, may

PLAN = Standing("west-kent", partners=frozenset({"kcc"}), overseers=frozenset({"south-east"}))
RIGHTS = read_rights()


def _may(action: str, role: str, *, of: str) -> bool:
    return may(RIGHTS, action, memberships=[Membership(role, of)], standing=PLAN).allowed


@pytest.mark.parametrize(
    ("action", "role", "of", "allowed"),
    [
        ("edit-plan", "planner", "west-kent", True),
        ("edit-plan", "planner", "kcc", True),
        ("edit-plan", "planner", "medway", False),
        ("publish-revision", "planner", "kcc", False),
        ("sign-plan", "board-member", "kcc", True),
        ("sign-plan", "planner", "west-kent", False),
        ("see-plan", "regional-assurer", "south-east", True),
        ("see-plan", "regional-assurer", "west-kent", False),
        ("edit-plan", "regional-assurer", "south-east", False),
        ("read-audit", "administrator", "west-kent", False),
        ("see-plan", "administrator", "west-kent", False),
    ],
)
def test_rights(action: str, role: str, of: str, allowed: bool) -> None:
    assert _may(action, role, of=of) is allowed


def test_nobody_may_do_what_nobody_defined() -> None:
    found = may(RIGHTS, "drop-tables", memberships=[Membership("planner", "west-kent")], standing=PLAN)
    assert (found.allowed, found.reason) == (False, "Nobody may do this: no right to it is defined.")


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert not any(may(RIGHTS, each.id, memberships=(), standing=PLAN) for each in RIGHTS.actions)


def test_a_refusal_says_who_may() -> None:
    found = may(RIGHTS, "sign-plan", memberships=[Membership("planner", "west-kent")], standing=PLAN)
    assert found.reason == (
        "You may not sign this plan. These may: board member (of an organisation that it is shared with)."
    )


def test_every_action_is_granted_to_somebody_and_every_role_to_something() -> None:
    assert {action for grant in RIGHTS.grants for action in grant.actions} == {each.id for each in RIGHTS.actions}
    assert {grant.role for grant in RIGHTS.grants} == {each.id for each in RIGHTS.roles}


def test_a_grant_of_something_that_is_not_listed_cannot_be_made() -> None:
    strange = {"role": "king", "scope": Scope.EVERYWHERE, "actions": ["see-plan"]}
    with pytest.raises(ValidationError, match="king, which is not listed"):
        Rights.model_validate({**RIGHTS.model_dump(), "grants": [strange]})
