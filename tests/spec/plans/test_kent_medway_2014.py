"""Kent and Medway 2014-16: the four services add up; what the document prints differently in two places stands so."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.spec.plans.bundled import bundled

from placeplan.plan.overriding import apply_scenario, scenario_named
from placeplan.plan.tables import Position, Sign

NAME = "kent-medway-2014"
TABLE = Path(__file__).parent / "kent_medway_2014_identities.csv"
IDENTITIES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
SERVICES = ("primary-care", "secondary-dental", "public-health", "health-and-justice")
YEARS = ("2014-15", "2015-16")


def value(figure: str) -> Decimal | None:
    return bundled(NAME).figures[figure].value


def figure_of(row: dict[str, str]) -> str:
    return f"finance.{row['service']}.{row['year']}.{row['measure']}"


def test_there_are_forty_identities() -> None:
    assert len({figure_of(row) for row in IDENTITIES}) == 40


@pytest.mark.parametrize("row", IDENTITIES, ids=figure_of)
def test_identity_holds(row: dict[str, str]) -> None:
    """The stated total against what the ledger derives, in the table of the service."""
    found = [
        each
        for each in bundled(NAME).reconciliations
        if each.figure == figure_of(row) and "table in para" in each.row.source
    ]
    assert [(each.stated, each.derived, str(each.verdict)) for each in found] == [
        (Decimal(row["stated"]), Decimal(row["derived"]), row["verdict"])
    ]


@pytest.mark.parametrize("row", IDENTITIES, ids=figure_of)
def test_identity_holds_by_plain_arithmetic(row: dict[str, str]) -> None:
    """The printed parts add to the derived value; how many they are bounds how far rounding may take it."""
    parts = [int(part) for part in row["printed parts"].split()]
    assert sum(parts) == int(row["derived"])
    gap = abs(sum(parts) - int(row["stated"]))
    assert gap <= (len(parts) + 1) / 2
    assert row["verdict"] == ("within rounding" if gap else "exact")


@pytest.mark.parametrize("row", IDENTITIES, ids=figure_of)
def test_figure_starts_from_what_was_printed(row: dict[str, str]) -> None:
    """A difference within rounding is settled, so the next step of the bridge starts from the printed number."""
    assert value(figure_of(row)) == Decimal(row["stated"])


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("service", [*SERVICES, "all"])
def test_summary_has_the_opposite_sign(service: str, year: str) -> None:
    stated = [row for row in bundled(NAME).plan.stated if row.figure == f"finance.{service}.{year}.cumulative"]
    summary = [row for row in stated if "summary" in row.source]
    assert [row.sign for row in summary] == [Sign.REVERSED]
    assert {row.sign for row in stated if row not in summary} == ({None} if service != "all" else set())
    assert len({-row.value.value if row.sign else row.value.value for row in stated}) == 1


@pytest.mark.parametrize("measure", ["resources", "total", "cumulative", "surplus-required"])
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("service", [*SERVICES, "all"])
def test_summary_reconciles(service: str, year: str, measure: str) -> None:
    figure = f"finance.{service}.{year}.{measure}"
    found = [each for each in bundled(NAME).reconciliations if each.figure == figure and "summary" in each.row.source]
    assert [str(each.verdict) in ("exact", "within rounding") for each in found] == [True]


@pytest.mark.parametrize(
    ("service", "first", "second"),
    [
        ("primary-care", 4861, 8903),
        ("secondary-dental", -1096, -670),
        ("public-health", -2652, -3689),
        ("health-and-justice", 2032, 609),
    ],
)
def test_in_year_positions(service: str, first: int, second: int) -> None:
    assert [value(f"finance.{service}.{year}.in-year") for year in YEARS] == [first, second]


def test_collective_target_is_met_only_within_rounding() -> None:
    (target,) = bundled(NAME).plan.collective_targets
    reached = sum(value(f"finance.{service}.2014-15.cumulative") or Decimal(0) for service in target.services)
    assert (target.at_least.value, reached) == (1040, 1039)


def test_public_health_brings_forward_what_its_rule_does_not() -> None:
    plan = bundled(NAME).plan
    rules = plan.header.service("public-health").carry_forward
    assert [str(rule) for rule in rules.values()] == ["neither", "both"]
    assert value("finance.public-health.2014-15.brought-forward") == 209


def test_share_of_gms_practices_as_printed_in_three_places() -> None:
    rows = [row for row in bundled(NAME).plan.observations if row.indicator == "gms-share-of-practices"]
    assert [str(row.value) for row in rows] == ["82%", "85%", "85%"]
    counted = [row for row in rows if row.numerator and row.denominator]
    assert [(str(row.numerator), str(row.denominator), str(row.value)) for row in counted] == [("215", "262", "85%")]


def test_counts_of_the_registers() -> None:
    plan = bundled(NAME).plan
    services = [row.service for row in plan.intentions]
    assert (services.count("public-health"), services.count("health-and-justice")) == (11, 20)
    assert (len(plan.risks), len(plan.contracts), len(plan.maturity)) == (15, 9, 4)
    programmes = [row.programme for row in plan.milestones]
    assert programmes.count("Quality improvement") + programmes.count("Quality governance") == 5


def test_every_indicator_as_printed() -> None:
    names = [row.indicator for row in bundled(NAME).plan.trajectories]
    assert names == [
        *(f"EF{number}" for number in range(1, 29) if number not in {18, 24}),
        *(f"EG{number}" for number in range(1, 5)),
        *(f"ED{number}" for number in range(1, 14) if number != 4),
    ]


@pytest.mark.parametrize(
    ("indicator", "planned"),
    [
        ("EF28", ["421"] * 5),
        ("ED7", ["51.0%", "51.5%", "52.0%", "52.5%", "53.0%"]),
        ("ED9", ["81.2%"] * 5),
    ],
)
def test_printed_trajectories(indicator: str, planned: list[str]) -> None:
    (row,) = (row for row in bundled(NAME).plan.trajectories if row.indicator == indicator)
    assert [str(cell) for cell in row.planned.values()] == planned


@pytest.mark.parametrize(
    ("position", "indicators"),
    [
        (Position.MISSES_STANDARD, {"EF26", "EG2"}),
        (Position.NOT_ASSURED, {"EF16", "EF22", "ED1", "ED2", "ED3", "ED6", "ED8"}),
    ],
)
def test_missed_or_not_assured_comes_with_the_explanation(position: Position, indicators: set[str]) -> None:
    rows = [row for row in bundled(NAME).plan.trajectories if row.position is position]
    assert {row.indicator for row in rows} == indicators
    assert all(row.exception for row in rows)


def test_health_visitors_of_the_providers_add_to_the_trajectory() -> None:
    rows = [row for row in bundled(NAME).plan.observations if row.indicator == "health-visitors"]
    *providers, whole = [row.value.value for row in rows if row.value]
    assert sum(providers) == whole == 421


def test_life_expectancy_by_group() -> None:
    rows = [row for row in bundled(NAME).plan.observations if row.indicator == "life-expectancy"]
    assert len(rows) == 9
    by_area = {row.area: row.value.value for row in rows if row.value}
    assert min(by_area, key=by_area.__getitem__) == "Thanet CCG"


def test_scenario_changes_one_allocation() -> None:
    plan = bundled(NAME).plan
    changed = apply_scenario(plan, scenario_named(plan, "drug-allocation"))
    different = [(old, new) for old, new in zip(plan.allocations, changed.allocations, strict=True) if old != new]
    assert [old.service for old, _ in different] == ["public-health"]
    assert changed.lines == plan.lines
