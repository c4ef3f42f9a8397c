"""The page of assurance: each line with what data say and what the assurer judged, and the queries that are open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from placeplan.app.register_definitions import read_checklist, read_evidence_rules
from placeplan.registers.assurance_lines import Judgement
from placeplan.web.assuring import actions, selectors
from placeplan.web.chapters.parts import parts_context
from placeplan.web.discussing.addresses import targets_of
from placeplan.web.entries import Entry
from placeplan.web.evidencing.views import sent_evidence
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import published

UNREADABLE = 422


@require_GET
def assurance(request: HttpRequest, slug: str) -> HttpResponse:
    """How each line stands, of the plan as it was last published."""
    return _page(request, visible_plan(request.user, slug))


@require_POST
def judge(request: HttpRequest, slug: str) -> HttpResponse:
    """Judge a line."""
    plan = visible_plan(request.user, slug)
    try:
        entry, file = Entry(request.POST), sent_evidence(request)
        row = actions.judge_line(actor=request.user, plan=plan, entry=entry, file=file)
    except WriteRefusedError as error:
        return _page(request, plan, problem=str(error))
    messages.success(request, f"Judged: {row.judgement.replace('-', ' ') or 'as data say'}.")
    answer = redirect("assuring:assurance", slug)
    answer["Location"] += f"#line-{row.line}"
    return answer


def _page(request: HttpRequest, plan: Plan, *, problem: str = "") -> HttpResponse:
    seen = published(plan)
    lines = selectors.judged_lines(plan, seen=seen)
    judgements = [line.judgement for line in lines]
    queries = selectors.open_queries(plan)
    results = results_of(seen).results
    context = {
        "plan": plan,
        "title": "Assurance",
        "revision": seen.revision,
        "lines": lines,
        "counts": [(each, judgements.count(each)) for each in Judgement],
        "unjudged": judgements.count(None),
        "queries": queries,
        "targets": targets_of(plan, seen, checked=results_of(seen), names={each.about for each in queries}),
        "asked": {name: [each for each in queries if each.about == name] for name in {each.about for each in queries}},
        "checklist": read_checklist(),
        "of_round": read_checklist().of_round(results.round.id) if results else None,
        "may_judge": may_with_plan(request.user, "judge-line", plan=plan),
        "may_query": may_with_plan(request.user, "raise-query", plan=plan),
        "judgements": list(Judgement),
        "evidence_rules": read_evidence_rules(),
        "problem": problem,
        "given": request.POST if problem else {},
    }
    context |= parts_context(plan, chapter_in(seen, "assurance"))
    return render(request, "assuring/assurance.html.jinja", context, status=UNREADABLE if problem else None)
