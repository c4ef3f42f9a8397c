"""Questions about indicators on the command line: values, change, outliers, gaps, inequality."""

from pathlib import Path

import polars as pl
import pytest

from placeplan.cli.main import main

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
PNG = b"\x89PNG"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


@pytest.fixture
def example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = tmp_path / "observations.csv"
    assert run(capsys, "indicators", "example", file)[0] == CLEAN
    return file


def test_every_measure_is_listed_and_one_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "indicators", "describe")
    assert code == CLEAN
    assert {"EF26", "ae-4-hours", "dementia-diagnosis"} <= {line.split()[0] for line in out.splitlines()}
    code, out, _ = run(capsys, "indicators", "describe", "AE-4-hours")
    assert code == CLEAN
    assert "95%" in out
    assert "Wilson" in out


def test_an_unknown_measure_is_answered_with_the_nearest_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "indicators", "describe", "ae-4-hour")
    assert code == UNREADABLE
    assert "ae-4-hours" in err


def test_values_are_written_with_limits_beside_a_page(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "prevalence"
    code, said, _ = run(capsys, "indicators", "compute", example, "--measure", "qof-prevalence-hyp", "--out", out)
    assert code == CLEAN
    assert "60 values of 60 areas" in said
    values = pl.read_csv(out / "values.csv")
    assert values.filter(~pl.col("value").is_between("lower", "upper")).is_empty()
    assert set(values["status"]) == {"synthetic"}
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "ynthetic" in page
    assert "<script" not in page


def test_a_change_in_a_series_gets_a_verdict_and_a_picture(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "charts"
    arguments = ("--measure", "ae-4-hours", "--out", out, "--format", "svg,png", "--area", "SYN1")
    code, said, _ = run(capsys, "indicators", "spc", example, *arguments)
    assert code == CLEAN
    assert "Synthetic Estuary Hospital: special cause, concern, low; consistently falls short of the target." in said
    assert (out / "ae-4-hours-xmr-syn1.png").read_bytes().startswith(PNG)
    assert "<desc" in (out / "ae-4-hours-xmr-syn1.svg").read_text(encoding="utf-8")


def test_an_explained_change_starts_new_limits(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--measure", "ae-4-hours", "--out", tmp_path / "charts", "--area", "SYN1")
    code, said, _ = run(
        capsys, "indicators", "spc", example, *arguments, "--rebase", "SYN1=2024-04-01:beds closed", "--target", "60"
    )
    assert code == CLEAN
    assert "concern" not in said
    verdicts = pl.read_csv(tmp_path / "charts" / "verdicts.csv")
    assert verdicts["target"].to_list() == [60.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rebase", "2024-04-01"), "DATE:REASON"),
        (("--rebase", "2031-04-01:later"), "2031-04-01"),
        (("--area", "SYN9"), "SYN4"),
        (("--since", "2031-01-01"), "no row is left"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "charts"
    code, _, err = run(capsys, "indicators", "spc", example, "--measure", "ae-4-hours", "--out", out, *arguments)
    assert code == UNREADABLE
    assert words in err
    assert not out.exists()


def test_units_are_compared_and_the_caveat_stands_beside_the_flags(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = tmp_path / "groups.csv"
    rows = "\n".join(f"SYP{number:02d},Cluster {number % 4}" for number in range(1, 61))
    groups.write_text(f"member,footprint\n{rows}\n", encoding="utf-8")
    out = tmp_path / "outliers"
    arguments = ("--measure", "qof-prevalence-hyp", "--out", out, "--groups", groups)
    code, said, _ = run(capsys, "indicators", "outliers", example, *arguments)
    assert code == CLEAN
    assert "stricter test" in said
    units = pl.read_csv(out / "outliers.csv")
    assert units.height == 60
    assert units["group"].n_unique() == 4
    assert (out / "qof-prevalence-hyp-funnel-2023-24.svg").exists()


def test_small_numbers_are_withheld_under_a_named_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "observations.csv"
    rows = [("P1", 3, 40), ("P2", 21, 60), ("P3", 48, 90)]
    lines = [f"{area},2023-24,{count},{size}" for area, count, size in rows]
    file.write_text("area,period,numerator,denominator\n" + "\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "values"
    arguments = ("--measure", "qof-prevalence-hyp", "--out", out, "--disclosure", "hes-2018")
    code, _, _ = run(capsys, "indicators", "compute", file, *arguments)
    assert code == CLEAN
    values = pl.read_csv(out / "values.csv").sort("area")
    assert values["numerator"].to_list() == [None, 20.0, 50.0]
    assert values["value"].to_list()[0] is None
    assert "withheld" in values["note"].to_list()[0]
    assert '"3"' not in (out / "index.html").read_text(encoding="utf-8")


def test_the_gap_to_a_plan_and_a_forecast_stand_on_one_picture(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "trajectory"
    arguments = ("--measure", "ae-4-hours", "--out", out, "--area", "SYN2")
    code, said, _ = run(capsys, "indicators", "trajectory", example, *arguments)
    assert code == CLEAN
    assert "standard missed" in said
    standing = pl.read_csv(out / "standing.csv")
    assert standing["short_of_standard"].item() > 0


def test_the_gradient_over_deprivation_has_simulated_limits(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = tmp_path / "scores.csv"
    rows = "\n".join(f"SYP{number:02d},{60 - number}" for number in range(1, 61))
    scores.write_text(f"area,score\n{rows}\n", encoding="utf-8")
    out = tmp_path / "inequality"
    arguments = ("--measure", "qof-prevalence-hyp", "--out", out, "--deprivation", scores, "--repetitions", "1000")
    code, said, _ = run(capsys, "indicators", "inequality", example, *arguments)
    assert code == CLEAN
    assert "slope index" in said
    index = pl.read_csv(out / "indices.csv").row(0, named=True)
    assert index["lower"] < index["value"] < index["upper"]


def test_a_bad_row_is_told_and_the_good_ones_are_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "observations.csv"
    file.write_text(
        "area,period,numerator,denominator\nA,2023-24,30,100\nB,2023-24,130,100\nC,2023-24,x,100\nD,2023-24,10,0\n",
        encoding="utf-8",
    )
    out = tmp_path / "values"
    code, _, err = run(capsys, "indicators", "compute", file, "--measure", "qof-prevalence-hyp", "--out", out)
    assert code == FINDINGS
    assert "observations.csv:3" in err
    assert "observations.csv:4" in err
    assert "observations.csv:5" in err
    assert pl.read_csv(out / "values.csv")["area"].to_list() == ["A"]
    assert pl.read_csv(out / "remarks.csv")["rows"].sum() == 3


def test_a_series_goes_on_under_the_organisation_that_took_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, steps = tmp_path / "observations.csv", tmp_path / "take-overs.csv"
    rows = [("G1", "2018-19", 30, 100), ("G2", "2018-19", 10, 100), ("G3", "2019-20", 50, 200)]
    lines = [",".join(map(str, row)) for row in rows]
    file.write_text("area,period,numerator,denominator\n" + "\n".join(lines) + "\n", encoding="utf-8")
    steps.write_text("predecessor,successor,on\nG1,G3,2019-04-01\nG2,G3,2019-04-01\n", encoding="utf-8")
    out = tmp_path / "values"
    arguments = ("--measure", "qof-prevalence-hyp", "--out", out, "--roll-up", steps)
    assert run(capsys, "indicators", "compute", file, *arguments)[0] == CLEAN
    values = pl.read_csv(out / "values.csv").select("area", "period", "numerator", "denominator").rows()
    assert values == [("G3", "2018-19", 40.0, 200.0), ("G3", "2019-20", 50.0, 200.0)]
