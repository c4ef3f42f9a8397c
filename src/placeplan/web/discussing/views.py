"""The page of comments and queries."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from placeplan.plan.row_names import row_name
from placeplan.web.discussing import actions, selectors
from placeplan.web.discussing.models import Thread
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan

UNREADABLE = 422


@require_http_methods(["GET", "POST"])
def threads(request: HttpRequest, slug: str) -> HttpResponse:
    """Every comment and query of a plan; and a new one."""
    plan = visible_plan(request.user, slug)
    if request.method == "GET":
        return _page(request, plan, about=_about(request))
    kind = Thread.Kind("query" if request.POST.get("kind") == "query" else "comment")
    about, words = request.POST.get("about", ""), request.POST.get("words", "")
    try:
        actions.begin_thread(actor=request.user, plan=plan, kind=kind, about=about, words=words)
    except WriteRefusedError as error:
        return _page(request, plan, about=about, words=words, problem=str(error))
    messages.success(request, "It stands here until it is closed.")
    return redirect("discussing:threads", slug)


def _about(request: HttpRequest) -> str:
    """What the address asks about: something by its name, or a row by its section and its key."""
    key = request.GET.getlist("key")
    named = row_name(request.GET.get("section", ""), key) if key else request.GET.get("section", "")
    return request.GET.get("about", "") or named


@require_POST
def reply(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """Answer in a thread, or close it."""
    plan = visible_plan(request.user, slug)
    thread = selectors.thread_of(plan, number)
    if thread is None:
        raise Http404
    try:
        if request.POST.get("words", "").strip():
            actions.reply(actor=request.user, thread=thread, words=request.POST["words"])
        if "close" in request.POST:
            actions.close_thread(actor=request.user, thread=thread)
    except WriteRefusedError as error:
        return _page(request, plan, problem=str(error))
    return redirect("discussing:threads", slug)


def _page(request: HttpRequest, plan: Plan, *, about: str = "", words: str = "", problem: str = "") -> HttpResponse:
    rights = {name: may_with_plan(request.user, name, plan=plan) for name in ("comment", "raise-query", "close-query")}
    context = {
        "plan": plan,
        "threads": selectors.threads_of(plan),
        "rights": rights,
        "about": about,
        "words": words,
        "problem": problem,
    }
    return render(request, "discussing/threads.html.jinja", context, status=UNREADABLE if problem else None)
