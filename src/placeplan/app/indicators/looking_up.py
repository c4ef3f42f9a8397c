"""Measures of a data folder for a page: which there are, and one of them for an area, with its neighbours beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from placeplan.app.indicators.comparing_units import outliers
from placeplan.app.indicators.control_charts import control_charts
from placeplan.app.indicators.planned_values import planned_for
from placeplan.app.indicators.reading import MeasureRows, read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import EVERY_CATEGORY, Selection
from placeplan.app.indicators.trajectories import deliveries_beside
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.app.measure_definitions import read_measures
from placeplan.app.observation_files import read_observations
from placeplan.app.picture_parts import chart_of, table_of
from placeplan.app.tidy_observations import TIDY
from placeplan.datasets.folder import DataFolder
from placeplan.indicators.observed.remarks import Remark
from placeplan.indicators.trajectory.delivery_tables import gap_table, standing_table
from placeplan.indicators.variation.outliers import Flag
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.document import Block, BulletList, Note, Section, Table, Text, Tone
from placeplan.reports.pictures.naming import spoken
from placeplan.reports.pictures.trajectory import trajectory_picture
from placeplan.reports.types import PlanResults

MOST_UNITS, MOST_REMARKS, SAID_FIRST = 400, 4, 4
TRAJECTORY, CONTROL = "Plan, actual, standard, forecast", "Control chart"
ACROSS = "Areas beside one another"


@dataclass(frozen=True, slots=True)
class OfferedMeasure:
    """A measure that a file of the folder gives; ``file`` is its path below the folder."""

    id: str
    title: str
    dataset: str
    file: str

    @property
    def words(self) -> str:
        """What a search looks through."""
        return f"{self.id} {self.title} {self.dataset}".lower()


@dataclass(frozen=True, slots=True)
class OfferedRows:
    """What may be chosen of a measure: areas as code and name, and periods, the latest first."""

    areas: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureAsked:
    """A measure of a file, for an area (none: no area) in a period (empty: the latest)."""

    measure: str
    file: str
    area: str = ""
    period: str = ""


def offered_measures(folder: DataFolder) -> tuple[OfferedMeasure, ...]:
    """Every measure that a file of the folder gives, by title, then by file."""
    known = read_measures()
    found = (
        OfferedMeasure(name, known[name].title, folder.catalogue[dataset].title, file)
        for dataset, files in folder.files.items()
        for file in files
        for name in _given_by(folder, dataset, file=file)
        if name in known
    )
    return tuple(sorted(found, key=lambda each: (each.title, each.file)))


def _given_by(folder: DataFolder, dataset: str, *, file: str) -> tuple[str, ...]:
    """The measures of a file: those of its layout, or those that its rows name; none where it cannot be read."""
    if dataset != TIDY:
        return folder.catalogue[dataset].measures
    try:
        found = read_observations(folder.path / file)
    except InputError:
        return ()
    return tuple(sorted(found.observations.frame["measure"].unique()))


def offered_rows(folder: DataFolder, asked: MeasureAsked) -> OfferedRows:
    """The areas and periods of a measure in its file.

    Raises:
        InputError: the file cannot be read, or does not give the measure.
    """
    try:
        frame = _rows(folder, asked, selection=Selection()).observations.frame
    except InputError:  # every row is about some category
        frame = _rows(folder, asked, selection=Selection(category=EVERY_CATEGORY)).observations.frame
    areas = frame.select("area", "area_name").unique().rows()
    periods = frame.select("period", "starts").unique().sort("starts", descending=True)["period"]
    named = sorted(((code, spoken(name) or code) for code, name in areas), key=lambda each: each[1].lower())
    return OfferedRows(tuple(named), tuple(dict.fromkeys(periods)))


def measure_sections(folder: DataFolder, asked: MeasureAsked, *, results: PlanResults | None) -> tuple[Section, ...]:
    """A measure for an area: trajectory, control chart, and the areas beside one another.

    ``results`` are of the plan whose planned values are set beside what happened, where it plans the measure.

    Raises:
        InputError: the file, the measure, the area or the period is not there.
    """
    offered = offered_rows(folder, asked)
    _refuse_unknown(offered, asked)
    across = _across(folder, asked, latest=offered.periods[0])
    if not asked.area:
        return (across,)
    try:
        return (_trajectory(folder, asked, results=results), _control(folder, asked), across)
    except InputError as error:
        why = Note("Not drawn", (Text(" ".join(f"{problem.message}." for problem in error.problems)),), Tone.NEAR)
        return (Section("measure-trajectory", TRAJECTORY, (why,)), across)


def _refuse_unknown(offered: OfferedRows, asked: MeasureAsked) -> None:
    """Refuse an area or a period that the file does not have."""
    areas = {text for area in offered.areas for text in area}
    problems = []
    if asked.area and asked.area not in areas:
        problems.append(Problem(Location("area"), f"'{asked.area}' is no area of this measure", "one of the list"))
    if asked.period and asked.period not in offered.periods:
        message = f"'{asked.period}' is no period of this measure"
        problems.append(Problem(Location("period"), message, f"one from {offered.periods[-1]} to {offered.periods[0]}"))
    if problems:
        raise InputError(problems)


def _path(folder: DataFolder, asked: MeasureAsked) -> Path:
    """The file: only one that the folder was found to hold is opened, whatever an address says.

    Raises:
        InputError: it was not found there.
    """
    if asked.file not in {name for files in folder.files.values() for name in files}:
        raise InputError(
            [Problem(Location("file"), f"'{asked.file}' is no file of the data folder", "one of the list")]
        )
    return folder.path / asked.file


def _rows(folder: DataFolder, asked: MeasureAsked, *, selection: Selection) -> MeasureRows:
    return read_measure(_path(folder, asked), asked.measure, selection=selection)


def _trajectory(folder: DataFolder, asked: MeasureAsked, *, results: PlanResults | None) -> Section:
    rows = _rows(folder, asked, selection=Selection(areas=(asked.area,)))
    worked = results_of(rows.measure, rows.observations, options=Options())
    areas = worked.frame.select("area", "area_name")
    planned = planned_for(results.plan, results.round.standards, measure=rows.measure, areas=areas) if results else {}
    found = deliveries_beside(worked, planned)
    standing = standing_table(found).drop("measure", "area", "notes")
    blocks: list[Block] = [chart_of(trajectory_picture(each), data=_gaps(gap_table([each]))) for each in found]
    blocks.append(table_of(standing, "measure-standing", caption="Where it stands"))
    if not planned:
        blocks.append(Note("Plan", (Text("This plan has no planned values of this measure for this area."),)))
    return Section("measure-trajectory", TRAJECTORY, (*blocks, *_remarks(rows.remarks)))


def _gaps(frame: pl.DataFrame) -> Table:
    return table_of(frame.drop("measure", "area"), "measure-gaps", caption="Each period, and how far on the good side")


def _control(folder: DataFolder, asked: MeasureAsked) -> Section:
    selection = Selection(areas=(asked.area,))
    report = control_charts(_path(folder, asked), asked.measure, selection=selection)
    return _reported("measure-control", CONTROL, report=report)


def _across(folder: DataFolder, asked: MeasureAsked, *, latest: str) -> Section:
    """The areas in one period: a funnel, intervals in order, outliers; their values where they cannot be compared."""
    try:
        report = outliers(_path(folder, asked), asked.measure, selection=Selection(period=asked.period))
    except InputError as error:
        why = " ".join(f"{problem.message}." for problem in error.problems)
        return Section(
            "measure-across",
            ACROSS,
            (Note("Not compared", (Text(why),), Tone.NEAR), *_plainly(folder, asked, period=asked.period or latest)),
        )
    says, flagged = report.says, _flagged(report.tables["outliers"])
    return Section(
        "measure-across",
        ACROSS,
        (
            BulletList(tuple((Text(sentence),) for sentence in says[:SAID_FIRST])),
            *map(chart_of, report.pictures),
            table_of(flagged, "measure-outliers", caption="Apart from the average", most=MOST_UNITS),
            Note("How to read this", (Text(" ".join(says[SAID_FIRST:])),)),
            *_remarks(report.remarks),
        ),
    )


def _flagged(units: pl.DataFrame) -> pl.DataFrame:
    """The units whose interval is apart from that of the average, red ones first."""
    apart = units.filter(~pl.col("flag").is_in([str(Flag.NOT_AN_OUTLIER), str(Flag.UNKNOWN)]))
    columns = ("area_name", "area", "value", "lower", "upper", "average", "flag", "numerator", "denominator")
    return apart.sort(pl.col("flag") != str(Flag.RED), "flag", "value").select(columns)


def _plainly(folder: DataFolder, asked: MeasureAsked, *, period: str) -> Iterator[Block]:
    """The values of a period, the highest first."""
    rows = _rows(folder, asked, selection=Selection(period=period, category=EVERY_CATEGORY))
    frame = results_of(rows.measure, rows.observations, options=Options()).frame
    shown = frame.sort("value", descending=True, nulls_last=True)
    columns = ("area_name", "area", "sex", "category", "value", "lower", "upper", "numerator", "denominator", "status")
    yield table_of(shown.select(columns), "measure-values", caption=f"{rows.measure.title}, {period}", most=MOST_UNITS)


def _reported(anchor: str, title: str, *, report: IndicatorReport) -> Section:
    says = BulletList(tuple((Text(sentence),) for sentence in report.says))
    charts = tuple(map(chart_of, report.pictures))
    return Section(anchor, title, (says, *charts, *_tables(anchor, report.tables), *_remarks(report.remarks)))


def _tables(anchor: str, tables: Mapping[str, pl.DataFrame]) -> Iterator[Block]:
    for name, frame in tables.items():
        if not frame.is_empty():
            shown = frame.drop("measure") if "measure" in frame.columns else frame
            yield table_of(shown, f"{anchor}-{name}", caption=name.replace("-", " "), most=MOST_UNITS)


def _remarks(remarks: Sequence[Remark]) -> Iterator[Block]:
    """What is to be said of the rows of the file, in one note."""
    if remarks:
        more = f" {len(remarks) - MOST_REMARKS:,} more remarks." if len(remarks) > MOST_REMARKS else ""
        said = " ".join(f"{remark}" for remark in remarks[:MOST_REMARKS])
        yield Note("About the rows of the file", (Text(f"{said}{more}"),))
