"""EFF005: a scheme costs more than it saves."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.finance.efficiency import SchemeMeasure, scheme_id
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose investment is above its gross saving."""
    unit = str(case.plan.header.money)
    for scheme in case.plan.schemes:
        if scheme.investment is not None and scheme.gross.value >= 0 and scheme.investment.value > scheme.gross.value:
            yield CHECK.finding(
                subject=f"{scheme.scheme} {scheme.year}",
                location=scheme.place.at("investment"),
                facts={
                    "title": scheme.title,
                    "year": scheme.year,
                    "investment": worded(scheme.investment.value, unit),
                    "gross": worded(scheme.gross.value, unit),
                },
                figures=(scheme_id(scheme, SchemeMeasure.NET),),
            )


CHECK = Check(
    code="EFF005",
    title="A scheme costs more than it saves",
    message="{title}, {year}: {investment} is invested to save {gross}",
    severity=Severity.WARNING,
    why=(
        "An investment may pay in later years; in this one it is a cost, and should not stand among the savings "
        "unremarked."
    ),
    mend="Enter the full-year saving, or move the scheme to the investments.",
    references=("NHS England, CCG financial planning template 2014/15: QIPP is gross saving less investment",),
    find=find,
)
