"""Pages of plans: figures, history, publishing, bringing a draft up to date."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.app.comparing_sections import SectionChange, section_changes
from placeplan.app.plan_archives import archive_of
from placeplan.app.workspace_checks import printed
from placeplan.kernel.errors import InputError
from placeplan.web.discussing.selectors import open_counts
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import ConflictError, WriteRefusedError
from placeplan.web.planning.deciding import decided
from placeplan.web.planning.models import Draft, Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.results import results_of

CONFLICT, UNREADABLE = 409, 422
MOST_FIGURES = 200


@require_GET
def figure(request: HttpRequest, *, slug: str, identifier: str) -> HttpResponse:
    """How a figure is made, down to the cells that it comes from."""
    found = visible_plan(request.user, slug)
    working = selectors.working(request.user, found)
    try:
        explained = results_of(working).explained(identifier)
    except InputError as error:
        raise Http404(str(error)) from error
    context = {"plan": found, "explained": explained, "identifier": identifier, "printed": printed}
    context["threads"] = open_counts(found).get(identifier, 0)
    return render(request, "planning/figure.html.jinja", context)


@require_GET
def figures(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Every figure, or those that hold some words."""
    found = visible_plan(request.user, slug)
    words = request.GET.get("q", "")
    shown = results_of(selectors.working(request.user, found)).figures_with(words, most=MOST_FIGURES)
    return render(request, "planning/figures.html.jinja", {"plan": found, "words": words, "figures": shown})


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Make the draft the next revision."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "publish-revision", plan=found)
    draft = _draft(request, found)
    problem, message = "", request.POST.get("message", "")
    if request.method == "POST":
        try:
            revision = actions.publish_draft(actor=request.user, draft=draft, message=message)
            messages.success(request, f"Published as revision {revision.number}.")
            return redirect("planning:plan", found.slug)
        except ConflictError:
            return redirect("planning:bring-up-to-date", found.slug)
        except (InputError, WriteRefusedError) as error:
            problem = str(error)
    working = selectors.working(request.user, found)
    context = {
        "plan": found,
        "working": working,
        "changes": _changes(draft),
        "checked": results_of(working),
        "problem": problem,
        "message": message,
    }
    return render(request, "planning/publish.html.jinja", context, status=UNREADABLE if problem else None)


def _changes(draft: Draft) -> dict[str, tuple[SectionChange, ...]]:
    """What a draft changes of the revision that it stands on, section by section, whether it can be read or not."""
    base, mine = selectors.texts_of_revision(draft.base), selectors.texts_of_draft(draft)
    names = sorted(draft.sections.values_list("name", flat=True))
    return {name: section_changes(name, base.get(name), after=mine.get(name)) for name in names}


@require_http_methods(["GET", "POST"])
def bring_up_to_date(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Merge what others published into the draft; where both changed the same, the person says which stands."""
    found = visible_plan(request.user, slug)
    draft = _draft(request, found)
    problem, undecided = "", ()  # type: str, tuple[str, ...]
    merged, latest = selectors.merge_of(draft), selectors.latest_revision(found)
    mine, theirs = selectors.texts_of_draft(draft), selectors.texts_of_revision(latest)
    seen = selectors.sides_of(draft)
    if request.method == "POST" or not merged.conflicts:
        base = selectors.texts_of_revision(draft.base)
        said = decided(request.POST.dict(), merged, base=base, mine=mine, theirs=theirs)
        undecided = said.undecided
        try:
            asked = request.POST.get("seen", seen)
            actions.bring_draft_up_to_date(actor=request.user, draft=draft, resolved=said.texts, seen=asked)
            messages.success(request, "Your draft now stands on the latest revision.")
            return redirect("planning:plan", found.slug)
        except ConflictError as error:
            merged, problem = error.merge, "Say for each which stands. Nothing was written."
        except WriteRefusedError as error:
            problem = f"{error} Look at it again. Nothing was written."
    context = {
        "plan": found,
        "draft": draft,
        "merge": merged,
        "latest": latest,
        "mine": mine,
        "theirs": theirs,
        "seen": seen,
        "given": request.POST,
        "problem": problem,
        "undecided": undecided,
    }
    return render(request, "planning/conflicts.html.jinja", context, status=CONFLICT if merged.conflicts else None)


@require_GET
def files(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """A revision as files, with the checksum of each."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "take-plan-out", plan=found)
    revision = selectors.revision_of(found, number)
    if revision is None:
        raise Http404
    content = archive_of(found.slug, selectors.texts_of_revision(revision))
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-revision-{number}.zip"'
    return answer


@require_POST
def discard(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Throw the draft away."""
    found = visible_plan(request.user, slug)
    actions.discard_draft(actor=request.user, draft=_draft(request, found))
    messages.success(request, "Your draft is gone. The plan stands as it was published.")
    return redirect("planning:plan", found.slug)


def _draft(request: HttpRequest, found: Plan) -> Draft:
    draft = selectors.draft_of(request.user, found)
    if draft is None:
        raise Http404
    return draft
