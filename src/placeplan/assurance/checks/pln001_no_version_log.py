"""PLN001: the plan keeps no version log."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A header without versions."""
    if not case.plan.header.versions:
        yield CHECK.finding(
            subject="versions", location=case.plan.where("versions"), facts={"title": case.plan.header.title}
        )


CHECK = Check(
    code="PLN001",
    title="The plan keeps no version log",
    message="{title} has no version log",
    severity=Severity.WARNING,
    why="Without versions nobody can say which plan was agreed, by whom it was changed, and what an assurer has read.",
    mend="Add `versions` to plan.yaml, with a version, a date, an author and a note for each.",
    references=("Document control of the West Kent local care plan, 2017: a table of versions stands at its head",),
    find=find,
)
