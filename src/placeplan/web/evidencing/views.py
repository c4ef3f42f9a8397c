"""Evidence is taken away as a file: nothing of it ever runs or shows under the rights of this site."""

from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from placeplan.app.register_definitions import read_evidence_rules
from placeplan.web.evidencing.actions import SentFile
from placeplan.web.evidencing.models import Evidence
from placeplan.web.evidencing.selectors import evidence_of
from placeplan.web.planning.policies import visible_plan


@require_GET
def evidence(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """One file of evidence."""
    plan = visible_plan(request.user, slug)
    found = evidence_of(plan, number)
    if found is None:
        raise Http404
    return as_attachment(found)


def as_attachment(found: Evidence) -> HttpResponse:
    """A file of evidence, to be kept and not shown."""
    answer = HttpResponse(bytes(found.file.content), content_type=found.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def sent_evidence(request: HttpRequest) -> SentFile | None:
    """The file of a form, if one was sent. One that is larger than any that is kept is read no further than that."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return None
    return SentFile(str(file.name), file.read(read_evidence_rules().largest + 1))
