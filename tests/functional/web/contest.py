"""Several people write to one plan at once, each in a process of their own: ``python -m tests.functional.web.contest``.

Each puts rows of their own into one table and publishes. What was acknowledged is printed, so that a test can hold it
against what is there afterwards, also when a process was killed in the middle.
"""

import os
import sys

SECTION = "registers/outcomes.csv"
HEADINGS = "outcome,strategy,title,source\n"


def set_up(people: int) -> None:
    """Bring the database up to date and add a plan and its people."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.functional.web.conftest import SMALL_PLAN

    from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
    from placeplan.web.planning.actions import bring_in_plan

    organisation = set_up_organisation(slug="small-place", name="NHS Small Place")
    bring_in_plan(actor=None, organisation=organisation, texts={**SMALL_PLAN, SECTION: HEADINGS}, message="First")
    for number in range(people):
        person = set_up_person(email=f"person-{number}@place.example", name=f"Person {number}", password=None)
        set_up_role(person=person, organisation=organisation, role="planner")


def write(number: int, rounds: int, first: int = 0) -> None:
    """Add a row and publish it, again and again; print each row once it is acknowledged."""
    from placeplan.web.access.models import Person
    from placeplan.web.planning import actions, selectors

    person = Person.objects.get(email=f"person-{number}@place.example")
    plan = selectors.plan_named("small-place")
    for turn in range(first, first + rounds):
        draft = actions.open_draft(actor=person, plan=plan)
        text = selectors.texts_of_draft(draft).get(SECTION, HEADINGS)
        row = f"row-{number}-{turn}"
        replaces = selectors.checksums_of_draft(draft).get(SECTION, "")
        changed = f"{text}{row},strategy,Row of {number},test\n"
        actions.write_section(actor=person, draft=draft, section=SECTION, text=changed, replaces=replaces)
        revision = actions.publish_draft(actor=person, draft=draft, message=f"Row {turn} of {number}")
        sys.stdout.write(f"{row} {revision.number}\n")
        sys.stdout.flush()


def make() -> None:
    """Ask for a document of the latest revision, and make it."""
    import threading

    from placeplan.web.access.models import Person
    from placeplan.web.planning import selectors
    from placeplan.web.publishing import actions
    from placeplan.web.publishing.working import work

    plan = selectors.plan_named("small-place")
    person = Person.objects.get(email="person-0@place.example")
    actions.ask_for_document(actor=person, revision=selectors.latest_revision(plan), form="html")
    work(stop=threading.Event(), until_empty=True)


def tell() -> None:
    """Print the rows of the latest revision, the numbers of the revisions, and the faults of the record."""
    from placeplan.web.auditing.selectors import chain_faults
    from placeplan.web.planning import selectors

    plan = selectors.plan_named("small-place")
    text = selectors.texts_of_revision(selectors.latest_revision(plan)).get(SECTION, HEADINGS)
    sys.stdout.write(" ".join(line.split(",")[0] for line in text.splitlines()[1:]) + "\n")
    sys.stdout.write(" ".join(str(each.number) for each in reversed(selectors.history(plan))) + "\n")
    sys.stdout.write("; ".join(chain_faults()) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeplan.web.settings.production")
    import django

    django.setup()
    what, *numbers = sys.argv[1:]
    {"set-up": set_up, "write": write, "tell": tell, "make": make}[what](*map(int, numbers))
