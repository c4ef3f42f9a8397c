"""Served tables of a run as parts of the document tree: the segment matrix, its use, clusters, practices."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from placeplan.app.picture_parts import chart_of
from placeplan.app.segments.definitions import read_schemes
from placeplan.app.segments.practice_pictures import practice_pictures
from placeplan.app.segments.protected_tables import ALL, KIND
from placeplan.app.segments.segment_pictures import Drawing
from placeplan.app.segments.served_runs import CLUSTER, PRACTICE, SEGMENT, USERS, ServedYear, withheld_sign
from placeplan.kernel.periods import FinancialYear
from placeplan.reports.document import Block, Cell, Column, Link, Note, Row, RowKind, Section, Table, Text, Tone
from placeplan.reports.pictures.segment_matrix import NOBODY, Matrix, MatrixCell, segment_matrix_picture
from placeplan.reports.tabulating import plain
from placeplan.segments.features import BED_DAYS, EVENTS, SPEND
from placeplan.segments.periods import Period
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.schemes import UNKNOWN_AGE, Scheme

SETTING, AGE_BAND = str(Dimension.SETTING), str(Dimension.AGE_BAND)
EVERYBODY, AGE_UNKNOWN, WHOLE_PLACE = "Everybody", "Age unknown", "The whole place"
PENCE = 100
SYNTHETIC = "The people are made up. These numbers describe no real place or person."
LINKED = (
    "People, events and spend are those whose records were linked; figures scaled to the lists and the accounts stand "
    "in the folder of the run."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a table shows: its name in an address, its words, its column, and what a number of it is divided by."""

    id: str
    words: str
    column: str
    unit: str
    over: str = ""
    divisor: int = 1
    form: str = "{:,.0f}"


MEASURED = (
    Measured("people", "People", PEOPLE, "people"),
    Measured("spend", "Spend, £ thousand", SPEND, "£ thousand", divisor=1000 * PENCE),
    Measured("per-head", "Spend for each person, £", SPEND, "£", over=PEOPLE, divisor=PENCE),
    Measured("events", "Events of care", EVENTS, "events"),
    Measured("bed-days", "Bed days", BED_DAYS, "bed days"),
)


def measured_called(name: str) -> Measured | None:
    """What a name in an address stands for; people where there is none."""
    return next((each for each in MEASURED if each.id == (name or PEOPLE)), None)


def matrix_section(year: ServedYear, measured: Measured) -> Section:
    """Segments by age: a picture with its table, and people by setting of care."""
    names = _Names.of(year)
    matrix = _matrix(year, year.matrix, names=names, across=AGE_BAND, measured=measured)
    identifier = f"matrix-{measured.id}-{year.year}"
    title = f"{measured.words} by segment and age, {year.year}"
    picture = segment_matrix_picture(
        identifier,
        matrix,
        title=title,
        subtitle=f"{year.scheme_title}; {measured.unit}",
        unit=measured.unit,
        note=year.rule.in_words(),
        marks=_marks(year),
    )
    chart = chart_of(picture, data=_table_of(matrix, f"{identifier}-data", caption=title))
    use = (_use_table(year, names),) if year.use is not None else ()
    return Section("segment-matrix", f"Segments by age, {year.year}", (*_notes(year), chart, *use))


def clusters_section(year: ServedYear, measured: Measured, *, address: Callable[[str], str] | None) -> Section:
    """Clusters down, segments across. ``address``: where a cluster leads; nowhere for who may not go further."""
    frame = _of_all(year.below, PRACTICE)
    names = _Names.of(year)
    table = _below_table(year, frame, names=names, down=CLUSTER, measured=measured, address=address)
    return Section("clusters", f"Clusters of practices, {year.year}", (*_notes(year), table))


def practices_sections(year: ServedYear, cluster: str, *, measured: Measured) -> tuple[Section, ...]:
    """The practices of a cluster, and all practices beside what their people lead one to expect."""
    return tuple(filter(None, (practices_section(year, cluster, measured=measured), variation_section(year))))


