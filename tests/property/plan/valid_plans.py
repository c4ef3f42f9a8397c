"""Valid plans of any shape, for property tests: odd texts, blank cells, every kind of number."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st

from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.periods import FinancialYear
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Word
from placeplan.plan.columns import Column, Kind
from placeplan.plan.grid import Grid, read_rows
from placeplan.plan.header import CarryRule, OrganisationType, PlanHeader
from placeplan.plan.model import TABLES, Narrative, Plan, Table
from placeplan.plan.scenario import Override, Scenario

MOST_ROWS, MOST_TABLES = 3, 5
identifiers = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
AWKWARD = (
    "_x000D_",
    "_x005F_",
    "x005F_x005F_",
    "<r>&</r>",
    "=1+1",
    "@finance.a",
    "'quoted",
    '"',
    "\r\n",
    "2014-04",
    "007",
    "￿",
    "a\x07b",
)
phrases = st.lists(st.one_of(st.text(characters, max_size=12), st.sampled_from(AWKWARD)), min_size=1, max_size=3).map(
    "".join
)
texts = phrases.map(str.strip).filter(bool)
years = st.integers(2010, 2030).map(FinancialYear)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def printed_numbers(draw: st.DrawFn, *, percent: bool = False) -> str:
    """A number as somebody may print it."""
    whole = draw(st.one_of(st.integers(0, 9_999_999), st.integers(0, 10**15)))
    text = f"{whole:,}" if draw(st.booleans()) else str(whole)
    text = draw(st.sampled_from(["", "", "", "0"])) + text if "," not in text else text
    text += draw(st.sampled_from(["", ".0", ".50", ".125", ".3333"]))
    text += "%" if percent else ""
    return draw(st.sampled_from(["{}", "-{}", "({})", "£{}", "-£{}", "\u2212{}", "+{}", "£-{}"])).format(text)


cells = st.one_of(
    printed_numbers(),
    printed_numbers(percent=True),
    st.sampled_from([str(word) for word in Word]),
    identifiers.map(lambda name: f"@finance.{name}.2014-15.total"),
    identifiers.map(lambda name: f"-@efficiency.{name}"),
)
BY_KIND: dict[Kind, st.SearchStrategy[str]] = {
    kinds.TEXT: texts,
    kinds.IDENTIFIER: identifiers,
    kinds.CODE: identifiers,
    kinds.IDENTIFIERS: st.lists(identifiers, min_size=1, max_size=3).map(" ".join),
    kinds.CELLS: cells,
    kinds.NUMBER: printed_numbers(),
    kinds.PERCENTAGE: printed_numbers(percent=True),
    kinds.MEASURED: st.one_of(printed_numbers(), printed_numbers(percent=True)),
    kinds.FIGURE: identifiers.map(lambda name: f"finance.{name}.2014-15.total"),
    kinds.FLAG: st.sampled_from(["yes", "no"]),
    kinds.SCORE: st.sampled_from(["1", "2", "3", "4", "5"]),
    kinds.COUNT_OF_MONTHS: st.integers(0, 240).map(str),
    kinds.DATE: days.map(str),
    kinds.MONTH: days.map(lambda day: f"{day:%Y-%m}"),
    kinds.YEAR: years.map(str),
    kinds.MONTHLY_SHARES: st.just(" ".join(["8.33%"] * 12)),
}


def texts_for(column: Column) -> st.SearchStrategy[str]:
    """Texts that the column takes; blank too, where it may be."""
    filled = st.sampled_from(column.kind.choices) if column.kind.choices else BY_KIND[column.kind]
    return filled if column.required else st.one_of(st.just(""), filled)


@st.composite
def care_settings(draw: st.DrawFn) -> dict[str, Any]:
    """Settings of a care model."""
    names = st.lists(identifiers, min_size=1, max_size=3, unique=True)
    return {
        "base_year": str(draw(years)),
        "segments": [{"id": name, "title": draw(texts), "people": 1} for name in draw(names)],
        "areas": [{"id": name, "title": draw(texts)} for name in draw(names)],
        "seed": 1,
        "runs": 16,
        "claim_probability": 50,
    }


@st.composite
def headers(draw: st.DrawFn) -> PlanHeader:
    """A header with everything that a plan may say."""
    first = draw(years)
    span = [first]
    for _ in range(draw(st.integers(0, 2))):
        span.append(span[-1].next)
    services = draw(st.lists(identifiers, min_size=1, max_size=3, unique=True))
    rules = draw(st.sampled_from(CarryRule))
    return PlanHeader.model_validate(
        {
            "format": 1,
            "id": draw(identifiers),
            "title": draw(texts),
            "place": draw(texts),
            "organisation": {"name": draw(texts), "type": draw(st.sampled_from(OrganisationType))},
            "round": draw(identifiers),
            "years": [str(year) for year in span],
            "money": draw(st.sampled_from(MoneyUnit)),
            "services": [
                {"id": name, "name": draw(texts), "carry_forward": {str(span[0]): rules}, "population": 1}
                for name in services
            ],
            "partners": [{"name": draw(texts), "signed": draw(days)}],
            "versions": [{"version": "1", "date": draw(days), "author": draw(texts), "note": draw(texts)}],
            "summary": {"vision": draw(texts), "objectives": draw(st.lists(texts, max_size=2))},
            "sources": draw(st.lists(texts, max_size=2)),
            "synthetic": draw(st.booleans()),
            "as_at": draw(st.one_of(st.none(), days)),
            "care": draw(st.one_of(st.none(), care_settings())),
        }
    )


def _can_stand(table: Table, known: dict[str, list[str]]) -> bool:
    """Whether everything that a row of the table must name is there."""
    return all(known[column.refers_to] for column in table.columns if column.refers_to and column.required)


@st.composite
def rows_of(draw: st.DrawFn, table: Table, header: PlanHeader, known: dict[str, list[str]]) -> tuple[Any, ...]:
    """Rows of one table, whose keys differ and whose references lead somewhere."""
    headings = table.headings(header.years)
    texts_of_row = []
    for _ in range(draw(st.integers(0, MOST_ROWS)) if _can_stand(table, known) else 0):
        row: list[str] = []
        for column in table.columns:
            drawn = partial(_cell, draw, column, known)
            row.extend(drawn() for _ in header.years) if column.by_year else row.append(drawn())
        texts_of_row.append(row)
    grid = Grid(table.path, 1, headings, list(enumerate(texts_of_row, start=2)))
    rows, problems = read_rows(table, grid, plan_years=header.years)
    assert all("twice" in problem.message for problem in problems), problems
    return tuple({table.key_of(row): row for row in rows}.values())


def _cell(draw: st.DrawFn, column: Column, known: dict[str, list[str]]) -> str:
    if not column.refers_to:
        return draw(texts_for(column))
    names = known[column.refers_to]
    if column.required:
        return draw(st.sampled_from(names))
    return draw(st.sampled_from(["", *names]))


NAMED_BY = {
    "intention": "intentions",
    "outcome": "outcomes",
    "risk": "risks",
    "group": "groups",
    "intervention": "care_interventions",
}
REFERRED = [table.path for table in TABLES if table.attribute in NAMED_BY.values()]
REFERRED_FIRST = sorted(TABLES, key=lambda table: table.path not in REFERRED)


def _in_order(chosen: list[Table]) -> list[Table]:
    return sorted(chosen, key=REFERRED_FIRST.index)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A valid plan."""
    header = draw(headers())
    care = header.care
    known = {
        "service": [service.id for service in header.services],
        "intention": [],
        "outcome": [],
        "risk": [],
        "group": [],
        "intervention": [],
        "area of spend": [],
        "segment": [segment.id for segment in care.segments] if care else [],
        "area": [area.id for area in care.areas] if care else [],
    }
    tables: dict[str, tuple[Any, ...]] = {}
    for table in draw(st.lists(st.sampled_from(REFERRED_FIRST), max_size=MOST_TABLES, unique=True).map(_in_order)):
        rows = draw(rows_of(table, header, known))
        tables[table.attribute] = rows
        for kind, attribute in NAMED_BY.items():
            if table.attribute == attribute:
                known[kind] = [getattr(row, kind) for row in rows]
    plan = Plan(header=header, narrative=draw(narratives()), **tables)
    return replace(plan, scenarios=draw(scenarios(plan)))


