"""Numbers for those who watch the site, in the text format of Prometheus.

Several worker processes write into one folder (``PROMETHEUS_MULTIPROC_DIR``, which ``placeplan serve --production``
makes), so that whichever answers tells the sum.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from placeplan.web.counters import counted
from placeplan.web.publishing.selectors import jobs_by_state, last_sign


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Every number. Who may not read them is told that there is nothing here."""
    if not _may_read(request):
        raise Http404
    now = CollectorRegistry()
    now.register(_Jobs())
    return HttpResponse(generate_latest(counted()) + generate_latest(now), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """By the token where one is set, and from the addresses where some are; nobody where neither is."""
    token, networks = settings.METRICS_TOKEN, settings.METRICS_NETWORKS
    if not token and not networks:
        return False
    if token and not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return False
    return not networks or _within(request, networks)


def _within(request: HttpRequest, networks: Iterable[object]) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in networks)  # type: ignore[operator]  # networks, as settings read them


class _Jobs(Collector):
    """What the database says at the moment; that it does not answer is a number too."""

    def collect(self) -> Iterable[Metric]:
        try:
            states, sign = jobs_by_state(), last_sign()
        except (DatabaseError, InterfaceError):
            yield GaugeMetricFamily("placeplan_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("placeplan_database_up", "Whether the database answers.", value=1)
        jobs = GaugeMetricFamily("placeplan_jobs", "Documents that were asked for, by state.", labels=["state"])
        for state, count in states.items():
            jobs.add_metric([state], count)
        yield jobs
        if sign is not None:
            silent = (datetime.now(tz=UTC) - sign).total_seconds()
            words = "Since a worker last said that it is there."
            yield GaugeMetricFamily("placeplan_worker_silent_seconds", words, value=silent)
