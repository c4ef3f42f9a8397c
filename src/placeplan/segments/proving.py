"""Proves that a scheme puts every possible person in exactly one segment.

The thresholds of the rules cut the facts into cells in which no test changes its answer: ages between two limits,
counts between two limits, bands of frailty, and conditions (or flags) that the same rules ask for. Every cell is
visited, so what is found here holds for every person, whatever the data.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from placeplan.segments.conditions import Definitions, Frailty
from placeplan.segments.facts import Facts, rules_that_hold
from placeplan.segments.schemes import Rule, Scheme

MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a scheme is not a partition. ``rule`` is the identifier of the rule to mend; empty for a gap."""

    message: str
    rule: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """How many cells were visited, and what was found. A scheme without faults is a partition."""

    cells: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Cuts:
    """One dimension of the space of facts, a value for each part of it."""

    ages: tuple[int | None, ...]
    counts: tuple[tuple[int, int | None], ...]
    frailties: tuple[Frailty | None, ...]
    conditions: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def cells(self) -> int:
        sizes = [len(self.ages), len(self.counts), len(self.frailties)]
        return prod([*sizes, *(2 for _ in (*self.conditions, *self.flags))])


def proof_of(scheme: Scheme, definitions: Definitions) -> Proof:
    """Visit every cell.

    Faults: a person in no segment (a gap), two rules of one priority for one person, and a rule that never decides.
    Each names an example. A scheme of more than 200,000 cells is a fault: it could not be proved.
    """
    cuts = _cuts(scheme, definitions)
    if cuts.cells > MOST_CELLS:
        message = f"the rules cut the facts into {cuts.cells:,} cells, too many to prove"
        return Proof(0, (Fault(message, mend="Ask for fewer separate conditions and flags."),))
    gap: Facts | None = None
    clashes: dict[tuple[str, str], Facts] = {}
    deciding: set[str] = set()
    visited = 0
    for facts in _cells(cuts, definitions):
        visited += 1
        found = rules_that_hold(scheme, facts)
        if not found:
            gap = gap or facts
            continue
        deciding.add(found[0].id)
        for first, second in _of_one_priority(found):
            clashes.setdefault((first.id, second.id), facts)
    return Proof(visited, tuple(_faults(scheme, gap=gap, clashes=clashes, deciding=deciding)))


def _faults(
    scheme: Scheme, *, gap: Facts | None, clashes: dict[tuple[str, str], Facts], deciding: set[str]
) -> Iterator[Fault]:
    if gap is not None:
        mend = "Add a rule for them, or a rule of last priority that always holds: when: [{}]."
        yield Fault(f"no rule holds for a person with: {gap}", mend=mend)
    for (first, second), facts in clashes.items():
        message = f"'{first}' and '{second}' have the same priority and both hold for a person with: {facts}"
        yield Fault(message, second, "Say which of the two decides: give them different priorities.")
    hidden = {name for pair in clashes for name in pair}
    for rule in scheme.rules:
        if rule.id not in deciding | hidden:
            message = f"'{rule.id}' never decides: wherever it holds, a rule of a lower number holds too"
            yield Fault(message, rule.id, "Take it out, or give it a lower number.")


def _of_one_priority(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    return ((first, second) for first, second in itertools.pairwise(rules) if first.priority == second.priority)


def _cuts(scheme: Scheme, definitions: Definitions) -> _Cuts:
    tests = list(scheme.alternatives)
    ages = [one.age for one in tests if one.age]
    counts = [one.long_term_conditions for one in tests if one.long_term_conditions]
    frailties = {one.frailty.at_least for one in tests if one.frailty}
    age_starts = _starts([(test.from_, test.to) for test in ages])
    count_starts = _starts([(test.at_least, test.at_most) for test in counts])
    ends = [start - 1 for start in count_starts[1:]]
    most = len(definitions.long_term)
    return _Cuts(
        ages=(None, *age_starts),
        counts=tuple((start, end) for start, end in zip(count_starts, [*ends, most], strict=True) if start <= most),
        frailties=(None, *sorted({Frailty.FIT, *frailties}, key=lambda band: band.level)) if frailties else (None,),
        conditions=_one_of_each_class([one.any_condition for one in tests], last=definitions.long_term),
        flags=_one_of_each_class([one.any_flag for one in tests]),
    )


def _starts(ends: Iterable[tuple[int | None, int | None]]) -> list[int]:
    """Where a new part begins: at 0, at a first value that holds, and after a last one."""
    starts = {0}
    for first, last in ends:
        starts |= {first or 0} | ({last + 1} if last is not None else set())
    return sorted(starts)


def _one_of_each_class(groups: Sequence[tuple[str, ...]], last: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """One name of each class of names that the same tests ask for; one of ``last`` only where the class has no other,
    since a long-term condition narrows the counts that its holder may have.
    """
    asked: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(groups):
        for name in names:
            asked[name].append(number)
    classes: dict[tuple[int, ...], str] = {}
    for name in sorted(asked, key=lambda name: (name in last, name)):
        classes.setdefault(tuple(asked[name]), name)
    return tuple(sorted(classes.values()))


def _cells(cuts: _Cuts, definitions: Definitions) -> Iterator[Facts]:
    """A person of every cell that a person can be in: who has two long-term conditions has a count of two at least."""
    for conditions, flags in itertools.product(_subsets(cuts.conditions), _subsets(cuts.flags)):
        least = len(conditions & definitions.long_term)
        for (first, last), age, frailty in itertools.product(cuts.counts, cuts.ages, cuts.frailties):
            if last is None or last >= least:
                yield Facts(age, max(first, least), conditions, flags, frailty)


def _subsets(names: Sequence[str]) -> list[frozenset[str]]:
    sizes = range(len(names) + 1)
    return [frozenset(some) for size in sizes for some in itertools.combinations(names, size)]
