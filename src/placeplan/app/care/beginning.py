"""How a plan gets a care model: its settings, the tables that it needs, and the interventions that are known."""

from collections.abc import Iterator
from dataclasses import dataclass

from placeplan.app.care.intervention_library import read_interventions, read_sliders
from placeplan.app.plan_texts import Texts, read_texts
from placeplan.indicators.naming import slug
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.model import HEADER_FILE, TABLES, Plan
from placeplan.plan.writing import yaml_text

FIRST_TABLES = (
    "care/activity.csv",
    "care/growth.csv",
    "care/interventions.csv",
    "care/reach.csv",
    "care/effects.csv",
    "care/costs.csv",
)
LONGEST, MOST_SEGMENTS = 200, 50


@dataclass(frozen=True, slots=True)
class FirstTable:
    """A table that the care model needs or can have: its section, its title, and whether the plan has it."""

    section: str
    title: str
    there: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a page says of a plan without a care model.

    Attributes:
        settings: whether ``plan.yaml`` has settings of a care model already.
        example: settings as they could stand there.
        tables: in the order in which one fills them.
        library: titles of the interventions that Placeplan knows.
    """

    settings: bool
    example: str
    tables: tuple[FirstTable, ...]
    library: tuple[str, ...]


def beginning(plan: Plan) -> Beginning:
    """How this plan gets a care model."""
    titles = {table.path: (table.title, bool(plan.rows(table))) for table in TABLES}
    return Beginning(
        settings=plan.header.care is not None,
        example=_settings(plan, ["Everybody"]),
        tables=tuple(FirstTable(section, *titles[section]) for section in FIRST_TABLES),
        library=tuple(one.title for one in read_interventions().interventions),
    )


def header_with_settings(texts: Texts, segments: str) -> str:
    """``plan.yaml`` with settings of a care model at its end.

    Args:
        texts: of the plan.
        segments: titles of the segments of the population, one a line.

    Raises:
        InputError: the texts hold no plan, it has settings already, or the segments cannot be named.
    """
    plan = read_texts(texts)
    titles = [" ".join(line.split()) for line in segments.splitlines() if line.strip()]
    problems = list(_segment_problems(titles))
    if plan.header.care is not None:
        problems.append(Problem(Location(HEADER_FILE, field="care"), "the care model has settings already"))
    if problems:
        raise InputError(problems)
    return f"{texts[HEADER_FILE].rstrip()}\n{_settings(plan, titles)}"


def _segment_problems(titles: list[str]) -> Iterator[Problem]:
    where = Location("segments")
    if not 1 <= len(titles) <= MOST_SEGMENTS:
        yield Problem(where, f"there are {len(titles)} segments", f"1 to {MOST_SEGMENTS}, one a line")
    names = [slug(title) for title in titles]
    for title, name in zip(titles, names, strict=True):
        if not name or len(title) > LONGEST:
            yield Problem(where, "this segment has no name that can be kept", f"letters, at most {LONGEST} characters")
        elif names.count(name) > 1:
            yield Problem(where, f"the segment {title} stands here twice", "each once")


def _settings(plan: Plan, titles: list[str]) -> str:
    header = plan.header
    place = slug(header.place) or "place"
    first = read_sliders().beginning
    care = {
        "base_year": str(header.years[0].previous),
        "segments": [{"id": slug(title), "title": title} for title in titles],
        "areas": [{"id": place, "title": header.place}],
        "seed": first.seed,
        "runs": first.runs,
        "claim_probability": first.claim_probability,
    }
    return yaml_text({"care": care})
