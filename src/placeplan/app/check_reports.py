"""Check several plans and say of each what was found, or why it could not be read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import placeplan
from placeplan.assurance.findings import SEVERITIES, Severity
from placeplan.assurance.registry import CHECKS
from placeplan.assurance.rendering.entries import Report, report_of, report_of_problems
from placeplan.assurance.rendering.json_text import json_of
from placeplan.assurance.rendering.sarif import sarif_of
from placeplan.assurance.rendering.text import text_of
from placeplan.kernel.errors import InputError
from placeplan.reports.types import PlanResults

TEXT, JSON, SARIF = FORMATS = ("text", "json", "sarif")
LEVELS = tuple(str(severity) for severity in SEVERITIES)


CheckPath = Callable[[Path], PlanResults]


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What is said of the plan at a path."""

    path: Path
    report: Report

    def has(self, level: str) -> bool:
        """Whether an open finding is as grave as ``level``, or graver."""
        grave = SEVERITIES[: SEVERITIES.index(Severity(level)) + 1]
        return any(entry.finding.severity in grave for entry in self.report.open)


def report_plans(paths: Iterable[Path], check: CheckPath) -> Iterator[PlanReport]:
    """Check the plans one after another."""
    for path in paths:
        try:
            results = check(path)
        except InputError as error:
            yield PlanReport(path, report_of_problems(error.problems))
        else:
            yield PlanReport(path, report_of(results.judgement))


def findings_page(path: Path, check: CheckPath, *, day: date) -> tuple[PlanReport, str]:
    """The findings of one plan as a page of HTML, in which figures open to their derivation.

    Args:
        path: folder or workbook.
        check: reads and checks the plan at a path.
        day: printed on the page when the plan cannot be read.
    """
    from placeplan.reports.build import findings_html, problems_html

    try:
        results = check(path)
    except InputError as error:
        page = problems_html(str(path), error.problems, day=day)
        return PlanReport(path, report_of_problems(error.problems)), page.decode("utf-8")
    return PlanReport(path, report_of(results.judgement)), findings_html(results).decode("utf-8")


def codes_known() -> tuple[str, ...]:
    """The codes of all checks."""
    return tuple(check.code for check in CHECKS)


def rendered(found: Sequence[PlanReport], *, form: str) -> str:
    """The reports in one of ``FORMATS``: text by plan, one JSON document, one SARIF log."""
    reports = {each.path.as_posix(): each.report for each in found}
    if form == JSON:
        return json_of(reports)
    if form == SARIF:
        return sarif_of(reports, tool_version=placeplan.__version__)
    return "\n\n".join(f"{plan}\n{text_of(report)}" for plan, report in reports.items())
