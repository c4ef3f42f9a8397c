"""Write docs/reference/datasets.md, one part for every public file that Placeplan knows, from the catalogue.

generate_dataset_page.py           write the page
generate_dataset_page.py --check   only say whether it is up to date
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.types import Column, Dataset

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "datasets.md"
WRITTEN = "<!-- Written by scripts/generate_dataset_page.py from src/placeplan/datasets/catalogue. -->"
HEAD = """\
# Public files

Files that Placeplan can read from a [data folder](../how-to/use-a-data-folder.md). None of them comes with Placeplan.
A name of a file may stand below the folder or right in it, as CSV or Parquet. A heading that is "all like" something
stands for every heading that fits this pattern.
"""


def page() -> str:
    """The text of the page."""
    catalogue = read_catalogue()
    lines = [WRITTEN, "", *HEAD.splitlines(), ""]
    lines.append(
        f"{len(catalogue.datasets)} data sets. Those that say nothing yet under *unlocks* are read and checked,"
    )
    lines += ["and no command uses them.", ""]
    for group, datasets in catalogue.groups.items():
        lines += [f"## {group.replace('-', ' ').capitalize()}", ""]
        for dataset in datasets:
            lines += _part(dataset)
    return "\n".join(lines).rstrip("\n") + "\n"


def _part(dataset: Dataset) -> Iterator[str]:
    catalogue = read_catalogue()
    publication = dataset.publication
    title = f"[{publication.title}]({publication.address})" if publication.address else publication.title
    yield from (f"### {dataset.id}", "", f"{dataset.title}. {dataset.about}", "")
    if dataset.synthetic:
        yield from ("**Synthetic: no real people.**", "")
    yield f"- published by {dataset.publisher}: {title}"
    yield f"- licence: {catalogue.licence_of(dataset).title}. {catalogue.attribution_of(dataset)}"
    yield f"- file: {', '.join(f'`{pattern}`' for pattern in dataset.files)}"
    if dataset.grain:
        yield f"- a row for each: {', '.join(f'`{name}`' for name in dataset.grain)}"
    if dataset.suppressed:
        yield f"- in place of a number: {', '.join(f'`{mark}`' for mark in dataset.suppressed)}"
    yield f"- unlocks: {dataset.unlocks}"
    if dataset.measures:
        yield f"- measures: {', '.join(f'`{name}`' for name in dataset.measures)}"
    yield ""
    if dataset.columns:
        yield from ("| column | kind | unit | what it is |", "| --- | --- | --- | --- |")
        yield from (_row(column) for column in dataset.columns)
        yield ""


def _row(column: Column) -> str:
    heading = f"all like `{column.pattern}`" if column.pattern else f"`{column.name}`"
    optional = " May be missing." if column.optional else ""
    listed = f" One of {', '.join(column.values)}." if column.values else ""
    cells = (heading, column.kind.value, column.unit, f"{column.words}{listed}{optional}")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def main() -> int:
    """Write the page, or compare it when asked to."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is not up to date: run make fix")
    return 1


if __name__ == "__main__":
    sys.exit(main())
