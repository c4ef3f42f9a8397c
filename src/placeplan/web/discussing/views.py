"""The page of comments and queries."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from placeplan.plan.row_names import row_name
from placeplan.web.discussing import actions, selectors
from placeplan.web.discussing.addresses import targets_of
from placeplan.web.discussing.models import Thread
from placeplan.web.planning import selectors as selectors_of_plans
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import results_of

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
    return _back(slug, about)


def _back(slug: str, about: str) -> HttpResponse:
    """To the threads about one thing, or to every thread."""
    address = reverse("discussing:threads", args=[slug])
    return HttpResponseRedirect(f"{address}?{urlencode({'about': about})}" if about else address)


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
    return _back(slug, request.GET.get("about", ""))


def _page(request: HttpRequest, plan: Plan, *, about: str = "", words: str = "", problem: str = "") -> HttpResponse:
    working = selectors_of_plans.working(request.user, plan)
    threads = selectors.threads_of(plan, about=about if request.method == "GET" else "")
    names = {thread.about for thread in threads} | ({about} if about else set())
    rights = {name: may_with_plan(request.user, name, plan=plan) for name in ("comment", "raise-query", "close-query")}
    context = {
        "plan": plan,
        "threads": threads,
        "targets": targets_of(plan, working, checked=results_of(working), names=names),
        "only": about if request.method == "GET" else "",
        "rights": rights,
        "about": about,
        "words": words,
        "problem": problem,
    }
    return render(request, "discussing/threads.html.jinja", context, status=UNREADABLE if problem else None)
