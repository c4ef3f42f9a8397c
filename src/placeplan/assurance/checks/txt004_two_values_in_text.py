"""TXT004: the text gives two values for one figure."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.kernel.errors import Location
from placeplan.plan.narrative_references import TypedAmount, agrees, references, typed_amount

Said = tuple[TypedAmount, str, Location]


def find(case: Case) -> Iterator[Finding]:
    """Each typed number that differs from an earlier one of the same figure, where the figure itself cannot say which
    is right.
    """
    said: dict[str, Said] = {}
    for narrative in case.plan.narrative:
        for each in references(narrative.text):
            typed = typed_amount(each.printed) if each.printed else None
            figure = case.figures.get(each.figure)
            if typed is None or (figure is not None and not agrees(typed, figure, negative=each.negative)):
                continue
            location = Location(narrative.file, each.line, each.figure, each.column)
            key = f"{'-' if each.negative else ''}{each.figure}"
            before = said.setdefault(key, (typed, each.printed, location))
            if _differ(before[0], typed):
                yield CHECK.finding(
                    subject=each.figure,
                    location=location,
                    facts={"figure": each.figure, "first": before[1], "second": each.printed},
                    related=(Related(before[2], f"says {before[1]}"),),
                )


def _differ(one: TypedAmount, other: TypedAmount) -> bool:
    comparable = one.measure is other.measure
    return comparable and abs(one.value - other.value) > one.tolerance + other.tolerance


CHECK = Check(
    code="TXT004",
    title="The text gives two values for one figure",
    message="the text says {first} and {second} of {figure}",
    severity=Severity.ERROR,
    why="One of the two is wrong, and each will be quoted by somebody.",
    mend="Decide which is right, and let the text quote the figure in both places.",
    references=("Placeplan's design: text whose figures are references cannot contradict a table",),
    find=find,
)
