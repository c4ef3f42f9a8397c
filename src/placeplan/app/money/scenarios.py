"""Scenarios side by side, and a new one made from assumptions that are changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from placeplan.app.computing import compute
from placeplan.app.money.asking import Wrong
from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.money.knowing import figures_of_others
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.finance.computing import compute_finance
from placeplan.finance.measures import WORDS
from placeplan.kernel.errors import InputError, Location
from placeplan.kernel.figures import ZERO, Figure, Figures
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.overriding import apply_scenario
from placeplan.plan.scenario import Override, Scenario
from placeplan.plan.tables import AllocationKind
from placeplan.plan.writing import scenario_text
from placeplan.reports.sections.side_by_side import Side, Sides, side_by_side_sections
from placeplan.reports.types import PlanResults

AS_IT_STANDS = "The plan as it stands"
LEAST, MOST = 2, 4
MOST_CHANGES = 3
LONGEST_TITLE, LONGEST_WORDS, LONGEST_CELL = 120, 2_000, 100
LINES, ALLOCATIONS = "finance/lines.csv", "finance/allocations.csv"
_TABLES = {table.path: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Choice:
    """A scenario that may be shown. The empty name is the plan as it stands."""

    name: str
    title: str
    description: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Assumption:
    """A cell that a scenario may set: its key for a form, what it is, and what stands there."""

    key: str
    title: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Scenarios side by side. ``notes`` says what could not be shown; ``assumptions`` stand by service."""

    chosen: Chosen
    choices: tuple[Choice, ...]
    notes: tuple[str, ...]
    shown: Chapter
    assumptions: tuple[tuple[str, tuple[Assumption, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScenario:
    """A scenario that was made, as a section; or what is wrong with what was typed."""

    wrong: tuple[Wrong, ...] = ()
    name: str = ""
    title: str = ""
    service: str = ""
    section: str = ""
    text: str = ""


def comparison(results: PlanResults, given: Mapping[str, str], *, names: Sequence[str]) -> Comparison | None:
    """Two to four scenarios side by side; nothing where no service of the plan has a position.

    Args:
        results: the plan.
        given: ``service``.
        names: of the scenarios; the first is what the others are held against.
    """
    at = chosen(results, given)
    if at is None:
        return None
    notes: list[str] = []
    wanted = _wanted(results.plan, names, notes=notes)
    sides = [side for name in wanted if (side := _side(results, name, notes=notes)) is not None]
    sections = side_by_side_sections(Sides(results, tuple(sides)), at.service) if sides else ()
    listed = [
        ("", AS_IT_STANDS, ""),
        *((each.scenario, each.title, each.description) for each in results.plan.scenarios),
    ]
    return Comparison(
        chosen=at,
        choices=tuple(Choice(name, title, words or "", name in wanted) for name, title, words in listed),
        notes=tuple(notes),
        shown=chapter_of_sections(results, sections),
        assumptions=tuple((service.name, _assumptions(results.plan, service.id)) for service in at.services),
    )


def _wanted(plan: Plan, names: Sequence[str], *, notes: list[str]) -> list[str]:
    """The scenarios that were asked for, each once; where fewer than two were, those that there are."""
    known = ["", *(each.scenario for each in plan.scenarios)]
    wanted = [name for name in dict.fromkeys(names) if name in known]
    if len(wanted) < LEAST:
        if names:
            notes.append(f"Choose at least {LEAST}.")
        wanted = list(dict.fromkeys([*wanted, *known]))[:MOST]
    if len(wanted) > MOST:
        notes.append(f"At most {MOST} are shown side by side: the first {MOST} of those that you chose.")
    return wanted[:MOST]


def _side(results: PlanResults, name: str, *, notes: list[str]) -> Side | None:
    if not name:
        return Side(AS_IT_STANDS, results.plan, results.figures, own=True)
    scenario = next(each for each in results.plan.scenarios if each.scenario == name)
    try:
        plan = apply_scenario(results.plan, scenario)
        return Side(scenario.title, plan, figures_under(results, plan, scenario=scenario), own=False)
    except InputError as error:
        notes.append(f"“{scenario.title}” cannot be shown: {error}")
        return None


def figures_under(results: PlanResults, plan: Plan, *, scenario: Scenario) -> Figures:
    """The figures under a scenario; the other engines work again only where it changes what is theirs.

    What a printed total settles in the plan it does not settle once a number changes, so that a difference could be off
    by a last digit. Money is therefore worked out twice without stated totals, and what differs is laid on the plan.
    """
    if any(not each.table.startswith("finance/") for each in scenario.overrides):
        return compute(plan, results.round).figures
    plain, changed = (
        compute_finance(replace(each, stated=()), results.round, known=figures_of_others(results)).figures
        for each in (results.plan, plan)
    )
    return Figures(
        _moved(figure, results.figures.get(name), without=plain.get(name)) for name, figure in changed.items()
    )


def _moved(changed: Figure, own: Figure | None, *, without: Figure | None) -> Figure:
    """A figure of the plan, moved as far as the scenario moves it."""
    if own is None or without is None or None in (changed.value, own.value, without.value):
        return changed
    by = (changed.value or ZERO) - (without.value or ZERO)
    return replace(changed, value=(own.value or ZERO) + by, inputs=())


def _assumptions(plan: Plan, service: str) -> tuple[Assumption, ...]:
    found = []
    for line in plan.lines:
        if line.service == service:
            row = {"service": service, "provider": line.provider or "", "line": line.line}
            for year, cell in line.amounts.items():
                title = f"{line.name} ({WORDS[line.step]}), {year}"
                found.append(Assumption(_key(LINES, row, column=year), title, "blank" if cell is None else str(cell)))
    for given in plan.allocations:
        if given.service == service:
            row = {"service": service, "line": given.line}
            kind = "brought forward" if given.kind is AllocationKind.BROUGHT_FORWARD else "allocation"
            for year, cell in given.amounts.items():
                title = f"{given.line} ({kind}), {year}"
                stands = "blank" if cell is None else str(cell)
                found.append(Assumption(_key(ALLOCATIONS, row, column=year), title, stands))
    return tuple(found)


def _key(table: str, row: Mapping[str, str], *, column: str) -> str:
    return urlencode({"table": table, "column": column, **row})


def new_scenario_of(results: PlanResults, given: Mapping[str, str]) -> NewScenario:
    """Make a scenario from ``title``, ``description`` and up to three pairs of ``cell-N`` and ``value-N``."""
    wrong: list[Wrong] = []
    named = scenario_name(results.plan, given, wrong=wrong)
    overrides = _overrides(given, wrong)
    if wrong:
        return NewScenario(wrong=tuple(wrong))
    return made_scenario(results.plan, named, overrides=overrides)


@dataclass(frozen=True, slots=True)
class Named:
    """What a scenario is called, and why it is there."""

    name: str
    title: str
    description: str


def scenario_name(plan: Plan, given: Mapping[str, str], *, wrong: list[Wrong]) -> Named:
    """The name of a new scenario, from ``title`` and ``description``; what is wrong with them is noted."""
    title = " ".join(given.get("title", "").split())
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    if not name or len(title) > LONGEST_TITLE or not title.isprintable():
        words = f"Give the scenario a title with letters or digits, of at most {LONGEST_TITLE} characters."
        wrong.append(Wrong("title", words))
    elif any(each.scenario == name for each in plan.scenarios):
        wrong.append(Wrong("title", f"There is a scenario called {name}. Give this one another title."))
    description = " ".join(given.get("description", "").split())
    if len(description) > LONGEST_WORDS or not description.isprintable():
        wrong.append(Wrong("description", f"Say it in at most {LONGEST_WORDS:,} plain characters."))
    return Named(name, title, description)


def made_scenario(plan: Plan, named: Named, *, overrides: Sequence[tuple[str, Override]]) -> NewScenario:
    """A new scenario as a section.

    Args:
        plan: that it is of.
        named: what it is called.
        overrides: the cells that it sets, each with the field of the form that a problem with it belongs to.
    """
    scenario = Scenario(
        scenario=named.name,
        title=named.title,
        description=named.description or None,
        overrides=tuple(each for _, each in overrides),
    )
    try:
        apply_scenario(plan, scenario, places=[Location(field) for field, _ in overrides])
    except InputError as error:
        told = (Wrong(each.location.file, _sentence(each.message, each.expected)) for each in error.problems)
        return NewScenario(wrong=tuple(told))
    section = f"scenarios/{named.name}.yaml"
    service = overrides[0][1].row.get("service", "")
    return NewScenario(
        name=named.name, title=named.title, service=service, section=section, text=scenario_text(scenario)
    )


def _overrides(given: Mapping[str, str], wrong: list[Wrong]) -> list[tuple[str, Override]]:
    """The cells that are set, each with the field of its value. A row of the form without a cell is left out."""
    found = []
    seen: set[str] = set()
    for number in range(1, MOST_CHANGES + 1):
        key, value = given.get(f"cell-{number}", ""), given.get(f"value-{number}", "").strip()
        field = f"value-{number}"
        if not key:
            if value:
                wrong.append(Wrong(f"cell-{number}", f"Choose what is to be {value}."))
            continue
        row = dict(parse_qsl(key, keep_blank_values=True))
        table, column = row.pop("table", ""), row.pop("column", "")
        if table not in (LINES, ALLOCATIONS) or not column or not row or set(row) - set(_TABLES[table].key):
            wrong.append(Wrong(f"cell-{number}", "Choose an assumption from the list."))
        elif not value or len(value) > LONGEST_CELL:
            wrong.append(Wrong(field, "Enter the value that it is to have, such as 1,250 or 2.7%."))
        elif key in seen:
            wrong.append(Wrong(f"cell-{number}", "This is set twice. Choose another assumption, or none."))
        else:
            seen.add(key)
            found.append((field, Override(table=table, row=row, column=column, value=value)))
    if not found and not wrong:
        wrong.append(Wrong("cell-1", "Choose at least one assumption and the value that it is to have."))
    return found


def _sentence(message: str, expected: str) -> str:
    words = f"{message[:1].upper()}{message[1:]}."
    return f"{words} Expected {expected}." if expected else words
