"""Who may see and do what: only what a permission allows, and always with a reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from placeplan.app.segments.privacy_definitions import read_governed, read_policy
from placeplan.kernel.errors import InputError
from placeplan.segments.privacy.stages import NotPermittedError, PrivacyPolicy, Request, decision, refuse_unless_allowed

ANALYST = Request("stage-1", "see-tables", "A. Analyst", "commissioner-analyst", "planning")
CLINICIAN = Request(
    "stage-2", "re-identify", "Dr B", "practice-clinician", "risk-stratification",
    practice="G82001", works_for="G82001", reason="Care planning for the top 2%",
)  # fmt: skip


def test_what_a_permission_allows() -> None:
    for asked in (ANALYST, replace(ANALYST, action="release-tables"), CLINICIAN):
        assert decision(read_policy(), asked).allowed
    assert str(decision(read_policy(), ANALYST)) == "Allowed: a commissioner-analyst may see-tables for planning."


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (replace(ANALYST, stage="stage-4"), "'stage-4' is none of the stages"),
        (replace(ANALYST, stage=""), "'' is none of the stages"),
        (replace(ANALYST, role="minister"), "'minister' is none of the roles"),
        (replace(ANALYST, purpose="marketing"), "'marketing' is none of the purposes"),
        (replace(ANALYST, action="export-everything"), "nothing allows anybody to export-everything at stage-1"),
        (replace(ANALYST, stage="stage-3"), "nothing allows anybody to see-tables at stage-3"),
        (replace(ANALYST, action="re-identify"), "nothing allows anybody to re-identify at stage-1"),
        (replace(ANALYST, action="see-practice-rows"), "a commissioner-analyst may not see-practice-rows"),
        (replace(ANALYST, requester=" "), "nobody is named who asks"),
        (replace(CLINICIAN, role="commissioner-analyst"), "a commissioner-analyst may not re-identify"),
        (replace(CLINICIAN, purpose="planning"), "nobody may re-identify for planning"),
        (replace(CLINICIAN, practice="G82002"), "only who works for the practice G82002"),
        (replace(CLINICIAN, practice="", works_for=""), "no practice is named"),
        (replace(CLINICIAN, reason="because"), "a reason in words is needed"),
    ],
)
def test_everything_else_is_refused_with_the_reason(asked: Request, why: str) -> None:
    found = decision(read_policy(), asked)
    assert not found.allowed
    assert why in str(found)
    with pytest.raises(NotPermittedError, match=r"^Refused: "):
        refuse_unless_allowed(read_policy(), asked)


def test_every_reason_is_told_at_once() -> None:
    found = decision(read_policy(), replace(CLINICIAN, role="practice-analyst", works_for="", reason=""))
    assert len(found.reasons) == 3


def test_a_policy_without_permissions_allows_nothing() -> None:
    nothing = read_policy().model_copy(update={"permissions": ()})
    assert not decision(nothing, ANALYST).allowed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("roles: [nobody-knows]", "names the role 'nobody-knows', which is not defined"),
        ("purposes: [fun]", "names the purpose 'fun', which is not defined"),
        ("stage: stage-9", "names the stage 'stage-9', which is not defined"),
    ],
)
def test_a_permission_names_only_what_there_is(tmp_path: Path, wrong: str, said: str) -> None:
    name = wrong.split(":")[0]
    parts = {"stage": "stage: one", "action": "action: look", "roles": "roles: [r]", "purposes": "purposes: [p]"}
    text = (
        "purposes: [{id: p, title: P}]\nroles: [{id: r, title: R}]\nstages: [{id: one, title: One, means: First}]\n"
        f"disclosure_rule: hes-2018\npermissions: [{{{', '.join((parts | {name: wrong}).values())}}}]\n"
        "reference: made up\nconfidence: unconfirmed\n"
        "review: {reviewed: 2026-01-01, reviewer: Nobody, review_due: 2027-01-01}\n"
    )
    (tmp_path / "stages.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_governed(PrivacyPolicy, tmp_path / "stages.yaml")
