"""Findings as SARIF 2.1.0, the form in which code hosts and editors take the results of checkers."""

import json
from collections.abc import Mapping
from typing import Any

from placeplan.assurance.findings import Check, Finding, Severity
from placeplan.assurance.rendering.entries import Entry, Report
from placeplan.kernel.errors import Location

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
FINGERPRINT = "placeplan/v1"


def sarif_of(reports: Mapping[str, Report], *, tool_version: str) -> str:
    """The reports as a SARIF log with a run for each plan.

    Args:
        reports: report of each plan, by the path of its folder or workbook, which is put before the names of its files.
        tool_version: version of Placeplan.
    """
    runs = [_run(report, tool_version=tool_version, root=plan) for plan, report in reports.items()]
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": runs}, ensure_ascii=False, indent=2)


def _run(report: Report, *, tool_version: str, root: str) -> dict[str, Any]:
    index = {check.code: number for number, check in enumerate(report.checks)}
    driver = {"name": "placeplan", "version": tool_version, "rules": [_rule(check) for check in report.checks]}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": report.read}],
        "results": [_result(entry, index[entry.finding.code], root=root) for entry in report.entries],
    }


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.code,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.why},
        "help": {"text": f"{check.mend}\n\nReferences: {'; '.join(check.references)}"},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": {"family": check.family},
    }


def _result(entry: Entry, rule_index: int, *, root: str) -> dict[str, Any]:
    finding = entry.finding
    words = f"{entry.words}. {finding.suggestion}" if finding.suggestion else entry.words
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": words},
        "locations": [_location(finding.location, root)] if finding.location.file else [],
        "partialFingerprints": {FINGERPRINT: f"{finding.code}:{finding.subject}"},
        "properties": _properties(finding),
    }
    related = [
        {"id": number, **_location(other.location, root), "message": {"text": other.why}}
        for number, other in enumerate(finding.related, start=1)
    ]
    if related:
        result["relatedLocations"] = related
    if entry.waiver is not None:
        words = f"{entry.waiver.reason} ({entry.waiver.author}, until {entry.waiver.expires})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": words}]
    return result


def _properties(finding: Finding) -> dict[str, Any]:
    return {"subject": finding.subject, "figures": list(finding.figures), "leansOn": list(finding.leans_on)}


def _location(location: Location, root: str) -> dict[str, Any]:
    file = f"{root}/{location.file}" if root else location.file
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if location.line:
        place["region"] = {"startLine": location.line}
        if location.column and not location.file.endswith(".csv"):
            place["region"]["startColumn"] = location.column
    logical = [{"name": location.field}] if location.field else []
    return {"physicalLocation": place, **({"logicalLocations": logical} if logical else {})}


def _uri(file: str) -> str:
    """A file name as a relative reference: what has a meaning in an address is escaped."""
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
    return "".join(
        letter if letter in plain else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in file
    )
