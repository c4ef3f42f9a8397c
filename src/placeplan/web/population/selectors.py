"""Reads people of the public data and served tables of runs; what was drawn is kept while nothing changes."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from placeplan.app.data_at_hand import DataAtHand, data_at_hand, state_of
from placeplan.app.plan_chapters import Chapter, drawn
from placeplan.app.population.people_parts import PeopleAsked, PeopleShown, people_of_plan, variants_offered
from placeplan.app.segments.run_parts import Measured, clusters_section, matrix_section, practices_sections
from placeplan.app.segments.served_runs import ServedRuns, ServedYear, served_runs
from placeplan.web.named_values import Under
from placeplan.web.planning.models import Plan
from placeplan.web.planning.results import under_checksum
from placeplan.web.planning.selectors import Working

KEPT = 64


def public_data() -> DataAtHand:
    """The data folder of this installation."""
    return data_at_hand(settings.DATA_FOLDER)


def people_asked(working: Working, asked: PeopleAsked) -> tuple[PeopleShown, Chapter]:
    """The people of a place, drawn; invented ones where there is no data folder.

    Raises:
        InputError: the place, a year or the projection is not there, or a file cannot be read.
    """
    data = public_data()
    return _people(asked, Under(data.state, data.folder), results=under_checksum(working))


def projections() -> tuple[str, ...]:
    """The variant projections of the data folder."""
    data = public_data()
    return _projections(Under(data.state, data.folder))


def runs_of(plan: Plan) -> Under[ServedRuns] | None:
    """What may be shown of the runs of a plan; ``None`` where this installation has no folder of runs at all.

    The runs of a plan stand in a folder of its own, by the name that the plan has in addresses: whoever sees one plan
    sees the runs of no other.
    """
    if not settings.SEGMENT_RUNS:
        return None
    folder = Path(settings.SEGMENT_RUNS) / plan.slug
    state = f"{folder} {state_of(folder)}"
    return Under(state, _runs(Under(state, folder)))


@lru_cache(maxsize=KEPT)
def place_chapter(runs: Under[ServedRuns], year: str, *, measured: Measured) -> Chapter:
    """The segment matrix of a place."""
    return _drawn(runs, year, sections=lambda found: (matrix_section(found, measured),))


@lru_cache(maxsize=KEPT)
def clusters_chapter(runs: Under[ServedRuns], year: str, *, measured: Measured, practices: str) -> Chapter:
    """The clusters of a place. ``practices``: the address of those of a cluster, but for its name; empty: none."""

    def address(cluster: str) -> str:
        return f"{practices}{quote(cluster)}"

    return _drawn(
        runs, year, sections=lambda found: (clusters_section(found, measured, address=address if practices else None),)
    )


@lru_cache(maxsize=KEPT)
def practices_chapter(runs: Under[ServedRuns], year: str, *, measured: Measured, cluster: str) -> Chapter:
    """The practices of a cluster, and all of them beside what is expected."""
    return _drawn(runs, year, sections=lambda found: practices_sections(found, cluster, measured=measured))


def _drawn(runs: Under[ServedRuns], year: str, *, sections: Callable[[ServedYear], tuple[Any, ...]]) -> Chapter:
    found = runs.value.of(year)
    return drawn(sections(found) if found else (), synthetic=False)


@lru_cache(maxsize=KEPT)
def _people(asked: PeopleAsked, folder: Under[Any], *, results: Under[Any]) -> tuple[PeopleShown, Chapter]:
    found = people_of_plan(asked, folder.value, results=results.value)
    return found, drawn(found.sections, synthetic=found.synthetic)


@lru_cache(maxsize=4)
def _projections(folder: Under[Any]) -> tuple[str, ...]:
    return variants_offered(folder.value)


@lru_cache(maxsize=KEPT)
def _runs(folder: Under[Path]) -> ServedRuns:
    return served_runs(folder.value)
