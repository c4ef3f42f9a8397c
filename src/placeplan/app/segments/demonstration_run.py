"""A run of segments to look at: people of West Kent who do not exist, in segments, under the disclosure rule."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from placeplan.app.segments.reporting import report_of
from placeplan.app.segments.running_job import RunRequest, dimensions_of, run_segments
from placeplan.app.segments.synthesising import SynthesisRequest, synthesise, world_of
from placeplan.kernel.periods import FinancialYear

PLACE, SCHEME, PEOPLE, SEED = "west-kent", "kent-2017", 12_000, 1
YEARS = 2
BELOW = "segment,cluster,practice"


def write_demonstration_run(out: Path, *, today: date, people: int = PEOPLE) -> tuple[Path, ...]:
    """Make people up, run their segments for two years, and write what may leave.

    Args:
        out: the folder of the run.
        today: the day, on which the agreement of the records has to hold.
        people: how many; with few of them the tables would give small numbers away and nothing is written.

    Raises:
        InputError: the tables would give a small number away, or the folder cannot be written.
    """
    with TemporaryDirectory() as folder:
        dataset = Path(folder) / "people"
        request = SynthesisRequest(place=PLACE, people=people, years=YEARS, seed=SEED, out=dataset, data=None)
        made = synthesise(request, step=_quiet, world=world_of(request))
        asked = RunRequest(
            folder=dataset,
            scheme=SCHEME,
            years=tuple(map(FinancialYear.parse, made.years)),
            by=dimensions_of((BELOW,)),
        )
        return report_of(run_segments(asked, today=today, step=_quiet)).write(out, formats=())


def _quiet(*_: object) -> None:
    """Nobody waits for a progress bar."""
