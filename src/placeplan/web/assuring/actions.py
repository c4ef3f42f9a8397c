"""Writes what an assurer judges of a line.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from datetime import UTC, datetime

from django.db import transaction

from placeplan.app.assuring import lines_of
from placeplan.registers.assurance_lines import Judgement
from placeplan.web.access.models import Person
from placeplan.web.assuring.models import LineJudgement
from placeplan.web.auditing.actions import record
from placeplan.web.entries import Entry
from placeplan.web.evidencing.actions import SentFile, checked_file, keep_evidence
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import published

AS_DATA_SAY = "as-data-say"


def judge_line(*, actor: Person, plan: Plan, entry: Entry, file: SentFile | None = None) -> LineJudgement:
    """Judge a line of the plan as it was last published, with the reason; or give it back to what data say.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: there is no such line, no reason is given, or the file may not be kept.
    """
    demand_with_plan(actor, "judge-line", plan=plan)
    seen = published(plan)
    line = entry.choice("line", "Line", of={each.id for each in lines_of(results_of(seen))})
    judgement = entry.choice("judgement", "Judgement", of=[*map(str, Judgement), AS_DATA_SAY])
    reason = entry.text("reason", "Reason and evidence")
    entry.sure()
    checked = checked_file(file)
    kept = "" if judgement == AS_DATA_SAY else judgement
    with transaction.atomic():
        evidence = keep_evidence(actor=actor, plan=plan, file=checked)
        row = LineJudgement.objects.create(
            plan=plan,
            revision=seen.revision,
            line=line,
            judgement=kept,
            reason=reason,
            evidence=evidence,
            person=actor,
            at=datetime.now(tz=UTC),
        )
        detail = {"line": line, "judgement": judgement, "reason": reason, "revision": seen.revision.number}
        detail |= {"evidence": evidence.file_id} if evidence else {}
        record(person_id=actor.pk, verb="judge-line", subject=plan.subject, detail=detail)
    return row
