"""A month's report on the efficiency schemes of a service: the form, and the rows that it puts into the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from placeplan.app.money.asking import Wrong
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.app.section_grids import SectionGrid, grid_of
from placeplan.app.section_rows import row_of_key, with_row, without_row
from placeplan.finance.delivery import DeliveryMeasure, delivery_scheme_id, planned_month_id
from placeplan.finance.efficiency import monthly_savings
from placeplan.kernel.periods import Month
from placeplan.kernel.wording import worded
from placeplan.plan.columns import Column
from placeplan.plan.header import Service
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.savings_tables import Rating
from placeplan.plan.tables import EfficiencyScheme
from placeplan.reports.document import Cell
from placeplan.reports.quoting import figure_cell
from placeplan.reports.sections.delivery import delivery_section
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

SECTION = "finance/savings_delivered.csv"
ASKED = ("gross", "investment", "forecast", "rating", "note")
LONGEST_SHOWN = 60
RATINGS = tuple(str(rating) for rating in Rating)
_TABLE: Table = next(table for table in TABLES if table.path == SECTION)
_COLUMNS: Mapping[str, Column] = {column.name: column for column in _TABLE.columns}


@dataclass(frozen=True, slots=True)
class SchemeReport:
    """What is asked of one scheme for the month.

    Attributes:
        scheme: its short name, which the names of its fields end in.
        title: its title.
        planned: what it is planned to save in the month.
        to_date: what it was planned to save and has saved so far; empty where nothing is reported yet.
        cells: what stands in the row, or was typed, by column.
    """

    scheme: str
    title: str
    planned: Cell
    to_date: tuple[tuple[str, Cell], ...]
    cells: Mapping[str, str]

    def field(self, column: str) -> str:
        """The name of a field of the form."""
        return field_of(column, self.scheme)


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The form of a month: what was chosen, what there is to choose from, and the schemes."""

    service: Service
    month: Month
    services: tuple[Service, ...]
    months: tuple[Month, ...]
    schemes: tuple[SchemeReport, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """What a filled-in form comes to: the text of the table, or what is wrong.

    ``text`` is ``None`` where nothing is left to report; ``rows`` says how many schemes the month has, and ``month``
    is its name.
    """

    wrong: tuple[Wrong, ...] = ()
    text: str | None = None
    rows: int = 0
    month: str = ""


def field_of(column: str, scheme: str) -> str:
    """The name of the field of a column and a scheme."""
    return f"{column}--{scheme}"


def delivery_chapter(results: PlanResults) -> Chapter:
    """What the document says of the delivery of savings; without a section where nothing is reported."""
    return chapter_of_sections(results, (delivery_section(results),))


def month_report(results: PlanResults, given: Mapping[str, str], *, text: str | None) -> MonthReport | None:
    """The form of the month that is asked for, else of the month after the last one reported.

    Args:
        results: the plan.
        given: ``service`` and ``month``, and what was typed, where the form comes back.
        text: the text of the table as it stands.
    """
    plan = results.plan
    with_schemes = {scheme.service for scheme in plan.schemes}
    services = tuple(service for service in plan.header.services if service.id in with_schemes)
    if not services:
        return None
    service = next((each for each in services if each.id == given.get("service")), services[0])
    schemes = [scheme for scheme in plan.schemes if scheme.service == service.id]
    months = tuple(month for year in sorted({scheme.year for scheme in schemes}) for month in year.months)
    month = next((each for each in months if str(each) == given.get("month")), None)
    month = month or _next_month(plan, service, months=months)
    grid = _grid(plan, text)
    shown = tuple(
        _scheme_report(results, scheme, month=month, given=given, grid=grid)
        for scheme in schemes
        if scheme.year == month.financial_year
    )
    return MonthReport(service, month, services, months, shown)


def _next_month(plan: Plan, service: Service, *, months: Sequence[Month]) -> Month:
    """The month after the last one of which a saving is reported, as far as there is one."""
    reported = [row.month for row in plan.deliveries if row.service == service.id and row.gross is not None]
    later = [month for month in months if not reported or month > max(reported)]
    return later[0] if later else months[-1]


def _grid(plan: Plan, text: str | None) -> SectionGrid:
    return grid_of(_TABLE, text, years=plan.header.years)


def _scheme_report(
    results: PlanResults, scheme: EfficiencyScheme, *, month: Month, given: Mapping[str, str], grid: SectionGrid
) -> SchemeReport:
    row = row_of_key(_TABLE, grid, key=(scheme.scheme, scheme.service, str(month)))
    stands = row.cells if row else {}
    cells = {name: given.get(field_of(name, scheme.scheme), stands.get(name, "")) for name in ASKED}
    number = month.number_in_financial_year
    planned = planned_month_id(scheme, number)
    measures = (("planned to date", DeliveryMeasure.PLANNED_TO_DATE), ("delivered", DeliveryMeasure.DELIVERED))
    ids = [(words, delivery_scheme_id(scheme, measure)) for words, measure in measures]
    return SchemeReport(
        scheme=scheme.scheme,
        title=scheme.title,
        planned=figure_cell(results.figures, planned, column=False)
        if planned in results.figures
        else plain(worded(monthly_savings(scheme)[number - 1], str(results.header.money))),
        to_date=tuple(
            (words, figure_cell(results.figures, each, column=False)) for words, each in ids if each in results.figures
        ),
        cells=cells,
    )


def reported(results: PlanResults, given: Mapping[str, str], *, text: str | None) -> Reported:
    """Put a filled-in form into the table: a row for each scheme of which something is said, none for the others.

    Args:
        results: the plan.
        given: ``service``, ``month``, and the fields of the schemes.
        text: the text of the table as it stands.
    """
    form = month_report(results, given, text=text)
    if form is None or str(form.month) != given.get("month") or form.service.id != given.get("service"):
        return Reported(wrong=(Wrong("month", "Choose a service and a month of one of its schemes."),))
    wrong = [each for scheme in form.schemes for each in _problems(scheme)]
    if wrong:
        return Reported(wrong=tuple(wrong))
    written, rows = text, 0
    for scheme in form.schemes:
        key = (scheme.scheme, form.service.id, str(form.month))
        grid = _grid(results.plan, written)
        stands = row_of_key(_TABLE, grid, key=key)
        cells = {name: value.strip().replace("\r\n", "\n") for name, value in scheme.cells.items()}
        if any(cells.values()):
            named = dict(zip(_TABLE.key, key, strict=True))
            written = with_row(_TABLE, grid, cells={**named, **cells}, instead_of=key if stands else None)
            rows += 1
        elif stands:
            written = without_row(_TABLE, grid, key=key)
    return Reported(text=written, rows=rows, month=form.month.words)


def _problems(scheme: SchemeReport) -> list[Wrong]:
    found = []
    for name, value in scheme.cells.items():
        kind = _COLUMNS[name].kind
        if value.strip():
            try:
                kind.parse(value.strip())
            except ValueError:
                words = f"{scheme.title}: “{value.strip()[:LONGEST_SHOWN]}” cannot be read. Expected {kind.expected}."
                found.append(Wrong(scheme.field(name), words))
    return found
