"""The list of checks, and running them."""

from collections.abc import Iterable, Iterator, Sequence

from placeplan.assurance.checks import rec001_stated_total_differs
from placeplan.assurance.findings import Case, Check, Finding

CHECKS: tuple[Check, ...] = (rec001_stated_total_differs.CHECK,)


def check_of(code: str) -> Check:
    """The check with this code.

    Raises:
        KeyError: there is none.
    """
    for check in CHECKS:
        if check.code == code:
            return check
    raise KeyError(code)


def selected(prefixes: Sequence[str]) -> tuple[Check, ...]:
    """The checks whose codes start with one of the prefixes; all of them when there is no prefix."""
    return tuple(check for check in CHECKS if not prefixes or check.code.startswith(tuple(prefixes)))


def run(case: Case, checks: Iterable[Check]) -> Iterator[Finding]:
    """The findings of the checks, in the order of the checks."""
    for check in checks:
        yield from check.find(case)
