"""The interface of programs, about what pages show: chapters, standings, commitments, traceability, history, places."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from placeplan.app.governing import governance_chapter
from placeplan.app.places_compared import side_by_side
from placeplan.app.plan_chapters import summary_of
from placeplan.app.tracing import matrix_of
from placeplan.web.assuring.comparing import PlaceBeside, places_beside
from placeplan.web.commitments.selectors import commitments_seen
from placeplan.web.performance.selectors import off_trajectory, standings
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import published
from placeplan.web.programs.acting import PLAN, actor_of, results_in, seen_by, there
from placeplan.web.programs.document_shapes import ChapterTold, chapter_told
from placeplan.web.programs.shapes import Plain
from placeplan.web.timeline.selectors import timeline_of

router = Router()
PLACES = 2
Chapters = Literal[
    "on-a-page",
    "words",
    "money",
    "performance",
    "people",
    "care",
    "commitments",
    "traceability",
    "governance",
    "assurance",
    "signing",
]
Sorts = Literal["", "place", "errors", "warnings", "rules", "trajectories", "not-assured", "queries", "signed"]


class StandingTold(Schema):
    """A trajectory: its latest value against its standard and its plan, in words (empty: not known)."""

    indicator: str
    title: str
    area: str
    latest: str
    period: str
    figure: str
    level: str
    standard: str
    short_of_standard: str
    planned: str
    trajectory: str
    short_of_plan: str
    periods_off: int
    needed: str
    variation: str
    assurance: str


class FindingTold(Schema):
    """What a check says, and where."""

    code: str
    severity: str
    words: str
    section: str
    line: int


class PerformanceTold(Schema):
    """Every trajectory, the worst first, and what was found of those that are not kept."""

    standings: list[StandingTold]
    off: list[FindingTold]


class ContractTold(Schema):
    """A contract with its days worked back from its end; ``usual``: with the usual months and not its own."""

    contract: str
    title: str
    provider: str
    ends: date | None
    decided: str
    review_by: date | None
    decide_by: date | None
    notice_by: date | None
    procure_by: date | None
    usual: bool
    step: str
    due: date | None
    overdue: bool


class IntentionTold(Schema):
    """A commissioning intention."""

    intention: str
    title: str
    programme: str
    provider: str
    status: str
    change: str
    financial: str
    comment: str


class RiskTold(Schema):
    """A risk as it stands; ``escalated``: its score goes to the board; ``moved``: since the revision before."""

    risk: str
    title: str
    area: str
    mitigation: str
    owner: str
    likelihood: int | None
    impact: int | None
    score: int | None
    grade: str
    escalated: bool
    review: date | None
    overdue: bool
    moved: str


class DueTold(Schema):
    """Something that is due on a day."""

    day: date
    kind: str
    words: str
    section: str
    overdue: bool


class CommitmentsTold(Schema):
    """What a plan commits to on a day; ``told_by``: when providers must know of intentions at the latest."""

    day: date
    told_by: date
    contracts: list[ContractTold]
    intentions: list[IntentionTold]
    risks: list[RiskTold]
    gone_risks: list[str]
    calendar: list[DueTold]


class GoalTold(Schema):
    """Something that projects are to serve, and the titles of those that do."""

    id: str
    name: str
    text: str
    framework: str
    served_by: list[str]
    source: str


class ProjectTold(Schema):
    """A project with the goals that it serves, and those that it names and nobody knows."""

    project: str
    title: str
    owner: str
    serves: list[str]
    unknown: list[str]


class MatrixTold(Schema):
    """Projects against goals; ``complete``: every goal is served and every project serves one."""

    complete: bool
    goals: list[GoalTold]
    projects: list[ProjectTold]


class LinkTold(Schema):
    """A page, and the words that lead to it."""

    words: str
    address: str


class HappenedTold(Schema):
    """Something that happened to a plan; ``links`` are the pages behind it."""

    at: datetime
    kind: str
    title: str
    words: str
    who: str
    links: list[LinkTold]


class PlaceTold(Schema):
    """A place as it was last published. ``assured``, ``partly`` and ``not_assured`` count lines as they were judged."""

    plan: str
    title: str
    round: str
    synthetic: bool
    position: str
    errors: int
    warnings: int
    rules_missed: int
    trajectories_not_assured: int
    trajectories: int
    assured: int
    partly_assured: int
    not_assured: int
    not_judged: int
    queries: int
    signed: int
    bodies: int
    put_forward: bool


class BothTold(Schema):
    """A figure that two places both have, as people read it; ``difference`` is the second less the first."""

    id: str
    label: str
    first: str
    second: str
    difference: str


class PlacesTold(Schema):
    """Places beside each other; of two, the figures that both have."""

    places: list[PlaceTold]
    figures: list[BothTold]


class PlacesAsked(Schema):
    """Identifiers of plans, what they are sorted by, and words that the figures of two must hold."""

    plan: list[Plain] = Field(default_factory=list)
    sort: Sorts = ""
    words: Plain = ""


@router.get(f"{PLAN}/summary", response=ChapterTold, url_name="summary")
def summary(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Where each service stands against what is asked of it: the first page of a plan."""
    return chapter_told(summary_of(results_in(seen_by(request, slug))))


@router.get(f"{PLAN}/chapters/{{str:chapter}}", response=ChapterTold, url_name="chapter")
def chapter(request: HttpRequest, slug: str, *, chapter: Chapters) -> dict[str, Any]:
    """A chapter of what you see, as the document has it: words and tables; a chart as its numbers."""
    seen = seen_by(request, slug)
    results_in(seen)
    return chapter_told(chapter_in(seen, chapter))


