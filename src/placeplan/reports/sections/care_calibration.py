"""What the plan states beside what the model gives, line by line and year by year, with every difference."""

from collections.abc import Iterable, Iterator, Mapping

from placeplan.finance.ledger import Reconciliation
from placeplan.kernel.printed import Verdict
from placeplan.kernel.wording import worded
from placeplan.plan.care_tables import Firmness
from placeplan.reports.document import Column, Paragraph, Row, RowKind, Runs, Section, Table, Text
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, unit_words
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

SAVING = "saving"
STATED, MODELLED, DIFFERENCE = "stated", "modelled", "difference"
FITTED = (
    "The effects are fitted to these totals, so that agreement shows that the tables hold together, and not that the "
    "effects are real. How likely they are is the next section."
)
NOT_STATED = "not stated"


def calibration_section(results: PlanResults) -> Section:
    """A table of the lines that the care model has and the plan states; nothing where it states none."""
    found = _first_stated(results)
    title = "Stated and modelled"
    if not found:
        return Section("care-calibration", title)
    fitted = any(row.firmness is Firmness.CALIBRATED for row in results.plan.care_effects)
    words = (Paragraph((Text(FITTED),)),) if fitted else ()
    return Section("care-calibration", title, (*words, _table(results, found)))


def _first_stated(results: PlanResults) -> dict[tuple[str, str, str], Reconciliation]:
    """Stated values of the care model by what the figure is of, year and measure; the first source of each."""
    found: dict[tuple[str, str, str], Reconciliation] = {}
    for one in results.case.reconciliations:
        subject, year, measure = _parts(one.figure)
        if subject.startswith("demand."):
            found.setdefault((subject, year, measure), one)
    return found


def _parts(figure: str) -> tuple[str, str, str]:
    """``demand.groups.ae.2018-19.saving`` as what it is of, its year and what is measured."""
    subject, _, measure = figure.rpartition(".")
    subject, _, year = subject.rpartition(".")
    return subject, year, measure


def _table(results: PlanResults, found: Mapping[tuple[str, str, str], Reconciliation]) -> Table:
    rows = [row for line in _lines(results, found) for row in _rows(results, found, line=line)]
    return Table(
        id="care-calibration-lines",
        caption=f"Stated and modelled, {unit_words(str(results.header.money))}",
        columns=(Column("Line", wide=True), *(Column(str(year), numeric=True) for year in results.header.years)),
        rows=tuple(rows),
        notes=tuple(_notes(results)),
    )


def _lines(results: PlanResults, found: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str]]:
    """Groups of points and segments in the order of the settings, stated or not; then what else is stated."""
    settings = results.header.care
    groups = [f"demand.groups.{one.id}" for one in settings.groups] if settings else []
    segments = [f"demand.segments.{one.id}" for one in settings.segments] if settings else []
    listed = [(subject, SAVING) for subject in (*groups, *segments)]
    return dict.fromkeys([*listed, *((subject, measure) for subject, _, measure in found)])


def _rows(
    results: PlanResults, found: Mapping[tuple[str, str, str], Reconciliation], *, line: tuple[str, str]
) -> Iterator[Row]:
    subject, measure = line
    years = [str(year) for year in results.header.years]
    stated = [found.get((subject, year, measure)) for year in years]
    cells = (plain(in_column(worded(one.stated, one.unit)) if one else NOT_STATED) for one in stated)
    yield Row((plain(f"{_name(results, subject, measure=measure)}: {STATED}"), *cells))
    modelled = (figure_cell(results.figures, f"{subject}.{year}.{measure}") for year in years)
    yield Row((plain(MODELLED), *modelled))
    if any(one is not None and one.verdict is Verdict.FAILS for one in stated):
        gaps = (plain(in_column(worded(one.gap, one.unit)) if one else NOTHING) for one in stated)
        yield Row((plain(DIFFERENCE), *gaps), RowKind.SUBTOTAL)


def _name(results: PlanResults, subject: str, *, measure: str) -> str:
    """A line as its figures call it, without the year."""
    year = str(results.header.years[0])
    figure = results.figures.get(f"{subject}.{year}.{measure}")
    return figure.label.replace(f", {year}", "") if figure else subject


def _notes(results: PlanResults) -> Iterator[Runs]:
    """Each stated value that the model does not give, from whichever source; and how broken numbers were read."""
    for one in results.case.reconciliations:
        if one.figure.startswith("demand.") and one.verdict is Verdict.FAILS:
            stated, modelled = worded(one.stated, one.unit), worded(one.derived, one.unit)
            yield (Text(f"{one.label}: {one.row.source} states {stated}; the model gives {modelled}."),)
    for row in results.plan.care_last_digits:
        figure = results.figures.get(row.figure)
        if figure is not None:
            read = f"only {row.digits} is left of the stated number; {worded(figure.value, figure.unit)} is what fits"
            yield (Text(f"{figure.label}: {read}."),)
