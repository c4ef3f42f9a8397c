"""Money in another unit is the same money; the savings that rules imply are exactly what it takes."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.finance.written import Row, Written
from tests.property.finance.plans import plans
from tests.property.finance.test_plans_balance import nearly, value

from placeplan.kernel.printed import parse_printed

NOT_MONEY = ("multiplier", "share", "percent")


def scaled(text: str, factor: Decimal) -> str:
    number = parse_printed(text)
    return text if number is None or number.percent else f"{number.value * factor:f}"


def scaled_rows(rows: tuple[Row, ...], factor: Decimal) -> list[Row]:
    money = {"gross", "investment", "full_year"}
    return [
        {name: scaled(text, factor) if name in money or name[:2] == "20" else text for name, text in row.items()}
        for row in rows
    ]


@given(plans(), st.sampled_from((Decimal(2), Decimal(1000), Decimal("0.5"))))
def test_amounts_times_a_factor_give_figures_times_the_factor(plan: Written, factor: Decimal) -> None:
    larger = plan
    for table in ("lines", "allocations", "efficiency"):
        larger = larger.having(table, scaled_rows(plan.rows(table), factor))
    before, after = plan.computed().figures, larger.computed().figures
    assert list(before) == list(after)
    for name, figure in before.items():
        grown = after[name].value
        assert (figure.value is None) == (grown is None)
        if figure.value is not None and grown is not None and ".month." not in name:
            by = Decimal(1) if name.endswith(NOT_MONEY) else factor
            assert nearly(grown, figure.value * by), name


@given(plans(known=True, providers=False))
def test_the_savings_requirement_is_exactly_what_it_takes(plan: Written) -> None:
    """Plan the saving instead of the schemes, top reserves up to the rules: the surplus is the one required."""
    service, year = next(iter(plan.services)), plan.years[0]
    figures = plan.computed().figures
    saving = value(figures, service, year, measure="savings-requirement")
    contingency = shortfall(plan, "contingency-required", "contingency")
    headroom = shortfall(plan, "headroom-required", "non-recurrent-spend")
    held = sum(max(Decimal(0), share) for share in reserves_for_rules(plan, service, year))
    kept = [row for row in plan.rows("lines") if row["service"] != service or row["step"] != "efficiency-scheme"]
    short = max(Decimal(0), contingency + headroom - held)
    added = [new_line(plan, "Saving", "efficiency-scheme", -saving), new_line(plan, "Reserves", "investment", short)]
    after = plan.having("lines", [*kept, *added]).computed().figures
    surplus = value(after, service, year, measure="cumulative")
    assert nearly(surplus, value(figures, service, year, measure="surplus-required"))
    assert value(after, service, year, measure="surplus-required") == value(
        figures, service, year, measure="surplus-required"
    )


def shortfall(plan: Written, required: str, planned: str) -> Decimal:
    service, year = next(iter(plan.services)), plan.years[0]
    figures = plan.computed().figures
    gap = value(figures, service, year, measure=required) - value(figures, service, year, measure=planned)
    return max(Decimal(0), gap)


def reserves_for_rules(plan: Written, service: str, year: str) -> list[Decimal]:
    """What each line for the rules comes to that is not spent once."""
    figure = plan.computed().figures.get(f"finance.{service}.{year}.business-rules")
    once = {row["line"] for row in plan.rows("lines") if row["service"] == service and row["recurrent"] == "no"}
    inputs = figure.inputs if figure else ()
    return [each.share or Decimal(0) for each in inputs if each.label.split(":")[0] not in once]


def new_line(plan: Written, name: str, step: str, amount: Decimal) -> Row:
    service = next(iter(plan.services))
    row = {"service": service, "provider": "", "line": name, "step": step, "recurrent": "", "starts": ""}
    return row | {year: rounded(amount) if year == plan.years[0] else "0" for year in plan.years}


def rounded(amount: Decimal) -> str:
    """As a person could print it: twelve digits behind the point are nothing to anybody."""
    return f"{amount:.10f}"
