"""Reads the tables of a page of worked examples."""

from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def tables_of(page: str) -> dict[str, list[dict[str, str]]]:
    """Rows of every table of a page of the reference, by its first heading; cells by their headings."""
    found: dict[str, list[dict[str, str]]] = {}
    headings: list[str] = []
    for line in (REFERENCE / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            headings = []
        elif not headings:
            headings = cells
            found[headings[0]] = []
        elif set(cells[0]) != {"-"}:
            found[headings[0]].append(dict(zip(headings, cells, strict=True)))
    return found
