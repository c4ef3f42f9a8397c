"""Whether the process runs, whether it can serve, and whether a worker is there: for those who watch the site."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from placeplan.web.publishing.selectors import last_sign

UNAVAILABLE = 503
_GONE = (DatabaseError, InterfaceError)


@login_not_required
@require_GET
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives it
    """The process answers."""
    return JsonResponse({"live": True})


@login_not_required
@require_GET
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives it
    """The database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except _GONE:
        return _not_ready("the database does not answer")
    if waiting:
        return _not_ready(f"{waiting} migrations wait")
    return JsonResponse({"ready": True})


@login_not_required
@require_GET
def worker(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives it
    """A worker said a while ago that it is there. Pages are served without one; documents are not made."""
    try:
        sign = last_sign()
    except _GONE:
        return _not_ready("the database does not answer")
    if sign is None:
        return _not_ready("no worker was ever there")
    silent = round((datetime.now(tz=UTC) - sign).total_seconds())
    if silent > settings.WORKER_SILENT_SECONDS:
        return _not_ready(f"no worker for {silent} seconds")
    return JsonResponse({"ready": True, "silent_seconds": silent})


def _not_ready(why: str) -> JsonResponse:
    return JsonResponse({"ready": False, "why": why}, status=UNAVAILABLE)
