"""The lines of assurance of a plan, judged as far as its data allow, and how places stand beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from placeplan.app.register_definitions import read_checklist
from placeplan.app.workspace_checks import CheckedTexts, ShownFinding
from placeplan.kernel.wording import worded
from placeplan.plan.model import TABLES
from placeplan.plan.tables import Trajectory
from placeplan.registers.assurance_lines import Judgement, judged_by
from placeplan.reports.types import PlanResults

TRAJECTORIES = "performance/trajectories.csv"
FINANCE, PERFORMANCE = "FIN", "PER"
GROUP_OF_TRAJECTORIES = "Trajectories"
LINE_NAME = "assurance line "


def name_of_line(line: str) -> str:
    """What a query calls a line of assurance."""
    return f"{LINE_NAME}{line}"


@dataclass(frozen=True, slots=True)
class AutomaticLine:
    """A line with what data say of it.

    Attributes:
        id: its identifier.
        group: heading under which it stands.
        question: what is asked.
        judgement: what findings amount to; ``None`` where a person must judge.
        why: why it is so, in words.
        findings: those that bear on it.
    """

    id: str
    group: str
    question: str
    judgement: Judgement | None
    why: str
    findings: tuple[ShownFinding, ...] = ()


def lines_of(checked: CheckedTexts) -> tuple[AutomaticLine, ...]:
    """The lines of a plan in the order of the checklist, then one for each trajectory; none if it cannot be read."""
    if checked.results is None:
        return ()
    return (*_checklist(checked, checked.results), *_trajectories(checked, checked.results))


def _checklist(checked: CheckedTexts, results: PlanResults) -> Iterator[AutomaticLine]:
    there = _sections(results)
    for line in read_checklist().lines_for(results.round.id):
        lacking = [name for name in line.needs if not any(each.startswith(name) for each in there)]
        if not line.checks:
            yield AutomaticLine(line.id, line.group, line.question, None, "No check answers this: a person judges.")
        elif lacking:
            why = f"The plan holds no {', '.join(lacking)}: a person judges."
            yield AutomaticLine(line.id, line.group, line.question, None, why)
        else:
            found = tuple(each for each in checked.findings if line.answered_by(each.code))
            yield _judged(AutomaticLine(line.id, line.group, line.question, None, ""), found)


def _trajectories(checked: CheckedTexts, results: PlanResults) -> Iterator[AutomaticLine]:
    rows: dict[str, list[Trajectory]] = {}
    for row in results.plan.trajectories:
        rows.setdefault(row.indicator, []).append(row)
    for indicator, own in rows.items():
        lines = {row.place.line for row in own}
        found = tuple(each for each in checked.of_section(TRAJECTORIES) if each.line in lines)
        title = results.round.standard(indicator).title if results.round.has_standard(indicator) else indicator
        question = f"{title}: does the trajectory meet the standard?"
        yield _judged(AutomaticLine(f"trajectory-{indicator}", GROUP_OF_TRAJECTORIES, question, None, ""), found)


def _judged(line: AutomaticLine, found: tuple[ShownFinding, ...]) -> AutomaticLine:
    waived = sum(bool(each.waived) for each in found)
    judgement = judged_by((each.severity for each in found if not each.waived), waived=waived)
    accepted = f", {waived} accepted by the planners" if waived else ""
    why = f"{len(found)} finding{'' if len(found) == 1 else 's'}{accepted}"
    return AutomaticLine(line.id, line.group, line.question, judgement, why, found)


def _sections(results: PlanResults) -> frozenset[str]:
    tables = {table.path for table in TABLES if results.plan.rows(table)}
    return frozenset(tables | {each.file for each in results.plan.narrative})


@dataclass(frozen=True, slots=True)
class PlaceStanding:
    """How a plan stands, for a row beside other places.

    Attributes:
        round: its planning round; empty where it cannot be read.
        synthetic: whether its figures are made up.
        errors: findings that are errors.
        warnings: findings that are warnings.
        rules: business rules and other rules of money that it misses: errors and warnings of the checks of money.
        trajectories: trajectories that are not assured, of all that it has.
        planned: how many trajectories it has.
        assured: how many lines are assured, partly assured and not assured by what data say.
        position: the cumulative position of all services in the first year, as people read it; empty where unknown.
    """

    round: str
    synthetic: bool
    errors: int
    warnings: int
    rules: int
    trajectories: int
    planned: int
    assured: tuple[int, int, int]
    position: str


def standing_of_place(checked: CheckedTexts) -> PlaceStanding:
    """How a plan stands as it was published."""
    lines = lines_of(checked)
    own = [line for line in lines if line.group == GROUP_OF_TRAJECTORIES]
    graver = [each for each in checked.findings if each.severity in ("error", "warning") and not each.waived]
    return PlaceStanding(
        round=checked.results.header.round if checked.results else "",
        synthetic=checked.results.header.synthetic if checked.results else False,
        errors=sum(each.severity == "error" for each in graver),
        warnings=sum(each.severity == "warning" for each in graver),
        rules=sum(each.code.startswith(FINANCE) for each in graver),
        trajectories=sum(line.judgement is not Judgement.ASSURED for line in own),
        planned=len(own),
        assured=_counts([line.judgement for line in lines]),
        position=_position(checked.results) if checked.results else "",
    )


def _position(results: PlanResults) -> str:
    figure = results.figures.get(f"finance.all.{results.header.years[0]}.cumulative")
    return worded(figure.value, figure.unit) if figure is not None and figure.value is not None else ""


def _counts(judgements: list[Judgement | None]) -> tuple[int, int, int]:
    return (
        judgements.count(Judgement.ASSURED),
        judgements.count(Judgement.PARTLY),
        judgements.count(Judgement.NOT),
    )
