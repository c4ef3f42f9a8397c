"""Risk lists for one practice: its own people under their pseudonyms, for who works there; each look is noted."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from stat import S_IRWXU

import narwhals.stable.v2 as nw
import polars as pl

from placeplan.app.segments.datasets import open_dataset
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.following import columns_for, risk_lists
from placeplan.app.segments.following_rules import read_risk_rules
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.privacy_definitions import read_policy
from placeplan.app.segments.private_files import added_to
from placeplan.app.segments.published import read_published_lists
from placeplan.app.segments.releasing import earlier_entries
from placeplan.app.segments.running import segment
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.reports.files import write_files
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period
from placeplan.segments.privacy.chained_log import next_entry
from placeplan.segments.privacy.stages import Request, refuse_unless_allowed
from placeplan.segments.repeats import COUNTED_TWICE, without_repeats
from placeplan.segments.results import Dimension

PRACTICE = str(Dimension.PRACTICE)
STEPS = 2
ADULTS, CHILDREN, DEAREST = "adults-at-risk", "children-with-complex-needs", "highest-cost"


@dataclass(frozen=True, eq=False)
class PracticeLists:
    """The lists of a practice, a row a person under the pseudonym of the dataset; ``counts`` says how many of whom."""

    lists: dict[str, pl.DataFrame]
    counts: dict[str, int]

    def write(self, out: Path) -> tuple[Path, ...]:
        """Write each as a CSV file into a folder that only its owner may open.

        Raises:
            InputError: the folder is there already, or cannot be written.
        """
        try:
            out.mkdir(mode=S_IRWXU, parents=True)
        except OSError as error:
            message = f"this folder cannot be made: {error.strerror}"
            raise InputError([Problem(Location(str(out)), message, mend="Name a new folder.")]) from error
        return write_files(out, {f"{name}.csv": rows.write_csv().encode() for name, rows in self.lists.items()})


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """Which lists: of which dataset, scheme, year and practice, and who asks.

    Args:
        folder: the dataset.
        scheme: a scheme that comes with Placeplan, or a file.
        year: lists are of the last day of it.
        asked: who asks, for which practice.
        log: the record of requests; made where there is none.
        data: a data folder with published lists of codes, which give frailty.
        memory: the most that the engine may take.
        temporary: where it writes what does not fit.
    """

    folder: Path
    scheme: str
    year: FinancialYear
    asked: Request
    log: Path
    data: Path | None = None
    memory: str = "4GB"
    temporary: Path | None = None


def list_request(*, who: str, role: str, purpose: str, practice: str, works_for: str) -> Request:
    """A request to see the pseudonymised rows of a practice, as the stages of privacy name it."""
    return Request("stage-1", "see-practice-rows", who, role, purpose, practice, works_for)


def lists_of_practice(request: ListRequest, *, at: datetime, step: Callable[[str], None]) -> PracticeLists:
    """The adults most at risk, children with complex needs and people of highest cost of a practice.

    Args:
        request: which lists, and who asks.
        at: the time, with its zone; the agreement must cover the day.
        step: told what comes next; ``STEPS`` times.

    Raises:
        NotPermittedError: no permission allows it.
        InputError: the dataset does not load, it has no such practice, or the record cannot be written.
    """
    refuse_unless_allowed(read_policy(), request.asked)
    scheme, rules = scheme_named(request.scheme), read_risk_rules()
    published = read_published_lists(request.data, read_definitions()) if request.data else ()
    features = Features(read_definitions(), published, Membership.ON_LAST_DAY)
    period = Period(str(request.year), request.year.first_day, request.year.last_day)
    with DuckDBEngine(memory=request.memory, temporary=request.temporary) as engine, added_to(request.log) as held:
        step("opening the tables")
        dataset = open_dataset(request.folder, engine, today=at.date())
        tables = without_repeats(dataset.tables, read_contract(), repeated=COUNTED_TWICE)
        step("scoring everybody")
        found = segment(tables, period, scheme=scheme, features=features, engine=engine, also=columns_for(rules))
        made = risk_lists(found, rules)
        mine = nw.col(PRACTICE) == request.asked.practice
        frames = {ADULTS: made.adults, CHILDREN: made.children, DEAREST: made.dearest}
        lists = {name: engine.fetched(frame.filter(mine)).sort("rank") for name, frame in frames.items()}
        counts = made.coverage.filter(pl.col(PRACTICE) == request.asked.practice)
        _refuse_unknown(request.asked.practice, counts)
        told = {
            "at": at.isoformat(),
            **asdict(request.asked),
            "rows": {name: rows.height for name, rows in lists.items()},
        }
        held.add(next_entry(earlier_entries(held), told).line())
    numbers = {str(name): int(count) for name, count in counts.drop(PRACTICE).row(0, named=True).items()}
    return PracticeLists(lists, numbers)


def _refuse_unknown(practice: str, counts: pl.DataFrame) -> None:
    if counts.is_empty():
        message = f"nobody is on the list of a practice '{practice}' on that day"
        raise InputError([Problem(Location("practice"), message, "the code of a practice as the dataset has it")])
