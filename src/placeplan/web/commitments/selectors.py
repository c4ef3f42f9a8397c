"""Reads what a plan commits to."""

from placeplan.app.commitments import Commitments, commitments_of
from placeplan.app.plan_texts import read_texts
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working, texts_of_revision


def commitments_seen(seen: Working) -> Commitments | None:
    """What a plan commits to as somebody sees it, beside the revision before; nothing when it cannot be read."""
    results = results_of(seen).results
    if results is None:
        return None
    before = seen.draft.base if seen.draft else seen.revision.parent
    return commitments_of(results, before=read_texts(texts_of_revision(before)) if before else None)
