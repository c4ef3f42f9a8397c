"""From the parts of a plan, whichever store they were read from, to the plan; every problem of every part at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import Data, YamlDocument
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.grid import Grid, read_rows, references
from placeplan.plan.header import PlanHeader
from placeplan.plan.model import TABLES, Narrative, Plan
from placeplan.plan.overriding import apply_scenario
from placeplan.plan.scenario import Scenario
from placeplan.plan.spend_tree import areas_in_a_circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a store holds of one plan, before it is known to be one; ``problems`` are those met while reading it."""

    header: YamlDocument | None
    grids: Mapping[str, Grid]
    narrative: tuple[Narrative, ...] = ()
    scenarios: tuple[YamlDocument, ...] = ()
    problems: tuple[Problem, ...] = ()


Result = TypeVar("Result")


def assemble(parts: Parts) -> Plan:
    """Build the plan.

    Raises:
        InputError: with every problem of every part.
    """
    problems = list(parts.problems)
    document = parts.header
    header = _attempt(partial(validated, PlanHeader, document), problems) if document else None
    tables = _tables(parts, header.years if header else (), problems=problems)
    if header is not None:
        problems.extend(_dangling(header, tables))
    scenarios = tuple(
        filter(None, (_attempt(partial(validated, Scenario, each), problems) for each in parts.scenarios))
    )
    problems.extend(_same_names(scenarios, parts.scenarios))
    if header is None or problems:
        raise InputError(problems)
    places = _places(document) if document else {}
    plan = Plan(header=header, narrative=parts.narrative, scenarios=scenarios, places=places, **tables)
    for scenario, written in zip(scenarios, parts.scenarios, strict=True):
        _attempt(partial(apply_scenario, plan, scenario, places=_override_places(written)), problems)
    if problems:
        raise InputError(problems)
    return plan


def _attempt(read: Callable[[], Result], problems: list[Problem]) -> Result | None:
    """What ``read`` gives, or nothing and its problems noted."""
    try:
        return read()
    except InputError as error:
        problems.extend(error.problems)
        return None


def _tables(parts: Parts, years: tuple[FinancialYear, ...], *, problems: list[Problem]) -> dict[str, tuple[Any, ...]]:
    tables: dict[str, tuple[Any, ...]] = {}
    for table in TABLES:
        if table.path in parts.grids:
            rows, found = read_rows(table, parts.grids[table.path], plan_years=years)
            problems.extend(found)
            tables[table.attribute] = tuple(rows)
    return tables


def _dangling(header: PlanHeader, tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Problem]:
    """Rows that name a service, intention, outcome, risk, group, or part of the care model that is not there."""
    care = header.care
    names = {
        "service": [service.id for service in header.services],
        "intention": [row.intention for row in tables.get("intentions", ())],
        "outcome": [row.outcome for row in tables.get("outcomes", ())],
        "risk": [row.risk for row in tables.get("risks", ())],
        "group": [row.group for row in tables.get("groups", ())],
        "intervention": [row.intervention for row in tables.get("care_interventions", ())],
        "segment": [segment.id for segment in care.segments] if care else [],
        "area": [area.id for area in care.areas] if care else [],
        "area of spend": [row.area for row in tables.get("spend_areas", ())],
    }
    for table in TABLES:
        yield from references(names, table, rows=tables.get(table.attribute, ()))
    yield from areas_in_a_circle(tables.get("spend_areas", ()))


def _same_names(scenarios: Iterable[Scenario], documents: Iterable[YamlDocument]) -> Iterable[Problem]:
    seen: set[str] = set()
    for scenario, document in zip(scenarios, documents, strict=False):
        if scenario.scenario in seen:
            yield document.problem(
                ("scenario",), f"two scenarios are called {scenario.scenario!r}", mend="Rename one of them."
            )
        seen.add(scenario.scenario)


def _places(document: YamlDocument) -> dict[str, Location]:
    return {".".join(map(str, path)): document.locate(path) for path in document.marks}


def _override_places(document: YamlDocument) -> tuple[Location, ...]:
    overrides: Data = document.data["overrides"] if isinstance(document.data, dict) else []
    count = len(overrides) if isinstance(overrides, list) else 0
    return tuple(replace(document.locate(("overrides", index)), field="overrides") for index in range(count))
