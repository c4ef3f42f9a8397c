"""FIN005: a balance is brought forward that the service's own rule does not carry."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.bridge import carries
from placeplan.finance.measures import Measure, figure_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import AllocationKind, AllocationLine


def find(case: Case) -> Iterator[Finding]:
    """Each entered balance, other than nothing, that the rule given for its year does not carry."""
    for row in case.plan.allocations:
        if row.kind is AllocationKind.BROUGHT_FORWARD:
            yield from _of_row(case, row)


def _of_row(case: Case, row: AllocationLine) -> Iterator[Finding]:
    service = case.plan.header.service(row.service)
    for year, cell in row.amounts.items():
        rule = service.carry_forward.get(year)
        figure = known_figure(case, figure_id(row.service, year, measure=Measure.BROUGHT_FORWARD))
        if rule is None or cell is None or figure is None or not value_of(figure):
            continue
        if not carries(rule, positive=value_of(figure) > 0):
            yield CHECK.finding(
                subject=figure.id,
                location=row.place.at(str(year)),
                facts={
                    "service": service.name,
                    "year": year,
                    "balance": worded(abs(value_of(figure)), figure.unit),
                    "kind": "surplus" if value_of(figure) > 0 else "deficit",
                    "rule": rule,
                },
                figures=(figure.id,),
            )


CHECK = Check(
    code="FIN005",
    title="A balance is brought forward against the service's own carry-forward rule",
    message=(
        "{service} brings forward a {kind} of {balance} into {year}, while its carry-forward rule for that year is "
        "'{rule}'"
    ),
    severity=Severity.ERROR,
    why=(
        "The money is either not there or was not meant to be left out. All positions that build on it are off by the"
        " balance."
    ),
    mend="Take the balance out, or correct the carry-forward rule in plan.yaml and say who agreed to it.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, paras 68, 160 and 161",),
    find=find,
)
