"""FIN015: a saving is entered so that it raises planned spend."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.plan.cells import Amount, Rate
from placeplan.plan.tables import BridgeStep

SAVINGS = (BridgeStep.EFFICIENCY_SCHEME, BridgeStep.PROVIDER_EFFICIENCY)


def find(case: Case) -> Iterator[Finding]:
    """Each positive amount or rate on a line that should lower spend."""
    for line in case.plan.lines:
        if line.step not in SAVINGS:
            continue
        for year, cell in line.amounts.items():
            number = cell.number if isinstance(cell, Amount) else cell.percent if isinstance(cell, Rate) else None
            if number is not None and number.value > 0:
                yield CHECK.finding(
                    subject=f"{line.service} {line.line} {year}",
                    location=line.place.at(str(year)),
                    facts={"line": line.line, "year": year, "amount": number, "step": line.step},
                    suggestion=f"Enter -{number}, if it is a saving.",
                )


CHECK = Check(
    code="FIN015",
    title="A saving is entered so that it raises spend",
    message="{line}, {year}: {amount} on a line of the step {step} adds to planned spend",
    severity=Severity.WARNING,
    why="A bridge adds its movements up. A saving with the wrong sign is out by twice its amount.",
    mend="Enter savings in the bridge as negative numbers; only in finance/efficiency.csv is a saving positive.",
    references=("Placeplan's design: the sign convention is one, whatever the source printed",),
    find=find,
)
