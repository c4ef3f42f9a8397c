"""Whether the process runs, and whether it can serve: for those who watch it."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

UNAVAILABLE = 503


@login_not_required
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives it
    """The process answers."""
    return JsonResponse({"live": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django gives it
    """The database answers and has every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "the database does not answer"}, status=UNAVAILABLE)
    if waiting:
        return JsonResponse({"ready": False, "why": f"{waiting} migrations wait"}, status=UNAVAILABLE)
    return JsonResponse({"ready": True})
