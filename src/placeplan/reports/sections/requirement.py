"""The savings requirement as solved: what it is made of, the position before and after, and the rows that it adds."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.saving_rows import Manner, SavingRows
from placeplan.finance.solving import Solved, Wish, shortfall, wished
from placeplan.kernel.figures import Figures
from placeplan.kernel.wording import worded
from placeplan.plan.tables import FinanceLine
from placeplan.reports.document import Cell, Column, Row, RowKind, Table, Text, Tone
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, sentence, unit_words
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

SHOWN = (Measure.IN_YEAR, Measure.CUMULATIVE, Measure.UNDERLYING, Measure.SURPLUS_REQUIRED, Measure.SURPLUS_GAP)
PLACES_OF_A_PULL = 4


def made_of_table(results: PlanResults, wish: Wish, *, solved: Solved) -> Table:
    """From the wished position to the saving, as a sum and one division."""
    unit = str(results.header.money)

    def amount(value: Decimal) -> Cell:
        return plain(in_column(worded(value, unit)))

    position = figure_cell(results.figures, figure_id(wish.service, wish.year, measure=wish.measure))
    rows = [
        Row((plain(f"{sentence(WORDS[wish.measure])} that is wished for"), amount(wished(wish, solved.before)))),
        Row((plain(f"Less {WORDS[wish.measure]} as planned"), position)),
        *(Row((plain(words), amount(value))) for words, value in _put_in(solved) if value),
        Row((plain("Gap to close"), amount(solved.exact * solved.pull)), RowKind.SUBTOTAL),
    ]
    if solved.pull != 1 and solved.net:
        pull = f"{round(solved.pull, PLACES_OF_A_PULL).normalize():f}"
        rows.append(Row((plain("Closed by each pound that is saved, in pounds"), plain(pull))))
        rows.append(Row((plain("Gap over that"), amount(solved.exact))))
    up = f"Net saving, rounded up to the last digit that is printed ({worded(solved.step, unit)})"
    rows.append(Row((plain(up), amount(solved.net)), RowKind.TOTAL))
    return Table(
        id="made-of",
        caption=f"What the saving is made of, {unit_words(unit)}",
        columns=(Column("Part", wide=True), Column("Amount", numeric=True)),
        rows=tuple(rows),
    )


def _put_in(solved: Solved) -> Iterator[tuple[str, Decimal]]:
    yield "Plus contingency that is put in", solved.reserves.contingency
    yield "Plus non-recurrent spend that is put in", solved.reserves.non_recurrent
    yield "Plus what printed totals no longer settle once they change", solved.other


def before_and_after_table(results: PlanResults, wish: Wish, *, solved: Solved) -> Table:
    """The positions of every year from the first that changes, as planned and with the rows put in."""
    unit = str(results.header.money)
    rows = []
    for year in results.header.years:
        for measure in SHOWN:
            identifier = figure_id(wish.service, year, measure=measure)
            if identifier in solved.before or identifier in solved.after:
                rows.append(_changed_row(results, solved, identifier=identifier, words=f"{year}, {WORDS[measure]}"))
    return Table(
        id="before-and-after",
        caption=f"Before and after, {unit_words(unit)}",
        columns=(Column("Figure", wide=True), *(Column(each, numeric=True) for each in ("Now", "Then", "Change"))),
        rows=tuple(rows),
    )


def _changed_row(results: PlanResults, solved: Solved, *, identifier: str, words: str) -> Row:
    unit = str(results.header.money)
    before, after = (figures.get(identifier) for figures in (solved.before, solved.after))
    old, new = (figure.value if figure else None for figure in (before, after))
    tone = Tone.PLAIN
    if identifier.endswith(f".{Measure.SURPLUS_GAP}") and new is not None:
        tone = Tone.GOOD if new >= 0 else Tone.BAD
    change = NOTHING if old is None or new is None else signed(new - old, unit)
    now = figure_cell(results.figures, identifier)
    return Row((plain(words), now, plain(in_column(worded(new, unit)), tone), plain(change)))


def signed(value: Decimal, unit: str) -> str:
    """A difference with its sign, without the unit; a dash for none."""
    return f"{'+' if value > 0 else ''}{in_column(worded(value, unit))}" if value else NOTHING


def rows_table(rows: SavingRows) -> Table:
    """The rows that would be written, each with the section that it belongs to."""
    return Table(
        id="rows",
        caption="Rows that go into the plan",
        columns=(Column("Row", wide=True), Column("What"), Column("Cells", wide=True)),
        rows=tuple(_row_lines(rows)),
    )


def _row_lines(rows: SavingRows) -> Iterator[Row]:
    for scheme in (*rows.schemes, *rows.raised):
        what = "scheme" if scheme in rows.schemes else "scheme, raised"
        invested = f", investment {scheme.investment}" if scheme.investment else ""
        yield Row((plain(scheme.title), plain(what), plain(f"{scheme.year}: gross {scheme.gross}{invested}")))
    for line in (*rows.raised_lines, *rows.lines):
        cells = "; ".join(f"{year}: {cell}" for year, cell in line.amounts.items() if str(cell) != "0")
        yield Row((plain(line.line), plain(_what(line, rows)), _code(cells)))


def _what(line: FinanceLine, rows: SavingRows) -> str:
    return f"line, {str(line.step).replace('-', ' ')}{', raised' if line in rows.raised_lines else ''}"


def _code(words: str) -> Cell:
    return Cell((Text(words, code=True),))


def shares_words(manner: Manner, shares: Iterable[Decimal], *, unit: str) -> tuple[str, ...]:
    """Each scheme with its part of the net saving."""
    return tuple(
        f"{part.title}: {worded(share, unit)}" for part, share in zip(manner.portions, shares, strict=True) if share
    )


def is_met(wish: Wish, figures: Figures) -> bool:
    """Whether a wish is met."""
    return shortfall(wish, figures) <= 0