@router.get(f"{PLAN}/governance", response=ChapterTold, url_name="governance")
def governance(request: HttpRequest, slug: str, *, day: date | None = None) -> dict[str, Any]:
    """Who reports to whom on a day, and what comes to its end; without one, on the day on which the plan is judged."""
    seen = seen_by(request, slug)
    results = results_in(seen)
    return chapter_told(governance_chapter(results, day) if day else chapter_in(seen, "governance"))


@router.get(f"{PLAN}/performance", response=PerformanceTold, url_name="performance")
def performance(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Where every indicator stands, the worst first."""
    seen = seen_by(request, slug)
    results_in(seen)
    names = StandingTold.model_fields.keys() - {"standard", "trajectory"}
    rows = [
        {name: getattr(each, name) for name in names}
        | {"standard": each.standard.words, "trajectory": each.trajectory.words}
        for each in standings(seen)
    ]
    return {"standings": rows, "off": list(off_trajectory(seen))}


@router.get(f"{PLAN}/commitments", response=CommitmentsTold, url_name="commitments")
def commitments(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Contracts with deadlines worked back from their ends, intentions, risks, and a calendar of what is due."""
    found = there(commitments_seen(seen_by(request, slug)))
    return {
        "day": found.day,
        "told_by": found.told_by,
        "contracts": [_contract(each) for each in found.contracts],
        "intentions": [_row(each, IntentionTold) for group in found.programmes for each in group.rows],
        "risks": [_risk(each) for each in found.risks],
        "gone_risks": list(found.gone_risks),
        "calendar": list(found.calendar),
    }


@router.get(f"{PLAN}/traceability", response=MatrixTold, url_name="traceability")
def traceability(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Projects against must-dos, outcomes and ambitions; what nobody serves stands first."""
    found = matrix_of(results_in(seen_by(request, slug)))
    projects = [
        {
            "project": each.row.project,
            "title": each.row.title,
            "owner": each.row.owner or "",
            "serves": sorted(each.serves),
            "unknown": list(each.unknown),
        }
        for each in found.projects
    ]
    return {"complete": found.complete, "goals": list(found.goals), "projects": projects}


@router.get(f"{PLAN}/history", response=list[HappenedTold], url_name="history")
def history(
    request: HttpRequest, slug: str, *, kind: Literal["", "revision", "signing", "meeting", "assurance"] = ""
) -> list[Any]:
    """Everything that happened to a plan, the newest first, or what is of one kind."""
    entries = timeline_of(visible_plan(actor_of(request), slug))
    names = HappenedTold.model_fields.keys() - {"links"}
    return [
        {name: getattr(each, name) for name in names}
        | {"links": [{"words": words, "address": address} for words, address in each.links]}
        for each in entries
        if not kind or each.kind == kind
    ]


@router.get("places", response=PlacesTold, url_name="places")
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> dict[str, Any]:
    """Places beside each other, as each was last published; of two, the figures that both have."""
    chosen = [visible_plan(actor_of(request), slug) for slug in dict.fromkeys(asked.plan)]
    beside = [_place(each) for each in places_beside(chosen, sort=asked.sort)]
    if len(chosen) != PLACES:
        return {"places": beside, "figures": []}
    first, second = (results_of(published(each)) for each in chosen)
    return {"places": beside, "figures": list(side_by_side(first, second, words=asked.words))}


def _row(row: Any, shape: type[Schema]) -> dict[str, Any]:
    """The cells of a row of a plan that a shape has; blank ones are empty."""
    return {name: str(getattr(row, name) or "") for name in shape.model_fields}


def _contract(shown: Any) -> dict[str, Any]:
    row, dates, due = shown.row, shown.dates, shown.due
    return {
        "contract": row.contract,
        "title": row.title,
        "provider": row.provider or "",
        "ends": row.ends,
        "decided": str(row.decision or ""),
        "review_by": dates and dates.review,
        "decide_by": dates and dates.decision,
        "notice_by": dates and dates.notice,
        "procure_by": dates and dates.procurement,
        "usual": bool(dates and dates.usual),
        "step": str(due.step) if due else "",
        "due": due and due.by,
        "overdue": bool(due and due.overdue),
    }


def _risk(shown: Any) -> dict[str, Any]:
    row = shown.row
    words = {name: str(getattr(row, name) or "") for name in ("risk", "title", "area", "mitigation", "owner")}
    numbers = {"likelihood": row.likelihood, "impact": row.impact, "score": shown.score, "review": row.review}
    told = {"grade": shown.grade, "escalated": shown.escalated, "overdue": shown.overdue, "moved": shown.moved}
    return words | numbers | told


def _place(found: PlaceBeside) -> dict[str, Any]:
    standing = found.standing
    assured, partly, lacking, open_ = found.judged
    return {
        "plan": found.plan.slug,
        "title": found.plan.title,
        "round": standing.round,
        "synthetic": standing.synthetic,
        "position": standing.position,
        "errors": standing.errors,
        "warnings": standing.warnings,
        "rules_missed": standing.rules,
        "trajectories_not_assured": standing.trajectories,
        "trajectories": standing.planned,
        "assured": assured,
        "partly_assured": partly,
        "not_assured": lacking,
        "not_judged": open_,
        "queries": found.queries,
        "signed": found.signed,
        "bodies": found.bodies,
        "put_forward": found.submitted,
    }
