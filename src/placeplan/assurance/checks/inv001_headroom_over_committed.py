"""INV001: more is promised from headroom than there is."""

from collections.abc import Iterator
from dataclasses import replace

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import ServiceYear, known_figure, service_years, value_of
from placeplan.finance.headroom import balance_id, from_headroom
from placeplan.finance.investments import InvestmentMeasure, investments_id
from placeplan.kernel.figures import Figure
from placeplan.kernel.wording import worded
from placeplan.plan.funding_tables import Investment


def find(case: Case) -> Iterator[Finding]:
    """Each service and year whose headroom does not reach, at the row that went beyond it.

    Where what is paid from headroom keeps within it and all that is spent once does not, that is a warning.
    """
    for at in service_years(case.plan):
        headroom = _figure(case, at, measure=InvestmentMeasure.HEADROOM)
        taken, once = (
            _figure(case, at, measure=each)
            for each in (InvestmentMeasure.FROM_HEADROOM, InvestmentMeasure.NON_RECURRENT)
        )
        if headroom is None:
            continue
        if taken is not None and _exceeds(taken, headroom):
            yield _finding(at, headroom=headroom, spent=taken, row=_first_beyond(case, at))
        elif once is not None and _exceeds(once, headroom):
            rows = [row for row in case.plan.investments if row.service == at.service.id and not row.goes_on]
            found = _finding(at, headroom=headroom, spent=once, row=rows[-1])
            yield replace(found, severity=Severity.WARNING)


def _figure(case: Case, at: ServiceYear, *, measure: InvestmentMeasure) -> Figure | None:
    return known_figure(case, investments_id(at.service.id, at.year, measure=measure))


def _exceeds(spent: Figure, headroom: Figure) -> bool:
    return value_of(spent) - value_of(headroom) > spent.tolerance + headroom.tolerance


def _first_beyond(case: Case, at: ServiceYear) -> Investment:
    """The row after which the balance is below nothing."""
    rows = from_headroom(case.plan, at.service.id)
    return next((row for row in rows if value_of(case.figures.get(balance_id(row, at.year))) < 0), rows[-1])


def _finding(at: ServiceYear, *, headroom: Figure, spent: Figure, row: Investment) -> Finding:
    return CHECK.finding(
        subject=investments_id(at.service.id, at.year, measure=InvestmentMeasure.UNCOMMITTED),
        location=row.place.at(str(at.year)),
        facts={
            "at": at.words,
            "what": spent.label.removeprefix(f"{at.service.name}, ").removesuffix(f", {at.year}"),
            "spent": worded(spent.value, spent.unit),
            "headroom": worded(headroom.value, headroom.unit),
            "over": worded(value_of(spent) - value_of(headroom), spent.unit),
            "row": row.title,
        },
        figures=(spent.id, headroom.id),
    )


CHECK = Check(
    code="INV001",
    title="More is promised from headroom than there is",
    message="{at}: {what} come to {spent}, {over} beyond the headroom of {headroom}, with {row!r}",
    severity=Severity.ERROR,
    why="Headroom is given once. What is promised beyond it has no money, and becomes a deficit or a broken promise.",
    mend="Take an investment back, pay it from other money, or set more headroom aside in the bridge.",
    references=(
        "Everyone Counts 2014/15, business rules (Table 1 of the Leicestershire and Lincolnshire plan 2014-16)",
        "Leicestershire and Lincolnshire plan 2014-16, Table 3: recurrent and non-recurrent investments",
    ),
    find=find,
)
