"""Accepting a finding until a day: by whom and why, written among the waivers of the plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from placeplan.app.row_questions import questions_of
from placeplan.app.section_grids import table_of
from placeplan.app.section_rows import key_of, row_problems, with_row
from placeplan.kernel.errors import InputError, Problem
from placeplan.web.editing.answers import section_grid, years_of
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.results import results_of

WAIVERS = "waivers.csv"
ASKED = ("reason", "author", "expires")
UNREADABLE = 422


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Accept a finding, which the address names by its code and its subject."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=plan)
    working = selectors.working(request.user, plan)
    checked = results_of(working)
    code, subject = request.GET.get("code", ""), request.GET.get("subject", "")
    found = [each for each in checked.findings if (each.code, each.subject) == (code, subject)]
    table = table_of(WAIVERS)
    if not found or not subject or table is None:
        raise Http404
    cells = {"code": code, "subject": subject, "author": str(request.user.name)}
    problems: tuple[Problem, ...] = ()
    refused = ""
    if request.method == "POST":
        cells |= {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in ASKED}
        try:
            grid = section_grid(working, checked, table=table)
            text = with_row(table, grid, cells=cells, instead_of=key_of(table, cells))
            years = years_of(working, checked)
            texts = {**working.texts, WAIVERS: text or ""}
            problems = row_problems(texts, table, key=key_of(table, cells), years=years)
            if not problems:
                draft = actions.open_draft(actor=request.user, plan=plan)
                replaces = working.checksums.get(WAIVERS, "")
                actions.write_section(actor=request.user, draft=draft, section=WAIVERS, text=text, replaces=replaces)
                messages.success(request, f"{code} is accepted in your draft until {cells['expires']}.")
                return redirect("planning:section", slug, found[0].section)
        except (InputError, OvertakenError, WriteRefusedError) as error:
            refused = str(error)
    questions = questions_of(table, cells, plan=None, years=(), problems=problems)
    context = {
        "plan": plan,
        "working": working,
        "found": found,
        "code": code,
        "subject": subject,
        "questions": [each for group in questions for each in group.questions if each.name in ASKED],
        "problems": problems,
        "refused": refused,
        "judged": checked.results.case.as_at if checked.results else None,
    }
    status = UNREADABLE if problems or refused else None
    return render(request, "editing/accept.html.jinja", context, status=status)