def practices_section(year: ServedYear, cluster: str, *, measured: Measured) -> Section:
    """The practices of a cluster (all of them when none is named): down; segments across."""
    frame = year.below if year.below is not None else pl.DataFrame()
    if CLUSTER in frame.columns:
        frame = frame.filter(pl.col(CLUSTER) == (cluster or ALL)).drop(CLUSTER)
    there = frame.filter(pl.col(SEGMENT) == ALL, (pl.col(PEOPLE) != 0) | pl.col(PEOPLE).is_null())[PRACTICE]
    frame = frame.filter(pl.col(PRACTICE).is_in(there.implode()))
    names = _Names.of(year)
    title = f"Practices of {cluster}, {year.year}" if cluster else f"Practices, {year.year}"
    table = _below_table(year, frame, names=names, down=PRACTICE, measured=measured, address=None, whole=cluster)
    return Section("practices", title, (*_notes(year), table))


def variation_section(year: ServedYear) -> Section | None:
    """Practices beside what their people lead one to expect; nothing where the run has no such table."""
    scheme = next((one for one in read_schemes() if one.id == year.scheme), None)
    if year.variation is None or scheme is None:
        return None
    drawing = Drawing(scheme, year.rule, _marks(year), f"Source: {year.source}.")
    found = FinancialYear.parse(year.year)
    period = Period(year.year, found.first_day, found.last_day)
    pictures = practice_pictures(year.variation, drawing, period=period, synthetic=year.synthetic, source=year.source)
    charts = tuple(map(chart_of, pictures))
    return Section("practices-variation", "Practices beside what is expected", charts) if charts else None


@dataclass(frozen=True, slots=True)
class _Names:
    """Names and order of the labels of a run; those of its scheme where it is one that comes with Placeplan."""

    scheme: Scheme | None

    @classmethod
    def of(cls, year: ServedYear) -> "_Names":
        return cls(next((one for one in read_schemes() if one.id == year.scheme), None))

    def ordered(self, labels: Sequence[str]) -> list[str]:
        """Labels in the order of the scheme, others by name, everybody last."""
        known = [*self.scheme.segment_ids, *self.scheme.age_band_ids] if self.scheme else []
        places = {name: place for place, name in enumerate(known)}
        inner = sorted(set(labels) - {ALL}, key=lambda name: (places.get(name, len(places)), name))
        return [*inner, *([ALL] if ALL in labels else [])]

    def words(self, label: str) -> str:
        """A label in words."""
        titles = {one.id: one.title for one in self.scheme.segments} if self.scheme else {}
        return {ALL: EVERYBODY, UNKNOWN_AGE: AGE_UNKNOWN}.get(label) or titles.get(label, label)


def _notes(year: ServedYear) -> Iterator[Block]:
    if year.synthetic:
        yield Note("Synthetic", (Text(SYNTHETIC),), Tone.NEAR)
    said = " ".join((f"{year.source}. {year.rule.in_words()}", LINKED))
    yield Note("What this rests on", (Text(said),))


def _marks(year: ServedYear) -> tuple[str, ...]:
    return ("Synthetic",) if year.synthetic else ()


def _of_all(frame: pl.DataFrame | None, dimension: str) -> pl.DataFrame:
    """The rows that are about every label of a dimension."""
    if frame is None:
        return pl.DataFrame()
    return frame.filter(pl.col(dimension) == ALL).drop(dimension) if dimension in frame.columns else frame


def _matrix(year: ServedYear, frame: pl.DataFrame, *, names: _Names, across: str, measured: Measured) -> Matrix:
    rows = {(row[SEGMENT], row[across]): row for row in frame.iter_rows(named=True)}
    segments = names.ordered([segment for segment, _ in rows])
    labels = names.ordered([label for _, label in rows])
    cells = [[_cell(year, rows.get((segment, label)), measured=measured) for label in labels] for segment in segments]
    return Matrix(list(map(names.words, segments)), list(map(names.words, labels)), cells)


