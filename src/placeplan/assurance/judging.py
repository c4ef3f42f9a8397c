"""Judging a plan: run the checks, and set aside the findings that a waiver covers."""

from collections.abc import Sequence
from dataclasses import dataclass

from placeplan.assurance.findings import Case, Check, Finding
from placeplan.assurance.registry import run, selected
from placeplan.plan.tables import Waiver


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks say of a plan: open findings, findings that somebody waived (with the waiver), and the checks
    that were run.
    """

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    checks: tuple[Check, ...]


def judge(case: Case, *, select: Sequence[str] = ()) -> Judgement:
    """Run the checks whose codes start with one of ``select`` (all when empty) and apply the plan's waivers that have
    not expired.
    """
    checks = selected(select)
    valid = {(waiver.code, waiver.subject): waiver for waiver in case.plan.waivers if waiver.expires >= case.as_at}
    findings: list[Finding] = []
    waived: list[tuple[Finding, Waiver]] = []
    for finding in run(case, checks):
        waiver = valid.get((finding.code, finding.subject))
        if waiver is None:
            findings.append(finding)
        else:
            waived.append((finding, waiver))
    return Judgement(tuple(findings), tuple(waived), checks)
