"""REC006: two ways of cutting the same savings come to different totals."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.benefits import benefit_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BenefitKind, BenefitLine


def find(case: Case) -> Iterator[Finding]:
    """Each programme, kind and year where a view differs, by more than rounding, from the first one."""
    first_lines: dict[tuple[str, BenefitKind], dict[str, BenefitLine]] = {}
    for line in case.plan.benefits:
        first_lines.setdefault((line.programme, line.kind), {}).setdefault(line.view, line)
    for views in first_lines.values():
        first, *others = views.values()
        for other in others:
            yield from _differences(case, first=first, other=other)


def _differences(case: Case, *, first: BenefitLine, other: BenefitLine) -> Iterator[Finding]:
    for year in case.plan.header.years:
        ids = [benefit_id(line.programme, line.view, year=year, measure=line.kind) for line in (first, other)]
        one, two = (known_figure(case, figure) for figure in ids)
        if one is None or two is None:
            continue
        gap = value_of(two) - value_of(one)
        if abs(gap) > one.tolerance + two.tolerance:
            yield CHECK.finding(
                subject=two.id,
                location=other.place.at(str(year)),
                facts={
                    "programme": first.programme,
                    "kind": first.kind,
                    "year": year,
                    "first": f"{worded(one.value, one.unit)} by {first.view}",
                    "second": f"{worded(two.value, two.unit)} by {other.view}",
                    "gap": worded(gap, two.unit),
                },
                related=(Related(first.place.at(str(year)), f"the lines by {first.view} start here"),),
                figures=(one.id, two.id),
            )


CHECK = Check(
    code="REC006",
    title="Two ways of cutting the same money come to different totals",
    message="{programme}, {kind} in {year}: {first}, but {second}; the difference is {gap}",
    severity=Severity.ERROR,
    why=(
        "The same saving was cut by point of delivery and by people. Both cuts must come to it, or one leaves "
        "something out."
    ),
    mend="Find the line that one view has and the other has not.",
    references=("West Kent local care plan, 2017: savings by point of delivery and by segment and tier",),
    find=find,
)
