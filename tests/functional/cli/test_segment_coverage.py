"""Records that cover 54% of people and 30% of spend: scaled figures add up to the whole, each beside its factor."""

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from tests.functional.cli.test_segments import CLEAN, run

from placeplan.cli.main import main

PEOPLE, SPEND = 0.54, 0.30
FACTORS = {"people_scaled": "people_factor", "spend_scaled_pence": "spend_factor"}


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up records of a place whose lists and accounts are larger than what was linked."""
    folder = tmp_path_factory.mktemp("partial") / "people"
    with pytest.raises(SystemExit) as stopped:
        main(["segments", "synthesise", "--place", "west-kent", "--people", "3000", "--out", str(folder)])
    assert not stopped.value.code
    file = folder / "dataset.yaml"
    text = re.sub(r"(people\W+)(\d+)", lambda m: f"{m[1]}{round(int(m[2]) / PEOPLE)}", file.read_text(encoding="utf-8"))
    text = re.sub(r"(spend_pence\W+)(\d+)", lambda m: f"{m[1]}{round(int(m[2]) / SPEND)}", text)
    file.write_text(text, encoding="utf-8")
    return folder


def tables(folder: Path) -> dict[str, pl.DataFrame]:
    return {file.stem: pl.read_csv(file) for file in folder.glob("*.csv") if "kent-2017" not in file.stem}


@pytest.fixture
def exact(partial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, Path]:
    reason = ("--disclosure", "none", "--reason", "Nobody in these records exists")
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--by", "sex", *reason, "--format", "svg")
    code, out, _ = run(capsys, "segments", "run", partial, *asked, "--out", tmp_path / "out")
    assert code == CLEAN
    return out, tmp_path / "out"


def test_scaled_people_and_spend_add_up_to_lists_and_accounts(exact: tuple[str, Path]) -> None:
    found = tables(exact[1])
    coverage = {row["what"]: row for row in found["coverage"].iter_rows(named=True)}
    accounts = sum(row["whole"] for what, row in coverage.items() if what != "people")
    for name, by in (("segment-age-band", ["segment", "age_band"]), ("sex", ["sex"])):
        inner = found[name].filter(pl.col(one) != "all" for one in by)
        assert inner["people_scaled"].sum() == coverage["people"]["whole"], name
        assert inner["spend_scaled_pence"].sum() == accounts, name


def test_coverage_says_what_share_was_linked_and_the_factor(exact: tuple[str, Path]) -> None:
    rows = tables(exact[1])["coverage"].iter_rows(named=True)
    shares = {row["what"]: (row["share"], row["factor"]) for row in rows}
    assert shares.pop("people") == pytest.approx((PEOPLE, 1 / PEOPLE), abs=1e-3)
    assert shares
    for share, factor in shares.values():
        assert (share, factor) == pytest.approx((SPEND, 1 / SPEND), abs=1e-3)


@pytest.mark.parametrize("rule", ["none", "hes-2018"])
def test_no_scaled_figure_stands_without_its_factor(
    partial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    reason = ("--reason", "Nobody in these records exists") if rule == "none" else ()
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--by", "practice", "--disclosure", rule, *reason)
    code, out, _ = run(capsys, "segments", "run", partial, *asked, "--format", "svg", "--out", tmp_path / "out")
    assert code == CLEAN
    scaled = 0
    for name, frame in tables(tmp_path / "out").items():
        for column in (one for one in frame.columns if "scaled" in one and "per_head" not in one):
            known = frame.filter(pl.col(column) > 0)
            scaled += known.height
            assert known[FACTORS[column]].null_count() == 0, name
        if "spend_per_head_scaled_pence" in frame.columns:
            assert set(FACTORS.values()) <= set(frame.columns), name
    assert scaled
    assert "people are scaled by 1.85" in out
    assert "emergency-admission 3.33" in out


def test_costs_below_nothing_are_told_and_the_run_goes_on(
    partial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = Path(shutil.copytree(partial, tmp_path / "spoilt"))
    text = (spoilt / "dataset.yaml").read_text(encoding="utf-8")
    (spoilt / "dataset.yaml").write_text(re.sub(r"^accounts:.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE), "utf-8")
    file = next((spoilt / "activity").glob("*.parquet"))
    costs = pl.when(pl.int_range(pl.len()) < 40).then(-(10**9)).otherwise(pl.col("cost_pence"))
    pl.read_parquet(file).with_columns(costs.cast(pl.Int64).alias("cost_pence")).write_parquet(file)
    asked = ("--scheme", "kent-2017", "--year", "2015-16", "--format", "svg", "--out", tmp_path / "out")
    code, out, err = run(capsys, "segments", "run", spoilt, *asked)
    assert code == CLEAN, err
    assert "somebody cost less than nothing" in out
    assert not (tmp_path / "out" / "practice-budgets.csv").exists()


def test_a_picture_says_that_its_figures_are_not_scaled_and_by_what_they_would_be(exact: tuple[str, Path]) -> None:
    texts = sorted(exact[1].glob("kent-2017-*-2016-17.txt"))
    assert len(texts) == 3
    for file in texts:
        told = file.read_text(encoding="utf-8")
        assert "Figures are of the linked records, 54% of people and 30% of spend" in told, file.name
