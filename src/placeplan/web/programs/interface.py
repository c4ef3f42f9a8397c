"""The interface of programs: what the pages do, asked for with a token, under the same rights."""

from datetime import UTC, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Status
from ninja.security import HttpBearer

from placeplan.app.building_texts import MEDIA_TYPES
from placeplan.app.explaining import Explanation
from placeplan.app.workspace_reports import findings_text
from placeplan.kernel.errors import InputError
from placeplan.web.access.models import Person
from placeplan.web.access.selectors import organisation_named
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Plan, Revision
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.programs import (
    agreeing,
    assuring,
    care,
    chapters,
    drafts,
    meetings,
    money,
    money_reports,
    people,
    shapes,
)
from placeplan.web.programs.acting import PLAN, actor_of, answered_as
from placeplan.web.programs.actions import take_token
from placeplan.web.programs.problems import ANSWERED_WITH_A_PROBLEM, answers_problems, described_problem
from placeplan.web.publishing.actions import ask_for_document
from placeplan.web.publishing.models import Job
from placeplan.web.publishing.selectors import document_of, jobs_of

MOST_FIGURES = 1_000
Form = Literal["html", "pdf", "docx", "xlsx"]


class _Token(HttpBearer):
    """A token of a person, in the header ``Authorization: Bearer …``."""

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        return take_token(request=request, secret=token)


