"""Findings as JSON. The form is stable; ``findings.schema.json`` beside this file describes it."""

import json
from collections.abc import Mapping
from typing import Any

from placeplan.assurance.findings import SEVERITIES, Related
from placeplan.assurance.rendering.entries import Entry, Report
from placeplan.kernel.errors import Location

FORMAT = 1


def json_of(reports: Mapping[str, Report]) -> str:
    """The reports as one JSON document, each by the path of its plan."""
    plans = [_plan(plan, report) for plan, report in reports.items()]
    return json.dumps({"format": FORMAT, "plans": plans}, ensure_ascii=False, indent=2)


def _plan(plan: str, report: Report) -> dict[str, Any]:
    return {
        "plan": plan,
        "read": report.read,
        "checks": [check.code for check in report.checks],
        "counts": {
            **{str(severity): report.counts[severity] for severity in SEVERITIES},
            "waived": len(report.entries) - len(report.open),
        },
        "findings": [_finding(entry) for entry in report.entries],
    }


def _finding(entry: Entry) -> dict[str, Any]:
    finding, waiver = entry.finding, entry.waiver
    return {
        "code": finding.code,
        "title": entry.check.title,
        "severity": str(finding.severity),
        "subject": finding.subject,
        "message": entry.words,
        "suggestion": finding.suggestion,
        "location": _location(finding.location),
        "related": [_related(other) for other in finding.related],
        "facts": {name: str(value) for name, value in finding.facts.items()},
        "figures": list(finding.figures),
        "leans_on": list(finding.leans_on),
        "waiver": waiver and {"reason": waiver.reason, "author": waiver.author, "expires": str(waiver.expires)},
    }


def _related(other: Related) -> dict[str, Any]:
    return {"location": _location(other.location), "why": other.why}


def _location(location: Location) -> dict[str, Any]:
    return {"file": location.file, "line": location.line, "column": location.column, "field": location.field}
