"""REC007: a stated value cannot be reconciled because a cell holds no number."""

from collections.abc import Iterator

from placeplan.assurance.copying_errors.unknown_cells import Solved, UnknownCells
from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.phrasing import listed
from placeplan.assurance.reading_plans import WordCell, row_label, word_cells
from placeplan.assurance.recomputing import recomputed
from placeplan.kernel.wording import worded
from placeplan.plan.tables import Sign, StatedValue

MOST_NAMED = 3


def find(case: Case) -> Iterator[Finding]:
    """Each stated value of a figure that is not known; with the number that is missing when one cell is all that is
    missing.
    """
    unknown = [row for row in case.plan.stated if row.figure in case.figures and case.figures[row.figure].value is None]
    if not unknown:
        return
    cells = UnknownCells(
        case.plan, tuple(word_cells(case.plan)), figures_of=lambda plan: recomputed(case, plan).figures
    )
    for row in unknown:
        stated = -row.value.value if row.sign is Sign.REVERSED else row.value.value
        yield _finding(case, row, solved=cells.solve(case.figures[row.figure], stated))


def _finding(case: Case, row: StatedValue, *, solved: Solved | None) -> Finding:
    figure = case.figures[row.figure]
    where = _words(solved.cell) if solved else ""
    return CHECK.finding(
        subject=row.figure,
        location=solved.cell.row.place.at(str(solved.cell.year)) if solved else row.place.at("value"),
        facts={
            "label": figure.label,
            "stated": worded(row.value.value, figure.unit),
            "source": row.source,
            "why": f"{where} holds no number"
            if solved
            else f"several cells hold no number ({listed(figure.missing, MOST_NAMED)})",
        },
        suggestion=f"It would have to be {worded(solved.value, figure.unit)} for the stated value to hold."
        if solved
        else "",
        related=(Related(row.place.at("value"), f"states {row.value}"),) if solved else (),
        figures=(row.figure,),
    )


def _words(cell: WordCell) -> str:
    return f"{row_label(cell.row)}, {cell.year} ({'blank' if cell.cell is None else cell.cell})"


CHECK = Check(
    code="REC007",
    title="A stated value cannot be reconciled because a cell holds no number",
    message="{label}: {source} states {stated}, which cannot be tested: {why}",
    severity=Severity.WARNING,
    why="A total that nobody could test is not a total that agrees.",
    mend=(
        "Enter the number from a better copy of the source. Where one cell is missing the finding says what it would "
        "have to be."
    ),
    references=("Placeplan's design: blank is unknown, never zero",),
    find=find,
)
