"""The rows of a table as a list, and one row as a form, for those who do not want a grid."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from placeplan.app.row_lists import listed_rows
from placeplan.app.row_questions import form_of, questions_of, years_of_grid
from placeplan.app.section_grids import SectionGrid, table_of
from placeplan.app.section_rows import (
    Key,
    ShownRow,
    key_of,
    row_of_key,
    row_problems,
    shown_rows,
    with_row,
    without_row,
)
from placeplan.app.workspace_checks import CheckedTexts
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.model import Plan as ReadPlan
from placeplan.plan.model import Table
from placeplan.plan.row_names import row_name
from placeplan.web.discussing.selectors import open_counts
from placeplan.web.editing.answers import section_grid, section_totals, years_of
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working

CONFLICT, UNREADABLE = 409, 422


@dataclass(frozen=True, slots=True)
class _Opened:
    """A table of a plan as a person sees it."""

    plan: Plan
    table: Table
    working: Working
    checked: CheckedTexts
    grid: SectionGrid

    @property
    def read(self) -> ReadPlan | None:
        """The plan that names what a cell may point to: the one that is published while the draft cannot be read."""
        known = self.checked if self.checked.results else results_of(selectors.published(self.plan))
        return known.results.plan if known.results else None

    def row(self, key: Key) -> ShownRow | None:
        """The row with a key."""
        return row_of_key(self.table, self.grid, key=key)


def _opened(request: HttpRequest, plan: Plan, *, name: str) -> _Opened:
    table = table_of(name)
    if table is None:
        raise Http404
    working = selectors.working(request.user, plan)
    checked = results_of(working)
    return _Opened(plan, table, working, checked, section_grid(working, checked, table=table))


@require_GET
def rows(request: HttpRequest, *, slug: str, name: str) -> HttpResponse:
    """Every row of a table: searched, sorted, with what is found in it and how much is said about it."""
    plan = visible_plan(request.user, slug)
    if table_of(name) is None:
        raise Http404
    try:
        opened = _opened(request, plan, name=name)
    except InputError as error:
        messages.warning(request, f"This is no table as it stands, so it has no rows. {error}")
        return redirect("planning:section", slug, name)
    words, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    form = form_of(opened.table)
    every = shown_rows(opened.table, opened.grid)
    context = {
        "plan": plan,
        "working": opened.working,
        "table": opened.table,
        "section": name,
        "form": form,
        "columns": [column for column in opened.grid.columns if column.heading in form.listed],
        "rows": listed_rows(every, opened.checked.of_section(name), words=words, sort=sort),
        "every": every,
        "words": words,
        "sort": sort,
        "threads": open_counts(plan),
        "totals": section_totals(opened.working, opened.checked, name=name),
        "may_edit": may_with_plan(request.user, "edit-plan", plan=plan),
        "address": row_address,
    }
    return render(request, "editing/rows.html.jinja", context)


def row_address(slug: str, name: str, *, key: Key) -> str:
    """The address of the form of a row."""
    return f"{reverse('editing:row', args=[slug, name])}?{urlencode([('key', part) for part in key])}"


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, *, slug: str, name: str) -> HttpResponse:
    """A row as a form: shown, changed, added, or deleted. Without a key in the address it is a new one."""
    plan = visible_plan(request.user, slug)
    if request.method == "POST":
        demand_with_plan(request.user, "edit-plan", plan=plan)
    try:
        opened = _opened(request, plan, name=name)
    except InputError:
        return redirect("planning:section", slug, name)
    key = tuple(request.GET.getlist("key")) or None
    stands = opened.row(key) if key else None
    if request.method == "POST":
        return _changed(request, opened, key=key, stands=stands)
    if key and stands is None:
        raise Http404
    return _form(request, opened, stands=stands, cells=stands.cells if stands else {})


def _changed(request: HttpRequest, opened: _Opened, *, key: Key | None, stands: ShownRow | None) -> HttpResponse:
    """What was sent is written, refused at its field, or offered where the row was changed since it was shown."""
    before = _before(request)
    cells = _sent(request, opened)
    if key is not None and dict(stands.cells if stands else {}) != before:
        return _form(request, opened, stands=stands, cells=cells, conflict=before)
    if "delete" in request.POST:
        return _deleted(request, opened, key=key or ())
    problems = _problems(opened, cells, key=key)
    if problems:
        return _form(request, opened, stands=stands, cells=cells, problems=problems)
    try:
        _write(request, opened, text=with_row(opened.table, opened.grid, cells=cells, instead_of=key))
    except (OvertakenError, WriteRefusedError) as error:
        return _form(request, opened, stands=stands, cells=cells, refused=str(error))
    messages.success(request, "Kept in your draft.")
    return _next(request, opened, key=key_of(opened.table, cells), was=key)


def _deleted(request: HttpRequest, opened: _Opened, *, key: Key) -> HttpResponse:
    try:
        _write(request, opened, text=without_row(opened.table, opened.grid, key=key))
    except (OvertakenError, WriteRefusedError) as error:
        row = opened.row(key)
        return _form(request, opened, stands=row, cells=row.cells if row else {}, refused=str(error))
    messages.success(request, "The row is deleted from your draft. Undoing the section brings it back.")
    return redirect("editing:rows", opened.plan.slug, opened.table.path)


def _write(request: HttpRequest, opened: _Opened, *, text: str | None) -> None:
    draft = actions.open_draft(actor=request.user, plan=opened.plan)
    replaces = opened.working.checksums.get(opened.table.path, "")
    actions.write_section(actor=request.user, draft=draft, section=opened.table.path, text=text, replaces=replaces)


def _problems(opened: _Opened, cells: Mapping[str, str], *, key: Key | None) -> tuple[Problem, ...]:
    text = with_row(opened.table, opened.grid, cells=cells, instead_of=key)
    texts = dict(opened.working.texts)
    if text is None:
        return (Problem(Location(opened.table.path), "nothing is filled in"),)
    texts[opened.table.path] = text
    years = years_of(opened.working, opened.checked)
    return row_problems(texts, opened.table, key=key_of(opened.table, cells), years=years)


def _before(request: HttpRequest) -> dict[str, str]:
    try:
        before = json.loads(request.POST.get("before", "{}"))
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in before.items()} if isinstance(before, dict) else {}


def _sent(request: HttpRequest, opened: _Opened) -> dict[str, str]:
    """The answers, by heading; several of a list are written with spaces between them."""
    years = years_of_grid(opened.grid, years_of(opened.working, opened.checked))
    return {
        heading: " ".join(part.strip() for part in request.POST.getlist(heading)).replace("\r\n", "\n").strip()
        for heading in opened.table.headings(years)
        if heading in request.POST or f"asked-{heading}" in request.POST
    }


def _next(request: HttpRequest, opened: _Opened, *, key: Key, was: Key | None) -> HttpResponseRedirect:
    """Where to go on: the row after this one, a new one, or the list."""
    slug, name = opened.plan.slug, opened.table.path
    if "another" in request.POST:
        return HttpResponseRedirect(reverse("editing:row", args=[slug, name]))
    if "next" in request.POST:
        keys = [each.key for each in shown_rows(opened.table, opened.grid)]
        after = keys[keys.index(was) + 1 :] if was in keys else []
        if after:
            return HttpResponseRedirect(row_address(slug, name, key=after[0]))
    if "stay" in request.POST:
        return HttpResponseRedirect(row_address(slug, name, key=key))
    return HttpResponseRedirect(reverse("editing:rows", args=[slug, name]))


def _form(
    request: HttpRequest,
    opened: _Opened,
    *,
    stands: ShownRow | None,
    cells: Mapping[str, str],
    **wrong: Any,
) -> HttpResponse:
    """The form, with what is wrong: ``problems`` at fields, ``refused`` in words, a ``conflict`` that is offered."""
    table, plan = opened.table, opened.plan
    years = years_of_grid(opened.grid, years_of(opened.working, opened.checked))
    problems = wrong.get("problems", ())
    keys = [each.key for each in shown_rows(table, opened.grid)]
    at = keys.index(stands.key) if stands else None
    name = row_name(table.path, stands.key) if stands else ""
    context = {
        "plan": plan,
        "working": opened.working,
        "table": table,
        "section": table.path,
        "form": form_of(table),
        "row": stands,
        "groups": questions_of(table, cells, plan=opened.read, years=years, problems=problems),
        "problems": problems,
        "refused": wrong.get("refused", ""),
        "conflict": wrong.get("conflict"),
        "cells": cells,
        "before": json.dumps(dict(stands.cells) if stands else {}),
        "findings": [each for each in opened.checked.of_section(table.path) if stands and each.line == stands.line],
        "about": name,
        "threads": open_counts(plan).get(name, 0),
        "earlier": row_address(plan.slug, table.path, key=keys[at - 1]) if at else "",
        "later": row_address(plan.slug, table.path, key=keys[at + 1]) if at is not None and at + 1 < len(keys) else "",
        "may_edit": may_with_plan(request.user, "edit-plan", plan=plan),
    }
    status = CONFLICT if "conflict" in wrong else UNREADABLE if wrong else None
    return render(request, "editing/row.html.jinja", context, status=status)