api = NinjaAPI(
    title="Placeplan",
    version="1",
    description="What the pages of the workspace do, for programs. Rights are those of the role of the token.",
    auth=_Token(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
answers_problems(api)
for part in (drafts, money, money_reports, care, people, chapters, assuring, agreeing, meetings):
    api.add_router("", part.router)


@api.get("plans", response=list[shapes.PlanShown], url_name="plans")
def plans(request: HttpRequest) -> list[dict[str, Any]]:
    """The plans that you may see."""
    return [_plan(each) for each in selectors.plans_for(actor_of(request))]


@api.post("plans", response={201: shapes.PlanShown}, url_name="bring-in")
def bring_in(request: HttpRequest, sent: shapes.PlanSent) -> Status[dict[str, Any]]:
    """Bring a plan in."""
    organisation = organisation_named(sent.organisation)
    if organisation is None:
        raise Http404
    plan = actions.bring_in_plan(
        actor=actor_of(request), organisation=organisation, texts=sent.sections, message=sent.message
    )
    return Status(201, _plan(plan))


@api.get(PLAN, response=shapes.PlanShown, url_name="plan")
def plan(request: HttpRequest, slug: str) -> dict[str, Any]:
    """A plan."""
    return _plan(visible_plan(actor_of(request), slug))


@api.get(f"{PLAN}/revisions", response=list[shapes.RevisionShown], url_name="revisions")
def revisions(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """Every revision."""
    return [_revision(each) for each in selectors.history(visible_plan(actor_of(request), slug))]


@api.get(
    f"{PLAN}/revisions/{{int:number}}/sections",
    response=list[shapes.SectionText],
    url_name="revision-sections",
)
def revision_sections(request: HttpRequest, slug: str, *, number: int) -> list[dict[str, str]]:
    """A revision with its texts."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "take-plan-out", plan=found)
    revision = selectors.revision_of(found, number)
    if revision is None:
        raise Http404
    checksums = selectors.checksums_of_revision(revision)
    texts = selectors.texts_of_revision(revision)
    return [{"name": name, "checksum": checksums[name], "text": text} for name, text in texts.items()]


@api.get(f"{PLAN}/sections", response=list[shapes.SectionShown], url_name="sections")
def sections(request: HttpRequest, slug: str) -> list[dict[str, str]]:
    """Sections of what you see."""
    working = _working(request, slug)
    return [{"name": name, "checksum": checksum} for name, checksum in working.checksums.items()]


@api.get(f"{PLAN}/sections/{{path:name}}", response=shapes.SectionText, url_name="section")
def section(request: HttpRequest, slug: str, *, name: str) -> dict[str, str]:
    """A section."""
    working = _working(request, slug)
    if name not in working.texts:
        raise Http404
    return {"name": name, "checksum": working.checksums[name], "text": working.texts[name]}


@api.put(
    f"{PLAN}/sections/{{path:name}}",
    response=shapes.Checksum,
    url_name="write-section",
)
def write_section(request: HttpRequest, slug: str, *, name: str, sent: shapes.SectionWrite) -> dict[str, str]:
    """Write a section of your draft."""
    draft = actions.open_draft(actor=actor_of(request), plan=visible_plan(actor_of(request), slug))
    checksum = actions.write_section(
        actor=actor_of(request), draft=draft, section=name, text=sent.text, replaces=sent.replaces
    )
    return {"checksum": checksum}


@api.post(f"{PLAN}/publish", response={201: shapes.RevisionShown}, url_name="publish")
def publish(request: HttpRequest, slug: str, *, sent: shapes.Words) -> Status[dict[str, Any]]:
    """Publish your draft."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "publish-revision", plan=found)
    draft = selectors.draft_of(actor_of(request), found)
    if draft is None:
        raise Http404
    return Status(201, _revision(actions.publish_draft(actor=actor_of(request), draft=draft, message=sent.message)))


@api.get(
    f"{PLAN}/findings",
    url_name="findings",
    openapi_extra=answered_as("application/json", "application/sarif+json"),
)
def findings(request: HttpRequest, slug: str, *, form: Literal["json", "sarif"] = "json") -> HttpResponse:
    """What is found, as JSON or SARIF."""
    today = datetime.now(tz=UTC).date()
    text = findings_text(_working(request, slug).texts, plan=slug, form=form, today=today)
    return HttpResponse(text, content_type="application/sarif+json" if form == "sarif" else "application/json")


@api.get(f"{PLAN}/figures", response=list[shapes.FigureShown], url_name="figures")
def figures(request: HttpRequest, slug: str, *, words: str = "") -> list[dict[str, str]]:
    """Figures that hold some words."""
    found = results_of(_working(request, slug)).figures_with(words, most=MOST_FIGURES)
    return [{"id": each.id, "label": each.label, "printed": each.printed} for each in found]


@api.get(f"{PLAN}/figures/{{str:figure}}", response=shapes.Derivation, url_name="figure")
def figure(request: HttpRequest, slug: str, *, figure: str) -> dict[str, Any]:
    """How a figure is made."""
    working = _working(request, slug)
    try:
        return _derivation(results_of(working).explained(figure))
    except InputError as error:
        raise Http404(str(error)) from error


@api.post(
    f"{PLAN}/documents/{{str:form}}",
    response={202: shapes.DocumentAsked},
    url_name="ask-for-document",
)
def ask(request: HttpRequest, slug: str, *, form: Form) -> Status[dict[str, Any]]:
    """Ask for a document of the latest revision."""
    revision = selectors.latest_revision(visible_plan(actor_of(request), slug))
    job: Job = ask_for_document(actor=actor_of(request), revision=revision, form=form)
    return Status(202, {"revision": revision.number, "form": form, "state": job.state, "problem": job.problem})


@api.get(
    f"{PLAN}/revisions/{{int:number}}/documents/{{str:form}}",
    url_name="document",
    openapi_extra=answered_as(*MEDIA_TYPES.values()),
)
def document(request: HttpRequest, slug: str, *, number: int, form: Form) -> HttpResponse:
    """A document."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "take-plan-out", plan=found)
    revision: Revision | None = selectors.revision_of(found, number)
    made = document_of(revision, form) if revision else None
    if made is None:
        raise Http404
    answer = HttpResponse(bytes(made.content), content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-revision-{number}.{form}"'
    return answer


@api.get(f"{PLAN}/documents/{{str:form}}", response=shapes.DocumentAsked, url_name="document-asked")
def asked(request: HttpRequest, slug: str, *, form: Form) -> dict[str, Any]:
    """How far the document of the latest revision is."""
    found = visible_plan(actor_of(request), slug)
    demand_with_plan(actor_of(request), "take-plan-out", plan=found)
    revision = selectors.latest_revision(found)
    job = {each.form: each for each in jobs_of(revision)}.get(form)
    if job is None:
        raise Http404
    return {"revision": revision.number, "form": form, "state": job.state, "problem": job.problem}


def openapi() -> dict[str, Any]:
    """The interface as an OpenAPI document; every operation may be answered with a problem."""
    described = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    described["components"]["schemas"]["Problem"] = described_problem()
    for methods in described["paths"].values():
        for operation in methods.values():
            operation["responses"]["4XX"] = ANSWERED_WITH_A_PROBLEM
    return described


def addresses() -> Any:
    """The addresses, which need a token and no session."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False
    return patterns, app, namespace


def _working(request: HttpRequest, slug: str) -> selectors.Working:
    return selectors.working(actor_of(request), visible_plan(actor_of(request), slug))


def _plan(found: Plan) -> dict[str, Any]:
    number = selectors.latest_revision(found).number
    return {"id": found.slug, "title": found.title, "organisation": found.organisation.slug, "revision": number}


def _revision(found: Revision) -> dict[str, Any]:
    author = found.author.name if found.author else ""
    told = {"number": found.number, "at": found.at, "message": found.message, "checksum": found.checksum}
    return {**told, "author": author}


def _derivation(found: Explanation) -> dict[str, Any]:
    return {
        "label": found.label,
        "value": None if found.value is None else str(found.value),
        "unit": found.unit,
        "share": None if found.share is None else str(found.share),
        "origin": found.origin,
        "formula": found.formula,
        "missing": list(found.missing),
        "leans_on": list(found.leans_on),
        "repeated": found.repeated,
        "parts": [_derivation(part) for part in found.parts],
    }
