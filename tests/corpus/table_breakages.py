"""Ways to break a table."""

from collections.abc import Callable

from placeplan.plan import columns as kinds
from placeplan.plan.columns import Column, Kind
from tests.corpus.broken_plan import Expected
from tests.corpus.draft import CsvTable, Draft, of_kind
from tests.corpus.registry import breakage

NOT_CELLS = (
    "1,23", "12..5", "#REF!", "1e5", "١٢٣", "9" * 60, "£3m", "=A1+B1", "1 234", "1\u00a0234", "--5", "(5", "5)", "5%%",
    "n/a", "@", "@Finance.Total", "NaN", "inf", "1_000", "0x10", "1.2.3", "½", "5 %%", "-", "£", "%", "TBA", "true",
    "2014-04-01", "1,2345",
)  # fmt: skip
RATES_ALONE = ("rates", "maturity")  # columns of the care model in which a link may not stand
WRONG_BY_KIND: dict[str, tuple[Kind, str]] = {
    "percentage-for-a-number": (kinds.NUMBER, "85%"),
    "number-for-a-percentage": (kinds.PERCENTAGE, "85"),
    "words-for-a-measure": (kinds.MEASURED, "about 5"),
    "identifier-with-capitals": (kinds.IDENTIFIER, "Primary Care"),
    "flag-in-other-words": (kinds.FLAG, "maybe"),
    "score-out-of-range": (kinds.SCORE, "9"),
    "score-in-other-digits": (kinds.SCORE, "٣"),
    "date-british": (kinds.DATE, "31/03/2014"),
    "date-impossible": (kinds.DATE, "2014-02-30"),
    "date-without-hyphens": (kinds.DATE, "20140401"),
    "month-thirteen": (kinds.MONTH, "2014-13"),
    "month-in-words": (kinds.MONTH, "April"),
    "year-of-two-years": (kinds.YEAR, "2014-16"),
    "year-calendar": (kinds.YEAR, "2014"),
    "shares-too-few": (kinds.MONTHLY_SHARES, "50% 50%"),
    "figure-misnamed": (kinds.FIGURE, "finance..Total"),
    "text-too-long": (kinds.TEXT, "long " * 4_001),
    "field-too-long-for-a-table": (kinds.TEXT, "long " * 20_000),
}


def _has_years(table: CsvTable) -> bool:
    return len(table.years()) > 1


@breakage
def table_empty(draft: Draft) -> Expected | None:
    """A table has no bytes."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, b"")
    return Expected(table.path, 1, "empty")


@breakage
def table_utf_16(draft: Draft) -> Expected | None:
    """A table is written in UTF-16."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, table.text().encode("utf-16"))
    return Expected(table.path, 1, "UTF-16")


@breakage
def table_utf_16_unmarked(draft: Draft) -> Expected | None:
    """A table is written in UTF-16 without a mark at its start."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, table.text().encode("ascii", "replace").decode().encode("utf-16-le"))
    return Expected(table.path, 1, "null character")


@breakage
def table_latin_1(draft: Draft) -> Expected | None:
    """A row holds a pound sign in an old encoding."""
    table = draft.any_table()
    if table is None:
        return None
    row = draft.random.randrange(len(table.rows))
    before = table.text().encode()
    lines = before.split(b"\n")
    lines[table.line(row) - 1] = b"\xa3" + lines[table.line(row) - 1]
    draft.put(table.path, b"\n".join(lines))
    return Expected(table.path, table.line(row), "UTF-8")


@breakage
def table_null_character(draft: Draft) -> Expected | None:
    """A cell holds a null character."""
    spot = draft.any_cell(of_kind(kinds.TEXT))
    if spot is None:
        return None
    line = spot.line
    draft.set_cell(spot, "null \0 character")
    return Expected(spot.table.path, line, "null character")


@breakage
def table_a_picture(draft: Draft) -> Expected | None:
    """A picture has the name of a table."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return Expected(table.path, 1)


@breakage
def row_with_too_many_cells(draft: Draft) -> Expected | None:
    """A row has a cell too many."""
    table = draft.any_table()
    if table is None:
        return None
    row = draft.random.randrange(len(table.rows))
    table.rows[row].append("one more")
    draft.put(table.path, table.text())
    return Expected(table.path, table.line(row), "cells")


