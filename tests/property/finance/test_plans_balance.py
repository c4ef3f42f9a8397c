"""Whatever stands in a plan, it balances: shares add up, years join, services and providers add to their totals."""

from decimal import Decimal

from hypothesis import given
from tests.oracle.finance.written import Written
from tests.property.finance.plans import plans

from placeplan.finance.computing import FinanceResult
from placeplan.finance.efficiency import SchemeMeasure, monthly_savings
from placeplan.finance.measures import BASELINE_STEPS, MOVEMENT_STEPS
from placeplan.kernel.figures import CellReference, FigureReference, Figures, RuleReference

ALMOST = Decimal("1e-15")


def value(figures: Figures, service: str, year: str, *, measure: str) -> Decimal:
    figure = figures.get(f"finance.{service}.{year}.{measure}")
    return Decimal(0) if figure is None or figure.value is None else figure.value


def nearly(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= ALMOST * max(1, abs(one), abs(other))


@given(plans())
def test_shares_of_every_sum_add_to_it_exactly(plan: Written) -> None:
    for figure in plan.computed().figures.values():
        shares = [given.share for given in figure.inputs]
        if figure.value is not None and None not in shares:
            assert sum(filter(None, shares)) == figure.value, figure


@given(plans())
def test_inputs_stand_in_the_plan_or_were_computed_before(plan: Written) -> None:
    before: set[str] = set()
    for figure in plan.computed().figures.values():
        for given_ in figure.inputs:
            origin = given_.origin
            assert isinstance(origin, CellReference | RuleReference) or origin.figure in before, figure.id
            if isinstance(origin, CellReference):
                assert origin.place.line >= 2
                assert origin.heading in origin.place.headings
        before.add(figure.id)


@given(plans())
def test_an_unknown_figure_says_what_is_missing(plan: Written) -> None:
    for figure in plan.computed().figures.values():
        assert (figure.value is None) == bool(figure.missing), figure


def each_year(plan: Written) -> list[tuple[str, str]]:
    return [(service, year) for service in plan.services for year in plan.years]


@given(plans(known=True))
def test_positions_balance(plan: Written) -> None:
    figures = plan.computed().figures
    for service, year in each_year(plan):
        resources = value(figures, service, year, measure="resources")
        cumulative = value(figures, service, year, measure="cumulative")
        in_year = value(figures, service, year, measure="in-year")
        assert nearly(resources - value(figures, service, year, measure="total"), cumulative)
        assert nearly(in_year + value(figures, service, year, measure="brought-forward"), cumulative)


@given(plans(known=True))
def test_a_year_starts_from_the_one_before(plan: Written) -> None:
    figures = plan.computed().figures
    for service in plan.services:
        for before, year in zip(plan.years, plan.years[1:], strict=False):
            assert value(figures, service, year, measure="outturn") == value(figures, service, before, measure="total")


@given(plans(known=True))
def test_a_bridge_is_the_sum_of_its_steps(plan: Written) -> None:
    figures = plan.computed().figures
    for service, year in each_year(plan):
        baseline = sum(value(figures, service, year, measure=step) for step in BASELINE_STEPS)
        movements = sum(value(figures, service, year, measure=step) for step in MOVEMENT_STEPS)
        assert nearly(value(figures, service, year, measure="baseline"), Decimal(baseline))
        assert nearly(value(figures, service, year, measure="total"), Decimal(baseline + movements))


@given(plans(known=True))
def test_all_services_are_the_sum_of_the_services(plan: Written) -> None:
    figures = plan.computed().figures
    for year in plan.years:
        for measure in ("allocation", "resources", "total", "in-year", "cumulative", "underlying"):
            parts = [value(figures, service, year, measure=measure) for service in plan.services]
            assert nearly(value(figures, "all", year, measure=measure), sum(parts, Decimal(0)))


@given(plans(known=True))
def test_provider_cells_add_to_the_column_of_the_service(plan: Written) -> None:
    """The rows of the providers and the lines that name none, step by step: rates included."""
    result = plan.computed()
    for service, year in each_year(plan):
        rows = [row for row in plan.rows("lines") if row["service"] == service]
        providers = {row["provider"] for row in rows if row["provider"]}
        if providers and all(row["provider"] for row in rows):
            for measure in ("baseline", "total"):
                cells = [of_provider(result, service, year, provider=name, measure=measure) for name in providers]
                assert nearly(value(result.figures, service, year, measure=measure), sum(cells, Decimal(0)))


def of_provider(result: FinanceResult, service: str, year: str, *, provider: str, measure: str) -> Decimal:
    found = result.figures[f"finance.{service}.{year}.provider.{provider}.{measure}"].value
    assert found is not None
    return found


@given(plans(known=True))
def test_months_of_a_scheme_add_to_its_gross_saving(plan: Written) -> None:
    for scheme in plan.plan().schemes:
        starts_in_time = scheme.starts is None or scheme.starts.financial_year <= scheme.year
        if scheme.phasing or starts_in_time:
            assert sum(monthly_savings(scheme)) == scheme.gross.value


@given(plans(known=True))
def test_gross_less_investment_is_net_and_identified_and_not_make_it_up(plan: Written) -> None:
    figures = plan.computed().figures
    for name in [name for name in figures if name.endswith(".unidentified")]:
        stem = name.removesuffix(SchemeMeasure.UNIDENTIFIED)
        gross, investment, net, identified, unidentified = (
            figures[stem + measure].value or Decimal(0)
            for measure in ("gross", "investment", "net", "identified", "unidentified")
        )
        assert gross - investment == net == identified + unidentified


@given(plans(known=True))
def test_a_derivation_ends_in_cells_and_rules(plan: Written) -> None:
    figures = plan.computed().figures
    leaves: dict[str, bool] = {}
    for figure in figures.values():
        leaves[figure.id] = all(
            leaves[given.origin.figure] if isinstance(given.origin, FigureReference) else True
            for given in figure.inputs
        )
    assert all(leaves.values())
