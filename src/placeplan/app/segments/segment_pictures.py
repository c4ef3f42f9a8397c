"""The pictures of a run, drawn from tables that may leave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from placeplan.app.segments.protected_tables import ALL, KIND, PER_HEAD, SafeTable
from placeplan.app.segments.year_results import FROM, ON_NO_LIST, TO
from placeplan.disclosure.published import CellKind
from placeplan.disclosure.rule import DisclosureRule
from placeplan.reports.pictures.concentration import Concentration, concentration_picture
from placeplan.reports.pictures.flows import Move, flow_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.segment_matrix import NOBODY, Matrix, MatrixCell, segment_matrix_picture
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.schemes import UNKNOWN_AGE, Scheme

PENCE = 100
THOUSAND = 1000
AGE_UNKNOWN = "Age unknown"
EVERYBODY = "All"
LIST_WORDS = "On no list"
OF_BANDS = "Numbers beside the bars are of the bands shown. On no list: born, moved, or died."


@dataclass(frozen=True, slots=True)
class Drawing:
    """What every picture of a run says: the scheme, the rule, marks and caveats."""

    scheme: Scheme
    rule: DisclosureRule
    marks: tuple[str, ...]
    note: str

    def noting(self, words: str) -> "Drawing":
        """The same with a further caveat, where there is one."""
        return replace(self, note=f"{words} {self.note}") if words else self

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of the segments by their identifiers."""
        return {one.id: one.title for one in self.scheme.segments} | {ALL: EVERYBODY, ON_NO_LIST: LIST_WORDS}


def matrix_pictures(table: SafeTable, drawing: Drawing, *, year: str) -> Iterator[StatisticalPicture]:
    """People, spend and spend per head by segment and age band."""
    most = max((pence or 0 for pence in table.frame[SPEND].to_list()), default=0)
    million = most >= 10 * THOUSAND * THOUSAND * PENCE
    unit, scale = ("£ million", PENCE * THOUSAND * THOUSAND) if million else ("£ thousand", PENCE * THOUSAND)
    asked = (
        ("people", PEOPLE, 1.0, ("People", "people", "{:,.0f}")),
        ("spend", SPEND, float(scale), ("Spend", unit, "{:,.1f}" if million else "{:,.0f}")),
        ("spend-per-head", PER_HEAD, float(PENCE), ("Spend per head", "£", "£{:,.0f}")),
    )
    for name, column, divisor, (words, measure, form) in asked:
        yield segment_matrix_picture(
            f"{drawing.scheme.id}-{name}-{year}",
            _matrix(table, drawing, column=column, divisor=divisor, form=form),
            title=f"{words} by segment and age, {year}",
            subtitle=f"{drawing.scheme.title}; {measure}" + ("" if column != PEOPLE else " on a list in the year"),
            unit=measure,
            note=f"{table.statement} {drawing.note}",
            marks=drawing.marks,
        )


def _matrix(table: SafeTable, drawing: Drawing, *, column: str, divisor: float, form: str) -> Matrix:
    rows = {(row[Dimension.SEGMENT], row[Dimension.AGE_BAND]): row for row in table.frame.iter_rows(named=True)}
    there = {segment for segment, _ in rows}
    segments = [*(name for name in drawing.scheme.segment_ids if name in there), ALL]
    bands = [*(name for name in drawing.scheme.age_band_ids if any(band == name for _, band in rows)), ALL]
    cells = [
        [_cell(rows.get((segment, band)), drawing.rule, column=column, divisor=divisor, form=form) for band in bands]
        for segment in segments
    ]
    return Matrix([drawing.titles[name] for name in segments], list(map(_band_words, bands)), cells)


def _band_words(band: str) -> str:
    return {ALL: EVERYBODY, UNKNOWN_AGE: AGE_UNKNOWN}.get(band, band)


def _cell(
    row: Mapping[str, object] | None, rule: DisclosureRule, *, column: str, divisor: float, form: str
) -> MatrixCell:
    if row is None or row[PEOPLE] == 0:
        return MatrixCell(None, NOBODY)
    value = row[column]
    if not isinstance(value, int):
        sign = rule.symbol if row[KIND] == CellKind.PRIMARY.value else rule.secondary_symbol
        return MatrixCell(None, sign, withheld=True)
    return MatrixCell(value / divisor, form.format(value / divisor))


def moves_picture(moves: SafeTable, drawing: Drawing, *, years: tuple[str, str]) -> StatisticalPicture:
    """Where the people of each segment were a year later."""
    inner = moves.frame.filter(pl.col(FROM) != ALL, pl.col(TO) != ALL)
    shown = inner.filter(pl.col(PEOPLE) > 0)
    titles = drawing.titles
    hidden = inner[PEOPLE].null_count()
    left_out = f"{hidden} bands are withheld and left out. " if hidden else ""
    return flow_picture(
        f"{drawing.scheme.id}-moves-{years[1]}",
        [Move(titles[one[FROM]], titles[one[TO]], one[PEOPLE]) for one in shown.iter_rows(named=True)],
        order=[titles[name] for name in (*drawing.scheme.segment_ids, ON_NO_LIST)],
        years=years,
        title=f"Where people of each segment of {years[0]} were in {years[1]}",
        note=f"{left_out}{OF_BANDS} {drawing.note}",
        marks=drawing.marks,
    )


def spend_curve(curves: Sequence[Concentration], drawing: Drawing) -> StatisticalPicture:
    """How spend is concentrated on few people."""
    return concentration_picture(
        f"{drawing.scheme.id}-concentration",
        curves,
        title=f"Concentration of spend, {' and '.join(one.name for one in curves[-2:])}",
        note=f"Each step of the curve is of more people than the disclosure rule withholds. {drawing.note}",
        marks=drawing.marks,
    )
