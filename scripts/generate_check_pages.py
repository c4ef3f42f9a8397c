"""Write a page for every check into docs/reference/checks, from the registry and the case files.

generate_check_pages.py           write the pages
generate_check_pages.py --check   only say whether they are up to date
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from placeplan.app.check_definitions import read_definitions
from placeplan.assurance.findings import Check
from placeplan.assurance.registry import CHECKS
from placeplan.assurance.unreadable import CANNOT_BE_READ

ROOT = Path(__file__).parents[1]

PAGES = ROOT / "docs" / "reference" / "checks"
CASES = ROOT / "tests" / "checks" / "cases"
FAMILIES = {
    "PLN": "Shape of the plan",
    "FIN": "Finance",
    "EFF": "Efficiency",
    "MAP": "Financial mapping",
    "CLM": "Claims on allocations",
    "INV": "Investments and headroom",
    "PER": "Performance",
    "TRC": "Traceability",
    "GOV": "Governance",
    "RSK": "Risks",
    "TXT": "Text",
    "POP": "Population",
    "ACT": "Activity and savings of the care model",
    "WRK": "Workforce",
    "EST": "Beds, clusters and estate",
    "REC": "Reconciliation",
}
LANGUAGES = {".csv": "csv", ".yaml": "yaml", ".md": "markdown"}
WRITTEN = "<!-- Written by scripts/generate_check_pages.py from the check and its case file. -->"


def pages() -> dict[str, str]:
    """Name and text of every page."""
    every = (CANNOT_BE_READ, *CHECKS)
    return {"index.md": _index(every), **{f"{check.code}.md": _page(check) for check in every}}


def _index(checks: Sequence[Check]) -> str:
    lines = [
        WRITTEN,
        "",
        "# Checks",
        "",
        f"{len(checks)} rules that a plan is held to. `placeplan check PLAN --select FIN,PER001` runs some of them.",
        "A finding that somebody accepts until a day stands in `waivers.csv`, with its code and subject.",
        "",
    ]
    for family, title in FAMILIES.items():
        lines += [f"## {title} ({family})", "", "| code | says | severity |", "| --- | --- | --- |"]
        lines += [
            f"| [{check.code}]({check.code}.md) | {check.title} | {check.severity} |"
            for check in checks
            if check.family == family
        ]
        lines.append("")
    return "\n".join([*lines, *_definitions()]) + "\n"


def _definitions() -> Iterator[str]:
    """The levels and the words that checks are held to."""
    found = read_definitions()
    yield from ("## Levels", "", "| level | value | of | confidence | reference |", "| --- | --- | --- | --- | --- |")
    for one in found.thresholds:
        yield f"| {one.id} | {one.value} {one.unit} | {one.of} | {one.confidence} | {one.reference.strip()} |"
    yield from ("", "## Words", "", "| list | words | confidence |", "| --- | --- | --- |")
    for each in found.phrases:
        yield f"| {each.id} | {'; '.join(each.phrases)} | {each.confidence} |"


def _page(check: Check) -> str:
    lines = [
        WRITTEN,
        "",
        f"# {check.code}: {check.title}",
        "",
        f"Severity: {check.severity}, unless the finding says otherwise.",
        "",
        "## Why it matters",
        "",
        check.why,
        "",
        "## What to do",
        "",
        check.mend,
        "",
        *_examples(check),
        "## References",
        "",
        *(f"- {reference}" for reference in check.references),
    ]
    return "\n".join(lines) + "\n"


def _examples(check: Check) -> Iterator[str]:
    path = CASES / f"{check.code}.yaml"
    if not path.is_file():
        return
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for heading, kind in (("What is found", "fails"), ("What is not", "passes")):
        yield from (f"## {heading}", "")
        for example in data[kind]:
            yield from _example(example)


def _example(example: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"### {example['name'][:1].upper()}{example['name'][1:]}", "")
    if example.get("plan"):
        yield from _file("plan.yaml", "".join(_keys(example["plan"])))
    for name, text in (example.get("files") or {}).items():
        yield from _file(name, text)
    if not example.get("plan") and not example.get("files"):
        yield from ("The plan as it is.", "")
    for finding in example.get("findings") or ():
        field = f", {finding['field']}" if finding["field"] else ""
        yield f"- {finding['severity']} at `{finding['file']}`, line {finding['line']}{field}: `{finding['subject']}`"
    if example.get("findings"):
        yield ""


def _keys(changes: Mapping[str, Any]) -> Iterator[str]:
    """Keys of ``plan.yaml`` that differ from the smallest plan."""
    for key, value in changes.items():
        if value is None:
            yield f"# no {key}\n"
        else:
            yield yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=100)


def _file(name: str, text: str) -> Iterator[str]:
    yield from (f"`{name}`", "", f"```{LANGUAGES[Path(name).suffix]}", text.rstrip("\n"), "```", "")


def stale(wanted: Mapping[str, str]) -> list[str]:
    """Names of pages that are missing, differ or are left over."""
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def write(wanted: Mapping[str, str]) -> None:
    """Write every page and remove those that are left over."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in stale(wanted):
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8")
        else:
            (PAGES / name).unlink()


def main() -> int:
    """Write the pages, or with ``--check`` fail when they are not up to date."""
    wanted = pages()
    if "--check" not in sys.argv[1:]:
        write(wanted)
        return 0
    late = stale(wanted)
    if late:
        print(f"These pages are not up to date: {', '.join(late)}. Run make fix.")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
