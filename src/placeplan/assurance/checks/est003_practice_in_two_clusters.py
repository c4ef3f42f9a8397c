"""EST003: a practice is in two clusters on the same days."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.kernel.organisations import covers
from placeplan.plan.care_tables import CareCluster


def find(case: Case) -> Iterator[Finding]:
    """Each practice that stands in more than one cluster on some day, at the later row."""
    rows: dict[str, list[CareCluster]] = {}
    for row in case.plan.care_clusters:
        for before in rows.setdefault(row.practice, []):
            if _same_days(before, row):
                yield CHECK.finding(
                    subject=row.practice,
                    location=row.place.at("cluster"),
                    facts={"practice": row.practice, "one": before.cluster, "other": row.cluster},
                    related=(Related(before.place.at("cluster"), "it stands here, too"),),
                )
                break
        rows[row.practice].append(row)


def _same_days(one: CareCluster, other: CareCluster) -> bool:
    """Whether some day is in both: the later of the two first days, where either has one, lies in both."""
    firsts = [row.starts for row in (one, other) if row.starts is not None]
    if not firsts:
        return True
    return all(covers(row.starts, row.ends, day=max(firsts)) for row in (one, other))


CHECK = Check(
    code="EST003",
    title="A practice is in two clusters on the same days",
    message="{practice} is in {one} and in {other} on the same days",
    severity=Severity.ERROR,
    why="Its people are counted twice, and two teams think the other sees them.",
    mend="End the first membership on the day before the second one starts, or delete the wrong row.",
    references=("West Kent local care plan, 2017, section 7.2: each practice belongs to one cluster",),
    find=find,
)
