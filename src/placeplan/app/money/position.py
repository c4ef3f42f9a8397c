"""The head of the page of money: where one service stands in one year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.reports.document import Chart, Section, Table
from placeplan.reports.sections.bearing import bearing_section
from placeplan.reports.sections.bridge import bridge_table
from placeplan.reports.sections.position import CHOSEN, Tile, chosen_waterfall, position_section, tiles
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a service stands. ``shown`` has the drawings; ``bridge`` stands beside ``chart``, if that is there."""

    chosen: Chosen
    tiles: tuple[Tile, ...]
    rules: Section
    chart: Chart | None
    bridge: Table | None
    shown: Chapter


def bearing(results: PlanResults, at: Chosen | None) -> Chapter:
    """What else bears on the money of the service that is shown, or of every service where none has a position."""
    services = (at.service,) if at else results.header.services
    return chapter_of_sections(results, tuple(bearing_section(results, service) for service in services))


def standing(results: PlanResults, asked: Mapping[str, str]) -> Standing | None:
    """Where the service that was asked for stands in the year that was asked for; nothing where none has a position."""
    at = chosen(results, asked)
    if at is None:
        return None
    chart = chosen_waterfall(results, at.service, year=at.year)
    table = bridge_table(results, at.service)
    rules = position_section(results, at.service, year=at.year)
    drawn = Section("chosen", "", (chart,) if chart else ())
    return Standing(
        chosen=at,
        tiles=tiles(results, at.service, year=at.year),
        rules=rules,
        chart=chart,
        bridge=None if table is None else replace(table, id=CHOSEN + table.id),
        shown=chapter_of_sections(results, (rules, drawn)),
    )
