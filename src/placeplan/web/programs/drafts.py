"""The interface of programs, about drafts: what one changes, bringing it up to date, taking it back, a workbook in."""

import json
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from placeplan.app.building_texts import MEDIA_TYPES
from placeplan.app.comparing_texts import compare_texts
from placeplan.app.plan_archives import archive_of
from placeplan.app.plan_uploads import texts_of_workbook, workbook_of
from placeplan.web.access.selectors import organisation_named
from placeplan.web.exchanging.actions import take_workbook
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Draft, Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.programs import shapes
from placeplan.web.programs.acting import PLAN, actor_of, answered_as

router = Router()


@router.get(f"{PLAN}/draft", response=shapes.DraftShown, url_name="draft")
def draft(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Your draft: on which revision it stands, and what it changes."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=found)
    return _shown(_draft(request, found))


@router.delete(f"{PLAN}/draft", response={204: None}, url_name="discard")
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw your draft away."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=found)
    actions.discard_draft(actor=actor_of(request), draft=_draft(request, found))
    return HttpResponse(status=204)


@router.post(f"{PLAN}/draft/bring-up-to-date", response=shapes.DraftShown, url_name="bring-up-to-date")
def bring_up_to_date(request: HttpRequest, slug: str, *, sent: shapes.Resolved) -> dict[str, Any]:
    """Merge what others published into your draft; for each section in conflict, send the text that stands."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=found)
    actor, mine = actor_of(request), _draft(request, found)
    return _shown(actions.bring_draft_up_to_date(actor=actor, draft=mine, resolved=sent.sections))


@router.get(f"{PLAN}/draft/conflicts", response=list[shapes.ConflictShown], url_name="conflicts")
def conflicts(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """What others published since your draft began and your draft changed too."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=found)
    mine = _draft(request, found)
    own, theirs = selectors.texts_of_draft(mine), selectors.texts_of_revision(selectors.latest_revision(found))
    return [
        {
            "section": each.section,
            "rows": list(each.rows),
            "paragraphs": list(each.paragraphs),
            "mine": own.get(each.section),
            "theirs": theirs.get(each.section),
        }
        for each in selectors.merge_of(mine).conflicts
    ]


@router.get(f"{PLAN}/draft/difference", url_name="draft-difference", openapi_extra=answered_as("application/json"))
def draft_difference(request: HttpRequest, slug: str) -> HttpResponse:
    """What your draft changes of its revision: figures, rows and texts."""
    found = visible_plan(actor_of(request), slug)
    mine = _draft(request, found)
    return _difference(selectors.texts_of_revision(mine.base), selectors.texts_of_draft(mine))


@router.get(
    f"{PLAN}/revisions/{{int:number}}/difference",
    url_name="difference",
    openapi_extra=answered_as("application/json"),
)
def difference(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """What a revision changed of the one before it."""
    revision = selectors.revision_of(visible_plan(actor_of(request), slug), number)
    if revision is None or revision.parent is None:
        raise Http404
    return _difference(selectors.texts_of_revision(revision.parent), selectors.texts_of_revision(revision))


@router.get(f"{PLAN}/revisions/{{int:number}}/files", url_name="files", openapi_extra=answered_as("application/zip"))
def files(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """A revision as a ZIP archive of its folder."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "take-plan-out", plan=found)
    revision = selectors.revision_of(found, number)
    if revision is None:
        raise Http404
    content = archive_of(found.slug, selectors.texts_of_revision(revision))
    return HttpResponse(content, content_type="application/zip")


@router.get(f"{PLAN}/workbook", url_name="workbook", openapi_extra=answered_as(MEDIA_TYPES["xlsx"]))
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbook of what you see."""
    working = selectors.working(actor_of(request), visible_plan(actor_of(request), slug))
    demand_with_plan(actor_of(request), "take-plan-out", plan=working.plan)
    content = workbook_of(working.texts)
    take_workbook(actor=actor_of(request), plan=working.plan, working=working)
    return HttpResponse(content, content_type=MEDIA_TYPES["xlsx"])


@router.post(f"{PLAN}/workbook", response=shapes.Changed, url_name="put-workbook")
def put_workbook(
    request: HttpRequest,
    slug: str,
    *,
    replaces: str,
    file: UploadedFile = File(...),  # noqa: B008 - Django Ninja's way
) -> dict[str, Any]:
    """Put a workbook into your draft. ``replaces`` is the checksum of all sections that you saw."""
    found, actor = visible_plan(actor_of(request), slug), actor_of(request)
    demand_with_plan(actor, "edit-plan", plan=found)
    texts = texts_of_workbook(file.read(), file=str(file.name))
    mine = actions.open_draft(actor=actor, plan=found)
    changed = actions.replace_sections(actor=actor, draft=mine, texts=texts, replaces=replaces)
    return {"sections": sorted(changed), "checksum": selectors.working(actor, found).checksum}


@router.get(f"{PLAN}/partners", response=list[str], url_name="partners")
def partners(request: HttpRequest, slug: str) -> list[str]:
    """The organisations that the plan is shared with."""
    return [each.slug for each in selectors.partners_of(_shareable(request, slug))]


@router.put(f"{PLAN}/partners/{{slug:organisation}}", response=list[str], url_name="share")
def share(request: HttpRequest, slug: str, *, organisation: str) -> list[str]:
    """Share the plan with an organisation."""
    found, other = _shareable(request, slug), organisation_named(organisation)
    if other is None:
        raise Http404
    actions.share_plan(actor=actor_of(request), plan=found, organisation=other)
    return [each.slug for each in selectors.partners_of(found)]


@router.delete(f"{PLAN}/partners/{{slug:organisation}}", response=list[str], url_name="stop-sharing")
def stop_sharing(request: HttpRequest, slug: str, *, organisation: str) -> list[str]:
    """Share the plan with an organisation no longer."""
    found, other = _shareable(request, slug), organisation_named(organisation)
    if other is None or other not in selectors.partners_of(found):
        raise Http404
    actions.stop_sharing(actor=actor_of(request), plan=found, organisation=other)
    return [each.slug for each in selectors.partners_of(found)]


def _shareable(request: HttpRequest, slug: str) -> Plan:
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "share-plan", plan=found)
    return found


def _draft(request: HttpRequest, plan: Plan) -> Draft:
    found = selectors.draft_of(actor_of(request), plan)
    if found is None:
        raise Http404
    return found


def _shown(found: Draft) -> dict[str, Any]:
    changed = sorted(found.sections.values_list("name", flat=True))
    return {"revision": found.base.number, "changed": found.changed, "sections": changed}


def _difference(before: dict[str, str], after: dict[str, str]) -> HttpResponse:
    text = json.dumps(asdict(compare_texts(before, after)), default=str, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")
