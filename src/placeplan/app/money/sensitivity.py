"""What a position rests on: each assumption changed by itself, widest swing first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from placeplan.app.money.asking import Wrong
from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.money.knowing import figures_of_others
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.finance.measures import Measure
from placeplan.finance.sensitivity import PositionAt, swing
from placeplan.kernel.printed import parse_printed
from placeplan.reports.sections.swings import swings_section
from placeplan.reports.types import PlanResults

AT_FIRST = "10"
MOST = Decimal(100)
MEASURES = {"cumulative": Measure.CUMULATIVE, "in-year": Measure.IN_YEAR}


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What was asked for, what is wrong with it, and the picture. Without a section the position is not known."""

    chosen: Chosen
    by: str
    position: str
    wrong: tuple[Wrong, ...]
    shown: Chapter | None


def sensitivity(results: PlanResults, given: Mapping[str, str]) -> Sensitivity | None:
    """Change each assumption by ``by`` per cent; nothing where no service of the plan has a position."""
    at = chosen(results, given)
    if at is None:
        return None
    typed = given.get("by", AT_FIRST)
    position = given.get("position", "cumulative")
    position = position if position in MEASURES else "cumulative"
    number = parse_printed(typed.strip())
    if number is None or not 0 < number.value <= MOST:
        wrong = Wrong("by", "Enter how much in per cent, above 0 and at most 100, such as 10.")
        return Sensitivity(at, typed, position, (wrong,), None)
    where = PositionAt(at.service.id, at.year, MEASURES[position])
    swung = swing(results.plan, results.round, at=where, by=number.value, known=figures_of_others(results))
    if swung is None:
        return Sensitivity(at, typed, position, (), None)
    section = swings_section(results, at.service, at=where, swung=swung, by=number.value)
    return Sensitivity(at, typed, position, (), chapter_of_sections(results, (section,)))
