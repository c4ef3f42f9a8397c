"""A row of a table as questions of a form: what is asked, what may be answered, and what was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from placeplan.app.section_definitions import read_row_forms
from placeplan.app.section_grids import SectionGrid
from placeplan.kernel.errors import Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.columns import DATE, FLAG, IDENTIFIERS, SCORE, TEXT, Column
from placeplan.plan.model import Plan, Table
from placeplan.registers.row_forms import FormField, RowForm

LONG_LINE = 70
MOST_RADIOS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form.

    Attributes:
        name: heading of the cell.
        words: what is asked.
        hint: what may be answered.
        shape: ``line``, ``lines``, ``date``, ``radios``, ``select`` or ``checkboxes``.
        lines: how many lines of text are offered.
        choices: value and words of each answer, where they are a closed list.
        needed: whether it must be answered.
        value: what was answered.
        problem: what is wrong with that; empty when nothing is.
        year: the year that it asks of, in a column of years.
    """

    name: str
    words: str
    hint: str
    shape: str
    lines: int
    choices: tuple[tuple[str, str], ...]
    needed: bool
    value: str
    problem: str
    year: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The answers, where there may be several."""
        return tuple(self.value.split())


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


def form_of(table: Table) -> RowForm:
    """How the rows of a table are listed and asked for."""
    return read_row_forms().form_of(table)


def questions_of(
    table: Table,
    cells: Mapping[str, str],
    *,
    plan: Plan | None,
    years: Sequence[FinancialYear],
    problems: Sequence[Problem] = (),
) -> tuple[QuestionGroup, ...]:
    """The form of a row.

    Args:
        table: the table.
        cells: the texts of the row, by heading.
        plan: what names the services, intentions and so on that may be chosen (``None``: they are typed).
        years: the years of the table's columns of years.
        problems: what is wrong with the cells.
    """
    columns = {column.name: column for column in table.columns}
    wrong = {each.location.field: _told(each) for each in reversed(problems)}
    return tuple(
        QuestionGroup(
            group.title,
            tuple(
                replace(question, problem=wrong.get(question.name, ""))
                for field in group.fields
                for question in _questions(columns[field.column], field, cells=cells, plan=plan, years=years)
            ),
        )
        for group in form_of(table).groups
    )


def _told(problem: Problem) -> str:
    parts = [f"{problem.message[:1].upper()}{problem.message[1:].rstrip('.')}."]
    if problem.expected:
        parts.append(f"Expected {problem.expected}.")
    if problem.mend:
        parts.append(problem.mend)
    return " ".join(parts)


def _questions(
    column: Column, field: FormField, *, cells: Mapping[str, str], plan: Plan | None, years: Sequence[FinancialYear]
) -> Iterator[Question]:
    headings = [str(year) for year in years] if column.by_year else [column.name]
    for heading in headings:
        value = cells.get(heading, "")
        choices = _choices(column, plan, value=value, offers=field.offers)
        yield Question(
            name=heading,
            words=field.words or column.title,
            hint=field.hint or ("" if column.kind is TEXT or choices else f"{_capital(column.kind.expected)}."),
            shape=_shape(column, choices, value=value, lines=field.lines),
            lines=max(field.lines, min(8, 1 + len(value) // LONG_LINE)),
            choices=choices,
            needed=column.required,
            value=value,
            problem="",
            year=heading if column.by_year else "",
        )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _shape(column: Column, choices: Sequence[object], *, value: str, lines: int) -> str:
    if choices and column.kind is IDENTIFIERS:
        return "checkboxes"
    if choices:
        return "radios" if len(choices) <= MOST_RADIOS + 1 and column.kind.choices else "select"
    if column.kind is DATE:
        return "date"
    long = column.kind is TEXT and (len(value) > LONG_LINE or "\n" in value)
    return "lines" if lines > 1 or long else "line"


def _choices(column: Column, plan: Plan | None, *, value: str, offers: str) -> tuple[tuple[str, str], ...]:
    """The answers to choose from, with one for none where it need not be answered."""
    named = column.refers_to or offers
    if column.kind.choices:
        listed = [(word, word.replace("-", " ").capitalize()) for word in column.kind.choices]
        if column.kind is SCORE:
            listed = [(word, word) for word in column.kind.choices]
    else:
        listed = list(_named(named, plan)) if plan and named else []
    if not listed:
        return ()
    known = {word for word, _ in listed}
    given = value.split() if column.kind is IDENTIFIERS else [value] if value else []
    listed += [(word, f"{word} (not one of the list)") for word in given if word not in known]
    if column.kind is IDENTIFIERS or column.required:
        return tuple(listed)
    return ("", "Not said" if column.kind in {FLAG, SCORE} else "None"), *listed


def _named(what: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Identifier and words of everything of a kind that a cell can point to."""
    care = plan.header.care
    if what == "service":
        yield from ((each.id, each.name) for each in plan.header.services)
    elif what == "intention":
        yield from ((each.intention, f"{each.title} ({each.intention})") for each in plan.intentions)
    elif what == "outcome":
        yield from ((each.outcome, f"{each.title} ({each.strategy})") for each in plan.outcomes)
    elif what == "risk":
        yield from ((each.risk, f"{each.title} ({each.risk})") for each in plan.risks)
    elif what == "area of spend":
        yield from ((each.area, f"{each.title} ({each.area})") for each in plan.spend_areas)
    elif what == "group":
        yield from ((each.group, each.title) for each in plan.groups)
    elif what == "intervention":
        yield from ((each.intervention, each.title) for each in plan.care_interventions)
    elif what in {"segment", "area"} and care:
        named: Any = care.segments if what == "segment" else care.areas
        yield from ((each.id, each.title) for each in named)


def years_of_grid(grid: SectionGrid, years: Sequence[FinancialYear]) -> tuple[FinancialYear, ...]:
    """The years of a table's columns of years: those that its file has, else those of the plan."""
    found = [column.heading for column in grid.columns if column.by_year]
    try:
        return tuple(FinancialYear.parse(heading) for heading in found) or tuple(years)
    except ValueError:
        return tuple(years)
