"""Opening hours, concentration, issues, sums of outliers, surveys and equity audits on the command line."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.functional.cli.test_indicators import CLEAN, FINDINGS, PNG, UNREADABLE, run

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
COVERAGE = ("EF25", "EF26", "EF27", "EF13")


def written(folder: Path, name: str, *lines: str) -> Path:
    """A file with these lines."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def observations(folder: Path, rows: list[tuple[Any, ...]], *, more: str = "") -> Path:
    """A file of observations of financial years: measure, area, numerator, denominator, and further cells."""
    heading = f"measure,area,period,frequency,numerator,denominator{more}"
    lines = [",".join(map(str, (row[0], row[1], "2013-14", "financial-year", *row[2:]))) for row in rows]
    return written(folder, "observations.csv", heading, *lines)


def practices(worse: str = "P1") -> list[tuple[Any, ...]]:
    """Eight practices of 500 people and England, over four measures of coverage; one practice is worse."""
    rows: list[tuple[Any, ...]] = []
    for measure in COVERAGE:
        rows.append((measure, "ENG", 700_000, 1_000_000))
        rows.extend((measure, f"P{number}", 250 if f"P{number}" == worse else 350, 500) for number in range(1, 9))
    return rows


def test_opening_hours_give_a_heat_map_hours_a_week_and_the_sites_with_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"A,P1,{day},08:00,18:30" for day in WEEK]
    rows += [f"B,P1,{day},{part}" for day in WEEK[:4] for part in ("09:00,12:00", "14:00,17:00")]
    file = written(tmp_path, "hours.csv", "site,practice,weekday,opens,closes", *rows)
    out = tmp_path / "out"
    code, said, _ = run(capsys, "indicators", "opening-hours", file, "--out", out, "--below", "30", "--format", "png")
    assert code == CLEAN
    assert "Under 30 hours a week: 1 (B 24)" in said
    assert (out / "opening-hours.png").read_bytes().startswith(PNG)
    assert dict(pl.read_csv(out / "sites.csv").select("site", "hours").iter_rows()) == {"A": 52.5, "B": 24.0}
    assert pl.read_csv(out / "practices.csv")["hours"].to_list() == [52.5]
    slots = pl.read_csv(out / "slots.csv").filter(pl.col("slot") == "12:30")
    assert slots.sort("day")["share"].to_list() == [0.5] * 5 + [0.0, 0.0]
    assert pl.read_csv(out / "spread.csv").filter(pl.col("of") == "sites")["hours"].to_list()[0] == 24.0


def test_hours_in_words_and_rows_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        tmp_path,
        "hours.csv",
        "site,hours",
        "A,Mon-Fri 08:00-18:30; Sat closed",
        "B,when the doctor is in",
        ",Mon 08:00-12:00",
    )
    out = tmp_path / "out"
    code, said, err = run(capsys, "indicators", "opening-hours", file, "--out", out)
    assert code == FINDINGS
    assert "hours.csv:3:2 (hours): hours of the site 'B' cannot be read" in err
    assert "hours.csv:4:1 (site): this cell is blank" in err
    assert dict(pl.read_csv(out / "sites.csv").select("site", "hours").iter_rows()) == {"A": 52.5, "B": None}
    assert "unconfirmed" in said  # the levels that come with Placeplan


@pytest.mark.parametrize(
    ("heading", "arguments", "words"),
    [
        ("site,weekday,opns", (), "'opens' of 'opening-hours' is missing"),
        ("site,weekday,opens", ("--window", "night"), "routine-appointments"),
    ],
)
def test_hours_that_cannot_be_asked_for_are_refused(
    heading: str, arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "hours.csv", heading, "A,Mon,08:00-12:00")
    code, _, err = run(capsys, "indicators", "opening-hours", file, "--out", tmp_path / "out", *arguments)
    assert code == UNREADABLE
    assert words in err
    assert not (tmp_path / "out").exists()


