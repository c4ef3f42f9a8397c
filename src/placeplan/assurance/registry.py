"""The list of checks, and running them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from placeplan.assurance.checks import rec001_stated_total_differs
from placeplan.assurance.findings import Case, Check, Finding, Said

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
    """The findings of the checks, in the order of their codes; each leans on what its figures lean on."""
    checks = tuple(checks)
    by_code = {check.code: tuple(check.find(case)) for check in checks if not check.after_others}
    findings = tuple(finding for found in by_code.values() for finding in found)
    said = Said(run=frozenset(by_code), known=tuple(check.code for check in CHECKS), findings=findings)
    informed = replace(case, said=said)
    for check in checks:
        for finding in by_code.get(check.code, ()) if not check.after_others else check.find(informed):
            yield _leaning(finding, case)


def _leaning(finding: Finding, case: Case) -> Finding:
    """The finding with the unconfirmed values that its figures rest on."""
    known = [case.figures[figure] for figure in finding.figures if figure in case.figures]
    leans_on = dict.fromkeys((*finding.leans_on, *(path for figure in known for path in figure.leans_on)))
    return replace(finding, leans_on=tuple(leans_on)) if len(leans_on) > len(finding.leans_on) else finding