@breakage
def row_with_too_few_cells(draft: Draft) -> Expected | None:
    """A row has a cell too few."""
    table = draft.any_table()
    if table is None:
        return None
    row = draft.random.randrange(len(table.rows))
    table.rows[row].pop()
    draft.put(table.path, table.text())
    return Expected(table.path, table.line(row), "cells")


@breakage
def row_twice(draft: Draft) -> Expected | None:
    """A row stands twice."""
    table = draft.any_table()
    if table is None:
        return None
    table.rows.append(list(draft.random.choice(table.rows)))
    draft.put(table.path, table.text())
    return Expected(table.path, table.line(len(table.rows) - 1), "twice")


@breakage
def row_with_an_open_quote(draft: Draft) -> Expected | None:
    """A quote is opened and never closed."""
    table = draft.any_table()
    if table is None:
        return None
    row = draft.random.randrange(len(table.rows))
    lines = table.text().split("\n")
    lines[table.line(row) - 1] = f'"{lines[table.line(row) - 1]}'
    draft.put(table.path, "\n".join(lines))
    return Expected(table.path, table.line(row))


@breakage
def table_with_semicolons(draft: Draft) -> Expected | None:
    """The cells are parted by semicolons."""
    table = draft.any_table(lambda table: len(table.headings) > 1)
    if table is None:
        return None
    draft.put(table.path, "\n".join(";".join(row) for row in [table.headings, *table.rows]))
    return Expected(table.path, 1, "not a column")


@breakage
def heading_unknown(draft: Draft) -> Expected | None:
    """A column is called something else altogether."""
    return _heading(draft, "colour", "'colour' is not a column")


@breakage
def heading_blank(draft: Draft) -> Expected | None:
    """A column has no heading."""
    return _heading(draft, "", "no heading")


@breakage
def heading_twice(draft: Draft) -> Expected | None:
    """Two columns have one heading."""
    table = draft.any_table(lambda table: len(table.headings) > 1)
    return None if table is None else _heading(draft, table.headings[0], "two columns", table=table, position=-1)


def _heading(
    draft: Draft, text: str, words: str, *, table: CsvTable | None = None, position: int | None = None
) -> Expected | None:
    table = table or draft.any_table()
    if table is None:
        return None
    at = draft.random.randrange(len(table.headings)) if position is None else position
    table.headings[at] = text
    draft.put(table.path, table.text())
    return Expected(table.path, 1, words)


@breakage
def heading_misspelt(draft: Draft) -> Expected | None:
    """A heading has a capital letter."""
    table = draft.any_table()
    if table is None:
        return None
    table.headings[0] = table.headings[0].capitalize()
    draft.put(table.path, table.text())
    return Expected(table.path, 1, "is not a column")


