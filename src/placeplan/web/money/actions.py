"""Writes to a draft what was worked out on a page of money, by the verb that writes any section."""

from collections.abc import Mapping

from django.db import transaction

from placeplan.web.access.models import Person
from placeplan.web.planning.actions import open_draft, write_section
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan


def put_into_draft(
    *, actor: Person, plan: Plan, sections: Mapping[str, str | None], replaces: Mapping[str, str]
) -> None:
    """Write sections to the actor's draft of a plan: all of them or none.

    Args:
        actor: who writes.
        plan: the plan.
        sections: the new texts, by section; `None` takes a section away.
        replaces: checksums of all sections that the texts were made from.

    Raises:
        RefusedError: the actor may not change the plan.
        OvertakenError: one of the sections holds another text by now; nothing was written.
        WriteRefusedError: a text is too long, or holds what no text may.
    """
    demand_with_plan(actor, "edit-plan", plan=plan)
    with transaction.atomic():
        draft = open_draft(actor=actor, plan=plan)
        for section, text in sections.items():
            write_section(actor=actor, draft=draft, section=section, text=text, replaces=replaces.get(section, ""))
