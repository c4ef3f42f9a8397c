"""Write a page for every set of measures into docs/reference/measures, from the definitions.

generate_measure_pages.py           write the pages
generate_measure_pages.py --check   only say whether they are up to date
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from placeplan.app.describing_measures import MeasureLine, describe, list_measures
from placeplan.app.measure_definitions import read_measure_sets
from placeplan.indicators.measures import MeasureSet

ROOT = Path(__file__).parents[1]

PAGES = ROOT / "docs" / "reference" / "measures"
WRITTEN = "<!-- Written by scripts/generate_measure_pages.py from the definitions of measures. -->"


def pages() -> dict[str, str]:
    """Name and text of every page."""
    sets = read_measure_sets()
    return {"index.md": _index(sets), **{f"{each.id}.md": _page(each) for each in sets}}


def _index(sets: tuple[MeasureSet, ...]) -> str:
    every = list_measures()
    lines = [
        WRITTEN,
        "",
        "# Measures",
        "",
        f"{len(every)} definitions, one file each, in {len(sets)} sets. `placeplan indicators describe MEASURE` prints",
        "one of them. A definition is *unconfirmed* where it rests on general knowledge and a person still has to look",
        "it up in its source.",
        "",
        "| set | measures | of these unconfirmed |",
        "| --- | --- | --- |",
    ]
    for each in sets:
        members = list_measures(each.id)
        doubtful = sum(not member.confirmed for member in members)
        lines.append(f"| [{each.title}]({each.id}.md) | {len(members)} | {doubtful} |")
    return "\n".join(lines) + "\n"


def _page(measure_set: MeasureSet) -> str:
    members = list_measures(measure_set.id)
    lines = [WRITTEN, "", f"# {measure_set.title}", "", measure_set.about, "", *_left_out(measure_set)]
    lines += ["| measure | title | unit | definition |", "| --- | --- | --- | --- |"]
    lines += [_row(member, measure_set) for member in members]
    for member in members:
        if member.sets[0] == measure_set.id:
            lines += ["", *_measure(member)]
    return "\n".join(lines) + "\n"


def _left_out(measure_set: MeasureSet) -> Iterator[str]:
    """Codes that have no definition, and why."""
    for each in measure_set.left_out:
        yield f"- {each.code} has no definition. {each.why}"
    if measure_set.left_out:
        yield ""


def _row(member: MeasureLine, measure_set: MeasureSet) -> str:
    """A row of the table; the measure is described on the page of the first set that it belongs to."""
    page = "" if member.sets[0] == measure_set.id else f"{member.sets[0]}.md"
    sure = "confirmed" if member.confirmed else "unconfirmed"
    return f"| [{member.id}]({page}#{member.id.lower()}) | {member.title} | {member.unit} | {sure} |"


def _measure(member: MeasureLine) -> Iterator[str]:
    """A measure under a heading with its identifier as anchor."""
    yield f"## {member.title} {{ #{member.id.lower()} }}"
    yield from ("", f"`{member.id}`")
    for section in describe(member.id).sections:
        yield from ("", f"**{section.heading}**", "")
        yield from (f"- {line}" for line in section.lines)


def main() -> int:
    """Write the pages and remove those left over, or with ``--check`` fail when they are not up to date."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    late = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    if "--check" in sys.argv[1:]:
        if late:
            print(f"These pages are not up to date: {', '.join(late)}. Run make fix.")
        return 1 if late else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in late:
        (PAGES / name).unlink(missing_ok=True)
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
