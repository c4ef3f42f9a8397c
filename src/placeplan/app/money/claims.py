"""Claims counted for a moment: where the plan would stand with them, beside the plan, and that as a scenario."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from placeplan.app.money.asking import Wrong
from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.money.scenarios import (
    ALLOCATIONS,
    AS_IT_STANDS,
    NewScenario,
    figures_under,
    made_scenario,
    scenario_name,
)
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.finance.claims import claim_id
from placeplan.finance.measures import WORDS, Measure
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import UNKNOWN, worded
from placeplan.plan.cells import Amount
from placeplan.plan.funding_tables import AllocationClaim, ClaimState
from placeplan.plan.overriding import apply_scenario
from placeplan.plan.scenario import Override, Scenario
from placeplan.plan.tables import AllocationKind, AllocationLine
from placeplan.reports.document import Section
from placeplan.reports.sections.claims import claims_section, counted_section
from placeplan.reports.sections.side_by_side import Side, Sides, positions_section, rules_section
from placeplan.reports.types import PlanResults

CLAIMS = "finance/claims.csv"
COUNTED = "With the claims counted"
LineYear = tuple[str, str, FinancialYear]
NOT_YET = (ClaimState.RAISED, ClaimState.AGREED, ClaimState.REFUSED)


@dataclass(frozen=True, slots=True)
class ClaimToggle:
    """A claim that may be counted for a moment: its amounts in words, whether it is, and whether by its own name."""

    claim: str
    title: str
    service: str
    state: str
    amounts: str
    counted: bool
    ticked: bool
    in_plan: bool


@dataclass(frozen=True, slots=True)
class StateToggle:
    """All claims of a state at once."""

    state: str
    claims: int
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The claims of a plan, those that are counted, and what that changes.

    ``notes`` says what could not be counted. ``shown`` is empty while nothing is; ``register`` holds the claims as the
    document has them.
    """

    chosen: Chosen | None
    claims: tuple[ClaimToggle, ...]
    states: tuple[StateToggle, ...]
    notes: tuple[str, ...]
    shown: Chapter
    register: Chapter


@dataclass(frozen=True, slots=True)
class Counting:
    """What is asked to be counted: claims by name, and every claim of some states. ``first``: nobody asked yet."""

    claims: Sequence[str]
    states: Sequence[str]
    first: bool = False

    def takes(self, claim: AllocationClaim) -> bool:
        """Whether it counts a claim that is in no allocation yet; before anybody asked, the open ones."""
        if claim.state not in NOT_YET:
            return False
        return claim.is_open if self.first else claim.claim in self.claims or claim.state in self.states


@dataclass(frozen=True, slots=True)
class _Counted:
    """The cells that count claims, what could not be counted, and the services that they are of."""

    overrides: tuple[Override, ...]
    notes: tuple[str, ...]
    services: frozenset[str]


def claims(results: PlanResults, given: Mapping[str, str], *, counting: Counting) -> Claims:
    """The claims of a plan and where it would stand with some of them.

    Args:
        results: the plan.
        given: ``service`` whose positions are drawn; where it is not given, that of the first claim that is counted.
        counting: the claims that are counted.
    """
    taken = [claim for claim in results.plan.claims if counting.takes(claim)]
    found = _counted(results, taken)
    at = chosen(results, {"service": taken[0].service if taken else "", **given})
    return Claims(
        chosen=at,
        claims=tuple(_toggle(results, claim, counting=counting) for claim in results.plan.claims),
        states=tuple(_states(results, counting)),
        notes=found.notes,
        shown=chapter_of_sections(results, _beside(results, found, at=at) if found.overrides and at else ()),
        register=chapter_of_sections(results, (claims_section(results),)),
    )


def claims_as_scenario(results: PlanResults, given: Mapping[str, str], *, counting: Counting) -> NewScenario:
    """Keep the counting of claims as a scenario: from ``title`` and ``description``."""
    wrong: list[Wrong] = []
    named = scenario_name(results.plan, given, wrong=wrong)
    found = _counted(results, [claim for claim in results.plan.claims if counting.takes(claim)])
    if not found.overrides:
        wrong.append(Wrong("claims", "Count at least one claim whose amount is known."))
    if wrong:
        return NewScenario(wrong=tuple(wrong))
    return made_scenario(results.plan, named, overrides=[("claims", each) for each in found.overrides])


