"""EST002: a cluster is smaller or larger than the plan says that clusters are."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each cluster whose people lie outside the range that the plan sets."""
    settings = case.plan.header.care
    if settings is None or settings.clusters is None:
        return
    least, most = settings.clusters.least, settings.clusters.most
    for cluster in dict.fromkeys(row.cluster for row in case.plan.care_clusters):
        people = known_figure(case, f"capacity.clusters.{cluster}.people")
        if people is None or least <= value_of(people) <= most:
            continue
        first = next(row for row in case.plan.care_clusters if row.cluster == cluster)
        yield CHECK.finding(
            subject=people.id,
            location=first.place.at("cluster"),
            facts={
                "cluster": cluster,
                "people": worded(people.value),
                "side": "fewer" if value_of(people) < least else "more",
                "limit": f"{least if value_of(people) < least else most:,}",
            },
            figures=(people.id,),
        )


CHECK = Check(
    code="EST002",
    title="A cluster is smaller or larger than the plan says that clusters are",
    message="{cluster} has {people} people, {side} than the {limit} that the plan sets as a limit",
    severity=Severity.WARNING,
    why="A team for a cluster is sized for its people. Too few cannot pay for it; too many cannot be served by it.",
    mend="Move practices between clusters, or set the range that holds in plan.yaml, care.clusters.",
    references=("West Kent local care plan, 2017, section 7.2: seven clusters of 46,000 to 82,500 people",),
    find=find,
)
