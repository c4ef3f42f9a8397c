"""The interface of programs, about money as it comes in: savings delivered month by month, claims on allocations."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from placeplan.app.money import reporting
from placeplan.app.money.answers import all_right
from placeplan.app.money.asking import Wrong
from placeplan.app.money.claims import NOT_YET, Counting, claims_as_scenario
from placeplan.app.money.claims import claims as claims_of
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.programs.acting import PLAN, actor_of, not_stale, results_in, seen_by
from placeplan.web.programs.document_shapes import ChapterTold, chapter_told
from placeplan.web.programs.money import put
from placeplan.web.programs.shapes import Changed, Plain

router = Router()


class SchemeReported(Schema):
    """What is reported of a scheme for a month, as cells; a cell that is not sent stays as it stands."""

    scheme: Plain
    gross: Plain | None = None
    investment: Plain | None = None
    forecast: Plain | None = None
    rating: Plain | None = None
    note: Plain | None = None


class MonthReported(Schema):
    """A month of a service, such as 2014-05; ``replaces`` is the checksum of all sections."""

    service: Plain
    month: Plain
    schemes: list[SchemeReported]
    replaces: str


class ClaimTold(Schema):
    """A claim on an allocation, and whether it is counted."""

    claim: str
    title: str
    service: str
    state: str
    amounts: str
    counted: bool
    in_plan: bool


class ClaimsTold(Schema):
    """Claims, what could not be counted, where the plan would stand, and the claims as the document lists them."""

    claims: list[ClaimTold]
    notes: list[str]
    shown: ChapterTold
    listed: ChapterTold


class ClaimsCounted(Schema):
    """Claims that are counted, by name and by state; neither: those that are open."""

    claim: list[Plain] = Field(default_factory=list)
    state: list[Plain] = Field(default_factory=list)
    service: Plain = ""


class ClaimsKept(Schema):
    """Claims that are kept as a scenario; ``replaces`` is the checksum of all sections."""

    claims: list[Plain] = Field(default_factory=list)
    states: list[Plain] = Field(default_factory=list)
    title: Plain
    description: Plain = ""
    replaces: str


@router.get(f"{PLAN}/money/delivery", response=ChapterTold, url_name="delivery")
def delivery(request: HttpRequest, slug: str) -> dict[str, Any]:
    """How savings are delivered in the year."""
    return chapter_told(reporting.delivery_chapter(results_in(seen_by(request, slug))))


@router.post(f"{PLAN}/money/delivery/months", response=Changed, url_name="report-month")
def report(request: HttpRequest, slug: str, *, sent: MonthReported) -> dict[str, Any]:
    """Put what was reported of a month into your draft."""
    seen = seen_by(request, slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=seen.plan)
    not_stale(seen, sent.replaces)
    results, text = results_in(seen), seen.texts.get(reporting.SECTION)
    given = {"service": sent.service, "month": sent.month}
    form = reporting.month_report(results, given, text=text)
    there = {each.scheme for each in form.schemes} if form else set()
    all_right(
        Wrong("schemes", f"There is no scheme {each.scheme} in that month")
        for each in sent.schemes
        if form and each.scheme not in there
    )
    for each in sent.schemes:
        cells = {name: getattr(each, name) for name in reporting.ASKED}
        given |= {reporting.field_of(name, each.scheme): cell for name, cell in cells.items() if cell is not None}
    made = reporting.reported(results, given, text=text)
    all_right(made.wrong)
    return put(request, seen, sections={reporting.SECTION: made.text} if made.text != text else {})


@router.get(f"{PLAN}/money/claims", response=ClaimsTold, url_name="claims")
def claims(request: HttpRequest, slug: str, *, asked: Query[ClaimsCounted]) -> dict[str, Any]:
    """Claims on allocations, and where the plan would stand with some of them. Nothing is written."""
    results = results_in(seen_by(request, slug))
    counting = Counting(asked.claim, asked.state, first=not asked.claim and not asked.state)
    _known(results, counting)
    found = claims_of(results, {"service": asked.service} if asked.service else {}, counting=counting)
    shown = {"shown": chapter_told(found.shown), "listed": chapter_told(found.register)}
    return {"claims": list(found.claims), "notes": list(found.notes), **shown}


@router.post(f"{PLAN}/money/claims/scenario", response={201: Changed}, url_name="keep-claims")
def keep_claims(request: HttpRequest, slug: str, *, sent: ClaimsKept) -> Status[dict[str, Any]]:
    """Keep the claims that are counted as a scenario of your draft."""
    seen = seen_by(request, slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=seen.plan)
    not_stale(seen, sent.replaces)
    results, counting = results_in(seen), Counting(sent.claims, sent.states)
    _known(results, counting)
    named = {"title": sent.title, "description": sent.description}
    made = claims_as_scenario(results, named, counting=counting)
    all_right(made.wrong)
    return Status(201, put(request, seen, sections={made.section: made.text}))


def _known(results: Any, counting: Counting) -> None:
    there, states = {claim.claim for claim in results.plan.claims}, {str(state) for state in NOT_YET}
    wrong = [Wrong("claim", f"There is no claim {name}") for name in counting.claims if name not in there]
    wrong += [Wrong("state", f"No claim waits as {name}") for name in counting.states if name not in states]
    all_right(wrong)
