"""Build the document of a plan that is kept as texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from placeplan.app.building import FORMATS, content_of
from placeplan.app.plan_texts import check_texts
from placeplan.plan.revisions import PublishedRevision

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def built_document(
    texts: Mapping[str, str],
    *,
    form: str,
    today: date,
    progress: Callable[[str], None],
    revisions: Sequence[PublishedRevision] = (),
) -> bytes:
    """The document of a plan in one format, or its workbook.

    Args:
        texts: the texts of the plan.
        form: one of ``FORMATS``.
        today: the day on which this is run, used where the plan names no other.
        progress: told what comes next.
        revisions: those that led to these texts, for the log of versions, the first one first.

    Raises:
        InputError: the texts hold no plan.
        ValueError: there is no such format.
    """
    if form not in FORMATS:
        raise ValueError(f"expected one of {', '.join(FORMATS)}")
    progress("reading and checking")
    results = replace(check_texts(texts, today=today), revisions=tuple(revisions))
    progress(f"making {form}")
    (content,) = content_of(results, form).values()
    return content