def _toggle(results: PlanResults, claim: AllocationClaim, *, counting: Counting) -> ClaimToggle:
    unit = str(results.header.money)
    amounts = (f"{year} {worded(_amount(results, claim, year=year), unit)}" for year in results.header.years)
    return ClaimToggle(
        claim=claim.claim,
        title=claim.title,
        service=results.header.service(claim.service).name,
        state=str(claim.state),
        amounts="; ".join(amounts),
        counted=counting.takes(claim),
        ticked=counting.takes(claim) and (counting.first or claim.claim in counting.claims),
        in_plan=claim.state is ClaimState.TRANSACTED,
    )


def _states(results: PlanResults, counting: Counting) -> Iterator[StateToggle]:
    for state in NOT_YET:
        count = sum(claim.state is state for claim in results.plan.claims)
        if count:
            yield StateToggle(str(state), count, counted=not counting.first and state in counting.states)


def _amount(results: PlanResults, claim: AllocationClaim, *, year: FinancialYear) -> Decimal | None:
    return results.figures[claim_id(claim, year)].value


def _counted(results: PlanResults, taken: Sequence[AllocationClaim]) -> _Counted:
    """The cells that put claims into the allocation and say that they are transacted.

    A scenario sets cells and adds no row, so each claim comes into a line that is there: one that goes on for a claim
    that goes on, one that does not for one that does not, where there is one.
    """
    overrides: list[Override] = []
    notes: list[str] = []
    added: dict[LineYear, Decimal] = {}
    for claim in taken:
        lines: list[str] = []
        for year in results.header.years:
            amount = _amount(results, claim, year=year)
            line = _line_for(results, claim, year=year) if amount else None
            if amount is None:
                notes.append(f"{claim.title}: the amount of {year} is {UNKNOWN}, so that nothing is counted there.")
            elif amount and line is None:
                notes.append(f"{claim.title}: the allocation of {year} has no line with an amount to count it in.")
            elif line is not None:
                lines.append(line.line)
                key = (claim.service, line.line, year)
                added[key] = added.get(key, ZERO) + amount
                if _once(line) != _once(claim):
                    notes.append(_other_kind(claim, line))
        if lines:
            overrides += _transacted(claim, lines[0])
    overrides[:0] = (_raised(results, key, by=amount) for key, amount in added.items())
    services = frozenset(service for service, _, _ in added)
    return _Counted(tuple(overrides), tuple(dict.fromkeys(notes)), services)


def _once(row: AllocationClaim | AllocationLine) -> bool:
    """Whether money does not go on; unmarked, it does."""
    return row.recurrent is False


def _line_for(results: PlanResults, claim: AllocationClaim, *, year: FinancialYear) -> AllocationLine | None:
    """The line of the allocation that a claim comes into: of the same kind first, a notified one first."""
    lines = [
        line
        for line in results.plan.allocations
        if line.service == claim.service
        and line.kind is not AllocationKind.BROUGHT_FORWARD
        and isinstance(line.amounts.get(year), Amount)
    ]
    lines.sort(key=lambda line: (_once(line) != _once(claim), line.kind is not AllocationKind.NOTIFIED))
    return lines[0] if lines else None


def _other_kind(claim: AllocationClaim, line: AllocationLine) -> str:
    goes = "does not go on" if _once(line) else "goes on"
    return (
        f"{claim.title}: it is counted in the line “{line.line}”, which {goes}, so that the "
        f"{WORDS[Measure.UNDERLYING]} counts it so too."
    )


def _raised(results: PlanResults, cell: LineYear, *, by: Decimal) -> Override:
    service, line, year = cell
    stands = next(
        each.amounts[year] for each in results.plan.allocations if (each.service, each.line) == (service, line)
    )
    value = (stands.number.value if isinstance(stands, Amount) else ZERO) + by
    return Override(table=ALLOCATIONS, row={"service": service, "line": line}, column=str(year), value=f"{value:f}")


def _transacted(claim: AllocationClaim, line: str) -> Iterator[Override]:
    for column, value in (("state", str(ClaimState.TRANSACTED)), ("allocation", line)):
        yield Override(table=CLAIMS, row={"claim": claim.claim}, column=column, value=value)


def _beside(results: PlanResults, found: _Counted, *, at: Chosen) -> tuple[Section, ...]:
    scenario = Scenario(scenario="counted", title=COUNTED, overrides=found.overrides)
    plan = apply_scenario(results.plan, scenario)
    figures = figures_under(results, plan, scenario=scenario)
    sides = Sides(
        results, (Side(AS_IT_STANDS, results.plan, results.figures, own=True), Side(COUNTED, plan, figures, own=False))
    )
    concerned = [service for service in results.header.services if service.id in found.services]
    return (
        counted_section(sides, concerned),
        positions_section(sides, at.service),
        rules_section(sides, concerned),
    )
