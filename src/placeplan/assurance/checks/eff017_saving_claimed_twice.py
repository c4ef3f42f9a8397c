"""EFF017: two schemes claim one saving."""

from collections.abc import Iterator
from itertools import combinations

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.finance.efficiency import monthly_savings
from placeplan.plan.tables import EfficiencyScheme


def find(case: Case) -> Iterator[Finding]:
    """Each two schemes of one intention and one provider that save in the same month, at the later row."""
    groups: dict[tuple[str, str], list[EfficiencyScheme]] = {}
    for scheme in case.plan.schemes:
        if scheme.intention and scheme.provider and scheme.identified is not False:
            groups.setdefault((scheme.intention, _plain(scheme.provider)), []).append(scheme)
    for schemes in groups.values():
        for first, second in combinations(schemes, 2):
            months = _months_of_both(first, second)
            if months and _plain(first.programme) == _plain(second.programme):
                yield CHECK.finding(
                    subject=f"{first.scheme} {second.scheme} {second.year}",
                    location=second.place.at("intention"),
                    facts={
                        "first": first.title,
                        "second": second.title,
                        "intention": second.intention,
                        "provider": second.provider,
                        "from_month": months[0],
                    },
                    related=(Related(first.place.at("intention"), "the other scheme"),),
                )


def _plain(name: str | None) -> str:
    """A name without what does not tell it from another."""
    return " ".join((name or "").casefold().split())


def _months_of_both(first: EfficiencyScheme, second: EfficiencyScheme) -> list[str]:
    """The months in which both save something."""
    if first.year != second.year:
        return []
    months = zip(first.year.months, monthly_savings(first), monthly_savings(second), strict=True)
    return [str(month) for month, one, other in months if one and other]


CHECK = Check(
    code="EFF017",
    title="Two schemes may claim one saving",
    message="{first} and {second} both save from {from_month} through the intention {intention} at {provider}",
    severity=Severity.WARNING,
    why="A saving that is claimed twice is made once; the plan counts on the rest in vain.",
    mend="Say in their programmes what tells the two apart, or enter them as one scheme.",
    references=("NHS England, CCG financial planning template 2014/15: QIPP sheet",),
    find=find,
)
