"""Answers of a care model kept for as long as its texts, its sliders and its long run are the same."""

from dataclasses import dataclass, field
from functools import lru_cache

from placeplan.app.care.long_runs import LongRun
from placeplan.app.care.moved_answer import CareAnswer, care_answer
from placeplan.app.care.moved_figures import Asked
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.reports.types import PlanResults

KEPT = 128


@dataclass(frozen=True, slots=True)
class _Question:
    """A question under the name of the texts that it is asked of, so that the same is answered once."""

    texts: str
    asked: Asked
    run: LongRun | None
    results: PlanResults = field(compare=False)

    def __hash__(self) -> int:
        return hash((self.texts, self.asked, self.run is None))


def answered(
    results: PlanResults, asked: Asked, *, texts: str, run: LongRun | None = None
) -> tuple[CareAnswer, Chapter]:
    """The answer to where the sliders stand, and its parts with their charts drawn.

    Args:
        results: of a plan that has a care model.
        asked: where the sliders stand, and what is looked at.
        texts: the checksum of the texts that the results are of.
        run: the long run of the same, where one was made.
    """
    return _answered(_Question(texts, asked, run, results))


@lru_cache(maxsize=KEPT)
def _answered(question: _Question) -> tuple[CareAnswer, Chapter]:
    answer = care_answer(question.results, question.asked, long_run=question.run)
    return answer, chapter_of_sections(question.results, answer.sections)
