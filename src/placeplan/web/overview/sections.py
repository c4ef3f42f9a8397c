"""The sections of a plan as a person looks for them: by what they are about, with what is found in each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from placeplan.app.workspace_checks import ShownFinding
from placeplan.plan.model import TABLES
from placeplan.web.planning.selectors import Working

_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
# What each folder of a plan is called, in the order in which a planner works through them.
AREAS: Mapping[str, str] = {
    "": "The plan",
    "narrative": "Words",
    "finance": "Money",
    "performance": "Performance",
    "people": "People",
    "care": "Care model",
    "registers": "Registers",
    "scenarios": "Scenarios",
}


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of a plan.

    Attributes:
        name: its name.
        title: what people call it.
        there: whether the plan has it.
        changed: whether the draft changed it.
        findings: how many findings it has, by severity; nothing for a severity that it has none of.
    """

    name: str
    title: str
    there: bool
    changed: bool
    findings: Mapping[str, int]

    @property
    def folder(self) -> str:
        """The folder that it lies in."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Area:
    """Sections about one thing: those that the plan has, and those that it may have and has not."""

    title: str
    there: tuple[ShownSection, ...]
    absent: tuple[ShownSection, ...]


def areas_of(working: Working, findings: Iterable[ShownFinding]) -> tuple[Area, ...]:
    """Every section that there is or could be, by area."""
    shown = _sections(working, findings)
    folders = dict.fromkeys((*AREAS, *(section.folder for section in shown)))
    areas = (_area(folder, [section for section in shown if section.folder == folder]) for folder in folders)
    return tuple(area for area in areas if area.there or area.absent)


def _area(folder: str, sections: list[ShownSection]) -> Area:
    there = tuple(section for section in sections if section.there)
    return Area(AREAS.get(folder, folder), there, tuple(section for section in sections if not section.there))


def _sections(working: Working, findings: Iterable[ShownFinding]) -> list[ShownSection]:
    there = working.checksums
    changed = set(working.draft.sections.values_list("name", flat=True)) if working.draft else set()
    titles = {table.path: table.title for table in TABLES} | _headings(working.texts)
    counted: dict[str, Counter[str]] = {}
    for finding in findings:
        counted.setdefault(finding.section, Counter())[finding.severity] += 1
    tables = [table.path for table in TABLES]
    names = [name for name in there if name not in tables] + tables
    return [
        ShownSection(name, titles.get(name, name), name in there, name in changed, counted.get(name, Counter()))
        for name in names
    ]


def _headings(texts: Mapping[str, str]) -> dict[str, str]:
    """The first heading of each narrative."""
    found = ((name, _HEADING.search(text)) for name, text in texts.items() if name.endswith(".md"))
    return {name: heading[1].strip() for name, heading in found if heading}
