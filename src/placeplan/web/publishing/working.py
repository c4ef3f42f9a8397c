"""Works on one job after another."""

import logging
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

from django.db import DatabaseError, InterfaceError, close_old_connections

from placeplan.app.building_texts import built_document
from placeplan.app.care.long_runs import long_run_content
from placeplan.kernel.errors import InputError
from placeplan.web.planning.selectors import texts_named, texts_of_revision
from placeplan.web.publishing import actions
from placeplan.web.publishing.models import RUNS, Job
from placeplan.web.publishing.selectors import published_until

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_BEATS = 15.0
SECONDS_BETWEEN_TRIES = 5.0
_LONGEST_NAME = 100
_GONE = (DatabaseError, InterfaceError)
_log = logging.getLogger(__name__)


def this_worker() -> str:
    """What the worker of this machine is called. One container is one machine."""
    return socket.gethostname()[:_LONGEST_NAME]


def work(*, stop: threading.Event, until_empty: bool = False) -> int:
    """Take jobs and make their documents until told to stop, or until none waits.

    A database that is gone is waited for: what was begun is another's when its lease runs out.

    Returns:
        How many jobs this worker ended.
    """
    ended, signs = 0, _Signs()
    while not stop.is_set():
        close_old_connections()
        try:
            signs.give()
            job = actions.take_job()
            if job is not None:
                ended += _make(job)
            elif until_empty:
                break
            else:
                stop.wait(SECONDS_BETWEEN_LOOKS)
        except _GONE:
            if until_empty:
                raise
            _log.exception("the database does not answer; tried again in %s s", SECONDS_BETWEEN_TRIES)
            stop.wait(SECONDS_BETWEEN_TRIES)
    return ended


def _make(job: Job) -> bool:
    about = {"job": job.pk, "format": job.form, "attempt": job.attempts}
    _log.info("job begun", extra=about)
    started = monotonic()
    with _Beating(job) as progress:
        try:
            content = _content(job, progress=progress)
        except InputError as error:
            return actions.fail_job(job=job, problem=str(error))
        except _GONE:
            raise
        except Exception:  # noqa: BLE001 - a fault in one document must not stop the worker
            _log.exception("job failed", extra=about)
            return actions.fail_job(job=job, problem="This is a fault of Placeplan. It is in the log of the worker.")
    taken = actions.finish_job(job=job, content=content)
    _log.info("job ended" if taken else "job was another's by then", extra=about | {"milliseconds": _since(started)})
    return taken


def _since(started: float) -> int:
    return round((monotonic() - started) * 1_000)


class _Signs:
    """Says that this worker is there, though not at each look for a job."""

    def __init__(self) -> None:
        self._given: float | None = None

    def give(self) -> None:
        if self._given is None or monotonic() - self._given >= SECONDS_BETWEEN_BEATS:
            actions.give_sign(worker=this_worker())
            self._given = monotonic()


def _content(job: Job, *, progress: Callable[[str], None]) -> bytes:
    if job.form == RUNS:
        texts = texts_named(job.asked_for["sections"])
        return long_run_content(texts, job.asked_for["sliders"], progress=progress)
    texts, today = texts_of_revision(job.revision), datetime.now(tz=UTC).date()
    led = published_until(job.revision)
    return built_document(texts, form=job.form, today=today, progress=progress, revisions=led)


class _Beating:
    """Says every so often that a job is worked on, from a thread of its own, while the document is made."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._progress = ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Callable[[str], None]:
        self._thread.start()
        return self._say

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _say(self, words: str) -> None:
        self._progress = words
        actions.still_working(job=self._job, progress=words)

    def _beat(self) -> None:
        while not self._done.wait(SECONDS_BETWEEN_BEATS):
            try:
                actions.still_working(job=self._job, progress=self._progress)
                actions.give_sign(worker=this_worker())
            except _GONE:
                _log.exception("the database does not answer while a job is worked on")
            close_old_connections()
