"""The bundled plans hold the numbers of the transcribed tables, where those stand beside the checkout."""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tests.spec.plans.bundled import bundled

from placeplan.plan.cells import Amount
from placeplan.plan.model import Plan

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture
def transcribed(shared_data: Path) -> Path:
    return shared_data / "plans"


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@pytest.mark.parametrize("service", ["primary-care", "secondary-dental", "public-health", "health-and-justice"])
def test_bridge_of_kent_and_medway(transcribed: Path, service: str) -> None:
    plan = bundled("kent-medway-2014").plan
    name = service.replace("-", "_")
    table = rows_of(transcribed / "kent-medway-2014" / f"finance_{name}.csv")
    ours = {
        row.line: [str(cell) for cell in row.amounts.values() if cell]
        for row in (*plan.lines, *plan.allocations)
        if row.service == service
    }
    totals = {
        "Sub total": "baseline",
        "Total": "total",
        "Total Resources": "resources",
        "Variance Surplus (+) / Deficit (-)": "cumulative",
    }
    for row in table:
        printed = [row["fy2014_15_gbp_000"], row["fy2015_16_gbp_000"]]
        if row["line"] in totals:
            measure = totals[row["line"]]
            assert [_stated(plan, f"finance.{service}.{year}.{measure}") for year in ("2014-15", "2015-16")] == printed
        else:
            entered = ours[row["line"]]
            assert entered == printed[: len(entered)]


def _stated(plan: Plan, figure: str) -> str:
    return next(str(row.value) for row in plan.stated if row.figure == figure)


def test_savings_of_swale_and_dgs(transcribed: Path) -> None:
    swale = rows_of(transcribed / "kent-board-2016" / "swale_qipp_2016_17.csv")[:-1]
    ours = [
        (row.title, -row.gross.value, row.investment and row.investment.value)
        for row in bundled("swale-2016").plan.schemes
    ]
    assert ours == [
        (row["programme"], number(row["saving_gbp_000"]), number(row["investment_gbp_000"])) for row in swale
    ]
    dgs = rows_of(transcribed / "kent-board-2016" / "dgs_qipp_2016_17.csv")[:-1]
    ours_dgs = [(row.title, -row.gross.value) for row in bundled("dgs-2016").plan.schemes]
    assert ours_dgs == [
        (row["commissioner_programme_area"], number(row["planned_finance_change_gbp_000"])) for row in dgs
    ]


@pytest.mark.parametrize("name", ["swale", "dgs"])
def test_programme_and_status_of_intentions(transcribed: Path, name: str) -> None:
    printed = rows_of(transcribed / "kent-board-2016" / f"{name}_commissioning_intentions_2016_17.csv")
    ours = [(row.programme or "", str(row.status)) for row in bundled(f"{name}-2016").plan.intentions]
    assert ours == [(row["programme"], "continuing" if row["continuing_flag"] else "new") for row in printed]


def test_framework_of_west_kent(transcribed: Path) -> None:
    printed = rows_of(transcribed / "kent-board-2016" / "west_kent_draft_financial_framework_2016_17.csv")[:-1]
    moved = ("m10_outturn", "fye_nr", "p_and_p", "demographic", "other", "baseline_business_rules")
    numbers = [row[f"{column}_gbp_m"] for row in printed for column in moved if row[f"{column}_gbp_m"]]
    cells = [cell for line in bundled("west-kent-2016").plan.lines for cell in line.amounts.values()]
    assert [str(cell) for cell in cells if isinstance(cell, Amount)] == numbers


@pytest.mark.parametrize(
    ("name", "folder", "table", "columns"),
    [
        (
            "kent-medway-2014",
            "kent-medway-2014",
            "life_expectancy_sii",
            ("average_life_expectancy_years", "slope_index_of_inequality_years"),
        ),
        ("kent-medway-2014", "kent-medway-2014", "armed_forces_population", ("value_pct",)),
        ("kent-medway-2014", "kent-medway-2014", "narrative_numbers", ("value_as_printed",)),
        ("west-kent-2017", "west-kent-2017", "health_profile_other_indicators", ("value",)),
        ("west-kent-2017", "west-kent-2017", "general_practice_overview", ("value",)),
        ("west-kent-2017", "west-kent-2017", "digital_uptake", ("value",)),
        ("west-kent-2017", "west-kent-2017", "community_beds", ("beds_n",)),
        ("west-kent-2017", "west-kent-2017", "physical_inactivity_by_district", ("inactive_adults_pct",)),
        ("west-kent-2017", "west-kent-2017", "delayed_transfers_bed_days_lost", ("increase_pct", "increase_bed_days")),
        ("west-kent-2017", "west-kent-2017", "urgent_care_trends_2013_14_to_2015_16", ("change_as_printed",)),
        (
            "west-kent-2017",
            "west-kent-2017",
            "disease_prevalence",
            ("west_kent_pct", "kent_pct", "england_pct", "practice_min_pct", "practice_max_pct"),
        ),
    ],
)
def test_every_number_of_a_table_is_an_observation(
    transcribed: Path, name: str, folder: str, table: str, columns: tuple[str, ...]
) -> None:
    """As a multiset: a number that the table prints twice stands twice among the observations, or more often."""
    printed = Counter(
        number(digits)
        for row in rows_of(transcribed / folder / f"{table}.csv")
        for column in columns
        if (table, row.get("measure")) not in ELSEWHERE
        for digits in DIGITS.findall(row[column])
    )
    plan = bundled(name).plan
    ours = Counter(row.value.value for row in plan.observations if row.value)
    assert not printed - ours


ELSEWHERE = {
    # Said as text in the register of intentions, for it cannot be read as a number.
    ("narrative_numbers", "Surrey prison substance misuse saving"),
}


def test_groups_of_west_kent_and_how_they_report(transcribed: Path) -> None:
    printed = rows_of(transcribed / "west-kent-2017" / "governance_groups.csv")
    plan = bundled("west-kent-2017").plan
    titles = {row.group: row.title for row in plan.groups}
    named = {"fixed-life sub-groups": "Sub-groups of the Improvement Board"}
    theirs = [named.get(row["group"], row["group"].partition(" (")[0]) for row in printed]
    assert theirs == list(titles.values())
    told = [(titles[row.group], str(row.line).replace("-", " ")) for row in plan.reporting_lines]
    assert told == [
        (title, "reports into" if "into" in row["reports_to"] else "reports to")
        for title, row in zip(theirs, printed, strict=True)
        if row["reports_to"]
    ]
