"""What a plan commits to, with its deadlines: intentions, contracts, risks, and what is due when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from placeplan.app.register_definitions import read_deadline_rules
from placeplan.plan.model import Plan
from placeplan.plan.tables import Contract, Intention, Risk
from placeplan.registers.deadlines import (
    ContractDates,
    DeadlineRules,
    Due,
    contract_dates,
    next_due,
    providers_told_by,
    score_of,
)
from placeplan.reports.sections.risks import GRADES, IMPACTS, LIKELIHOODS
from placeplan.reports.types import PlanResults

NO_PROGRAMME, NO_PROVIDER = "No programme named", "No provider named"
CONTRACTS, INTENTIONS, RISKS = "registers/contracts.csv", "registers/intentions.csv", "registers/risks.csv"


@dataclass(frozen=True, slots=True)
class Group:
    """Intentions under one heading: a programme or a provider."""

    name: str
    rows: tuple[Intention, ...]


@dataclass(frozen=True, slots=True)
class ContractShown:
    """A contract with its days and what is next; both are ``None`` where its last day is not known."""

    row: Contract
    dates: ContractDates | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class RiskShown:
    """A risk as it stands.

    Attributes:
        row: the risk.
        score: likelihood times impact (``None``: not scored).
        grade: low, moderate, high or extreme; empty where it is not scored.
        escalated: whether its score is one that goes to the board.
        overdue: whether its review was due before the day.
        moved: how its score stands to that of the revision before, in words; empty where nothing moved.
    """

    row: Risk
    score: int | None
    grade: str
    escalated: bool
    overdue: bool
    moved: str


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the heat map with the risks that stand in it."""

    grade: str
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """Something that is due. ``section`` is where it stands in the plan; empty where it comes from the round."""

    day: date
    kind: str
    words: str
    section: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Commitments:
    """Everything that a plan commits to, as it stands on a day."""

    day: date
    rules: DeadlineRules
    told_by: date
    programmes: tuple[Group, ...]
    providers: tuple[Group, ...]
    contracts: tuple[ContractShown, ...]
    risks: tuple[RiskShown, ...]
    gone_risks: tuple[str, ...]
    heat: tuple[tuple[str, tuple[Square, ...]], ...]
    calendar: tuple[CalendarLine, ...]

    @property
    def impacts(self) -> tuple[str, ...]:
        """Headings of the heat map."""
        return tuple(IMPACTS.values())

    @property
    def overdue(self) -> int:
        """How many things of the calendar are overdue."""
        return sum(line.overdue for line in self.calendar)


def commitments_of(results: PlanResults, *, before: Plan | None) -> Commitments:
    """What a plan commits to; ``before`` is the revision before, for what moved."""
    plan, day, rules = results.plan, results.case.as_at, read_deadline_rules()
    told_by = providers_told_by(rules, results.header.years[0].first_day)
    contracts = tuple(sorted(_contracts(plan, rules, day=day), key=_by_due))
    risks = tuple(sorted(_risks(plan, rules, day=day, before=before), key=lambda each: -(each.score or 0)))
    names = {row.risk for row in plan.risks}
    return Commitments(
        day=day,
        rules=rules,
        told_by=told_by,
        programmes=_groups(plan.intentions, "programme", without=NO_PROGRAMME),
        providers=_groups(plan.intentions, "provider", without=NO_PROVIDER),
        contracts=contracts,
        risks=risks,
        gone_risks=tuple(row.title for row in before.risks if row.risk not in names) if before else (),
        heat=_heat(risks),
        calendar=_calendar(results, contracts, risks=risks, told_by=told_by),
    )


def _groups(rows: Iterable[Intention], field: str, *, without: str) -> tuple[Group, ...]:
    found: dict[str, list[Intention]] = {}
    for row in rows:
        found.setdefault(getattr(row, field) or without, []).append(row)
    names = sorted(found, key=lambda name: (name == without, name))
    return tuple(Group(name, tuple(found[name])) for name in names)


def _contracts(plan: Plan, rules: DeadlineRules, *, day: date) -> Iterator[ContractShown]:
    for row in plan.contracts:
        dates = contract_dates(rules, row)
        yield ContractShown(row, dates, next_due(dates, day, decided=row.decision) if dates else None)


def _by_due(shown: ContractShown) -> tuple[bool, date, str]:
    return (shown.due is None, shown.due.by if shown.due else date.max, shown.row.title)


def _risks(plan: Plan, rules: DeadlineRules, *, day: date, before: Plan | None) -> Iterator[RiskShown]:
    earlier = {row.risk: row for row in before.risks} if before else {}
    for row in plan.risks:
        score = score_of(row)
        yield RiskShown(
            row=row,
            score=score,
            grade=str(GRADES[row.likelihood - 1][row.impact - 1]) if row.likelihood and row.impact else "",
            escalated=score is not None and score >= rules.risks.escalates_from,
            overdue=row.review is not None and row.review < day,
            moved=_moved(row, earlier.get(row.risk)) if before else "",
        )


def _moved(now: Risk, before: Risk | None) -> str:
    if before is None:
        return "new"
    score, earlier = score_of(now), score_of(before)
    if score == earlier:
        return ""
    if score is None or earlier is None:
        return "scored now" if earlier is None else f"not scored any more, was {earlier}"
    return f"{'up' if score > earlier else 'down'} from {earlier}"


def _heat(risks: Sequence[RiskShown]) -> tuple[tuple[str, tuple[Square, ...]], ...]:
    return tuple(
        (name, tuple(_square(risks, likelihood, impact=impact) for impact in IMPACTS))
        for likelihood, name in LIKELIHOODS.items()
    )


def _square(risks: Sequence[RiskShown], likelihood: int, *, impact: int) -> Square:
    there = (each.row.title for each in risks if (each.row.likelihood, each.row.impact) == (likelihood, impact))
    return Square(str(GRADES[likelihood - 1][impact - 1]), tuple(there))


def _calendar(
    results: PlanResults, contracts: Iterable[ContractShown], *, risks: Iterable[RiskShown], told_by: date
) -> tuple[CalendarLine, ...]:
    """What is due, the overdue first; of the calendar of the round what is still to come."""
    day = results.case.as_at
    lines = [
        CalendarLine(each.due.by, "Contract", f"{each.row.title}: {each.due.step}", CONTRACTS, each.due.overdue)
        for each in contracts
        if each.due is not None
    ]
    lines += [
        CalendarLine(each.row.review, "Risk", f"{each.row.title}: review", RISKS, each.overdue)
        for each in risks
        if each.row.review is not None
    ]
    if results.plan.intentions:
        words = f"Providers are told of {len(results.plan.intentions)} commissioning intentions"
        lines.append(CalendarLine(told_by, "Intentions", words, INTENTIONS, overdue=False))
    lines += [
        CalendarLine(each.on, "Submission", f"{each.text} {each.when}", "", overdue=False)
        for each in results.round.calendar
        if each.on is not None
    ]
    lines += [
        CalendarLine(each.expires, "Waiver", f"{each.code} of {each.subject} ends", "waivers.csv", each.expires < day)
        for each in results.plan.waivers
    ]
    return tuple(sorted(lines, key=lambda line: (not line.overdue, line.day, line.words)))
