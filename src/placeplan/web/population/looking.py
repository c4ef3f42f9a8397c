"""Looks at who needs care: what is asked for of the runs of a plan, and the tables of a level. A look is recorded."""

from collections.abc import Callable, Iterator
from typing import Any

from placeplan.app.plan_chapters import Chapter
from placeplan.app.segments.run_parts import MEASURED, measured_called
from placeplan.web.access.models import Person
from placeplan.web.planning.models import Plan
from placeplan.web.population import actions, selectors

PLACE, CLUSTERS, PRACTICES = "place", "clusters", "practices"
LONGEST_CLUSTER = 100


class Look:
    """What somebody asks to see of the runs of a plan: a year, a measure and a cluster, and what is wrong with that."""

    def __init__(self, plan: Plan, *, year: str, measure: str, cluster: str = "") -> None:
        self.plan = plan
        self.cluster = cluster
        self.runs = selectors.runs_of(plan)
        served = self.runs.value if self.runs else None
        self.year = served.of(year) if served else None
        self.measured = measured_called(measure)
        self.problems = tuple(_unknown(year, measure, look=self))

    @property
    def key(self) -> dict[str, Any]:
        """What the tables are kept by; empty where nothing may be shown."""
        if self.runs is None or self.year is None or self.measured is None:
            return {}
        return {"runs": self.runs, "year": self.year.year, "measured": self.measured}

    @property
    def knows_cluster(self) -> bool:
        """Whether the cluster that is named, if one is, is one of the run."""
        return self.year is None or not self.cluster or self.cluster in self.year.clusters

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, for an address."""
        return {
            "year": self.year.year if self.year else "",
            "measure": self.measured.id if self.measured else "",
        }

    @property
    def told(self) -> dict[str, str]:
        """What the record says of a look."""
        return self.chosen | {"run": self.year.run if self.year else ""}


def chapter_at(look: Look, level: str, *, actor: Person, practices: Callable[[], str] | None = None) -> Chapter | None:
    """The tables of a level; nothing where there are none that may be shown.

    Args:
        look: what is asked for.
        level: of the place as a whole, of its clusters, or of its practices.
        actor: who looks.
        practices: the address of the practices of a cluster, but for its name (``None``: none leads there).

    Raises:
        RefusedError: the level is that of practices, and the actor may not see them; the attempt is in the record.
    """
    if level == PLACE:
        return selectors.place_chapter(**look.key) if look.key else None
    if level == CLUSTERS:
        if not look.key or look.year is None or not look.year.has_clusters:
            return None
        actions.look_at_clusters(actor=actor, plan=look.plan, shown=look.told)
        return selectors.clusters_chapter(**look.key, practices=practices() if practices else "")
    shown = look.told | {"cluster": look.cluster[:LONGEST_CLUSTER]}
    actions.look_at_practices(actor=actor, plan=look.plan, shown=shown)
    if not look.key or look.year is None or not look.year.has_practices or not look.knows_cluster:
        return None
    return selectors.practices_chapter(**look.key, cluster=look.cluster)


def _unknown(year: str, measure: str, *, look: Look) -> Iterator[str]:
    if look.measured is None:
        yield f"'{measure}' is nothing that can be shown. Expected one of: {', '.join(each.id for each in MEASURED)}."
    if look.runs and look.runs.value.years and look.year is None:
        years = ", ".join(each.year for each in look.runs.value.years)
        yield f"There is no run for '{year}'. Expected one of: {years}."
    if not look.knows_cluster:
        yield f"'{look.cluster}' is no cluster of this run."
