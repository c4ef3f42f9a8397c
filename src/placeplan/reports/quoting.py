"""Quoting: a figure, a cell or a national value becomes a piece of text that says how sure it is."""

from collections.abc import Iterable
from decimal import Decimal

from placeplan.kernel.figures import Figure, Figures
from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import PER_CENT, UNKNOWN, worded
from placeplan.plan import cells
from placeplan.reports.document import Cell, Inline, Quoted, Runs, Text, Tone, Unconfirmed

NOTHING = "–"
MONEY_PER = f"{MoneyUnit.GBP} per "
UNIT_WORDS = {
    str(MoneyUnit.GBP): "£",
    str(MoneyUnit.THOUSAND): "£ thousand",
    str(MoneyUnit.MILLION): "£ million",
    str(MoneyUnit.BILLION): "£ billion",
    PER_CENT: "%",
}


def words(text: str | None) -> Runs:
    """A text as runs; nothing for an empty one."""
    return (Text(text),) if text else ()


def coded(text: str) -> Runs:
    """A text in which what stands between backticks is code."""
    parts = enumerate(text.split("`"))
    return tuple(Text(part, code=number % 2 == 1) for number, part in parts if part)


def text_cell(text: str | None) -> Cell:
    """A cell with words, or empty."""
    return Cell(words(text))


def sentence(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def unit_words(unit: str) -> str:
    """The unit as a heading has it: ``£ thousand``."""
    return UNIT_WORDS.get(unit, unit)


def in_column(text: str) -> str:
    """A printed amount without the pound sign and scale that its table's caption already names."""
    return text.replace("£", "").rstrip("kmbn") if "£" in text else text


def printed_value(value: Decimal | None, unit: str) -> str:
    """A number with its unit; an amount of money for each of something keeps its pound sign."""
    if value is not None and unit.startswith(MONEY_PER):
        return f"{worded(value, str(MoneyUnit.GBP))} {unit.removeprefix(f'{MoneyUnit.GBP} ')}"
    return worded(value, unit)


def quote(figure: Figure, *, column: bool = False, printed: str = "") -> Quoted:
    """Quote a figure. ``column``: in a table whose caption names the unit. ``printed``: as somebody typed it."""
    text = printed or printed_value(figure.value, figure.unit)
    return Quoted(
        figure=figure.id,
        printed=in_column(text) if column else text,
        label=figure.label,
        unconfirmed=bool(figure.leans_on),
        missing=figure.missing,
    )


def figure_cell(figures: Figures, figure_id: str, *, column: bool = True) -> Cell:
    """A cell that quotes a figure; a dash where there is no such figure."""
    figure = figures.get(figure_id)
    if figure is None:
        return Cell((Text(NOTHING),), Tone.QUIET)
    return Cell((quote(figure, column=column),))


def plan_cell(cell: cells.Cell | None, figures: Figures, *, year: FinancialYear) -> Runs:
    """A cell of the plan: a number with its thousands apart, the figure behind a link, or "not known" and why."""
    if cell is None:
        return (Text(UNKNOWN),)
    if isinstance(cell, cells.Word):
        return (Text(f"{UNKNOWN} ({cell})"),)
    if isinstance(cell, cells.Link):
        figure = figures.get(cell.named(year, figures))
        if figure is None or figure.value is None:
            return (Text(f"{UNKNOWN} ({cell})"),)
        return (quote(figure, printed=worded(-figure.value if cell.negative else figure.value, figure.unit)),)
    return (Text(f"{cell.number.value:,}" if isinstance(cell, cells.Amount) else str(cell)),)


def missing_notes(cells_of_table: Iterable[Cell]) -> tuple[Runs, ...]:
    """Why the numbers that are not known are not: for each cause, the numbers that wait for it."""
    waiting: dict[str, dict[str, None]] = {}
    quoted = (run for cell in cells_of_table for run in cell.runs if isinstance(run, Quoted))
    for run in quoted:
        for reason in run.missing:
            cause = reason.rpartition(f"{UNKNOWN}: ")[2]
            waiting.setdefault(cause, {})[run.label] = None
    return tuple(
        (Text(f"{sentence(UNKNOWN)}, for want of {cause}: {'; '.join(waiting[cause])}."),) for cause in waiting
    )


def marked(text: str, *, confirmed: bool) -> tuple[Inline, ...]:
    """A national value, marked when nobody has confirmed it."""
    return (Text(text),) if confirmed else (Text(text), Unconfirmed())
