"""From a file of observations to the rows that a measure can be worked out from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placeplan.app.describing_measures import measure_called
from placeplan.app.indicators.selecting import Selection, selected
from placeplan.app.memberships import read_memberships
from placeplan.app.observation_files import read_observations
from placeplan.indicators.measures import Measure
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.observed.checking_observations import Checked, checked
from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.remarks import Remark, set_aside
from placeplan.indicators.observed.rolling_up import rolled_up
from placeplan.kernel.errors import InputError, Location, Problem


@dataclass(frozen=True, eq=False)
class MeasureRows:
    """The rows of one measure that can be used, and what there is to say of them and of the others."""

    measure: Measure
    observations: Observations
    remarks: tuple[Remark, ...]
    file: str
    attribution: str


def read_measure(path: Path, measure_id: str, *, selection: Selection) -> MeasureRows:
    """Read the rows of one measure, check them, set aside those that cannot be used, roll up, and select.

    Raises:
        InputError: a file cannot be read, it does not give the measure, or nothing of it is selected.
    """
    measure = measure_called(measure_id)
    read = read_observations(path, measure_id=measure.id)
    unread = set_aside(read.remarks)  # estimates are told of the rows that were selected
    if selection.roll_up:
        usable = _rolled_up(checked(read.observations, measure=measure), selection)
        chosen = selected(usable.observations, selection, file=path.name)
    else:
        usable = checked(selected(read.observations, selection, file=path.name), measure=measure)
        chosen = usable.observations
    return MeasureRows(measure, chosen, (*unread, *usable.remarks), path.name, read.attribution)


def _rolled_up(usable: Checked, selection: Selection) -> Checked:
    """Rows added up to the organisations of a day and the footprints of their own time."""
    latest = usable.observations.frame["ends"].max()
    day = selection.on or (latest if isinstance(latest, date) else None)
    if day is None:
        return usable
    found = rolled_up(usable.observations, read_memberships(*selection.roll_up), on=day)
    return Checked(found.observations, (*usable.remarks, *found.remarks))


@contextmanager
def reported(file: str) -> Iterator[None]:
    """Turn what a method cannot work with into a problem of the file that it was read from."""
    try:
        yield
    except MethodInputError as error:
        raise InputError([Problem(Location(file), str(error))]) from error
