"""Counts requests, in each process for itself."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}
_PER_PROCESS = CollectorRegistry()
_REQUESTS = Counter(
    "placeplan_requests", "Requests that were answered.", ["method", "route", "status"], registry=_PER_PROCESS
)
_SECONDS = Histogram(
    "placeplan_request_seconds",
    "How long answering took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30),
    registry=_PER_PROCESS,
)


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    _REQUESTS.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


def counted() -> CollectorRegistry:
    """What was counted: in every process where they write into one folder, else in this one."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return _PER_PROCESS
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together
