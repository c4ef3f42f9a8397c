"""Small plans from case files: a minimal base with some keys of ``plan.yaml`` changed and some tables added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from placeplan.app.checking import check_path
from placeplan.reports.types import PlanResults

CASES = Path(__file__).parent / "cases"
BASE: Mapping[str, Any] = {
    "format": 1,
    "id": "example",
    "title": "Example plan",
    "place": "Example",
    "organisation": {"name": "NHS Example CCG", "type": "ccg"},
    "round": "2016-17",
    "years": ["2016-17"],
    "money": "GBP thousand",
    "services": [{"id": "acute", "name": "Acute care", "carry_forward": {"2016-17": "both"}}],
    "versions": [{"version": "1", "date": date(2016, 3, 1), "author": "A. Planner", "note": "First draft"}],
    "as_at": date(2016, 4, 1),
}
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Example:
    """One plan of a case file: what differs from the base, and the findings that are expected of it."""

    code: str
    name: str
    plan: Mapping[str, Any]
    files: Mapping[str, str]
    findings: tuple[Mapping[str, Any], ...]

    @property
    def id(self) -> str:
        """What the test is called."""
        return f"{self.code}: {self.name}"

    def write(self, folder: Path) -> Path:
        """Write the plan into a folder."""
        (folder / "plan.yaml").write_text(header_text(self.plan), encoding="utf-8")
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    def check(self, folder: Path) -> PlanResults:
        """Write the plan into a folder and check it."""
        return check_path(self.write(folder), today=TODAY)


def header_text(changes: Mapping[str, Any]) -> str:
    """The base of ``plan.yaml`` with some keys changed, added, or (where the change is ``null``) taken out."""
    merged = {key: value for key, value in {**BASE, **changes}.items() if value is not None}
    return "".join(f"{key}: {_flow(value)}\n" for key, value in merged.items())


def _flow(value: Any) -> str:
    return (
        yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True).removesuffix("...\n").strip()
    )


def case_files() -> list[Path]:
    """Every case file, in the order of the codes."""
    return sorted(CASES.glob("*.yaml"))


def examples(path: Path, kind: str) -> Iterator[Example]:
    """The examples of a case file that fail, or pass."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for one in data[kind]:
        yield Example(
            path.stem, one["name"], one.get("plan") or {}, one.get("files") or {}, tuple(one.get("findings") or ())
        )