@breakage
def headings_missing(draft: Draft) -> Expected | None:
    """The row of headings was deleted."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, "\n".join(table.text().split("\n")[1:]))
    return Expected(table.path, 1)


@breakage
def column_missing(draft: Draft) -> Expected | None:
    """A column that must be there is not."""
    table = draft.any_table()
    if table is None:
        return None
    position, column = draft.random.choice([each for each in table.columns() if each[1].required])
    for row in [table.headings, *table.rows]:
        del row[position]
    draft.put(table.path, table.text())
    return Expected(table.path, 1, column.name)


@breakage
def columns_swapped(draft: Draft) -> Expected | None:
    """The headings of two columns were swapped, so that every row has the wrong thing in a column of closed words."""
    table = draft.any_table(lambda table: bool(_choices(table)))
    if table is None:
        return None
    choice = draft.random.choice(_choices(table))
    other = next(position for position, column in table.columns() if column.kind is kinds.TEXT)
    table.headings[choice], table.headings[other] = table.headings[other], table.headings[choice]
    draft.put(table.path, table.text())
    return Expected(table.path)


def _choices(table: CsvTable) -> list[int]:
    has_text = any(column.kind is kinds.TEXT for _, column in table.columns())
    return [position for position, column in table.columns() if column.kind.choices and column.required and has_text]


@breakage
def table_very_wide(draft: Draft) -> Expected | None:
    """A table has thousands of columns."""
    table = draft.any_table()
    if table is None:
        return None
    draft.put(table.path, "," * 50_000 + "\n")
    table.headings += [f"more-{number}" for number in range(2_000)]
    draft.put(table.path, table.text())
    return Expected(table.path, 1, "columns")


@breakage
def table_very_long(draft: Draft) -> Expected | None:
    """A table has more rows than are read."""
    table = draft.any_table()
    if table is None or draft.plan != "swale-2016":
        return None
    draft.put(table.path, table.text() + "x\n" * 201_000)
    return Expected(table.path, words="cells")


@breakage
def years_swapped(draft: Draft) -> Expected | None:
    """The headings of two years were swapped."""
    table = draft.any_table(_has_years)
    if table is None:
        return None
    first, second = table.years()[:2]
    table.headings[first], table.headings[second] = table.headings[second], table.headings[first]
    draft.put(table.path, table.text())
    return Expected(table.path, 1, "stands after")


@breakage
def year_gap(draft: Draft) -> Expected | None:
    """A year is left out between two others."""
    table = draft.any_table(_has_years)
    return (
        None if table is None else _heading(draft, "2039-40", "stands after", table=table, position=table.years()[-1])
    )


@breakage
def year_missing(draft: Draft) -> Expected | None:
    """A year of the plan has no column."""
    table = draft.any_table(lambda table: bool(table.years()) and table.path.startswith("finance/"))
    if table is None:
        return None
    last = table.years()[-1]
    for row in [table.headings, *table.rows]:
        del row[last]
    draft.put(table.path, table.text())
    return Expected(table.path, 1)


@breakage
def year_with_a_stroke(draft: Draft) -> Expected | None:
    """A year is headed 2014/15."""
    table = draft.any_table(lambda table: bool(table.years()))
    return None if table is None else _heading(draft, "2014/15", "2014/15", table=table, position=table.years()[0])


@breakage
def required_cell_blank(draft: Draft) -> Expected | None:
    """A cell that must be filled in is blank."""
    spot = draft.any_cell(lambda column: column.required)
    if spot is None:
        return None
    line = spot.line
    draft.set_cell(spot, "  ")
    return Expected(spot.table.path, line, "blank")


@breakage
def choice_unknown(draft: Draft) -> Expected | None:
    """A word is not on its list."""
    return _cell(draft, lambda column: bool(column.kind.choices), "something else")


@breakage
def reference_unknown(draft: Draft) -> Expected | None:
    """A row names a service, an intention or an outcome that is not there."""
    spot = draft.any_cell(lambda column: bool(column.refers_to))
    if spot is None:
        return None
    line = spot.line
    draft.set_cell(spot, "nowhere-to-be-found")
    return Expected(spot.table.path, line, "nowhere-to-be-found")


def _cell(draft: Draft, wanted: Callable[[Column], bool], text: str) -> Expected | None:
    spot = draft.any_cell(wanted)
    if spot is None:
        return None
    draft.set_cell(spot, text)
    return Expected(spot.table.path, spot.line)


def _wrong_cell(kind: Kind, text: str) -> object:
    return lambda draft: _cell(draft, of_kind(kind), text)


def _number_cell(text: str) -> object:
    return lambda draft: _cell(draft, of_kind(kinds.CELLS, kinds.NUMBER), text)


for _kind, (_column_kind, _text) in WRONG_BY_KIND.items():
    breakage(_wrong_cell(_column_kind, _text), kind=_kind)
for _number, _text in enumerate(NOT_CELLS):
    breakage(_number_cell(_text), kind=f"cell-{_number:02d}-{_text[:12].encode('ascii', 'backslashreplace').decode()}")


@breakage
def digit_changed(draft: Draft) -> Expected | None:
    """One digit of one number was changed: it reads well, and only a check can find it."""
    spot = draft.any_cell(of_kind(kinds.CELLS, kinds.MEASURED), filled=True)
    if spot is None or not spot.text[-1].isdigit():
        return None
    draft.set_cell(spot, spot.text[:-1] + str((int(spot.text[-1]) + 1) % 10))
    return Expected(reads=True)


@breakage
def row_deleted(draft: Draft) -> Expected | None:
    """A stated total was deleted: the plan reads well."""
    if "finance/stated.csv" not in draft.entries:
        return None
    table = draft.table("finance/stated.csv")
    del table.rows[draft.random.randrange(len(table.rows))]
    draft.put(table.path, table.text())
    return Expected(reads=True)


@breakage
def link_to_nowhere(draft: Draft) -> Expected | None:
    """A cell points at a figure that is not computed: it reads well, and the figures that need it are not known."""
    spot = draft.any_cell(lambda column: column.by_year and column.name not in RATES_ALONE, filled=True)
    if spot is None:
        return None
    draft.set_cell(spot, "@demand.nowhere.saving")
    return Expected(reads=True)
