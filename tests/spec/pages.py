"""Reads the tables of a page of worked examples."""

from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
Rows = list[list[str]]


def rows_of(page: str, *, named_by: int = 1) -> dict[str, Rows]:
    """Rows of every table of a page of the reference, by its first heading or headings."""
    return {", ".join(headings[:named_by]): rows for headings, rows in _tables(page)}


def tables_of(page: str) -> dict[str, list[dict[str, str]]]:
    """Rows of every table of a page of the reference, by its first heading; cells by their headings."""
    return {headings[0]: [dict(zip(headings, row, strict=True)) for row in rows] for headings, rows in _tables(page)}


def _tables(page: str) -> list[tuple[list[str], Rows]]:
    found: list[tuple[list[str], Rows]] = []
    inside = False
    for line in (REFERENCE / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not inside:
            found.append((cells, []))
        elif cells and set(cells[0]) != {"-"}:
            found[-1][1].append(cells)
        inside = bool(cells)
    return found
