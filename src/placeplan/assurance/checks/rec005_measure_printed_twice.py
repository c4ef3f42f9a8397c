"""REC005: the same measure is printed with different values in two places."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.indicators.naming import observed_id
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.tables import Observation


def find(case: Case) -> Iterator[Finding]:
    """Each observation that differs beyond rounding from an earlier one of the same indicator, area and period."""
    seen: dict[str, Observation] = {}
    for row in case.plan.observations:
        if row.value is None:
            continue
        key = observed_id(row.indicator, row.area, period=row.period)
        before = seen.setdefault(key, row)
        if before.value is None or not _differ(before.value, row.value):
            continue
        yield CHECK.finding(
            subject=key,
            location=row.place.at("value"),
            facts={
                "title": row.title or row.indicator,
                "area": row.area,
                "period": f", {row.period}" if row.period else "",
                "first": f"{before.value} ({before.source})",
                "second": f"{row.value} ({row.source})",
            },
            related=(Related(before.place.at("value"), f"prints {before.value}"),),
        )


def _differ(one: PrintedNumber, other: PrintedNumber) -> bool:
    return abs(one.value - other.value) > one.tolerance + other.tolerance


CHECK = Check(
    code="REC005",
    title="The same measure is printed with different values in two places",
    message="{title}, {area}{period}: {first} and {second}",
    severity=Severity.ERROR,
    why=(
        "A measure of one place and period has one value. Two mean that one is old, or that they measure different "
        "things."
    ),
    mend="Correct one of them, or name the difference in indicator, area or period.",
    references=("Placeplan's design: text cannot contradict a table",),
    find=find,
)
