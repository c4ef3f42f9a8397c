"""Waterfalls of the care model, from the shares that figures name. The drawing library is loaded here alone."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from placeplan.kernel.figures import Figure
from placeplan.reports.document import Chart
from placeplan.reports.sections.care_numbers import drawn, marks_of
from placeplan.reports.types import PlanResults

if TYPE_CHECKING:
    from placeplan.demand.activity import Attribution

TOGETHER = "together, beyond what each does alone"


def changes_of(figures: Iterable[Figure], *, without: str = "") -> dict[str, float]:
    """What each intervention brings alone, over all the figures; what they do together is the rest."""
    own: dict[str, float] = {}
    for figure in figures:
        for given in figure.inputs:
            if given.label not in (without, TOGETHER) and given.share is not None:
                own[given.label] = own.get(given.label, 0.0) + float(given.share)
    return own


def waterfall_chart(
    results: PlanResults,
    *,
    identifier: str,
    attribution: "Attribution",
    ends: tuple[str, str],
    title: str,
    unit: str,
) -> Chart:
    """A waterfall with its numbers as a table."""
    from placeplan.reports.pictures.waterfall import INTERACTION, waterfall_picture

    names = {row.intervention: row.title for row in results.plan.care_interventions}
    picture = waterfall_picture(
        identifier,
        attribution,
        names=names,
        ends=ends,
        title=title,
        subtitle="",
        unit=unit,
        marks=marks_of((*results.plan.care_activity, *results.plan.care_effects)),
    )
    steps = [
        (ends[0], float(attribution.base)),
        *((names.get(one.name, one.name), float(one.own)) for one in attribution.changes),
    ]
    steps += [(INTERACTION, float(attribution.interaction)), (ends[1], float(attribution.total))]
    return drawn(picture, columns=("Step", unit), rows=[(name, f"{amount:,.1f}") for name, amount in steps])
