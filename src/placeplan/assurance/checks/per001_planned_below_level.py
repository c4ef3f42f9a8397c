"""PER001: a planned value misses a national level."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.levels_asked import Miss, excused_by_milestone, misses, name_of, standards_by_id
from placeplan.assurance.phrasing import listed
from placeplan.indicators.in_plans.trajectories import GAP
from placeplan.indicators.naming import performance_id
from placeplan.plan.tables import Trajectory
from placeplan.rounds.standards import Standard


def find(case: Case) -> Iterator[Finding]:
    """For each trajectory and each kind of level that it misses, the years; lighter where a milestone of the year is
    reached.
    """
    standards = standards_by_id(case)
    for row in case.plan.trajectories:
        standard = standards.get(row.indicator)
        if standard is None:
            continue
        by_kind: dict[str, list[Miss]] = {}
        for miss in misses(row, standard):
            by_kind.setdefault(miss.level.kind, []).append(miss)
        for missed in by_kind.values():
            yield _finding(case, row, standard=standard, missed=missed)


def _finding(case: Case, row: Trajectory, *, standard: Standard, missed: list[Miss]) -> Finding:
    first = missed[0]
    excused = all(excused_by_milestone(miss, standard) for miss in missed)
    figures = [performance_id(row.indicator, row.area, year=miss.year, measure=GAP) for miss in missed]
    return CHECK.finding(
        subject=f"{name_of(row)} {first.level.kind}",
        location=row.place.at(str(first.year)),
        facts={
            "title": row.title,
            "indicator": name_of(row),
            "years": listed([f"{miss.planned} in {miss.year}" for miss in missed]),
            "levels": listed(list(dict.fromkeys(f"the {miss.level.words}" for miss in missed))),
            "exception": f" The plan says: {row.exception}" if row.exception else "",
        },
        severity=Severity.NOTE if excused else CHECK.severity,
        figures=tuple(figure for figure in figures if figure in case.figures),
        leans_on=tuple(dict.fromkeys(unconfirmed(miss.level.origin for miss in missed))),
    )


CHECK = Check(
    code="PER001",
    title="A planned value misses a national level",
    message="{title} ({indicator}): {years} is planned, which misses {levels}.{exception}",
    severity=Severity.WARNING,
    why=(
        "A standard in law, a milestone on the way to it, a trajectory of one's own and a threshold in a contract are"
        " four different "
        "things. A plan may miss one and meet another, and should say so."
    ),
    mend="Plan for the level, or say in the exception column why it is missed and what is done about it.",
    references=("Everyone Counts 2014/15 technical guidance", "Planning guidance of each round, national milestones"),
    find=find,
)
