"""The interface of programs, about money: where a service stands, what must be saved, scenarios, sensitivity."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from placeplan.app.document_data import table_data
from placeplan.app.money import answers
from placeplan.app.money import requirement as solving
from placeplan.app.money.position import bearing, standing
from placeplan.app.money.scenarios import MOST_CHANGES, comparison, new_scenario_of
from placeplan.app.money.sensitivity import sensitivity as swung
from placeplan.web.money.actions import put_into_draft
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import Working
from placeplan.web.programs.acting import MISSING, PLAN, actor_of, not_stale, results_in, seen_by, there
from placeplan.web.programs.document_shapes import ChapterTold, TableTold, chapter_told
from placeplan.web.programs.shapes import Changed, Plain

router = Router()
NO_POSITION = "No service of this plan has both spend and an allocation, so that nobody has a position."


class TileTold(Schema):
    """One number at the head of a page: what it is, as printed, and a word on it."""

    title: str
    value: str
    words: str


class MoneyTold(Schema):
    """Where a service stands in a year, and what else bears on its money."""

    service: str
    year: str
    tiles: list[TileTold]
    bridge: TableTold | None
    shown: ChapterTold
    bearing: ChapterTold


class ShareAsked(Schema):
    """A part of a saving in per cent: of a scheme that is there, or of a new one with a title."""

    scheme: Plain = ""
    title: Plain = ""
    share: Plain


class RequirementAsked(Schema):
    """What position is wished for, and how the saving is made. What is left out is as on the page at first."""

    service: Plain = ""
    year: Plain = ""
    wish: Literal["rules", "rate", "amount"] = "rules"
    value: Plain = ""
    position: Literal["cumulative", "in-year"] = "cumulative"
    saved_in: Plain = ""
    recurrent: bool = True
    investment: Plain = ""
    reserves: bool = True
    split: Literal["new", "proportion", "choice", "line"] = "new"
    title: Plain = "Further savings"
    shares: list[ShareAsked] = Field(default_factory=list)


class RequirementPut(RequirementAsked):
    """A requirement whose saving goes into the draft; ``replaces`` is the ``checksum`` of the answer."""

    replaces: str


class AnswerTold(Schema):
    """What must be saved. ``net`` is a decimal text in the unit of the plan; ``changes``: there are rows to put in."""

    needed: bool
    wish: str
    net: str
    amount: str
    manner: str
    parts: list[str]
    changes: bool
    tables: list[TableTold]


class RequirementTold(Schema):
    """The answer, what the rules ask as the plan stands, and the checksum of all sections that it was made from."""

    service: str
    year: str
    answer: AnswerTold
    rules: ChapterTold
    checksum: str


class ChoiceTold(Schema):
    """A scenario that there is (the empty name: the plan as it stands), and whether it is shown."""

    name: str
    title: str
    description: str
    shown: bool


class AssumptionTold(Schema):
    """A cell that a scenario may set: how it is named, what it is, and what stands there."""

    cell: str
    service: str
    title: str
    stands: str


class ScenariosTold(Schema):
    """Scenarios side by side, what could not be shown, and the cells that a new one may set."""

    service: str
    choices: list[ChoiceTold]
    notes: list[str]
    shown: ChapterTold
    assumptions: list[AssumptionTold]


class CellSet(Schema):
    """A cell that a scenario sets, as ``assumptions`` name it, and its value."""

    cell: Plain
    value: Plain


class ScenarioMade(Schema):
    """A new scenario; ``replaces`` is the checksum of all sections that it was made from."""

    title: Plain
    description: Plain = ""
    changes: Annotated[list[CellSet], Field(max_length=MOST_CHANGES)]
    replaces: str


class SensitivityTold(Schema):
    """How a position swings when each assumption changes by itself; ``known``: whether there is a position."""

    service: str
    year: str
    position: str
    known: bool
    shown: ChapterTold


class PlaceAsked(Schema):
    """A service and a year; the first of each where none is named."""

    service: Plain = ""
    year: Plain = ""


class SensitivityAsked(PlaceAsked):
    """Of which position, and by how much in per cent."""

    position: Literal["cumulative", "in-year"] = "cumulative"
    by: Plain = "10"


@router.get(f"{PLAN}/money", response=MoneyTold, url_name="money")
def money(request: HttpRequest, slug: str, *, asked: Query[PlaceAsked]) -> dict[str, Any]:
    """Where a service stands in a year: its position, the rules, its bridge, and what else bears on its money."""
    results, given = results_in(seen_by(request, slug)), asked.dict()
    at = _known(results, given)
    found = there(standing(results, given))
    return {
        "service": at.service.id,
        "year": str(at.year),
        "tiles": answers.tiles_data(found),
        "bridge": table_data(found.bridge) if found.bridge else None,
        "shown": chapter_told(found.shown),
        "bearing": chapter_told(bearing(results, at)),
    }


@router.post(f"{PLAN}/money/requirement", response=RequirementTold, url_name="requirement")
def requirement(request: HttpRequest, slug: str, *, sent: RequirementAsked) -> dict[str, Any]:
    """What must be saved to reach a position. Nothing is written."""
    seen = seen_by(request, slug)
    solved = _solved(seen, sent)
    return {
        "service": solved.chosen.service.id,
        "year": str(solved.chosen.year),
        "answer": answers.answer_data(solved.answer),
        "rules": chapter_told(solving.rules_now(results_in(seen), solved.chosen)),
        "checksum": seen.checksum,
    }


@router.post(f"{PLAN}/money/requirement/draft", response=Changed, url_name="put-requirement")
def put_requirement(request: HttpRequest, slug: str, *, sent: RequirementPut) -> dict[str, Any]:
    """Put the saving that is worked out into your draft."""
    seen = seen_by(request, slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=seen.plan)
    not_stale(seen, sent.replaces)
    solved = _solved(seen, sent)
    sections: dict[str, str | None] = {}
    if solved.answer.changes:
        sections |= solving.sections_with(seen.texts, results_in(seen), answer=solved.answer)
    return put(request, seen, sections=sections)


@router.get(f"{PLAN}/money/scenarios", response=ScenariosTold, url_name="scenarios")
def scenarios(
    request: HttpRequest,
    slug: str,
    *,
    asked: Query[PlaceAsked],
    scenario: list[Plain] = Query([]),  # noqa: B008 - Django Ninja's way
) -> dict[str, Any]:
    """Scenarios side by side: those that are named, two to four; the empty name is the plan as it stands."""
    results, given = results_in(seen_by(request, slug)), asked.dict()
    _known(results, given)
    found = there(comparison(results, given, names=scenario))
    answers.known_scenarios(found, scenario)
    assumptions = [
        {"cell": each.key, "service": service, "title": each.title, "stands": each.stands}
        for service, own in found.assumptions
        for each in own
    ]
    return {
        "service": found.chosen.service.id,
        "choices": list(found.choices),
        "notes": list(found.notes),
        "shown": chapter_told(found.shown),
        "assumptions": assumptions,
    }


@router.post(f"{PLAN}/money/scenarios", response={201: Changed}, url_name="new-scenario")
def new_scenario(request: HttpRequest, slug: str, *, sent: ScenarioMade) -> Status[dict[str, Any]]:
    """Make a scenario in your draft, from assumptions that are changed."""
    seen = seen_by(request, slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=seen.plan)
    not_stale(seen, sent.replaces)
    given = {"title": sent.title, "description": sent.description}
    for number, change in enumerate(sent.changes, start=1):
        given |= {f"cell-{number}": change.cell, f"value-{number}": change.value}
    made = new_scenario_of(results_in(seen), given)
    answers.all_right(made.wrong)
    return Status(201, put(request, seen, sections={made.section: made.text}))


@router.get(f"{PLAN}/money/sensitivity", response=SensitivityTold, url_name="sensitivity")
def sensitivity(request: HttpRequest, slug: str, *, asked: Query[SensitivityAsked]) -> dict[str, Any]:
    """What a position rests on: each assumption changed by itself, the widest swing first."""
    results, given = results_in(seen_by(request, slug)), asked.dict()
    at = _known(results, given)
    found = there(swung(results, given))
    answers.all_right(found.wrong)
    told = {"service": at.service.id, "year": str(at.year), "position": found.position}
    return {**told, "known": found.shown is not None, "shown": chapter_told(found.shown)}


def _known(results: Any, given: dict[str, str]) -> Any:
    at = answers.known(results, given)
    if at is None:
        raise HttpError(MISSING, NO_POSITION)
    return at


def _solved(seen: Working, sent: RequirementAsked) -> Any:
    """What was asked, worked out.

    Raises:
        InputError: with everything that is wrong with it.
        Http404: nobody has a position.
    """
    results = results_in(seen)
    given = {
        "solve": "yes",
        "service": sent.service,
        "year": sent.year,
        "wish": sent.wish,
        "value": sent.value,
        "position": sent.position,
        "recurrent": "yes" if sent.recurrent else "no",
        "investment": sent.investment,
        "reserves": "yes" if sent.reserves else "no",
        "split": sent.split,
        "title": sent.title,
    }
    given |= {"saved-in": sent.saved_in} if sent.saved_in else {}
    given |= answers.shares_asked([(each.scheme, each.title, each.share) for each in sent.shares])
    _known(results, given)
    found = there(solving.requirement(results, given))
    answers.known_shares(given, [share.field for share in found.form.existing])
    answers.all_right(found.wrong)
    return found


def put(request: HttpRequest, seen: Working, *, sections: dict[str, str | None]) -> dict[str, Any]:
    """Write sections into the actor's draft, and tell which changed and what stands now."""
    if sections:
        put_into_draft(actor=actor_of(request), plan=seen.plan, sections=sections, replaces=seen.checksums)
    return {"sections": sorted(sections), "checksum": seen_by(request, seen.plan.slug).checksum}
