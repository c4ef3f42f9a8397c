"""Reads long runs of a care model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placeplan.app.care.long_runs import LongRun, read_long_run
from placeplan.app.care.sliders import Positions
from placeplan.web.planning.selectors import Working
from placeplan.web.publishing.models import Job
from placeplan.web.publishing.selectors import runs_asked_for


@dataclass(frozen=True, slots=True)
class LongRunSeen:
    """A long run that was asked for: where it stands, how far it is, and what it found once it has ended."""

    state: str
    progress: str
    problem: str
    checksum: str
    found: LongRun | None

    @property
    def under_way(self) -> bool:
        """Whether it has not ended."""
        return self.state in (Job.State.WAITING, Job.State.RUNNING)


def request_for_runs(working: Working, positions: Positions) -> Mapping[str, Any]:
    """What a long run is asked for by: the sections of the care model's plan, and where the sliders stand."""
    sliders = {name: str(position) for name, position in positions.moved}
    return {"sections": working.checksums, "sliders": sliders}


def long_run_seen(working: Working, positions: Positions) -> LongRunSeen | None:
    """The long run of what a person sees of a plan, with the sliders where they stand."""
    job = runs_asked_for(request_for_runs(working, positions))
    if job is None:
        return None
    if job.state != Job.State.DONE:
        return LongRunSeen(job.state, job.progress, job.problem, "", None)
    document = job.document
    return LongRunSeen(job.state, "", "", document.checksum, read_long_run(bytes(document.content)))
