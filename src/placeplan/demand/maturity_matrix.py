"""How far each intervention has come in each cluster: stage planned, stage reported, cost and benefit beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from placeplan.demand.axes import Axes
from placeplan.demand.errors import refuse
from placeplan.demand.interventions import Intervention
from placeplan.demand.ramps import maturity

STAGE_WITHIN = 1e-9


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of maturity.

    Attributes:
        identifier: such as ``established``.
        title: for people.
        share: of the full effect from which an intervention is in it, 0 to 1.
    """

    identifier: str
    title: str
    share: float


@dataclass(frozen=True, slots=True)
class MaturityCell:
    """One intervention in one cluster in one year.

    Attributes:
        intervention: identifier.
        area: the cluster.
        share: of maturity, as planned.
        planned: stage that the plan has it in.
        reported: stage that it is in; blank while nobody has said.
        behind: how many stages it is behind the plan; below 0 when ahead, none while not known.
        cost: pounds of the year.
        benefit: pounds of the year, of the intervention alone.
    """

    intervention: str
    area: str
    share: float
    planned: str
    reported: str
    behind: int | None
    cost: float
    benefit: float


def maturity_matrix(
    interventions: Iterable[Intervention],
    axes: Axes,
    *,
    year: str,
    stages: Iterable[Stage],
    reported: Mapping[tuple[str, str], str] | None = None,
    cost: Mapping[tuple[str, str], float] | None = None,
    benefit: Mapping[tuple[str, str], float] | None = None,
) -> tuple[MaturityCell, ...]:
    """Every intervention in every cluster, in one year.

    Args:
        interventions: known to fit the axes.
        axes: whose areas are the clusters.
        year: on the axes.
        stages: from a share of 0 upwards.
        reported: stage by intervention and area.
        cost: pounds by intervention and area; 0 where it is left out.
        benefit: likewise.

    Raises:
        DemandError: with every problem: stages that do not rise from 0, or an intervention, area, stage or year that
            is not known.
    """
    ladder, given = tuple(stages), tuple(interventions)
    told = reported or {}
    tables = {"reported": told, "cost": cost or {}, "benefit": benefit or {}}
    refuse([*_stage_problems(ladder), *_cell_problems(given, axes, tables=tables), *_unknown_stages(told, ladder)])
    place = axes.position("years", year)
    found = []
    for one in given:
        grown = maturity(one.ramp, axes, start=one.start, areas=one.areas, starts=one.starts)[:, place]
        for area, share in zip(axes.areas, grown, strict=True):
            key = (one.identifier, area)
            planned = max(number for number, stage in enumerate(ladder) if share >= stage.share - STAGE_WITHIN)
            now = next((number for number, stage in enumerate(ladder) if stage.identifier == told.get(key)), None)
            found.append(
                MaturityCell(
                    *key,
                    share=float(share),
                    planned=ladder[planned].identifier,
                    reported=told.get(key, ""),
                    behind=None if now is None else planned - now,
                    cost=float((cost or {}).get(key, 0.0)),
                    benefit=float((benefit or {}).get(key, 0.0)),
                )
            )
    return tuple(found)


def _stage_problems(ladder: tuple[Stage, ...]) -> Iterator[str]:
    if not ladder or ladder[0].share != 0:
        yield "stages: expected them to begin with one at a share of 0"
    for before, after in pairwise(ladder):
        if not before.share < after.share <= 1:
            yield f"stages: '{after.identifier}' at {after.share:g} follows {before.share:g}; expected rising shares"


def _cell_problems(
    interventions: tuple[Intervention, ...], axes: Axes, *, tables: Mapping[str, Mapping[tuple[str, str], object]]
) -> Iterator[str]:
    names = [one.identifier for one in interventions]
    for what, table in tables.items():
        for name, area in table:
            if name not in names:
                yield f"{what}: the intervention '{name}' does not exist; expected one of: {', '.join(names)}"
            if area not in axes.areas:
                yield f"{what}: the area '{area}' does not exist; expected one of: {', '.join(axes.areas)}"


def _unknown_stages(told: Mapping[tuple[str, str], str], ladder: tuple[Stage, ...]) -> Iterator[str]:
    known = [stage.identifier for stage in ladder]
    for (name, area), stage in told.items():
        if stage not in known:
            yield f"reported: {name}, {area}: the stage '{stage}' does not exist; expected one of: {', '.join(known)}"
