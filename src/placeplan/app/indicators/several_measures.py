"""From one file to the results of several of its measures: what cannot be used of one does not hide the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from placeplan.app.describing_measures import list_measures, measure_called
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.app.observation_files import ReadObservations, read_observations
from placeplan.indicators.measures import Measure
from placeplan.indicators.observed.checking_observations import checked
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.errors import InputError, Location, Problem

EVERYBODY = ("", "persons")
NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class WhichMeasures:
    """Measures by identifier, or those of a set, or all that a file gives; in one period, or in the latest of each."""

    measures: tuple[str, ...] = ()
    set_name: str = ""
    period: str = ""


@dataclass(frozen=True, eq=False)
class SeveralResults:
    """The results of several measures of one file, each of everybody; ``left_out`` says which were asked for and are
    not there, and why.
    """

    results: tuple[MeasureResults, ...]
    remarks: tuple[Remark, ...]
    left_out: tuple[str, ...]
    file: str
    attribution: str

    def code_of(self, area: str) -> str:
        """The code of an area, from its code or its name.

        Raises:
            InputError: no row is about it; the message names the nearest.
        """
        names: dict[str, str] = {}
        for one in self.results:
            for code, name in one.frame.select("area", "area_name").unique().iter_rows():
                names[name or code] = code
        codes = set(names.values())
        if area in codes:
            return area
        if area in names:
            return names[area]
        near = get_close_matches(area, [*names, *codes], n=3, cutoff=0.6) or sorted(codes)[:NAMES_SHOWN]
        raise InputError([Problem(Location(self.file), f"no row is about the area {area!r}", ", ".join(near))])


@dataclass(slots=True)
class _Found:
    results: list[MeasureResults] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_several(path: Path, which: WhichMeasures) -> SeveralResults:
    """Read a file of several measures, check the rows of each, and work its values out with limits.

    Where a measure has rows by sex, age or category, those about everybody are taken. A measure of a set that the file
    does not give is left out and told; so is one that the file names and Placeplan has no definition of.

    Raises:
        InputError: the file cannot be read, there is no such measure or set, a measure that was named stands in no row,
            or nothing is left.
    """
    named = {measure_called(one).id for one in which.measures}
    of_set = {one.id for one in list_measures(which.set_name)} if which.set_name else set()
    read = read_observations(path)
    there = {str(one).lower(): str(one) for one in read.observations.frame["measure"].unique().to_list()}
    _refuse_absent(named, there, file=path.name)
    found = _Found(remarks=[remark for remark in read.remarks if remark.kind.sets_aside])
    wanted = (named | of_set) if named or of_set else None
    for name in sorted(there):
        measure = _defined(name, there[name], wanted=wanted, found=found, file=path.name)
        if measure is not None:
            _work_out(measure, read, written=there[name], period=which.period, found=found)
    absent = sorted(of_set - {one.measure.id for one in found.results} - {one.split(":")[0] for one in found.left_out})
    if absent and found.results:
        found.left_out.append(f"Not in the file: {', '.join(absent)}")
    if not found.results:
        asked = f"one of {', '.join(sorted(of_set or named))}" if wanted else "measures that Placeplan knows"
        raise InputError([Problem(Location(path.name), _nothing(found.left_out), asked)])
    return SeveralResults(
        tuple(found.results), tuple(found.remarks), tuple(found.left_out), path.name, read.attribution
    )


def _refuse_absent(named: Iterable[str], there: Iterable[str], *, file: str) -> None:
    known = sorted(there)
    problems = [
        Problem(Location(file), f"no row is about the measure '{one}'", f"one of {', '.join(known[:NAMES_SHOWN])}")
        for one in sorted(named)
        if one.lower() not in known
    ]
    if problems:
        raise InputError(problems)


def _defined(name: str, written: str, *, wanted: set[str] | None, found: _Found, file: str) -> Measure | None:
    """The definition of a measure that the file names, if it is wanted."""
    if wanted is not None and name not in {one.lower() for one in wanted}:
        return None
    try:
        return measure_called(written)
    except InputError as error:
        message = f"the rows of '{written}' are left out: {error.problems[0].message}"
        problem = Problem(Location(file, 0, "measure"), message, error.problems[0].expected, error.problems[0].mend)
        found.remarks.append(Remark(RemarkKind.UNREADABLE, problem))
        return None


def _work_out(measure: Measure, read: ReadObservations, *, written: str, period: str, found: _Found) -> None:
    rows = read.observations.of_measure(written)
    rows = type(rows)(rows.frame.with_columns(pl.lit(measure.id).alias("measure")))
    if period:
        rows = rows.where(pl.col("period") == period)
    usable = checked(rows, measure=measure) if len(rows) else None
    found.remarks.extend(usable.remarks if usable else ())
    if usable is None or not len(usable.observations):
        found.left_out.append(f"{measure.id}: no row can be used" + (f" in {period}" if period else ""))
        return
    results = _of_everybody(results_of(measure, usable.observations, options=Options()))
    if results is None:
        found.left_out.append(f"{measure.id}: no row is about everybody")
    else:
        found.results.append(results)


def _of_everybody(results: MeasureResults) -> MeasureResults | None:
    """The rows about everybody, where there are several sexes, ages or categories."""
    frame = results.frame
    for name in ("sex", "age", "category"):
        if frame[name].n_unique() > 1:
            frame = frame.filter(pl.col(name).is_in(EVERYBODY))
    return None if frame.is_empty() else MeasureResults(results.measure, frame, results.confidence)


def _nothing(left_out: Sequence[str]) -> str:
    return "; ".join(("no measure of this file can be used", *left_out))


def left_out_words(several: SeveralResults) -> Iterator[str]:
    """What is to be said of measures that were left out."""
    yield from (f"Left out: {one}." if ":" in one else f"{one}." for one in several.left_out)
