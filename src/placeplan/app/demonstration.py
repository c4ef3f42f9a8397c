"""The demonstration: a real plan that comes with Placeplan is read, computed, checked and published."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import placeplan
from placeplan.app.building import FORMATS, build_path
from placeplan.assurance.rendering.entries import Entry, gravest_first, report_of
from placeplan.kernel.printed import Verdict
from placeplan.plan.model import TABLES

EXAMPLES = Path(placeplan.__file__).parent / "examples"
DEMONSTRATED = "kent-medway-2014"
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding of the demonstration: the code of its check, its words, and where it stands."""

    code: str
    words: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demonstration did. ``findings``: the first of each check, the gravest first."""

    plan: Path
    title: str
    tables: int
    rows: int
    texts: int
    figures: int
    verdicts: Mapping[Verdict, int]
    checks: int
    severities: Mapping[str, int]
    findings: tuple[Shown, ...]
    files: tuple[Path, ...]


def demonstrate(out: Path, *, today: date, progress: Callable[[str], None]) -> Demonstration:
    """Read, compute, check and publish the demonstrated plan.

    Raises:
        InputError: the folder cannot be written.
    """
    folder = EXAMPLES / DEMONSTRATED
    built = build_path(folder, out, formats=FORMATS, today=today, progress=progress)
    case, judgement = built.results.case, built.results.judgement
    report = report_of(judgement)
    filled = [rows for table in TABLES if (rows := case.plan.rows(table))]
    counted = Counter(each.verdict for each in case.reconciliations)
    first_of_each: dict[str, Entry] = {}
    for entry in gravest_first(report.open):
        first_of_each.setdefault(entry.finding.code, entry)
    return Demonstration(
        plan=folder,
        title=case.plan.header.title,
        tables=len(filled),
        rows=sum(len(rows) for rows in filled),
        texts=len(case.plan.narrative),
        figures=len(case.figures),
        verdicts={verdict: counted[verdict] for verdict in Verdict},
        checks=len(judgement.checks),
        severities={str(severity): count for severity, count in report.counts.items()},
        findings=tuple(_shown(entry) for entry in tuple(first_of_each.values())[:MOST_SHOWN]),
        files=built.files,
    )


def _shown(entry: Entry) -> Shown:
    return Shown(entry.finding.code, entry.words, str(entry.finding.location))