def test_concentration_of_spend_in_each_market(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(
        tmp_path,
        "spend.csv",
        "provider,spend,market,rating",
        "A,500,beds,Good",
        "B,300,beds,good",
        "C,200,beds,",
        "A,100,homes,Inadequate",
        "D,x,homes,Good",
    )
    out = tmp_path / "out"
    code, said, err = run(capsys, "indicators", "concentration", file, "--out", out, "--top", "2")
    assert code == FINDINGS
    assert "spend.csv:6:2 (spend): 'x' cannot be read here" in err
    assert "Beds: £1,000 on 3 providers; largest 2 80.0%; index 3,800, highly concentrated (unconfirmed band)" in said
    assert "1 row could not be read: shares are of the others." in said
    markets = pl.read_csv(out / "markets.csv")
    assert dict(markets.select("market", "index").iter_rows())["homes"] == 10_000
    assert set(markets["band_confidence"]) == {"unconfirmed"}
    ratings = pl.read_csv(out / "ratings.csv").filter(pl.col("market") == "beds")
    assert dict(ratings.select("rating", "pounds").iter_rows())["Good"] == 800
    assert (out / "shares-beds.svg").exists()


def test_no_spend_is_no_market(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "spend.csv", "provider,spend", "A,-5", "B,")
    code, _, err = run(capsys, "indicators", "concentration", file, "--out", tmp_path / "out")
    assert code == UNREADABLE
    assert "no provider has positive spend" in err


def test_issues_stand_gravest_first_with_their_numbers_and_the_worth_of_gaps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*practices(), ("fft-negative", "P1", 5, 500), ("fft-negative", "P2", 50, 500)]
    file, out = observations(tmp_path, rows), tmp_path / "out"
    arguments = ("--area", "P1", "--england", "ENG", "--peer", "P2", "--peer", "P3", "--unit-cost", "EF26=£20")
    code, said, _ = run(capsys, "indicators", "issues", file, "--out", out, *arguments)
    assert code == CLEAN
    assert "worse than England and its peers (2013-14: 50.0%" in said
    issues = pl.read_csv(out / "issues.csv")
    assert issues["measure"].to_list()[-1] == "fft-negative"
    assert issues["gravity"].is_sorted(descending=True)
    assert issues.row(0, named=True)["england"] == 70.0
    ranked = pl.read_csv(out / "opportunities.csv")
    assert ranked["measure"].to_list()[0] == "EF26"
    assert ranked["events"].to_list()[0] == pytest.approx(100)
    assert ranked["pounds"].to_list()[0] == pytest.approx(2_000)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "Mean of peers" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--area", "P99"), "no row is about the area 'P99'"),
        (("--area", "P1", "--peer", "P1"), "areas other than 'P1'"),
        (("--area", "P1", "--unit-cost", "EF26=free"), "is no cost of an event"),
        (("--area", "P1", "--unit-cost", "EF99=20"), "there is no measure 'EF99'"),
        (("--area", "P1", "--measure", "EF1"), "no row is about the measure 'EF1'"),
    ],
)
def test_issues_that_cannot_be_asked_for_are_refused(
    arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = observations(tmp_path, practices()), tmp_path / "out"
    code, _, err = run(capsys, "indicators", "issues", file, "--out", out, *arguments)
    assert code == UNREADABLE
    assert words in err
    assert not out.exists()


def test_red_outliers_are_added_up_by_unit_theme_and_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = observations(tmp_path, [*practices(), ("made-up", "P1", 1, 2)]), tmp_path / "out"
    groups = written(
        tmp_path, "groups.csv", "member,footprint", *(f"P{n},{'East' if n < 5 else 'West'}" for n in range(1, 9))
    )
    reasons = written(
        tmp_path,
        "reasons.csv",
        "measure,area,period,finding,reason,found_by,found_on",
        "ef26,P1,2013-14,warranted,many students,A. Nurse,2014-05-01",
        "EF25,P1,2013-14,unwarranted,,A. Nurse,2014-05-01",
    )
    arguments = ("--baseline", "ENG", "--groups", groups, "--reasons", reasons)
    code, said, err = run(capsys, "indicators", "outlier-sums", file, "--out", out, *arguments)
    assert code == FINDINGS
    assert "4 measures, 8 units, 2013-14: 4 red outliers." in said
    assert "Of 4 red outliers: 1 warranted, 0 unwarranted, 3 not looked at." in said
    assert "the rows of 'made-up' are left out" in err
    assert "reasons.csv:3:5 (reason): 'unwarranted' stands here without 'reason'" in err
    by_group = {row["group"]: row for row in pl.read_csv(out / "groups.csv").iter_rows(named=True)}
    assert (by_group["East"]["red"], by_group["West"]["red"], by_group["all"]["red"]) == (4, 0, 4)
    assert by_group["all"]["target"] == 3
    assert (by_group["all"]["0"], by_group["all"]["1 to 5"]) == (7, 1)
    flagged = pl.read_csv(out / "red-outliers.csv")
    assert dict(flagged.select("measure", "finding").iter_rows())["EF26"] == "warranted"


def test_only_measures_of_a_set_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*practices(), *(("gpps-phone-access", f"P{n}", 300, 500) for n in range(1, 9))]
    file, out = observations(tmp_path, rows), tmp_path / "out"
    code, said, _ = run(capsys, "indicators", "outlier-sums", file, "--out", out, "--set", "gp-patient-survey")
    assert code == CLEAN
    assert "1 measure, 8 units" in said
    assert "Not in the file: gpps-appointment-obtained" in said


