"""Makes a linked dataset without identifiers from extracts that have them. All of it is written, or nothing.

Opt-outs come first. Identifiers are held in memory, a block at a time; what is written on the way, into a folder
beside the result that is removed in the end, are keyed hashes, months and small areas.
"""

import json
import shutil
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from placeplan.app.segments.datasets import DESCRIPTION
from placeplan.app.segments.definitions import read_contract
from placeplan.app.segments.engines import MEMORY, DuckDBEngine
from placeplan.app.segments.extracts import (
    blocks,
    numbers_in,
    small_areas_by_postcode,
    without_disk_errors,
)
from placeplan.app.segments.hiding_identifiers import HiddenBlock, Hiding
from placeplan.app.segments.linking_extracts import StagedSource, Written, write_linked
from placeplan.app.segments.privacy_definitions import read_job, read_linkage, read_sexes
from placeplan.app.segments.private_files import write_private
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.privacy.jobs import PseudonymisationJob, Source
from placeplan.segments.privacy.linking import Linkage, NumberStatus, Outcome
from placeplan.segments.privacy.pseudonyms import Key, PseudonymsOfDataset
from placeplan.segments.privacy.reports import LinkageReport, RowsOfOutcome

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Destination:
    """Where the dataset goes, and where the report that stays with the key holder goes. Neither may exist."""

    dataset: Path
    report: Path


def pseudonymise(
    job_file: Path,
    to: Destination,
    *,
    key: Key,
    today: date,
    memory: str = MEMORY,
    progress: Progress | None = None,
) -> LinkageReport:
    """Make a dataset for segmentation from extracts that hold identifiers.

    Args:
        job_file: says what the extracts are; see ``PseudonymisationJob``.
        to: new folder and new file.
        key: of the key holder; neither it nor anything that leads to it is written.
        today: a day that the agreement must cover.
        memory: the most that the engine may take for linking.
        progress: told the name of an extract and the rows read of it so far.

    Raises:
        InputError: the job, a lookup, a list or an extract cannot be read, identifiers stand in columns that would
            leave, or the disk is full. Nothing is left behind then.
    """
    job = read_job(job_file)
    linkage = read_linkage(job.linkage, job_file.parent)
    _refuse(job, to, today=today)
    hiding = _hiding(job, job_file.parent, linkage=linkage, key=key)
    unfinished = to.dataset.with_name(f".{to.dataset.name}.unfinished")
    with _all_or_nothing(unfinished, to):
        staging = _Staging(unfinished, hiding, progress)
        for source in job.sources:
            staging.add(source, job_file.parent)
        with DuckDBEngine(memory=memory, temporary=unfinished / "spilled") as engine:
            out = unfinished / "dataset"
            written = write_linked(staging.staged, staging.people, out=out, linkage=linkage, engine=engine)
        report = _report(job, linkage, key=key, staging=staging, written=written)
        (out / DESCRIPTION).write_text(_description(job, key), encoding="utf-8")
        write_private(to.report, json.dumps(report.as_data(), indent=1, ensure_ascii=False) + "\n")
        out.rename(to.dataset)
    return report


class _Staging:
    """Takes extracts in, block by block, and writes them without identifiers."""

    def __init__(self, folder: Path, hiding: Hiding, progress: Progress | None) -> None:
        self._folder = folder
        self._hiding = hiding
        self._progress = progress
        self.staged: list[StagedSource] = []
        self.people: list[Path] = []
        self.opted_out: Counter[str] = Counter()
        self.rows_in: dict[str, int] = {}
        self.unreadable: list[tuple[str, str, int]] = []

    def add(self, source: Source, folder: Path) -> None:
        """Take one extract in.

        Raises:
            InputError: it cannot be read, the disk is full, or a column that leaves holds identifiers.
        """
        files: list[Path] = []
        unreadable: Counter[str] = Counter()
        self.rows_in[source.name] = 0
        for block in blocks(folder, source):
            hidden = self._hiding.block(block, source)
            _refuse_leaks(hidden, source)
            files.append(self._written(hidden.rows, "rows"))
            self.people.append(self._written(hidden.people, "people"))
            self.rows_in[source.name] += block.height
            self.opted_out[source.name] += hidden.opted_out
            unreadable += hidden.unreadable
            if self._progress is not None:
                self._progress(source.name, self.rows_in[source.name])
        self.staged.append(StagedSource(source, tuple(files)))
        self.unreadable += [(source.name, column, cells) for column, cells in sorted(unreadable.items())]

    def _written(self, frame: pl.DataFrame, what: str) -> Path:
        file = self._folder / f"{what}-{len(self.people):06d}.parquet"
        try:
            frame.write_parquet(file, compression="lz4")
        except (OSError, pl.exceptions.PolarsError):
            message = "rows without identifiers cannot be written: the disk may be full"
            mend = "Make room, and run again; nothing is left of this run."
            raise InputError([Problem(Location(file.name), message, mend=mend)]) from None
        return file


