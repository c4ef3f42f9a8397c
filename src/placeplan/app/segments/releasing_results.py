"""Lets a table of a run leave: as it was written, under the rule, compared with every release before it.

A run writes tables under a disclosure rule into a folder that stays inside. A release reads one of them back for one
year, sees that nobody changed it since, and hands it to ``releasing``, which notes it before the file is written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.protected_tables import ALL, KIND, MARKER
from placeplan.app.segments.releasing import About, release
from placeplan.disclosure.auditing import Audit
from placeplan.disclosure.protecting import ProtectedTable
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files
from placeplan.segments.features import ACTIVITY_COLUMNS
from placeplan.segments.privacy.chained_log import Entry
from placeplan.segments.privacy.stages import Request
from placeplan.segments.results import PEOPLE, Dimension

PROVENANCE = "provenance.json"
PERIOD, STATUS = "period", "status"
OF_A_SCHEME = (Dimension.SEGMENT, Dimension.AGE_BAND)
MEND = "Run 'placeplan segments run' again, and release from its folder."


@dataclass(frozen=True, eq=False)
class WrittenTable:
    """A table of one year as a run wrote it.

    ``content`` is what leaves: the rows of the year, as a CSV file. ``table`` is what it says of people, ``measures``
    what it says beside them.
    """

    content: bytes
    table: ProtectedTable
    measures: pl.DataFrame
    about: About


def table_written(folder: Path, name: str, *, year: str, people_only: bool = False) -> WrittenTable:
    """Read a table of people of one year back from the folder of a run.

    Args:
        folder: what ``placeplan segments run --out`` named.
        name: of the table, such as ``segment-age-band``.
        year: such as ``2016-17``.
        people_only: leave activity, spend and what is scaled out.

    Raises:
        InputError: it is no such folder, it has no such table or year, or a file was changed since it was written.
    """
    told = provenance_of(folder)
    by = _dimensions(told, name)
    frame = frame_written(folder, f"{name}.csv", told=told)
    rows = frame.filter(pl.col(PERIOD) == year)
    if rows.is_empty():
        years = ", ".join(sorted(set(frame[PERIOD].to_list())))
        raise InputError([Problem(Location(f"{name}.csv"), f"the table has no year {year}", f"one of {years}")])
    scheme, dataset = told["scheme"]["id"], told["dataset"]["title"]
    names = {one: f"{one} ({scheme})" if one in OF_A_SCHEME else one for one in by}
    people = rows.select(*by, pl.col(PEOPLE).cast(pl.Int64), KIND).rename(names)
    rule = rule_named(told["disclosure"]["rule"])
    audit = Audit(rule.id, people.height, int(people[PEOPLE].count()))
    totals = dict.fromkeys(names.values(), ALL)
    table = ProtectedTable(people, tuple(names.values()), PEOPLE, totals, rule, audit)
    about = About(f"{name} {year}: {dataset}", f"people on a list in {year}: {dataset}")
    measures = rows.select(pl.col(one).cast(pl.Int64) for one in ACTIVITY_COLUMNS if not people_only)
    if people_only:
        rows = rows.select(PERIOD, *by, PEOPLE, KIND, MARKER, STATUS)
    return WrittenTable(rows.write_csv().encode(), table, measures, about)


def release_request(*, who: str, role: str, purpose: str) -> Request:
    """A request to let a table leave, as the stages of privacy name it."""
    return Request("stage-1", "release-tables", who, role, purpose)


def release_table(found: WrittenTable, out: Path, *, request: Request, ledger: Path, at: datetime) -> Entry:
    """Let a table of a run leave: note it in the ledger, and write it.

    It is noted first. A table that is noted and could not be written has not left; release it again.

    Args:
        found: the table.
        out: a new CSV file.
        request: who asks, in which role, for what.
        ledger: the file of earlier releases; made where there is none.
        at: the time, with its zone.

    Raises:
        NotPermittedError: no permission allows it.
        InputError: as ``releasing.release``; or the file is there already or cannot be written.
    """
    if out.exists():
        message = "this file exists already, and is not written over"
        raise InputError([Problem(Location(out.name), message, mend="Name another file.")])
    entry = release(found.table, found.about, request=request, ledger=ledger, at=at, measures=found.measures)
    write_files(out.parent, {out.name: found.content})
    return entry


def provenance_of(folder: Path) -> Mapping[str, Any]:
    """What a run says of itself.

    Raises:
        InputError: the folder is none that a run wrote.
    """
    try:
        told = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        told["scheme"]["id"], told["dataset"]["title"], told["disclosure"]["rule"], told["files"], told["tables"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"this folder has no {PROVENANCE} that says which tables it holds"
        expected = "a folder that 'placeplan segments run' wrote"
        raise InputError([Problem(Location(str(folder)), message, expected, MEND)]) from error
    return dict(told)


def _dimensions(told: Mapping[str, Any], name: str) -> list[str]:
    """The dimensions of a table that counts the people of a year."""
    known = {one.replace(",", "-").replace("_", "-"): one.split(",") for one in map(str, told["tables"])}
    if name not in known:
        message = f"'{name}' is no table that counts the people of a year, so it cannot be compared with other releases"
        raise InputError([Problem(Location("table"), message, f"one of {', '.join(known)}")])
    return known[name]


def frame_written(folder: Path, name: str, *, told: Mapping[str, Any]) -> pl.DataFrame:
    """A table of a run as texts, as it was written.

    Raises:
        InputError: it cannot be read, or was changed since.
    """
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        message = f"this table cannot be read: {error.strerror}"
        raise InputError([Problem(Location(name), message, mend=MEND)]) from error
    if told["files"].get(name) != sha256(content).hexdigest():
        message = "this table was changed after the run wrote it, so that nothing says it is under the rule"
        raise InputError([Problem(Location(name), message, "the table as it was written", MEND)])
    return pl.read_csv(BytesIO(content), infer_schema=False)
