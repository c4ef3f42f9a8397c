"""What the first sheet of a workbook says."""

from placeplan.plan.header import PlanHeader
from placeplan.plan.model import TABLES
from placeplan.plan.workbook_layout import DERIVED, NARRATIVE, NOTES, PLAN, SCENARIOS, sheet_of

HOW_TO = (
    (
        "What this is",
        "The plan as a workbook. Fill in the yellow cells, save, and import it: placeplan workbook import.",
    ),
    (
        "Tables",
        "One sheet each. The first row holds the headings; the grey row says what each column is for. Leave both.",
    ),
    ("Rows", "Add a row under the last one, or insert one. To take a row out, delete or clear it. The order is kept."),
    (
        "Numbers",
        "Values, never formulas: 343222, 1,234.5, (1,234.5) or -1234.5. Decimals that a cell shows count as printed.",
    ),
    ("Rates", "Type 2.7%: a share of the recurrent baseline or, for a reserve, of the allocation."),
    ("Unknown", "Blank means not known, never nought; write 0 for that. Or write: tbc, not available, illegible."),
    (
        "Links",
        "A link to a computed figure starts with @. Type an apostrophe before it, so that the spreadsheet keeps it.",
    ),
    ("Dates", "Write 2014-04-01 for a day, 2014-04 for a month and 2014-15 for a financial year."),
    ("Lists", f"Where a cell offers a list, choose from it. Services are named on the sheet '{PLAN}'."),
    ("Leave alone", "Do not merge cells, and do not rename sheets or headings."),
    ("Hidden rows", "Hidden or filtered rows and columns, and hidden sheets, are read like all others."),
    ("Derived sheets", f"Sheets named '{DERIVED}…' are computed and locked. Nothing on them is read back."),
    ("Your own notes", f"A sheet named '{NOTES}…' is not read: calculate there and paste values into the tables."),
    ("If it fails", "Nothing is changed unless everything can be read. Each problem names its sheet, row and column."),
)

OTHER_SHEETS = (
    (PLAN, "Who plans, for which place, round, years and services: a path and its value on each row."),
    (NARRATIVE, "The text of the plan, one line on each row."),
    (SCENARIOS, "What-if variants: each row sets one cell of a table to another value."),
)


def read_me_lines(header: PlanHeader) -> tuple[tuple[str, str], ...]:
    """Heading and text of each line of the sheet."""
    about = (
        ("Plan", header.title),
        ("Place", header.place),
        ("Years", ", ".join(map(str, header.years))),
        ("Amounts", str(header.money)),
    )
    made_up = (("Made up", "The figures of this plan are made up, to show how it works."),) if header.synthetic else ()
    return (*about, *made_up, *HOW_TO)


def sheet_lines() -> tuple[tuple[str, str], ...]:
    """Name of each sheet and what it holds."""
    first, *rest = OTHER_SHEETS
    return (first, *((sheet_of(table), f"{table.title}.") for table in TABLES), *rest)
