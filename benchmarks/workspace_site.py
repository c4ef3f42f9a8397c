"""A site for the benchmarks of the workspace: its database, its people, its server; and whether an edit was lost.

``python -m benchmarks.workspace_site set-up PEOPLE`` and ``… check FILE`` run inside the environment of the site.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.functional.web.servers import free_port, site

HOST = "plans.place.example"
PASSWORD = "correct horse battery staple"
ORGANISATION = "kent-and-medway"
ROLES = ("planner", "finance")
# What is edited: tables of the bundled plans whose rows have a source, so that each editor has a row of their own.
TABLES = (
    ("kent-medway-2014", "finance/lines.csv"),
    ("kent-medway-2014", "finance/stated.csv"),
    ("kent-medway-2014", "registers/intentions.csv"),
    ("west-kent-2016", "finance/lines.csv"),
    ("kent-medway-2014", "registers/projects.csv"),
    ("west-kent-2017", "finance/stated.csv"),
    ("swale-2016", "registers/intentions.csv"),
)
PLACEPLAN = [sys.executable, "-c", "from placeplan.cli import main; main()"]
SECONDS_TO_START = 300
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Site:
    """A site that is served."""

    environment: dict[str, str]
    port: int
    server: int

    def processor_seconds(self) -> float:
        """Processor time of the server and its processes so far."""
        return sum(_processor_seconds(each) for each in _family(self.server))


def environment_of(database: str) -> dict[str, str]:
    """The environment of a site as production has it; people sign in with a password alone."""
    more = {"PLACEPLAN_BEHIND_PROXY": "yes", "PLACEPLAN_SECOND_FACTOR": "optional", "PLACEPLAN_LOG_LEVEL": "WARNING"}
    return {**site(database), **more}


def set_up_site(environment: dict[str, str], people: int) -> dict[str, Any]:
    """Fill an empty database; gives the texts and checksums of what is edited."""
    subprocess.run([*PLACEPLAN, "workspace", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(_asked(environment, "set-up", str(people)))
    return found


def check_site(environment: dict[str, str], acknowledged: Path) -> dict[str, Any]:
    """Hold what was acknowledged against the database and the record."""
    found: dict[str, Any] = json.loads(_asked(environment, "check", str(acknowledged)))
    return found


def _asked(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "benchmarks.workspace_site", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def served(environment: dict[str, str], *, workers: int, threads: int, log: Path) -> Iterator[Site]:
    """Serve a site on the loopback address until the block ends."""
    port = free_port()
    options = ["--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    with log.open("ab") as stream:
        process = subprocess.Popen([*PLACEPLAN, "serve", "--production", *options], env=environment, stderr=stream)
    try:
        wait_until_ready(port)
        yield Site(environment, port, process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(port: int) -> None:
    """Wait until a server says that it can serve.

    Raises:
        TimeoutError: it does not, for five minutes.
    """
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/ready", headers={"Host": HOST})
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    raise TimeoutError("the server does not say that it is ready")


def _family(process: int) -> Iterator[int]:
    yield process
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        for child in file.read_text().split():
            yield from _family(int(child))


def _processor_seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _set_up(people: int) -> None:
    from placeplan.app.plan_texts import bundled_plans, texts_of_folder
    from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
    from placeplan.web.planning import selectors
    from placeplan.web.planning.actions import bring_in_plan

    organisation = set_up_organisation(slug=ORGANISATION, name="Kent and Medway")
    for folder in bundled_plans():
        texts = texts_of_folder(folder)
        bring_in_plan(actor=None, organisation=organisation, texts=texts, message="As it comes with Placeplan")
    for number in range(people):
        person = set_up_person(email=address_of(number), name=f"Person {number}", password=PASSWORD)
        set_up_role(person=person, organisation=organisation, role=ROLES[number % len(ROLES)])
    told = []
    for slug, section in TABLES:
        revision = selectors.latest_revision(selectors.plan_named(slug))
        text = selectors.texts_of_revision(revision)[section]
        checksum = selectors.checksums_of_revision(revision)[section]
        told.append({"plan": slug, "section": section, "text": text, "checksum": checksum})
    sys.stdout.write(json.dumps({"tables": told, "plans": [folder.name for folder in bundled_plans()]}))


def address_of(number: int) -> str:
    """The email address of somebody."""
    return f"person-{number}@place.example"


def _check(file: Path) -> None:
    """What was lost, in words: saves that the record or the database does not have, and a record that does not fit."""
    from placeplan.web.access.models import Person
    from placeplan.web.keeping.wholeness import faults

    lost = list(faults())
    people = {person.email: person for person in Person.objects.all()}
    for each in json.loads(file.read_text()):
        lost += _lost_of(people[each["person"]], each)
    sys.stdout.write(json.dumps({"lost": lost, **_counts()}))


def _lost_of(person: Any, told: dict[str, Any]) -> Iterator[str]:
    """Replay what the record says of one person and section: each save follows the one before, and the last stands."""
    from placeplan.web.auditing.models import Event
    from placeplan.web.planning import selectors

    who = f"{person.email} in {told['plan']}, {told['section']}"
    events = Event.objects.filter(person=person, subject=f"plan {told['plan']}", refused=False).order_by("number")
    written, stands = set(), None
    for event in events:
        if event.verb == "write-section" and event.detail["section"] == told["section"]:
            if stands is not None and event.detail["before"] != stands:
                yield f"{who}: event {event.number} does not follow the save before it"
            stands = event.detail["after"]
            written.add(stands)
        elif event.verb in ("publish-revision", "discard-draft", "bring-draft-up-to-date"):
            stands = None
    yield from (f"{who}: an acknowledged save is not in the record" for each in told["saves"] if each not in written)
    working = selectors.working(person, selectors.plan_named(told["plan"]))
    if stands is not None and working.checksums[told["section"]] != stands:
        yield f"{who}: the draft is not what the record says"
    if told["mark"] and f"{told['mark']}" not in working.texts[told["section"]]:
        yield f"{who}: the last acknowledged edit ({told['mark']}) is not there"


def _counts() -> dict[str, int]:
    from placeplan.web.auditing.models import Event
    from placeplan.web.planning.models import Draft, Revision

    saves = Event.objects.filter(verb="write-section").count()
    return {"saves": saves, "revisions": Revision.objects.count(), "drafts": Draft.objects.count()}


def _jobs() -> None:
    """How many documents were asked for and ended, and whether one ended twice, by the record."""
    from django.db.models import Count

    from placeplan.web.auditing.models import Event
    from placeplan.web.publishing.models import Document, Job

    ends = Event.objects.filter(verb__in=["make-document", "fail-document"])
    ended = Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED]).count()
    attempts = dict(Job.objects.values_list("attempts").annotate(Count("pk")).order_by("attempts"))
    told = {"jobs": Job.objects.count(), "ended": ended, "attempts": attempts}
    twice = ends.count() - ended + Document.objects.count() - Job.objects.filter(state=Job.State.DONE).count()
    sys.stdout.write(json.dumps({**told, "twice": twice}))


if __name__ == "__main__":
    import django

    django.setup()
    what, *rest = sys.argv[1:]
    if what == "set-up":
        _set_up(int(rest[0]))
    elif what == "check":
        _check(Path(rest[0]))
    else:
        _jobs()