def test_reasons_stand_beside_the_flags_of_one_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = observations(tmp_path, practices()), tmp_path / "out"
    reasons = written(
        tmp_path,
        "reasons.csv",
        "measure,area,period,finding,reason,found_by,found_on",
        "EF26,P1,2013-14,unwarranted,no recall,A. Nurse,2014-05-01",
        "EF26,P2,2013-14,not looked at,,,",
    )
    arguments = ("--measure", "EF26", "--baseline", "ENG", "--reasons", reasons)
    code, said, _ = run(capsys, "indicators", "outliers", file, "--out", out, *arguments)
    assert code == CLEAN
    assert "Of 1 red outlier: 0 warranted, 1 unwarranted, 0 not looked at." in said
    assert "1 record about a value that is no red outlier here, such as that of P2" in said
    assert pl.read_csv(out / "reasons.csv")["found_by"].to_list() == ["A. Nurse"]


def survey(folder: Path, *, heading: str, bases: list[object]) -> Path:
    """Shares of a survey with the same denominators and these bases."""
    rows = [("gpps-phone-access", f"P{n}", 280 if n else 200, 400, base) for n, base in enumerate(bases)]
    return observations(folder, rows, more=f",{heading}")


@pytest.mark.parametrize(
    ("heading", "arguments", "base"),
    [
        ("effective_base", (), 100.0),
        ("base", (), 100.0),
        ("base", ("--design-effect", "2"), 50.0),
        ("note", ("--design-effect", "2"), 200.0),
    ],
)
def test_intervals_of_a_survey_rest_on_what_answers_are_worth(
    heading: str, arguments: tuple[str, ...], base: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = survey(tmp_path, heading=heading, bases=[100] * 6), tmp_path / "out"
    code, said, _ = run(
        capsys, "indicators", "outliers", file, "--measure", "gpps-phone-access", "--out", out, *arguments
    )
    assert code == CLEAN
    assert "Intervals rest on" in said
    assert pl.read_csv(out / "outliers.csv")["denominator"].to_list() == [base] * 6


def test_a_unit_without_a_base_keeps_its_row_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = survey(tmp_path, heading="effective_base", bases=[100, "", 100, 100]), tmp_path / "out"
    arguments = ("--measure", "gpps-phone-access", "--out", out)
    assert run(capsys, "indicators", "outliers", file, *arguments)[0] == CLEAN
    row = pl.read_csv(out / "outliers.csv").filter(pl.col("area") == "P1").row(0, named=True)
    assert row["value"] is None
    assert row["note"]


def test_two_ways_to_weigh_a_survey_are_one_too_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = survey(tmp_path, heading="effective_base", bases=[100] * 4), tmp_path / "out"
    arguments = ("--measure", "gpps-phone-access", "--design-effect", "1.5", "--out", out)
    code, _, err = run(capsys, "indicators", "outliers", file, *arguments)
    assert code == UNREADABLE
    assert "one of the two" in err


def many_areas(folder: Path, *, number: int) -> tuple[Path, Path]:
    """Areas of 1,000 people whose coverage falls with deprivation, and their scores."""
    rows = [("EF26", f"A{n:03d}", 800 - 2 * n, 1000) for n in range(number)]
    scores = written(folder, "scores.csv", "area,score", *(f"A{n:03d},{n}" for n in range(number)))
    return observations(folder, rows), scores


@pytest.mark.parametrize(("number", "arguments", "groups"), [(120, (), 10), (40, ("--quantiles", "5"), 5)])
def test_many_areas_are_added_up_to_quantiles_of_deprivation(
    number: int, arguments: tuple[str, ...], groups: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, scores = many_areas(tmp_path, number=number)
    out = tmp_path / "out"
    code, said, _ = run(
        capsys, "indicators", "inequality", file, "--measure", "EF26", "--deprivation", scores,
        "--repetitions", "1000", "--out", out, *arguments,
    )  # fmt: skip
    assert code == CLEAN
    assert "worse for the most deprived" in said
    assert "The correlation with deprivation is −1.00" in said
    quantiles = pl.read_csv(out / "quantiles.csv")
    assert quantiles["areas"].to_list() == [number // groups] * groups
    assert quantiles["value"].is_sorted()
    index = pl.read_csv(out / "indices.csv").row(0, named=True)
    assert index["ratio"] < 1 < index["relative"]
    assert index["slope_lower"] > 0
    assert (out / "ef26-equity-persons.svg").exists()
    assert (out / "ef26-correlation-persons.svg").exists()


def test_a_measure_that_does_not_add_up_is_not_put_in_quantiles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("ED1", f"A{n}", "", "", 50 + n) for n in range(8)]
    file = observations(tmp_path, rows, more=",value")
    scores = written(tmp_path, "scores.csv", "area,score", *(f"A{n},{n}" for n in range(8)))
    arguments = ("--measure", "ED1", "--deprivation", scores, "--quantiles", "5", "--out", tmp_path / "out")
    code, _, err = run(capsys, "indicators", "inequality", file, *arguments)
    assert code == UNREADABLE
    assert "does not add up to quantiles" in err


def test_the_new_commands_stand_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, "indicators", "--help")
    assert code == CLEAN
    assert all(name in said for name in ("opening-hours", "concentration", "issues", "outlier-sums"))
