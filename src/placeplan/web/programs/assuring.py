"""The interface of programs, about assurance and the record: lines and judgements, and what was done by whom."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from placeplan.web.assuring.actions import judge_line
from placeplan.web.assuring.models import LineJudgement
from placeplan.web.assuring.selectors import JudgedLine, judged_lines
from placeplan.web.auditing import exporting, readable, selectors
from placeplan.web.entries import Entry
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.selectors import latest_revision
from placeplan.web.programs.acting import PLAN, actor_of, answered_as, file_of
from placeplan.web.programs.chapters import FindingTold
from placeplan.web.programs.shapes import FileSent, Plain

router = Router()
A_PAGE = 100
CSV = "text/csv"


class JudgementTold(Schema):
    """What an assurer judged on a revision, and why (an empty judgement: as data say)."""

    judgement: str
    reason: str
    person: str
    at: datetime
    revision: int
    evidence: int | None


class LineTold(Schema):
    """A line of assurance. ``judgement`` counts: the assurer's if there is one; null where nobody has judged.

    ``by_data`` is what findings amount to, ``stale`` whether an earlier revision was judged.
    """

    id: str
    group: str
    question: str
    by_data: str | None
    why: str
    judgement: str | None
    stale: bool
    given: list[JudgementTold]
    findings: list[FindingTold]


class AssuranceTold(Schema):
    """How each line stands, of the revision that was last published."""

    revision: int
    lines: list[LineTold]


class Judged(Schema):
    """A line, a judgement (assured, partly-assured, not-assured, or as-data-say), the reason, and a file if any."""

    line: Plain
    judgement: Plain
    reason: Plain
    file: FileSent | None = None


class EventTold(Schema):
    """Something that was done or refused; ``hash`` covers it and the hash of the event before."""

    number: int
    at: datetime
    person: str
    verb: str
    subject: str
    refused: bool
    detail: dict[str, Any]
    request: str
    previous: str
    hash: str


class EventsTold(Schema):
    """A page of the record, the newest event first."""

    page: int
    pages: int
    events: list[EventTold]


class ChainTold(Schema):
    """How many events there are, the hash of the last, and what does not fit in the chain (nothing: it is whole)."""

    events: int
    hash: str
    faults: list[str]


@router.get(f"{PLAN}/assurance", response=AssuranceTold, url_name="assurance")
def assurance(request: HttpRequest, slug: str) -> dict[str, Any]:
    """How each line of assurance stands, of the plan as it was last published."""
    return _assurance(visible_plan(actor_of(request), slug))


@router.post(f"{PLAN}/assurance/judgements", response={201: AssuranceTold}, url_name="judge")
def judge(request: HttpRequest, slug: str, *, sent: Judged) -> Status[dict[str, Any]]:
    """Judge a line, or give it back to what data say."""
    plan, actor = visible_plan(actor_of(request), slug), actor_of(request)
    demand_with_plan(actor, "judge-line", plan=plan)
    entry = Entry({"line": sent.line, "judgement": sent.judgement, "reason": sent.reason})
    judge_line(actor=actor, plan=plan, entry=entry, file=file_of(sent.file))
    return Status(201, _assurance(plan))


@router.get("record", response=EventsTold, url_name="record")
def record(request: HttpRequest, *, words: Plain = "", page: int = 1) -> dict[str, Any]:
    """What was done and refused in the organisations of an auditor, a hundred to a page, the newest first."""
    subjects = readable.subjects_demanded(actor_of(request))
    found = Paginator(selectors.events(subjects=subjects, words=words), A_PAGE).get_page(page)
    told = [
        {name: getattr(each, name) for name in EventTold.model_fields if name != "person"}
        | {"person": each.person.email if each.person else ""}
        for each in found
    ]
    return {"page": found.number, "pages": found.paginator.num_pages, "events": told}


@router.get("record/chain", response=ChainTold, url_name="record-chain")
def chain(request: HttpRequest) -> dict[str, Any]:
    """Whether the chain of events is whole."""
    readable.subjects_demanded(actor_of(request))
    events, last = selectors.end_of_chain()
    return {"events": events, "hash": last, "faults": list(selectors.chain_faults())}


@router.get("record/file", url_name="record-file", openapi_extra=answered_as(CSV))
def record_file(request: HttpRequest, *, words: Plain = "") -> HttpResponse:
    """The record as a table for a spreadsheet."""
    events = selectors.events(subjects=readable.subjects_demanded(actor_of(request)), words=words)
    return HttpResponse(exporting.csv_of(events), content_type=f"{CSV}; charset=utf-8")


def _assurance(plan: Plan) -> dict[str, Any]:
    return {"revision": latest_revision(plan).number, "lines": [_line(each) for each in judged_lines(plan)]}


def _line(found: JudgedLine) -> dict[str, Any]:
    line = found.line
    return {
        "id": line.id,
        "group": line.group,
        "question": line.question,
        "by_data": line.judgement and str(line.judgement),
        "why": line.why,
        "judgement": found.judgement and str(found.judgement),
        "stale": found.stale,
        "given": [_judgement(each) for each in found.earlier],
        "findings": list(line.findings),
    }


def _judgement(row: LineJudgement) -> dict[str, Any]:
    told = {"judgement": row.judgement, "reason": row.reason, "person": row.person.name, "at": row.at}
    return told | {"revision": row.revision.number, "evidence": row.evidence_id}
