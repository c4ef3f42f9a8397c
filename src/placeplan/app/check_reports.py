"""Check several plans and say of each what was found, or why it could not be read."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import placeplan
from placeplan.app.checking import check_path
from placeplan.assurance.findings import SEVERITIES, Severity
from placeplan.assurance.registry import CHECKS
from placeplan.assurance.rendering.entries import Report, report_of, report_of_problems
from placeplan.assurance.rendering.json_text import FORMAT, document_of
from placeplan.assurance.rendering.sarif import log_of
from placeplan.assurance.rendering.text import text_of
from placeplan.kernel.errors import InputError

FORMATS = ("text", "json", "sarif")
LEVELS = tuple(str(severity) for severity in SEVERITIES)


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What is said of the plan at a path."""

    path: Path
    report: Report

    def has(self, level: str) -> bool:
        """Whether an open finding is as grave as ``level``, or graver."""
        grave = SEVERITIES[: SEVERITIES.index(Severity(level)) + 1]
        return any(entry.finding.severity in grave for entry in self.report.open)


def report_plans(
    paths: Sequence[Path],
    *,
    today: date,
    scenario: str | None = None,
    round_id: str | None = None,
    select: Sequence[str] = (),
    as_at: date | None = None,
) -> Iterator[PlanReport]:
    """Check the plans one after another; the arguments are those of :func:`placeplan.app.checking.check_path`."""
    for path in paths:
        try:
            results = check_path(path, today=today, scenario=scenario, round_id=round_id, select=select, as_at=as_at)
        except InputError as error:
            yield PlanReport(path, report_of_problems(error.problems))
        else:
            yield PlanReport(path, report_of(results.judgement))


def findings_page(
    path: Path,
    *,
    today: date,
    scenario: str | None = None,
    round_id: str | None = None,
    select: Sequence[str] = (),
    as_at: date | None = None,
) -> tuple[PlanReport, str]:
    """The findings of one plan as a page of HTML, in which figures open to their derivation."""
    from placeplan.reports.build import findings_html, problems_html

    try:
        results = check_path(path, today=today, scenario=scenario, round_id=round_id, select=select, as_at=as_at)
    except InputError as error:
        page = problems_html(str(path), error.problems, day=as_at or today)
        return PlanReport(path, report_of_problems(error.problems)), page.decode("utf-8")
    return PlanReport(path, report_of(results.judgement)), findings_html(results).decode("utf-8")


def codes_known() -> tuple[str, ...]:
    """The codes of all checks."""
    return tuple(check.code for check in CHECKS)


def rendered(found: Sequence[PlanReport], *, form: str) -> str:
    """The reports in one of ``FORMATS``: text by plan, one JSON document, one SARIF log."""
    return _RENDERINGS[form](found)


def _text(found: Sequence[PlanReport]) -> str:
    return "\n\n".join(f"{each.path}\n{text_of(each.report)}" for each in found)


def _json(found: Sequence[PlanReport]) -> str:
    plans = [{"plan": str(each.path), **document_of(each.report)} for each in found]
    return _dumped({"format": FORMAT, "plans": plans})


def _sarif(found: Sequence[PlanReport]) -> str:
    version = placeplan.__version__
    logs = [log_of(each.report, tool_version=version, root=each.path.as_posix()) for each in found]
    return _dumped({**logs[0], "runs": [run for log in logs for run in log["runs"]]})


def _dumped(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


_RENDERINGS: dict[str, Callable[[Sequence[PlanReport]], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
}
