"""The commands as a planner runs them: in a process of their own, from an empty folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import placeplan

EXAMPLES = Path(placeplan.__file__).parent / "examples"
PLANS = ("dgs-2016", "kent-medway-2014", "swale-2016", "west-kent-2016", "west-kent-2017")
ROUNDS = ("2014-15", "2015-16", "2016-17", "2017-19", "2024-25", "2025-26", "2026-29")
CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-c", "from placeplan.cli import main; main()", *map(str, arguments)]
    settings = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=settings)
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("round_id", ROUNDS)
def test_a_new_plan_reads_at_once(round_id: str, tmp_path: Path) -> None:
    made = run("new", "my-plan", "--round", round_id, cwd=tmp_path)
    assert made.returncode == CLEAN, made.stderr
    checked = run("check", "my-plan", cwd=tmp_path)
    assert checked.returncode != UNREADABLE, checked.stdout


def test_a_new_plan_never_replaces_one_that_is_there(tmp_path: Path) -> None:
    run("new", "my-plan", "--round", "2026-29", cwd=tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "my-plan").rglob("*") if path.is_file()}
    again = run("new", "my-plan", "--round", "2014-15", cwd=tmp_path)
    assert again.returncode == UNREADABLE
    assert "not empty" in again.stderr
    assert before == {path: path.read_bytes() for path in (tmp_path / "my-plan").rglob("*") if path.is_file()}


def test_an_unknown_round_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    done = run("new", "my-plan", "--round", "2013-14", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "2026-29" in done.stderr
    assert not (tmp_path / "my-plan").exists()


@pytest.mark.parametrize("plan", PLANS)
def test_every_bundled_plan_is_read_and_checked(plan: str, tmp_path: Path) -> None:
    done = run("check", EXAMPLES / plan, cwd=tmp_path)
    assert done.returncode in {CLEAN, FINDINGS}, done.stdout


def test_what_counts_as_failure_is_asked_for(tmp_path: Path) -> None:
    plan = EXAMPLES / "swale-2016"
    assert run("check", plan, "--select", "EFF002", cwd=tmp_path).returncode == CLEAN
    assert run("check", plan, "--select", "EFF002", "--fail-on", "warning", cwd=tmp_path).returncode == FINDINGS


def test_json_names_every_plan_and_counts_its_findings(tmp_path: Path) -> None:
    done = run("check", EXAMPLES / "dgs-2016", EXAMPLES / "swale-2016", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert [Path(plan["plan"]).name for plan in document["plans"]] == ["dgs-2016", "swale-2016"]
    for plan in document["plans"]:
        open_findings = [finding for finding in plan["findings"] if not finding["waiver"]]
        assert sum(plan["counts"][level] for level in ("error", "warning", "note")) == len(open_findings)


def test_sarif_has_a_run_for_every_plan(tmp_path: Path) -> None:
    done = run("check", EXAMPLES / "dgs-2016", tmp_path / "nothing", "--format", "sarif", cwd=tmp_path)
    log = json.loads(done.stdout)
    assert done.returncode == UNREADABLE
    assert log["version"] == "2.1.0"
    assert [run_["invocations"][0]["executionSuccessful"] for run_ in log["runs"]] == [True, False]


def test_html_of_the_findings_stands_alone(tmp_path: Path) -> None:
    done = run("check", EXAMPLES / "dgs-2016", "--format", "html", cwd=tmp_path)
    assert done.stdout.lower().startswith("<!doctype html>")
    assert "63.4%" in done.stdout
    assert 'src="http' not in done.stdout


def test_one_plan_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    done = run("check", tmp_path / "nothing", EXAMPLES / "dgs-2016", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "does not exist" in done.stdout
    assert "63.4%" in done.stdout


def test_explain_walks_to_the_cells(tmp_path: Path) -> None:
    done = run("explain", EXAMPLES / "kent-medway-2014", "finance.primary-care.2015-16.in-year", cwd=tmp_path)
    assert done.returncode == CLEAN
    assert done.stdout.startswith("£8,903k  Primary care, in-year position, 2015-16")
    assert "finance/lines.csv:" in done.stdout
    assert "rounding: printed as 345986" in done.stdout


def test_explain_offers_the_nearest_names(tmp_path: Path) -> None:
    done = run("explain", EXAMPLES / "kent-medway-2014", "finance.primary-care.2015-16.in-yaer", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "finance.primary-care.2015-16.in-year" in done.stderr


def test_a_plan_does_not_differ_from_itself(tmp_path: Path) -> None:
    plan = EXAMPLES / "kent-medway-2014"
    done = run("diff", plan, plan, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (CLEAN, "The two plans are the same.\n")


def test_a_scenario_differs_in_figures_and_in_the_row_that_it_sets(tmp_path: Path) -> None:
    plan = EXAMPLES / "kent-medway-2014"
    done = run("diff", plan, plan, "--after-scenario", "drug-allocation", cwd=tmp_path)
    assert done.returncode == FINDINGS
    assert "Public health, cumulative position, 2014-15: -£2,443k →" in done.stdout
    assert "Allocations" in done.stdout


@pytest.mark.parametrize("plan", PLANS)
def test_folder_to_workbook_to_folder_is_the_identity(plan: str, tmp_path: Path) -> None:
    assert run("workbook", "export", EXAMPLES / plan, "plan.xlsx", cwd=tmp_path).returncode == CLEAN
    assert run("workbook", "import", "plan.xlsx", "back", cwd=tmp_path).returncode == CLEAN
    assert run("diff", EXAMPLES / plan, "back", cwd=tmp_path).returncode == CLEAN


def test_a_workbook_is_checked_as_its_folder_is(tmp_path: Path) -> None:
    run("workbook", "export", EXAMPLES / "dgs-2016", "plan.xlsx", cwd=tmp_path)
    done = run("check", "plan.xlsx", "--select", "EFF001", cwd=tmp_path)
    assert done.returncode == FINDINGS
    assert "63.4%" in done.stdout


def test_build_writes_the_same_bytes_twice(tmp_path: Path) -> None:
    for out in ("one", "two"):
        done = run("build", EXAMPLES / "west-kent-2016", "--out", out, "--format", "html,pdf,docx,xlsx", cwd=tmp_path)
        assert done.returncode == CLEAN, done.stderr
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert set(one) == set(two)
    assert len(one) == 4
    assert one == two


def test_build_of_a_plan_that_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    done = run("build", tmp_path / "nothing", "--out", "out", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    done = run("build", EXAMPLES / "dgs-2016", "--out", "out", "--format", "odt", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "html, pdf, docx, xlsx" in done.stderr


@pytest.mark.parametrize("round_id", ROUNDS)
def test_rounds_are_shown_with_their_references(round_id: str, tmp_path: Path) -> None:
    done = run("rounds", "show", round_id, cwd=tmp_path)
    assert done.returncode == CLEAN
    assert "reviewed 2026" in done.stdout
    assert round_id in run("rounds", "list", cwd=tmp_path).stdout


def test_a_round_that_rests_on_unconfirmed_values_says_so(tmp_path: Path) -> None:
    assert "UNCONFIRMED" in run("rounds", "show", "2016-17", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("day", "who"), [("2014-04-01", "NHS England (Kent and Medway)"), ("2016-04-01", "Kent County Council")]
)
def test_who_commissions_health_visiting_in_kent_depends_on_the_day(day: str, who: str, tmp_path: Path) -> None:
    done = run("organisations", "commissioner", "health-visiting", "kent", "--on", day, cwd=tmp_path)
    assert done.returncode == CLEAN, done.stderr
    assert done.stdout.startswith(who)


def test_an_unknown_area_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run("organisations", "commissioner", "health-visiting", "kentt", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "'kent'" in done.stderr


def test_organisations_close_and_open(tmp_path: Path) -> None:
    before = run("organisations", "list", "--on", "2014-04-01", cwd=tmp_path).stdout
    after = run("organisations", "list", "--on", "2023-04-01", cwd=tmp_path).stdout
    assert "Swale CCG" in before
    assert "Swale CCG" not in after
    assert "Integrated Care Board" in after


def test_the_demonstration_publishes_a_real_plan(tmp_path: Path) -> None:
    done = run("demo", cwd=tmp_path)
    assert done.returncode == CLEAN, done.stderr
    assert (tmp_path / "placeplan-demo" / "index.html").stat().st_size > 100_000
    assert "FIN005" in done.stdout


def test_nothing_is_drawn_on_a_pipe(tmp_path: Path) -> None:
    done = run("check", EXAMPLES / "dgs-2016", EXAMPLES / "swale-2016", cwd=tmp_path)
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [(), ("check",), ("explain",), ("nonsense",), ("check", "--nonsense")])
def test_wrong_arguments_are_answered_with_how_to_use_it(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert "Usage" in done.stderr + done.stdout
    assert done.returncode in {CLEAN, UNREADABLE}
