"""EST004: the clusters do not come to the people whom the plan is for."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """The plan, when it has one service with people, and the lists of its clusters add up to another number."""
    services = [service for service in case.plan.header.services if service.population is not None]
    clusters = list(dict.fromkeys(row.cluster for row in case.plan.care_clusters))
    figures = [known_figure(case, f"capacity.clusters.{cluster}.people") for cluster in clusters]
    if len(services) != 1 or not figures or None in figures:
        return
    listed, stated = sum(map(value_of, figures), Decimal(0)), Decimal(services[0].population or 0)
    if listed != stated:
        yield CHECK.finding(
            subject="capacity.clusters",
            location=case.plan.care_clusters[0].place.at("people"),
            facts={
                "listed": worded(listed),
                "stated": worded(stated),
                "gap": worded(abs(listed - stated)),
                "side": "more" if listed > stated else "fewer",
            },
            figures=tuple(figure.id for figure in figures if figure is not None),
        )


CHECK = Check(
    code="EST004",
    title="The clusters do not come to the people whom the plan is for",
    message="the lists of the clusters come to {listed} people, {gap} {side} than the {stated} of the plan",
    severity=Severity.WARNING,
    why="People on no list of a cluster have no team, and people on two are counted twice.",
    mend="Complete the practices, take the lists of one day for all of them, or correct the population of the service.",
    references=("Placeplan's own rule: each registered person belongs to one cluster",),
    find=find,
)
