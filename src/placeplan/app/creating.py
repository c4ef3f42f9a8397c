"""Write a new plan for a round."""

import re
from datetime import date
from pathlib import Path

from placeplan.app.starting import starting_plan
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.organisations import OrganisationType
from placeplan.plan.writing import files_of, write_plan
from placeplan.rounds.reader import list_rounds, read_round

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def create_plan(path: Path, *, round_id: str, organisation_type: str | None, today: date) -> tuple[str, ...]:
    """Write a plan to start from and return the names of its files.

    Raises:
        InputError: there is no such round, or the folder exists and is not empty.
    """
    known = list_rounds()
    if round_id not in known:
        raise InputError(
            [Problem(Location("--round"), f"there is no planning round {round_id!r}", f"one of {', '.join(known)}")]
        )
    name = _NOT_IN_A_NAME.sub("-", path.resolve().name.lower()).strip("-") or "plan"
    kind = OrganisationType(organisation_type) if organisation_type else None
    plan = starting_plan(read_round(round_id), name=name, today=today, organisation_type=kind)
    write_plan(plan, path)
    return tuple(file for file, _ in files_of(plan))
