"""What holds for every bundled plan: it reads, says where each row is from, and names only what is there."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from tests.spec.plans.bundled import EXAMPLES, NAMES, bundled, observed_ids

from placeplan.plan.folder import read_plan
from placeplan.plan.model import TABLES
from placeplan.plan.writing import files_of, write_plan

ROWS = list(csv.DictReader((Path(__file__).parent / "row_counts.csv").read_text(encoding="utf-8").splitlines()))
TYPED = re.compile(r"\[([^\]]+)\]\(figure:-?([^)]+)\)")
COMPUTED = re.compile(r"\{\{\s*(\S+)\s*\}\}")
every_plan = pytest.mark.parametrize("name", NAMES)


def test_all_bundled_plans_are_listed() -> None:
    assert sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()) == sorted(NAMES)


@every_plan
def test_folder_is_named_after_the_plan(name: str) -> None:
    assert bundled(name).plan.header.id == name


@every_plan
def test_row_counts(name: str) -> None:
    expected = {row["table"]: int(row["rows"]) for row in ROWS if row["plan"] == name}
    plan = bundled(name).plan
    assert {table.path: len(plan.rows(table)) for table in TABLES if plan.rows(table)} == expected


@every_plan
def test_written_and_read_again_it_is_the_same_plan(name: str, tmp_path: Path) -> None:
    plan = bundled(name).plan
    write_plan(plan, tmp_path / name)
    again = read_plan(tmp_path / name)
    assert again == plan
    assert dict(files_of(again)) == dict(files_of(plan))


@every_plan
def test_tables_and_text_are_written_as_they_stand(name: str) -> None:
    """Writing a plan that was only read changes no file but the hand-written plan.yaml and scenarios."""
    for file, text in files_of(bundled(name).plan):
        if not file.endswith(".yaml"):
            assert (EXAMPLES / name / file).read_text(encoding="utf-8") == text, file


@every_plan
def test_every_row_says_where_it_is_from(name: str) -> None:
    plan = bundled(name).plan
    sourced = [table for table in TABLES if any(column.name == "source" for column in table.columns)]
    silent = [row.place for table in sourced for row in plan.rows(table) if not row.source]
    assert not silent
    assert plan.header.sources


@every_plan
def test_must_dos_are_those_of_the_round(name: str) -> None:
    known = {must_do.id for must_do in bundled(name).round.must_dos}
    named = {must_do for project in bundled(name).plan.projects for must_do in project.must_dos or ()}
    assert named <= known


@every_plan
def test_text_names_only_figures_that_exist(name: str) -> None:
    known = {*bundled(name).figures, *observed_ids(name)}
    for part in bundled(name).plan.narrative:
        named = [figure for _, figure in TYPED.findall(part.text)] + COMPUTED.findall(part.text)
        assert named, f"{part.file} is tied to no figure"
        assert not [figure for figure in named if figure not in known], part.file


@every_plan
def test_figures_of_the_text_are_not_ambiguous(name: str) -> None:
    twice = {figure for figure, count in Counter(observed_ids(name)).items() if count > 1}
    named = {figure for part in bundled(name).plan.narrative for _, figure in TYPED.findall(part.text)}
    assert not named & twice


@every_plan
def test_nothing_is_printed_that_the_documents_do_not_print(name: str) -> None:
    """The documents give no risk scores, no owners of risks, no review dates and no last days of contracts."""
    plan = bundled(name).plan
    for risk in plan.risks:
        assert (risk.likelihood, risk.impact, risk.owner, risk.review) == (None, None, None, None)
    assert not any(contract.ends for contract in plan.contracts)
    assert not any(partner.signed for partner in plan.header.partners)
    assert not plan.waivers


@every_plan
def test_stated_totals_that_fail_are_the_known_ones(name: str) -> None:
    expected = {
        "west-kent-2016": {
            "finance.west-kent.2013-14.distance-from-target",
            "finance.west-kent.2013-14.distance-from-target-percent",
            "finance.west-kent.2017-18.distance-from-target",
            "finance.west-kent.2017-18.distance-from-target-percent",
            "finance.west-kent.2016-17.other-growth",
        },
        "west-kent-2017": {"demand.total.2018-19.saving", "demand.total.2018-19.net"},
    }
    failing = {each.figure for each in bundled(name).reconciliations if each.verdict == "fails"}
    assert failing == expected.get(name, set())


@every_plan
def test_stated_totals_without_a_derived_one_are_those_with_lost_digits(name: str) -> None:
    reconciled = {each.figure for each in bundled(name).reconciliations}
    left = {row.figure for row in bundled(name).plan.stated} - reconciled
    lost = {
        f"benefits.local-care.point-of-delivery.{year}.saving" for year in ("2017-18", "2018-19", "2019-20", "2020-21")
    }
    lost |= {f"benefits.local-care.segment-tier.{year}.saving" for year in ("2017-18", "2018-19")}
    assert left == (lost if name == "west-kent-2017" else set())


def test_the_page_gives_the_row_counts(root: Path) -> None:
    page = (root / "docs" / "reference" / "bundled-plans.md").read_text(encoding="utf-8")
    for table in dict.fromkeys(row["table"] for row in ROWS):
        counts = {row["plan"]: row["rows"] for row in ROWS if row["table"] == table}
        assert "| `{}` | {} |".format(table, " | ".join(counts.get(name, "") for name in NAMES)) in page
