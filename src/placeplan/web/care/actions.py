"""Keeps sliders: in the draft of a person, or as a scenario; and asks for long runs of them."""

from dataclasses import dataclass

from django.db import transaction

from placeplan.app.care.beginning import header_with_settings
from placeplan.app.care.keeping import scenario_with, sections_with
from placeplan.app.care.long_runs import most_long_runs
from placeplan.app.care.sliders import Positions
from placeplan.app.plan_texts import checksum_of_sections
from placeplan.plan.model import HEADER_FILE
from placeplan.web.access.models import Person
from placeplan.web.care.selectors import request_for_runs
from placeplan.web.planning.actions import WriteRefusedError, open_draft, write_section
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import Working, checksums_of_draft, working
from placeplan.web.publishing.actions import ask_for_runs
from placeplan.web.publishing.models import Job

CHANGED_SINCE = "The plan was changed since you opened this page. Look at the figures again, then keep the sliders."


def put_into_draft(*, actor: Person, plan: Plan, positions: Positions, stands: str) -> tuple[str, ...]:
    """Write what the sliders say into the tables of the actor's draft: all of them, or none.

    Args:
        actor: whose draft it is.
        plan: the plan.
        positions: of its sliders.
        stands: checksum of all sections that the actor saw.

    Returns:
        The sections that changed.

    Raises:
        RefusedError: the actor may not change the plan.
        InputError: nothing moved, or the plan cannot be read.
        WriteRefusedError: the plan was changed since the actor saw it.
        OvertakenError: a section was changed at the same moment.
    """
    demand_with_plan(actor, "edit-plan", plan=plan)
    changes = sections_with(_seen(actor, plan, stands=stands).texts, positions)
    _write(actor, plan, changes=changes, stands=stands)
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody calls a scenario, and why it is there (may be empty)."""

    title: str
    description: str


def keep_as_scenario(*, actor: Person, plan: Plan, positions: Positions, stands: str, naming: Naming) -> str:
    """Write a scenario that sets what the sliders say into the actor's draft.

    Returns:
        The section that it stands in.

    Raises:
        RefusedError: the actor may not change the plan.
        InputError: nothing moved, the title makes no name or one that is taken, or the plan cannot be read.
        WriteRefusedError: the plan was changed since the actor saw it.
        OvertakenError: a section was changed at the same moment.
    """
    demand_with_plan(actor, "edit-plan", plan=plan)
    texts = _seen(actor, plan, stands=stands).texts
    section, text = scenario_with(texts, positions, title=naming.title, description=naming.description)
    _write(actor, plan, changes={section: text}, stands=stands)
    return section


def begin(*, actor: Person, plan: Plan, segments: str) -> None:
    """Write settings of a care model into the header of the actor's draft.

    Args:
        actor: whose draft it is.
        plan: a plan without a care model.
        segments: titles of the segments of its population, one a line.

    Raises:
        RefusedError: the actor may not change the plan.
        InputError: the plan cannot be read, has settings already, or the segments cannot be named.
        WriteRefusedError: the plan was changed at the same moment.
    """
    demand_with_plan(actor, "edit-plan", plan=plan)
    seen = working(actor, plan)
    header = header_with_settings(seen.texts, segments)
    _write(actor, plan, changes={HEADER_FILE: header}, stands=seen.checksum)


def ask_for_long_run(*, actor: Person, plan: Plan, positions: Positions) -> Job:
    """Ask for many runs of what the actor sees of a plan, with its sliders where they stand.

    Raises:
        RefusedError: the actor may not see the plan.
        WriteRefusedError: they have too many under way.
    """
    seen = working(actor, plan)
    revision = seen.draft.base if seen.draft else seen.revision
    asked_for = request_for_runs(seen, positions)
    return ask_for_runs(actor=actor, revision=revision, asked_for=asked_for, most=most_long_runs())


def _seen(actor: Person, plan: Plan, *, stands: str) -> Working:
    seen = working(actor, plan)
    if seen.checksum != stands:
        raise WriteRefusedError(CHANGED_SINCE)
    return seen


def _write(actor: Person, plan: Plan, *, changes: dict[str, str], stands: str) -> None:
    draft = open_draft(actor=actor, plan=plan)
    with transaction.atomic():
        checksums = checksums_of_draft(draft)
        if checksum_of_sections(checksums) != stands:
            raise WriteRefusedError(CHANGED_SINCE)
        for section, text in changes.items():
            write_section(actor=actor, draft=draft, section=section, text=text, replaces=checksums.get(section, ""))
