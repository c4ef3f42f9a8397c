"""TXT001: a number in the text contradicts the figure that it is tied to."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.kernel.errors import Location
from placeplan.kernel.figures import Figure
from placeplan.kernel.wording import worded
from placeplan.plan.narrative_references import agrees, is_cut_off, references, typed_amount


def find(case: Case) -> Iterator[Finding]:
    """Each typed number that is not the figure's, within its digits; lighter when it was cut off where it should be
    rounded.
    """
    for narrative in case.plan.narrative:
        for each in references(narrative.text):
            figure = case.figures.get(each.figure)
            typed = typed_amount(each.printed) if each.printed and figure is not None else None
            if figure is not None and typed is not None and not agrees(typed, figure, negative=each.negative):
                yield CHECK.finding(
                    subject=figure.id,
                    location=Location(narrative.file, each.line, each.figure, each.column),
                    facts={
                        "printed": each.printed,
                        "label": figure.label,
                        "derived": _words(figure, negative=each.negative),
                    },
                    severity=Severity.WARNING if is_cut_off(typed, figure, negative=each.negative) else CHECK.severity,
                    figures=(figure.id,),
                )


def _words(figure: Figure, *, negative: bool) -> str:
    value = figure.value
    return worded(-value if negative and value is not None else value, figure.unit)


CHECK = Check(
    code="TXT001",
    title="A number in the text contradicts a figure",
    message="the text says {printed} of {label}, which is {derived}",
    severity=Severity.ERROR,
    why="Readers quote the sentence, not the table.",
    mend="Correct the number, or let the text quote the figure: two braces around its identifier.",
    references=("Placeplan's design: text whose figures are references cannot contradict a table",),
    find=find,
)
