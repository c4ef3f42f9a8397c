"""EFF003: the monthly phasing of a scheme does not add up to 100%."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import PER_CENT as UNIT
from placeplan.kernel.wording import worded
from placeplan.plan.cells import PER_CENT


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose shares miss 100% by more than rounding."""
    for scheme in case.plan.schemes:
        if scheme.phasing is None:
            continue
        total = sum((share.value for share in scheme.phasing), ZERO)
        if abs(total - PER_CENT) > sum((share.tolerance for share in scheme.phasing), ZERO):
            yield CHECK.finding(
                subject=f"{scheme.scheme} {scheme.year}",
                location=scheme.place.at("phasing"),
                facts={"title": scheme.title, "year": scheme.year, "total": worded(total, UNIT)},
            )


CHECK = Check(
    code="EFF003",
    title="A scheme's monthly shares do not add up to the whole",
    message="{title}, {year}: the twelve monthly shares add up to {total}",
    severity=Severity.ERROR,
    why="The monthly plan is what delivery is watched against; it has to come to the saving of the year.",
    mend="Correct the shares so that they add up to 100%.",
    references=("NHS England, CCG financial planning template 2014/15: phasing of QIPP",),
    find=find,
)
