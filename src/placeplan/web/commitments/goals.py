"""Goals by programme of care: a cell of the matrix is filled in where it stands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from placeplan.app.goals_by_programme import (
    ASKED,
    GOALS,
    entry_problem,
    goals_of,
    goals_table,
    next_open,
    row_of_goal,
    said_in,
)
from placeplan.app.section_rows import key_of, row_problems, with_row
from placeplan.kernel.errors import InputError
from placeplan.registers.goals import GoalCell, GoalsMatrix
from placeplan.web.commitments.views import traceability_page
from placeplan.web.editing.answers import section_grid, years_of
from placeplan.web.planning import actions
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working, working

CONFLICT, UNREADABLE = 409, 422
CHANGED = (
    "This cell was changed since you opened it. What you typed is in the form, below what stands there now: save again "
    "to put yours in its place."
)


@dataclass(frozen=True, slots=True)
class _Filling:
    """A cell that somebody fills: what stands there, and what they typed."""

    seen: Working
    matrix: GoalsMatrix
    cell: GoalCell
    stands: Mapping[str, str]
    typed: Mapping[str, str]


@require_POST
def fill_goal(request: HttpRequest, slug: str) -> HttpResponse:
    """Write what a programme of care does for a goal, or why it does nothing, into the draft."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=plan)
    filling = _filling(request, plan)
    if filling.stands != _before(request):
        return _again(request, filling, problem=CHANGED, status=CONFLICT)
    try:
        problem = entry_problem(filling.typed) or _written(request, filling)
    except OvertakenError:
        return _again(request, _filling(request, plan), problem=CHANGED, status=CONFLICT)
    except (InputError, WriteRefusedError) as error:
        problem = str(error)
    if problem:
        return _again(request, filling, problem=problem, status=UNREADABLE)
    cell = filling.cell
    messages.success(request, f"Kept in your draft: goal {cell.goal.number}, {cell.programme.title.lower()}.")
    return _onwards(request, filling)


def _filling(request: HttpRequest, plan: Plan) -> _Filling:
    """The cell that was sent, with what stands in it now; none such, or a plan that cannot be read, is no page."""
    seen = working(request.user, plan)
    checked = results_of(seen)
    matrix = goals_of(checked.results) if checked.results else None
    cell = matrix.cell(request.POST.get("goal", ""), request.POST.get("programme", "")) if matrix else None
    if matrix is None or cell is None:
        raise Http404
    row = row_of_goal(section_grid(seen, checked, table=goals_table()), cell)
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in ASKED}
    return _Filling(seen, matrix, cell, said_in(row), typed)


def _before(request: HttpRequest) -> dict[str, str]:
    """What stood in the cell when the form was made."""
    try:
        before = json.loads(request.POST.get("before", "{}"))
    except ValueError:
        return {}
    given = before if isinstance(before, dict) else {}
    return {name: str(given.get(name, "")) for name in ASKED}


def _written(request: HttpRequest, filling: _Filling) -> str:
    """Write the row; what is wrong with it, in words, when it cannot be read."""
    seen, table = filling.seen, goals_table()
    checked = results_of(seen)
    grid = section_grid(seen, checked, table=table)
    cells = {"goal": filling.cell.goal.id, "programme": filling.cell.programme.id, **filling.typed}
    key = key_of(table, cells)
    text = with_row(table, grid, cells=cells, instead_of=key)
    problems = row_problems({**seen.texts, GOALS: text or ""}, table, key=key, years=years_of(seen, checked))
    if problems:
        return " ".join(f"{each.location.field}: {each.message}." for each in problems)
    draft = actions.open_draft(actor=request.user, plan=seen.plan)
    replaces = seen.checksums.get(GOALS, "")
    actions.write_section(actor=request.user, draft=draft, section=GOALS, text=text, replaces=replaces)
    return ""


def _again(request: HttpRequest, filling: _Filling, *, problem: str, status: int) -> HttpResponse:
    shown: dict[str, Any] = {
        "filling": filling.cell,
        "typed": filling.typed,
        "stands": filling.stands if status == CONFLICT else None,
        "before": json.dumps(dict(filling.stands)),
        "fill_problem": problem,
    }
    return traceability_page(request, filling.seen, more=shown, status=status)


def _onwards(request: HttpRequest, filling: _Filling) -> HttpResponse:
    """Back to the matrix, or to the next cell that says nothing."""
    address = reverse("commitments:traceability", args=[filling.seen.plan.slug])
    after = next_open(filling.matrix, filling.cell) if "next" in request.POST else None
    if after is None:
        return HttpResponseRedirect(f"{address}#goals")
    asked = urlencode({"fill": after.goal.id, "programme": after.programme.id})
    return HttpResponseRedirect(f"{address}?{asked}#fill")
