"""Taking the workbook out, and merging what comes back into the draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from placeplan.app.building_texts import MEDIA_TYPES
from placeplan.app.plan_uploads import LARGEST_UPLOAD, MEBIBYTE, SentPlan, sent_plan, workbook_of
from placeplan.kernel.errors import InputError
from placeplan.web.exchanging import actions
from placeplan.web.exchanging.selectors import incoming_of, merge_of_incoming, texts_made_from
from placeplan.web.exchanging.views import UNREADABLE, Refused, refused_by, sent_file
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import WriteRefusedError, open_draft, replace_sections
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan

CONFLICT = 409
AS_IT_SAYS, EVERYTHING = "", "everything"


@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Take the workbook out, change it in a spreadsheet, and put it back into the draft."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=plan)
    refused = Refused()
    if request.method == "POST":
        try:
            name, content = sent_file(request)
            sent = sent_plan(content, file=name)
            return _put_in(request, plan, sent=sent, file=name)
        except (InputError, WriteRefusedError) as error:
            refused = refused_by(error)
    working = selectors.working(request.user, plan)
    context = {
        "plan": plan,
        "working": working,
        "replaces": working.checksum,
        "refused": refused,
        "revisions": selectors.history(plan),
        "chosen": request.POST.get("made_from", ""),
        "waiting": incoming_of(working.draft) if working.draft else None,
        "most": LARGEST_UPLOAD // MEBIBYTE,
    }
    return render(request, "exchanging/workbook.html.jinja", context, status=UNREADABLE if refused else None)


def _put_in(request: HttpRequest, plan: Plan, *, sent: SentPlan, file: str) -> HttpResponse:
    """Merge what was sent from what it was made from; or put it in the place of everything, if that is asked for."""
    chosen = request.POST.get("made_from", AS_IT_SAYS)
    draft = open_draft(actor=request.user, plan=plan)
    if chosen == EVERYTHING:
        replaces = request.POST.get("replaces", "")
        changed = replace_sections(actor=request.user, draft=draft, texts=sent.texts, replaces=replaces)
    else:
        base = _base(plan, sent, chosen=chosen)
        merged = actions.send_plan(actor=request.user, draft=draft, sent=sent.texts, base=base, file=file)
        if merged is None:
            return redirect("exchanging:decide", plan.slug)
        changed = merged
    if changed:
        messages.success(request, f"Merged into your draft. Sections changed: {len(changed)}.")
        return redirect("exchanging:draft-difference", plan.slug)
    messages.info(request, "The file says what your draft says already. Nothing was changed.")
    return redirect("exchanging:workbook", plan.slug)


def _base(plan: Plan, sent: SentPlan, *, chosen: str) -> dict[str, str] | None:
    """What a file was made from: as it says, or as the person says; nothing when neither does."""
    if chosen.isdecimal():
        revision = selectors.revision_of(plan, int(chosen))
        if revision is None:
            raise WriteRefusedError(f"There is no revision {chosen} of this plan.")
        return selectors.texts_of_revision(revision)
    return texts_made_from(plan, sent.made_from)


@require_GET
def take_workbook(request: HttpRequest, *, slug: str) -> HttpResponse:
    """The workbook of what somebody sees of a plan: of their draft where they have one."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "take-plan-out", plan=plan)
    working = selectors.working(request.user, plan)
    try:
        content = workbook_of(working.texts)
    except InputError as error:
        context = {"plan": plan, "problems": error.problems}
        return render(request, "exchanging/unreadable.html.jinja", context, status=UNREADABLE)
    actions.take_workbook(actor=request.user, plan=plan, working=working)
    answer = HttpResponse(content, content_type=MEDIA_TYPES["xlsx"])
    state = "draft-on" if working.draft else "revision"
    number = working.draft.base.number if working.draft else working.revision.number
    answer["Content-Disposition"] = f'attachment; filename="{plan.slug}-{state}-{number}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What was sent changes what the draft changed too: the person says, row by row, which stands."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=plan)
    draft = selectors.draft_of(request.user, plan)
    incoming = incoming_of(draft) if draft else None
    if incoming is None:
        raise Http404
    problem, undecided = "", ()  # type: str, tuple[str, ...]
    if request.method == "POST":
        if "leave" in request.POST:
            actions.leave_incoming(actor=request.user, incoming=incoming)
            messages.success(request, f"{incoming.file} is left out. Your draft is as it was.")
            return redirect("planning:plan", slug)
        try:
            changed = actions.decide_incoming(actor=request.user, incoming=incoming, given=request.POST.dict())
            messages.success(request, f"Merged into your draft as you decided. Sections changed: {len(changed)}.")
            return redirect("exchanging:draft-difference", slug)
        except actions.UndecidedError as error:
            problem, undecided = str(error), error.names
        except WriteRefusedError as error:
            problem = str(error)
    found = merge_of_incoming(incoming)
    context = {
        "plan": plan,
        "incoming": incoming,
        "merge": found.merged,
        "mine": found.mine,
        "theirs": found.sent,
        "given": request.POST,
        "problem": problem,
        "undecided": undecided,
    }
    return render(request, "exchanging/decide.html.jinja", context, status=CONFLICT if problem else None)
