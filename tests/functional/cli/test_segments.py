"""Segments on the command line: describe, check, run, compare and synthesise, and what bad input is answered with."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from placeplan.cli.main import main
from placeplan.plan.folder import read_plan

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "fault of Placeplan" not in printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People who do not exist."""
    folder = tmp_path_factory.mktemp("synthetic") / "people"
    with pytest.raises(SystemExit) as stopped:
        main(["segments", "synthesise", "--place", "west-kent", "--people", "1500", "--out", str(folder)])
    assert not stopped.value.code
    return folder


@pytest.fixture
def dataset(made: Path, tmp_path: Path) -> Path:
    """The same in a folder that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "people"))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_scheme_is_described_with_its_rules_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "segments", "describe")
    assert code == CLEAN
    assert "kent-2017" in out
    code, out, _ = run(capsys, "segments", "describe", "kent-2017")
    assert code == CLEAN
    assert out.index("1. dementia: has dementia") < out.index("9. mostly-healthy: everybody else")
    assert "UNCONFIRMED" in out


def test_a_person_with_some_facts_is_told_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("{age: 72, conditions: [diabetes, dementia]}", encoding="utf-8")
    code, out, _ = run(capsys, "segments", "describe", "kent-2017", "--facts", facts)
    assert code == CLEAN
    assert "In 'dementia' by the rule 'dementia': has dementia" in out


def test_an_unknown_scheme_or_condition_is_answered_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, "segments", "describe", "kent-2018")
    assert code == UNREADABLE
    assert "Did you mean kent-2017?" in err
    facts = tmp_path / "facts.yaml"
    facts.write_text("{age: 172, conditions: [gout]}", encoding="utf-8")
    code, _, err = run(capsys, "segments", "describe", "kent-2017", "--facts", facts)
    assert code == UNREADABLE
    assert "nobody defines 'gout'" in err
    assert "172" in err


def test_a_clean_dataset_is_clean(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    code, out, _ = run(capsys, "segments", "check", made)
    assert code == CLEAN
    assert "No problem was found." in out


def test_problems_are_counted_and_name_no_person(capsys: pytest.CaptureFixture[str], dataset: Path) -> None:
    shutil.rmtree(dataset / "care_packages")
    (dataset / "care_packages.csv").write_text(
        "person_key,kind,start,end,weekly_cost_pence\nsecret-key,home-care,2015-05-01,2015-04-01,-5\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "segments", "check", dataset, "--format", "json")
    assert code == FINDINGS
    found = {one["problem"] for one in json.loads(out)["problems"]}
    assert {"orphan", "negative", "ends-before-it-starts"} <= found
    assert "secret-key" not in out


def test_a_run_writes_the_matrix_marks_it_and_links_it_into_a_plan(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path
) -> None:
    plan, out = tmp_path / "plan", tmp_path / "out"
    assert run(capsys, "new", plan, "--round", "2014-15")[0] == CLEAN
    years = ("--year", "2015-16", "--year", "2016-17")
    code, said, _ = run(capsys, "segments", "run", made, "--scheme", "kent-2017", *years, "--out", out, "--plan", plan)
    assert code == CLEAN
    assert "Every figure is synthetic" in said
    matrix = rows_of(out / "segment-age-band.csv")
    assert {row["status"] for row in matrix} == {"synthetic"}
    assert {row["period"] for row in matrix} == {"2015-16", "2016-17"}
    shown = [int(row["people"]) for row in matrix if row["people"]]
    assert all(number % 5 == 0 for number in shown)
    assert all(not row["spend_pence"] for row in matrix if not row["people"])
    assert "Synthetic" in (out / "index.html").read_text(encoding="utf-8")
    provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["disclosure"]["rule"] == "hes-2018"
    assert provenance["scheme"]["id"] == "kent-2017"
    cells = read_plan(plan).segments
    assert len(cells) == len(matrix)
    assert {cell.status.value for cell in cells} == {"synthetic"}
    code, _, _ = run(capsys, "build", plan, "--out", tmp_path / "built")
    assert "Who needs care" in (tmp_path / "built" / "index.html").read_text(encoding="utf-8")


def test_nothing_is_withheld_only_for_a_reason_and_then_sums_are_exact(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path
) -> None:
    asked = ("segments", "run", made, "--scheme", "six-groups", "--year", "2016-17", "--out", tmp_path / "out")
    code, _, err = run(capsys, *asked, "--disclosure", "none")
    assert code == UNREADABLE
    assert "no reason is given" in err
    assert not (tmp_path / "out").exists()
    code, _, _ = run(capsys, *asked, "--disclosure", "none", "--reason", "synthetic", "--by", "sex")
    assert code == CLEAN
    for name, labels in (("segment-age-band", ("segment", "age_band")), ("sex", ("sex",))):
        rows = rows_of(tmp_path / "out" / f"{name}.csv")
        inner = [row for row in rows if "all" not in {row[label] for label in labels}]
        (whole,) = [row for row in rows if {row[label] for label in labels} == {"all"}]
        for column in ("people", "events", "spend_pence", "people_scaled", "spend_scaled_pence"):
            assert sum(int(row[column]) for row in inner) == int(whole[column])


def test_schemes_are_compared(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    code, out, _ = run(capsys, "segments", "compare", made, "--schemes", "kent-2017,six-groups", "--year", "2016-17")
    assert code == CLEAN
    assert {"kent-2017", "six-groups"} <= {line.split()[0] for line in out.splitlines()}


def _no_description(dataset: Path) -> None:
    (dataset / "dataset.yaml").unlink()


def _corrupt(dataset: Path) -> None:
    (next((dataset / "activity").glob("*.parquet"))).write_bytes(b"PAR1 this is no Parquet file PAR1")


def _renamed(dataset: Path) -> None:
    shutil.rmtree(dataset / "measures")
    (dataset / "measures.csv").write_text("person_key,measure,measured_on,value\n", encoding="utf-8")


def _mixed(dataset: Path) -> None:
    shutil.rmtree(dataset / "measures")
    heading = b"person_key,measure,measured,value\n"
    (dataset / "measures.csv").write_bytes(heading + b"caf\xe9,smoker,2015-01-01,1\n" + "café,smoker,,1\n".encode())


def _empty(dataset: Path) -> None:
    shutil.rmtree(dataset / "registrations")
    (dataset / "registrations.csv").write_text("person_key,practice,start,end\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_no_description, "no dataset.yaml"),
        (_corrupt, ".parquet"),
        (_renamed, "'measured' is missing"),
        (_mixed, "measures.csv"),
        (_empty, "nobody is on a list"),
    ],
)
def test_bad_input_is_one_clear_message_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], dataset: Path, tmp_path: Path, spoil: object, told: str
) -> None:
    assert callable(spoil)
    spoil(dataset)
    out = tmp_path / "out"
    code, _, err = run(capsys, "segments", "run", dataset, "--scheme", "kent-2017", "--year", "2015-16", "--out", out)
    assert code == UNREADABLE
    assert told in err
    assert not out.exists()


def test_dimensions_that_are_none_are_refused(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    asked = ("segments", "run", made, "--scheme", "kent-2017", "--year", "2015-16", "--out", tmp_path / "out")
    code, _, err = run(capsys, *asked, "--by", "segment,postcode")
    assert code == UNREADABLE
    assert "'postcode'" in err
    code, _, err = run(capsys, *asked, "--year", "2018-19")
    assert code == UNREADABLE
    assert "2018-19 does not follow 2015-16" in err


def test_rows_that_stand_there_twice_are_counted_once(
    capsys: pytest.CaptureFixture[str], made: Path, dataset: Path, tmp_path: Path
) -> None:
    people = dataset / "people"
    first = min(people.rglob("*.parquet"))
    shutil.copy(first, first.with_name(f"again-{first.name}"))
    tables = []
    for folder, out in ((made, "once"), (dataset, "twice")):
        arguments = ("--scheme", "kent-2017", "--year", "2016-17", "--out", tmp_path / out)
        run(capsys, "segments", "run", folder, *arguments, "--disclosure", "none", "--reason", "a test")
        tables.append((tmp_path / out / "segment-age-band.csv").read_text(encoding="utf-8"))
    assert tables[0] == tables[1]
