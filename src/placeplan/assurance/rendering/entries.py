"""What every rendering is made of: a finding with the words of its check, and the counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from placeplan.assurance.findings import SEVERITIES, Check, Finding, Severity
from placeplan.assurance.judging import Judgement
from placeplan.assurance.unreadable import CANNOT_BE_READ, finding_of
from placeplan.kernel.errors import Problem
from placeplan.plan.tables import Waiver


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding, its check, and the waiver that sets it aside, if one does."""

    finding: Finding
    check: Check
    waiver: Waiver | None = None

    @property
    def words(self) -> str:
        """The message, filled in."""
        return self.check.words(self.finding)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is rendered. ``checks``: those that were run. ``read``: whether the plan could be read."""

    entries: tuple[Entry, ...]
    checks: tuple[Check, ...]
    read: bool = True

    @property
    def open(self) -> tuple[Entry, ...]:
        """The entries that nobody waived."""
        return tuple(entry for entry in self.entries if entry.waiver is None)

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many open findings there are of each severity."""
        found = [entry.finding.severity for entry in self.open]
        return {severity: found.count(severity) for severity in SEVERITIES}


def report_of(judgement: Judgement) -> Report:
    """The report of a plan that was read and checked."""
    by_code = {check.code: check for check in judgement.checks}
    entries = [Entry(finding, by_code[finding.code]) for finding in judgement.findings]
    entries += [Entry(finding, by_code[finding.code], waiver) for finding, waiver in judgement.waived]
    return Report(tuple(entries), judgement.checks)


def report_of_problems(problems: Iterable[Problem]) -> Report:
    """The report of a plan that could not be read."""
    entries = tuple(Entry(finding_of(problem), CANNOT_BE_READ) for problem in problems)
    return Report(entries, (CANNOT_BE_READ,), read=False)


def gravest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Errors, then warnings, then notes, each in the order in which they were found."""
    return tuple(sorted(entries, key=lambda entry: SEVERITIES.index(entry.finding.severity)))
