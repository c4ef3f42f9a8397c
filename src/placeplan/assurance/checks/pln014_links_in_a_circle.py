"""PLN014: links lead back to where they start."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from placeplan.assurance.checks.pln005_unknown_money import figure_of
from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.reading_plans import MoneyRow, WordCell, row_label, word_cells
from placeplan.assurance.recomputing import recomputed
from placeplan.kernel.figures import ZERO, Figure, FigureReference
from placeplan.kernel.printed import ONE, PrintedNumber
from placeplan.plan.cells import Amount, Link

NOTHING = Amount(PrintedNumber(ZERO, ONE, "0"))
Row = TypeVar("Row", bound=MoneyRow)


def find(case: Case) -> Iterator[Finding]:
    """Each circle once, at the first of its links in the order of the tables."""
    links = [each for each in word_cells(case.plan) if isinstance(each.cell, Link)]
    if all(_is_known(each, case) for each in links):
        return
    figures = _without_links(case)
    targets = [(each, each.cell.named(each.year, figures)) for each in links if isinstance(each.cell, Link)]
    linked: dict[str, list[str]] = {}
    for each, target in targets:
        linked.setdefault(figure_of(each), []).append(target)
    told: set[frozenset[str]] = set()
    for each, target in targets:
        way = _way(target, figure_of(each), figures=figures, linked=linked)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            yield _finding(each, way, others=[other for other, _ in targets if other is not each])


def _is_known(each: WordCell, case: Case) -> bool:
    if not isinstance(each.cell, Link):
        return True
    figure = case.figures.get(each.cell.named(each.year, case.figures))
    return figure is not None and figure.value is not None


def _without_links(case: Case) -> Mapping[str, Figure]:
    """The figures as they would be if every link were nothing: then each names all that it is made of."""
    plan = case.plan
    changed = replace(
        plan,
        lines=tuple(map(_cut, plan.lines)),
        allocations=tuple(map(_cut, plan.allocations)),
        benefits=tuple(map(_cut, plan.benefits)),
        claims=tuple(map(_cut, plan.claims)),
        investments=tuple(map(_cut, plan.investments)),
    )
    return {**case.figures, **recomputed(case, changed).figures}


def _cut(row: Row) -> Row:
    if not any(isinstance(cell, Link) for cell in row.amounts.values()):
        return row
    amounts = {year: NOTHING if isinstance(cell, Link) else cell for year, cell in row.amounts.items()}
    return replace(row, amounts=amounts)


def _way(start: str, end: str, *, figures: Mapping[str, Figure], linked: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Figures from one to another, each made of the next; nothing where there is no way."""
    before: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting and end not in before:
        here = waiting.pop(0)
        inputs = figures[here].inputs if here in figures else ()
        parts = [given.origin.figure for given in inputs if isinstance(given.origin, FigureReference)]
        for part in (*parts, *linked.get(here, ())):
            if part not in before:
                before[part] = here
                waiting.append(part)
    if end not in before:
        return ()
    way = [end]
    while before[way[-1]]:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _finding(each: WordCell, way: tuple[str, ...], *, others: list[WordCell]) -> Finding:
    return CHECK.finding(
        subject=f"{row_label(each.row)} {each.year}",
        location=each.row.place.at(str(each.year)),
        facts={"link": each.cell, "figure": way[-1], "way": ", which rests on ".join(way)},
        related=tuple(
            Related(other.row.place.at(str(other.year)), "this link is part of the circle")
            for other in others
            if figure_of(other) in way
        ),
        figures=way,
    )


CHECK = Check(
    code="PLN014",
    title="Links lead back to where they start",
    message="{link} makes a circle: {figure} rests on {way}",
    severity=Severity.ERROR,
    why="A figure that rests on itself has no value, and neither has anything that builds on it.",
    mend="Enter the amount in one of the cells of the circle, or link to a figure that does not rest on the cell.",
    references=("Placeplan's design: one chain, no re-keying",),
    find=find,
)