def _refuse(job: PseudonymisationJob, to: Destination, *, today: date) -> None:
    """Refuse an agreement that is over, and places that are taken."""
    problems = [
        Problem(Location(place.name), "this exists already, and is not written over", mend="Name another place.")
        for place in (to.dataset, to.report)
        if place.exists()
    ]
    if to.report.resolve().is_relative_to(to.dataset.resolve()):
        message = "the report stays with the key holder, and would stand in the dataset"
        problems.append(Problem(Location(to.report.name), message, mend="Name a place outside of it."))
    if not job.dataset.in_force(today):
        agreement = job.dataset.agreement
        message = f"the agreement runs from {agreement.signed} to {agreement.ends} and does not cover {today}"
        problems.append(Problem(Location("agreement"), message, mend="Renew the agreement."))
    if problems:
        raise InputError(problems)


def _hiding(job: PseudonymisationJob, folder: Path, *, linkage: Linkage, key: Key) -> Hiding:
    asked, opted_out = job.opt_outs, list[int]()
    if asked and asked.file:
        opted_out = numbers_in(folder / asked.file, column=asked.column, what="the list of opt-outs")
    areas = small_areas_by_postcode(folder, job.postcodes) if job.postcodes else None
    return Hiding(
        key.for_purpose(job.dataset.purpose),
        linkage,
        read_contract(),
        read_sexes(),
        pl.Series(opted_out, dtype=pl.Int64),
        areas,
    )


def _refuse_leaks(hidden: HiddenBlock, source: Source) -> None:
    problems = [
        Problem(
            Location(source.name, 0, column),
            f"{cells} cells of '{column}' hold the NHS number or the postcode of their own row, and would leave",
            "columns without identifiers",
            "Name another column in the job, or clean the extract.",
        )
        for column, cells in sorted(hidden.leaks.items())
    ]
    if problems:
        raise InputError(problems)


def _report(
    job: PseudonymisationJob, linkage: Linkage, *, key: Key, staging: _Staging, written: Written
) -> LinkageReport:
    left_out = [
        RowsOfOutcome(source, NumberStatus.VALID, Outcome.OPTED_OUT, "", rows)
        for source, rows in staging.opted_out.items()
        if rows
    ]
    return LinkageReport(
        purpose=job.dataset.purpose,
        key_fingerprint=key.fingerprint,
        linkage=linkage.id,
        opt_outs=job.opt_outs.model_dump(mode="json") if job.opt_outs else {"note": job.dataset.opt_outs_note},
        rows_in=staging.rows_in,
        outcomes=(*left_out, *written.outcomes),
        people=written.people,
        unreadable=tuple(staging.unreadable),
        disagreeing=written.disagreeing,
    )


def _description(job: PseudonymisationJob, key: Key) -> str:
    """``dataset.yaml``: what the job says of the dataset, which key was used, and how opt-outs were dealt with."""
    pseudonyms = PseudonymsOfDataset(key_fingerprint=key.fingerprint, purpose=job.dataset.purpose)
    told = job.dataset.model_copy(update={"pseudonyms": pseudonyms, "opt_outs_note": _note_on_opt_outs(job)})
    data = told.model_dump(mode="python")
    return "".join(f"{name}: {json.dumps(value, default=_plain, ensure_ascii=False)}\n" for name, value in data.items())


def _plain(value: object) -> str | int | float:
    """A date or a number as YAML has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _note_on_opt_outs(job: PseudonymisationJob) -> str:
    asked, notes = job.opt_outs, [job.dataset.opt_outs_note]
    if asked and asked.file:
        notes.append("A list of opt-outs was applied before anything else.")
    if asked and asked.check:
        notes.append(f"Checked by the national service on {asked.check.checked} ({asked.check.reference}).")
    return " ".join(note for note in notes if note)


@contextmanager
def _all_or_nothing(unfinished: Path, to: Destination) -> Iterator[None]:
    """Make the folder for what is not finished, afresh, and leave nothing behind whatever happens."""
    try:
        with without_disk_errors(to.dataset.name):
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True, mode=stat.S_IRWXU)
            yield
    except duckdb.Error as error:
        message = f"linking stopped ({type(error).__name__}): the disk or the memory may be full"
        mend = "Make room, or allow more memory, and run again; nothing is left of this run."
        raise InputError([Problem(Location(to.dataset.name), message, mend=mend)]) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not to.dataset.exists():
            to.report.unlink(missing_ok=True)
