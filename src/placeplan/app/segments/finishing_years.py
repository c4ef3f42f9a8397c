"""The years of a run, one after another; those that an earlier run finished are taken from what it kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter

from placeplan import __version__
from placeplan.app.segments.dataset_engine import DatasetEngine, DatasetFolder
from placeplan.app.segments.datasets import Dataset, check_opened
from placeplan.app.segments.running import Segmented, segment
from placeplan.app.segments.unfinished_work import UnfinishedWork, fingerprint
from placeplan.app.segments.year_documents import frame_document, frame_of_document, year_document, year_of_document
from placeplan.app.segments.year_results import By, YearResults, moves, year_results
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.checking import QualityReport
from placeplan.segments.engine import Frame
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.schemes import Scheme

_QUALITY = "quality"
_REPORT = TypeAdapter(QualityReport)
Step = Callable[[str], None]


def unfinished_run(out: Path | None, folder: DatasetFolder, *, made_from: Sequence[str]) -> UnfinishedWork | None:
    """What an earlier run for the same folder finished, if it was made from the same; otherwise a new beginning.

    Args:
        out: where the files of the run will stand; None to keep nothing.
        folder: the dataset; each of its files is told by its size and when it changed.
        made_from: scheme, definitions and options.

    Raises:
        InputError: the folder beside ``out`` cannot be written.
    """
    if out is None:
        return None
    return UnfinishedWork(out, made_from=fingerprint((__version__, *made_from, *folder.stamps())))


def checked_once(dataset: Dataset, engine: DatasetEngine, *, work: UnfinishedWork | None) -> QualityReport:
    """What is wrong with the rows of a dataset; from an earlier run where that got so far."""
    known = work.part(_QUALITY) if work else None
    if known is not None:
        return _REPORT.validate_python(known)
    found = check_opened(dataset, engine)
    if work:
        work.keep(_QUALITY, _REPORT.dump_python(found, mode="json"))
    return found


@dataclass(frozen=True, eq=False)
class YearOfRun:
    """The numbers of a year, and people by the segment of the year before and of this one (None for the first)."""

    results: YearResults
    moves: pl.DataFrame | None


@dataclass(frozen=True, eq=False)
class Years:
    """Works out years on one dataset. People in segments are held for the next year's moves."""

    tables: Mapping[str, Frame]
    scheme: Scheme
    features: Features
    engine: DatasetEngine
    work: UnfinishedWork | None
    _held: dict[FinancialYear, Segmented] = field(default_factory=dict)

    def worked(
        self,
        year: FinancialYear,
        asked: Sequence[By],
        *,
        with_settings: bool,
        after: FinancialYear | None,
        step: Step,
    ) -> YearOfRun:
        """The numbers of a year.

        Args:
            year: the year.
            asked: dimensions of each table.
            with_settings: whether the tables are needed by setting too.
            after: the year before, when it belongs to the run.
            step: told what comes next; as often whether the year was finished before or not.

        Raises:
            InputError: nobody is on a list, an extract cannot be read, or what is finished cannot be kept.
        """
        known = self.work.part(str(year)) if self.work else None
        if known is not None:
            for _ in range(len(asked) + 2):
                step(f"{year}: finished before")
            into = known["moves"]
            return YearOfRun(year_of_document(known, period_of(year)), into and frame_of_document(into))
        step(f"{year}: putting everybody in a segment")
        found = self._segmented(year)
        results = year_results(found, asked, with_settings=with_settings, step=step)
        step(f"{year}: spend")
        _refuse_nobody(results)
        flows = moves(self._segmented(after), found, people=self.tables["people"]) if after else None
        if self.work:
            into = None if flows is None else frame_document(flows)
            self.work.keep(str(year), {**year_document(results), "moves": into})
        return YearOfRun(results, flows)

    def _segmented(self, year: FinancialYear) -> Segmented:
        if year not in self._held:
            self._held[year] = segment(
                self.tables, period_of(year), scheme=self.scheme, features=self.features, engine=self.engine
            )
        return self._held[year]


def period_of(year: FinancialYear) -> Period:
    """The days of a financial year."""
    return Period(str(year), year.first_day, year.last_day)


def _refuse_nobody(results: YearResults) -> None:
    if not results.people:
        message = f"nobody is on a list of a practice in {results.period.name}"
        mend = "See which years the registrations cover, and that their table is not empty."
        raise InputError([Problem(Location("registrations"), message, mend=mend)])
