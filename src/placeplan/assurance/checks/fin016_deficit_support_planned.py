"""FIN016: the plan counts on deficit support that the round does not give."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.finance.required import rules_of
from placeplan.plan.cells import Amount
from placeplan.plan.tables import AllocationLine
from placeplan.rounds.money_rules import RuleKind, Sense


def find(case: Case) -> Iterator[Finding]:
    """Each allocation line named as deficit support, in a year in which the round gives none."""
    named = case.definitions.words("deficit-support")
    for row in case.plan.allocations:
        if any(phrase in row.line.lower() for phrase in named.phrases):
            yield from _of_row(case, row)


def _of_row(case: Case, row: AllocationLine) -> Iterator[Finding]:
    service = case.plan.header.service(row.service)
    for year, cell in row.amounts.items():
        for rule in rules_of(case.plan, case.round, service=service, year=year):
            ended = rule.kind is RuleKind.DEFICIT_SUPPORT and rule.sense is Sense.MAXIMUM and not rule.percent
            if ended and isinstance(cell, Amount) and cell.number.value > 0:
                yield CHECK.finding(
                    subject=f"{row.service} {row.line} {year}",
                    location=row.place.at(str(year)),
                    facts={"line": row.line, "year": year, "amount": cell, "round": case.round.title},
                    leans_on=unconfirmed([rule]),
                )


CHECK = Check(
    code="FIN016",
    title="The plan counts on deficit support that the round does not give",
    message="{line}, {year}: {amount} is planned, and {round} gives no deficit support",
    severity=Severity.ERROR,
    why="Money that will not come cannot balance a plan.",
    mend="Take the line out and plan for the position without it.",
    references=("Medium Term Planning Framework, revenue finance and contracting guidance",),
    find=find,
)
