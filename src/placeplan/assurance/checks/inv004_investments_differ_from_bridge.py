"""INV004: the investments are not what the line of the bridge holds."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.line_amounts import LineAmount, line_amount
from placeplan.assurance.phrasing import nearest
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.investments import investment_id
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.funding_tables import Investment
from placeplan.plan.tables import FinanceLine


def find(case: Case) -> Iterator[Finding]:
    """Each investment whose line is not there, and each line and year that holds another amount than its investments.

    A line is named once for each provider that has one of that name; they are taken together.
    """
    by_line: dict[tuple[str, str], list[Investment]] = {}
    for row in case.plan.investments:
        if row.counts and row.line:
            by_line.setdefault((row.service, row.line), []).append(row)
    for (service, name), rows in by_line.items():
        lines = [line for line in case.plan.lines if (line.service, line.line) == (service, name)]
        if not lines:
            yield from _no_such_line(case, rows)
        for year in case.plan.header.years if lines else ():
            yield from _differing(case, lines, rows=rows, year=year)


def _no_such_line(case: Case, rows: list[Investment]) -> Iterator[Finding]:
    for row in rows:
        names = [line.line for line in case.plan.lines if line.service == row.service]
        yield CHECK.finding(
            subject=row.investment,
            location=row.place.at("line"),
            facts={"what": f"{row.title}: the bridge of its service has no line {row.line!r}"},
            suggestion=nearest(row.line or "", names),
        )


def _differing(
    case: Case, lines: list[FinanceLine], *, rows: list[Investment], year: FinancialYear
) -> Iterator[Finding]:
    held = _held(case, lines, year=year)
    figures = [known_figure(case, investment_id(row, year)) for row in rows]
    if held is None or None in figures:
        return
    listed = sum((value_of(figure) for figure in figures), ZERO)
    tolerance = held.tolerance + sum((figure.tolerance for figure in figures if figure), ZERO)
    if abs(held.value - listed) <= tolerance:
        return
    unit, line = str(case.plan.header.money), lines[0]
    name = f"{case.plan.header.service(line.service).name}, {line.line}, {year}"
    gap = worded(held.value - listed, unit)
    yield CHECK.finding(
        subject=f"{line.service} {line.line} {year}",
        location=line.place.at(str(year)),
        facts={
            "what": f"{name}: the investments come to {worded(listed, unit)} and the bridge holds "
            f"{worded(held.value, unit)}; the difference is {gap}"
        },
        related=tuple(Related(row.place.at(str(year)), f"invests in {row.title}") for row in rows),
        figures=tuple(investment_id(row, year) for row in rows),
    )


def _held(case: Case, lines: list[FinanceLine], *, year: FinancialYear) -> LineAmount | None:
    amounts = [line_amount(case, line, year=year) for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return None
    return LineAmount(sum((each.value for each in known), ZERO), sum((each.tolerance for each in known), ZERO))


CHECK = Check(
    code="INV004",
    title="The investments are not what the line of the bridge holds",
    message="{what}",
    severity=Severity.WARNING,
    why="The bridge balances with one amount while the list of investments spends another.",
    mend="Correct the line or the investments, or link the line to the figure of the investments.",
    references=("Placeplan's design: one chain, no re-keying",),
    find=find,
)