def _cell(year: ServedYear, row: Mapping[str, object] | None, *, measured: Measured) -> MatrixCell:
    if row is None or row[PEOPLE] == 0:
        return MatrixCell(None, NOBODY)
    number, people = row[measured.column], row[measured.over or PEOPLE]
    if not isinstance(number, int) or not isinstance(people, int):
        return MatrixCell(None, withheld_sign(year.rule, row[KIND]), withheld=True)
    value = number / measured.divisor / (people if measured.over else 1)
    return MatrixCell(value, measured.form.format(value))


def _table_of(matrix: Matrix, table_id: str, *, caption: str) -> Table:
    """A matrix as a table."""
    return Table(
        id=table_id,
        caption=caption,
        columns=(Column("Segment", wide=True), *(Column(name, numeric=True) for name in matrix.columns)),
        rows=tuple(
            Row((plain(name), *(_printed(cell) for cell in cells)), _kind(name))
            for name, cells in zip(matrix.rows, matrix.cells, strict=True)
        ),
    )


def _printed(cell: MatrixCell) -> Cell:
    return plain(cell.printed, Tone.QUIET if cell.withheld else Tone.PLAIN)


def _kind(name: str) -> RowKind:
    return RowKind.TOTAL if name in (EVERYBODY, WHOLE_PLACE) else RowKind.PLAIN


def _use_table(year: ServedYear, names: _Names) -> Table:
    """People who used each setting of care, by segment."""
    frame = year.use if year.use is not None else pl.DataFrame()
    rows = {(row[SEGMENT], row[SETTING]): row for row in frame.iter_rows(named=True)}
    settings = sorted({setting for _, setting in rows})
    segments = names.ordered([segment for segment, _ in rows])
    return Table(
        id="segment-use",
        caption=f"People with an event in each setting of care, {year.year}",
        columns=(Column("Segment", wide=True), *(Column(_spoken(name), numeric=True) for name in settings)),
        rows=tuple(
            Row((plain(names.words(segment)), *(_users(year, rows.get((segment, name))) for name in settings)))
            for segment in segments
        ),
    )


def _spoken(setting: str) -> str:
    return setting.replace("-", " ").capitalize()


def _users(year: ServedYear, row: Mapping[str, object] | None) -> Cell:
    if row is None:
        return plain(NOBODY)
    number = row[USERS]
    if isinstance(number, int):
        return plain(f"{number:,}")
    return plain(withheld_sign(year.rule, row[KIND]), Tone.QUIET)


def _below_table(
    year: ServedYear,
    frame: pl.DataFrame,
    *,
    names: _Names,
    down: str,
    measured: Measured,
    address: Callable[[str], str] | None,
    whole: str = "",
) -> Table:
    """Labels of a dimension down, segments across."""
    rows = {(row[down], row[SEGMENT]): row for row in frame.iter_rows(named=True)}
    labels = names.ordered([label for label, _ in rows])
    segments = names.ordered([segment for _, segment in rows])
    return Table(
        id=f"{down}-{measured.id}",
        caption=f"{measured.words} by {down} and segment, {year.year}",
        columns=(
            Column(down.capitalize(), wide=True),
            *(Column(names.words(segment), numeric=True) for segment in segments),
        ),
        rows=tuple(
            Row(
                (
                    _label(label, whole=whole, address=address),
                    *(_printed(_cell(year, rows.get((label, segment)), measured=measured)) for segment in segments),
                ),
                RowKind.TOTAL if label == ALL else RowKind.PLAIN,
            )
            for label in labels
        ),
    )


def _label(label: str, *, whole: str, address: Callable[[str], str] | None) -> Cell:
    if label == ALL:
        return plain(whole or WHOLE_PLACE)
    return Cell((Link(label, address(label)),)) if address else plain(label)
