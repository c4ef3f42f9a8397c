"""Lines of assurance: what an assurer asks of a plan, and what checks say of it, as far as they can."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.plan.header import Identifier
from placeplan.rounds.governance import Confidence, Review

ERROR, WARNING = "error", "warning"


class Judgement(StrEnum):
    """What is said of a line."""

    ASSURED = "assured"
    PARTLY = "partly-assured"
    NOT = "not-assured"


class Line(DocumentModel):
    """A question. ``needs``: sections without which nothing can be judged; ``checks``: beginnings of codes."""

    id: Identifier
    group: Words
    question: Words
    needs: tuple[Words, ...]
    checks: tuple[Words, ...]

    def answered_by(self, code: str) -> bool:
        """Whether a finding of a check bears on it."""
        return code.startswith(self.checks)


class Checklist(DocumentModel):
    """Every question, in its order."""

    reference: Words
    confidence: Confidence
    review: Review
    lines: tuple[Line, ...] = Field(min_length=1)


def judged_by(severities: Iterable[str], *, waived: int) -> Judgement:
    """What findings amount to: an error that is open means not assured, a warning or anything accepted partly assured.

    Args:
        severities: those of the findings that are open.
        waived: how many findings somebody accepted; the assurer did not.
    """
    found = set(severities)
    if ERROR in found:
        return Judgement.NOT
    return Judgement.PARTLY if WARNING in found or waived else Judgement.ASSURED
