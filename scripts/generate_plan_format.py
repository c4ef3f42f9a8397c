"""Writes docs/reference/plan-format.md from the declared tables; ``--check`` fails when the page is stale."""

import sys
from collections.abc import Iterator
from pathlib import Path

from placeplan.plan.cells import Word
from placeplan.plan.columns import Column
from placeplan.plan.header import PlanHeader
from placeplan.plan.model import TABLES, Table

PAGE = Path(__file__).parent.parent / "docs/reference/plan-format.md"
OPENING = f"""# The plan folder

A plan is a folder that a person can read, put under version control and open in a spreadsheet. This page is written
from the code that reads it. `placeplan new` writes a folder to start from.

- Files are UTF-8. A table that a plan does not need is left out. Columns may stand in any order, and one that is not
  marked as required may be left out.
- The columns that name a row are its key: no two rows have the same.
- **Year columns** are headed `2014-15`, one for each year, in order. In the money tables they are the years of the
  plan.
- A **cell** of a year column holds a number (`1,234.5`, `-1,234.5` or `(1,234.5)`), a rate (`2.7%`: of the recurrent
  baseline; of the allocation for contingency, headroom and business rules), a link to a computed figure
  (`@efficiency.swale.2016-17.net`, or `-@…` for its negative), one of the words
  {", ".join(f"`{word}`" for word in Word)}, or nothing. Blank is unknown, never zero.
- **Surplus is positive**, whatever the source printed; savings are positive in `finance/efficiency.csv` and lower
  spend, so are negative, in `finance/lines.csv`.
- `finance/stated.csv` holds totals as somebody printed or submitted them. They are compared with the derived figure and
  never replace it by more than rounding.
- **Text** stands in `narrative/*.md`. `{{{{ finance.primary-care.2014-15.total }}}}` is replaced by the figure;
  `[£348.0m](figure:finance.primary-care.2014-15.total)` ties a typed number to a figure, and
  `[£2.4m](figure:-finance.public-health.2014-15.cumulative)` to the negative of one.
- **Scenarios** stand in `scenarios/*.yaml`: each override names a table, the key of a row, a column and a value, and
  nothing else changes.

## plan.yaml

| key | holds | required |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    return OPENING + "\n".join(_header_rows()) + "\n" + "".join(_table(table) for table in TABLES)


def _header_rows() -> Iterator[str]:
    for name, field in PlanHeader.model_fields.items():
        yield f"| `{name}` | {HEADER_WORDS[name]} | {'yes' if field.is_required() else ''} |"


HEADER_WORDS = {
    "format": "version of this format: 1",
    "id": "short name of the plan, in small letters, digits and hyphens",
    "title": "title of the document",
    "place": "the area planned for",
    "organisation": "who plans: `name`, `type` (area-team, ccg, icb, system, provider, …), `code`",
    "round": "planning round, as in `placeplan rounds list`",
    "years": "financial years, one after another",
    "money": "unit of the money tables: `GBP`, `GBP thousand`, `GBP million` or `GBP billion`",
    "services": "each `id`, `name`, `rules` (whose business rules apply), `carry_forward` (by year: surplus, deficit, "
    "both or neither), `population`, `note`",
    "footprint": "areas that the place is made of",
    "partners": (
        "who signs, in order: `name`, `role`, `signed`, `depends_on` (sections that a body answers for), `after` "
        "(bodies that sign before it; none: all before it in the list), `any_time` (`true`: it waits for nobody), "
        "`internal` (steps of its own process, signed first)"
    ),
    "versions": "version log: `version`, `date`, `author`, `note`",
    "summary": "slots of the plan on a page: `vision`, `objectives`, `success`, `governance`, `values`",
    "sources": "documents that the figures come from",
    "synthetic": "`true` when the figures are made up; every page says so",
    "as_at": "day on which reviews and waivers are judged, unless another is asked for",
    "care": "the care model: `base_year`, `segments` (each `id`, `title`, `people`), `areas` (each `id`, `title`), "
    "`groups` of points that are printed as one line (each `id`, `title`, `points`), "
    "`clusters` (`least` and `most` people of a cluster), "
    "`seed` and `runs` of uncertain runs, `claim_probability` (per cent), `note`",
}


def _table(table: Table) -> str:
    words = (table.row.__doc__ or "").strip().splitlines()[0]
    rows = "\n".join(_column(column) for column in table.columns)
    head = "| column | holds | kind | required | key |\n| --- | --- | --- | --- | --- |"
    return f"\n## {table.path}\n\n{table.title}. {words}\n\n{head}\n{rows}\n"


def _column(column: Column) -> str:
    kind = ", ".join(column.kind.choices) if column.kind.choices else column.kind.name
    name = "one for each year" if column.by_year else f"`{column.name}`"
    required, key = ("yes" if flag else "" for flag in (column.required, column.key))
    return f"| {name} | {column.title} | {kind} | {required} | {key} |"


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write(f"{PAGE.name} is stale: run python scripts/generate_plan_format.py\n")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
