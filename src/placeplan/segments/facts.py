"""What is known of one person, and whether a rule holds for them."""

from dataclasses import dataclass

from placeplan.segments.conditions import Frailty
from placeplan.segments.schemes import Alternative, Rule, Scheme


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that rules ask for. ``age`` and ``frailty`` are None when they are not known."""

    age: int | None = None
    long_term_conditions: int = 0
    conditions: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    frailty: Frailty | None = None

    def __str__(self) -> str:
        """Print as a person would say it."""
        told = ["age unknown" if self.age is None else f"age {self.age}"]
        told.append(f"{self.long_term_conditions} long-term conditions")
        told.extend(sorted(self.conditions | self.flags))
        told.append("frailty not measured" if self.frailty is None else f"frailty {self.frailty}")
        return ", ".join(told)


def holds(alternative: Alternative, facts: Facts) -> bool:
    """Whether every test of an alternative holds. A test on a fact that is not known does not hold."""
    return (
        _age_holds(alternative, facts.age)
        and _count_holds(alternative, facts.long_term_conditions)
        and (not alternative.any_condition or not facts.conditions.isdisjoint(alternative.any_condition))
        and (not alternative.any_flag or not facts.flags.isdisjoint(alternative.any_flag))
        and _frailty_holds(alternative, facts.frailty)
    )


def _age_holds(alternative: Alternative, age: int | None) -> bool:
    test = alternative.age
    if test is None:
        return True
    return age is not None and (test.from_ is None or age >= test.from_) and (test.to is None or age <= test.to)


def _count_holds(alternative: Alternative, count: int) -> bool:
    test = alternative.long_term_conditions
    return test is None or (
        (test.at_least is None or count >= test.at_least) and (test.at_most is None or count <= test.at_most)
    )


def _frailty_holds(alternative: Alternative, frailty: Frailty | None) -> bool:
    test = alternative.frailty
    return test is None or (frailty is not None and frailty.level >= test.at_least.level)


def rules_that_hold(scheme: Scheme, facts: Facts) -> tuple[Rule, ...]:
    """The rules that hold for a person, the one that decides first."""
    return tuple(rule for rule in scheme.by_priority if any(holds(one, facts) for one in rule.when))
