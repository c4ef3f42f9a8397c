"""Findings as text, JSON and SARIF."""

import json
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.checks.example_plans import Example

from placeplan.assurance.findings import Severity
from placeplan.assurance.judging import Judgement
from placeplan.assurance.rendering.entries import Report, gravest_first, report_of, report_of_problems
from placeplan.assurance.rendering.json_text import json_of
from placeplan.assurance.rendering.sarif import sarif_of
from placeplan.assurance.rendering.text import text_of
from placeplan.kernel.errors import Location, Problem

FILES = {
    "finance/lines.csv": "service,line,step,2016-17\nacute,Outturn,outturn,3432\nacute,QIPP,efficiency-scheme,40\n",
    "finance/stated.csv": 'figure,value,source\nfinance.acute.2016-17.outturn,"3,532",Table 1\n',
    "waivers.csv": "code,subject,reason,author,expires\nFIN015,acute QIPP 2016-17,A true cost,A. Director,2016-12-31\n",
    "registers/risks.csv": 'risk,area,title,mitigation\nwinter,Care,"<A> & ""B""",A plan is to be developed\n',
}
SARIF_SCHEMA = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {"rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}},
                            }
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "rule": {
            "type": "object",
            "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}},
            },
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                }
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
            "properties": {
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "suppressions": {
                    "type": "array",
                    "items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}},
                },
            },
        },
    },
}


@pytest.fixture
def judgement(tmp_path: Path) -> Judgement:
    return Example("", "", {}, FILES, ()).check(tmp_path).judgement


@pytest.fixture
def report(judgement: Judgement) -> Report:
    return report_of(judgement)


PROBLEMS = report_of_problems(
    [
        Problem(Location("plan.yaml", 3, "years", 8), "'2014-17' cannot be read", "a financial year", "Write 2014-15."),
        Problem(Location("finance/lines.csv"), "this file is empty"),
    ]
)


def _schema() -> object:
    place = resources.files("placeplan.assurance.rendering") / "findings.schema.json"
    return json.loads(place.read_text(encoding="utf-8"))


def test_entries_are_all_findings(report: Report, judgement: Judgement) -> None:
    assert len(report.entries) == len(judgement.findings) + len(judgement.waived)
    assert [entry.finding.code for entry in report.entries if entry.waiver] == ["FIN015"]
    assert sum(report.counts.values()) == len(report.open) == len(judgement.findings)
    severities = [entry.finding.severity for entry in gravest_first(report.open)]
    assert severities == sorted(severities, key=list(Severity).index)


def test_text_names_code_place_message_suggestion_and_counts(report: Report) -> None:
    text = text_of(report)
    assert "REC001 error: finance/stated.csv:2:2 (value)\n" in text
    assert "states £3,532k, but the plan's lines give £3,432k" in text
    assert "3,432 in place of 3,532" in text
    assert "Rests on values that are not confirmed: assurance/phrases/promised-mitigation" in text
    assert "FIN015" not in text
    last = text.splitlines()[-1]
    assert last.endswith("; 1 finding waived.")
    assert "1 error, " in last


def test_text_of_a_plan_that_cannot_be_read() -> None:
    text = text_of(PROBLEMS)
    assert "PLN000 error: plan.yaml:3:8 (years)\n    '2014-17' cannot be read; expected a financial year\n" in text
    assert "    Write 2014-15.\n" in text
    assert text.splitlines()[-1] == "The plan could not be read: 2 problems."


def test_json_follows_its_schema(report: Report) -> None:
    Draft202012Validator.check_schema(_schema())
    for each in (report, PROBLEMS):
        text = json_of({"some/plan": each})
        Draft202012Validator(_schema()).validate(json.loads(text))


def test_json_says_what_is_waived(report: Report) -> None:
    data = json.loads(json_of({"some/plan": report}))["plans"][0]
    [waived] = [finding for finding in data["findings"] if finding["waiver"]]
    assert waived["waiver"] == {"reason": "A true cost", "author": "A. Director", "expires": "2016-12-31"}
    assert data["counts"]["waived"] == 1
    assert data["read"] is True


def test_sarif_follows_its_structure(report: Report) -> None:
    for each in (report, PROBLEMS):
        log = json.loads(sarif_of({"some/plan": each}, tool_version="1.2.3"))
        Draft202012Validator(SARIF_SCHEMA).validate(log)
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        assert len(run["results"]) == len(each.entries)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert run["invocations"][0]["executionSuccessful"] is each.read


def test_sarif_suppresses_what_is_waived(report: Report) -> None:
    run = json.loads(sarif_of({"some/plan": report}, tool_version="1.2.3"))["runs"][0]
    [waived] = [result for result in run["results"] if "suppressions" in result]
    assert waived["suppressions"][0]["justification"] == "A true cost (A. Director, until 2016-12-31)"


def test_rendering_twice_gives_the_same(report: Report) -> None:
    assert json_of({"a": report}) == json_of({"a": report})
    assert sarif_of({"some/plan": report}, tool_version="1") == sarif_of({"some/plan": report}, tool_version="1")
    assert text_of(report) == text_of(report)


def test_a_waiver_that_has_expired_covers_nothing(tmp_path: Path) -> None:
    results = Example("", "", {"as_at": date(2017, 1, 1)}, FILES, ()).check(tmp_path)
    codes = [finding.code for finding in results.judgement.findings]
    assert "FIN015" in codes
    assert "PLN009" in codes
    assert not results.judgement.waived
