"""TRC009: the row of a goal and a programme says neither what is done nor why nothing is."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each such row."""
    for row in case.plan.goals:
        if not row.action and not row.reason:
            yield CHECK.finding(
                subject=f"{row.goal} {row.programme}",
                location=row.place.at("action"),
                facts={"goal": row.goal, "programme": row.programme},
            )


CHECK = Check(
    code="TRC009",
    title="The entry of a goal says neither what is done nor why nothing is",
    message="{goal}, {programme}: no action, and no reason for none",
    severity=Severity.WARNING,
    why="A row that is there looks like an answer.",
    mend="Fill in the action, or the reason why the programme does nothing for this goal.",
    references=("Everyone Counts 2014/15: goals by programme of care, each with an entry or a reason",),
    find=find,
)
