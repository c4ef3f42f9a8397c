"""Works on one job after another."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import close_old_connections

from placeplan.app.building_texts import built_document
from placeplan.kernel.errors import InputError
from placeplan.web.planning.selectors import texts_of_revision
from placeplan.web.publishing import actions
from placeplan.web.publishing.models import Job

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_BEATS = 15.0
_log = logging.getLogger(__name__)


def work(*, stop: threading.Event, until_empty: bool = False) -> int:
    """Take jobs and make their documents until told to stop, or until none waits.

    Returns:
        How many jobs this worker ended.
    """
    ended = 0
    while not stop.is_set():
        close_old_connections()
        job = actions.take_job()
        if job is not None:
            ended += _make(job)
        elif until_empty:
            break
        else:
            stop.wait(SECONDS_BETWEEN_LOOKS)
    return ended


def _make(job: Job) -> bool:
    with _Beating(job) as progress:
        try:
            texts = texts_of_revision(job.revision)
            content = built_document(texts, form=job.form, today=datetime.now(tz=UTC).date(), progress=progress)
        except InputError as error:
            return actions.fail_job(job=job, problem=str(error))
        except Exception:  # noqa: BLE001 - a fault in one document must not stop the worker
            _log.exception("job %s failed", job.pk)
            return actions.fail_job(job=job, problem="This is a fault of Placeplan. It is in the log of the worker.")
    return actions.finish_job(job=job, content=content)


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
            actions.still_working(job=self._job, progress=self._progress)
        close_old_connections()
