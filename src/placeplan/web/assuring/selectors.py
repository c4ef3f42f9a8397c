"""Reads how the lines of a plan stand: by data, or as an assurer judged them."""

from collections.abc import Sequence
from dataclasses import dataclass

from placeplan.app.assuring import AutomaticLine, lines_of, name_of_line
from placeplan.registers.assurance_lines import Judgement
from placeplan.web.assuring.models import LineJudgement
from placeplan.web.discussing.models import Thread
from placeplan.web.planning.models import Plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working, published


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line as it stands.

    Attributes:
        line: the line and what data say.
        judgement: what counts: that of the assurer where there is one (``None``: nobody has judged).
        by: the judgement of the assurer, if it counts.
        earlier: every judgement that was given, the newest first.
        stale: whether the assurer judged an earlier revision than the one that stands.
    """

    line: AutomaticLine
    judgement: Judgement | None
    by: LineJudgement | None
    earlier: tuple[LineJudgement, ...]
    stale: bool

    @property
    def name(self) -> str:
        """What a query calls it."""
        return name_of_line(self.line.id)


def judged_lines(plan: Plan, *, seen: Working | None = None) -> tuple[JudgedLine, ...]:
    """The lines of a plan as it was last published; none when it cannot be read."""
    seen = seen or published(plan)
    rows = LineJudgement.objects.filter(plan=plan).select_related("person", "revision", "evidence")
    given: dict[str, list[LineJudgement]] = {}
    for row in rows:
        given.setdefault(row.line, []).insert(0, row)
    lines = lines_of(results_of(seen))
    return tuple(_judged(line, given.get(line.id, []), revision=seen.revision.pk) for line in lines)


def _judged(line: AutomaticLine, given: Sequence[LineJudgement], *, revision: int) -> JudgedLine:
    latest = given[0] if given and given[0].judgement else None
    judgement = Judgement(latest.judgement) if latest else line.judgement
    stale = latest is not None and latest.revision_id != revision
    return JudgedLine(line, judgement, latest, tuple(given), stale)


def open_queries(plan: Plan) -> tuple[Thread, ...]:
    """The assurance queries that are not closed, the oldest first."""
    found = Thread.objects.filter(plan=plan, kind=Thread.Kind.QUERY, closed=None)
    return tuple(found.prefetch_related("remarks__person").order_by("pk"))