@st.composite
def narratives(draw: st.DrawFn) -> tuple[Narrative, ...]:
    """Texts of a plan, in the order of their names."""
    names = sorted(draw(st.lists(identifiers, max_size=2, unique=True)))
    lines = st.lists(phrases, max_size=3).map("\n".join).filter(lambda text: not text.startswith("\ufeff"))
    return tuple(Narrative(f"narrative/{name}.md", draw(st.one_of(st.just(""), lines))) for name in names)


@st.composite
def overrides(draw: st.DrawFn, plan: Plan) -> Override | None:
    """A change of one cell of the plan, if it has any."""
    filled = [table for table in TABLES if plan.rows(table)]
    if not filled:
        return None
    table = draw(st.sampled_from(filled))
    row = draw(st.sampled_from(plan.rows(table)))
    free = [column for column in table.columns if not column.key and not column.refers_to]
    column = draw(st.sampled_from(free))
    heading = str(draw(st.sampled_from(plan.header.years))) if column.by_year else column.name
    key = dict(zip(table.key, table.key_of(row), strict=True))
    value = draw(texts_for(column))
    return Override(table=table.path, row=key, column=heading, value=value)


@st.composite
def scenarios(draw: st.DrawFn, plan: Plan) -> tuple[Scenario, ...]:
    """What-if variants of the plan, in the order of their names."""
    names = sorted(draw(st.lists(identifiers, max_size=2, unique=True)))
    found = []
    for name in names:
        changes = _without_nothing(draw(st.lists(overrides(plan), min_size=1, max_size=3)))
        if changes:
            found.append(Scenario(scenario=name, title=draw(texts), overrides=tuple(changes)))
    return tuple(found)


def _without_nothing(changes: Iterable[Override | None]) -> list[Override]:
    return [change for change in changes if change is not None]
