"""Lines of assurance: what an assurer asks of a plan, and what checks say of it, as far as they can."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

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


class RoundLines(DocumentModel):
    """What a planning round changes in the list of every round.

    Attributes:
        round: the round, such as ``2014-15``.
        without: lines that it does not ask.
        words: lines that it asks in other words.
        add: lines of its own; each stands behind the others of its group.
    """

    round: Words
    reference: Words
    confidence: Confidence
    review: Review
    without: tuple[Identifier, ...] = ()
    words: Mapping[Identifier, Words] = Field(default_factory=dict)
    add: tuple[Line, ...] = ()


class Checklist(DocumentModel):
    """Every question, in its order, and what each round changes."""

    reference: Words
    confidence: Confidence
    review: Review
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    rounds: tuple[RoundLines, ...] = ()

    @model_validator(mode="after")
    def _rounds_change_lines_that_there_are(self) -> "Checklist":
        problems = [*_twice("round", (each.round for each in self.rounds))]
        base = {line.id for line in self.lines}
        problems += _twice("line", (line.id for line in self.lines))
        for each in self.rounds:
            unknown = sorted({*each.without, *each.words} - base)
            problems += [f"{each.round}: the list of every round has no line {name}" for name in unknown]
            both = sorted(set(each.without) & set(each.words))
            problems += [f"{each.round}: {name} is taken away and worded" for name in both]
            added = [line.id for line in each.add]
            problems += [f"{each.round}: {said}" for said in _twice("line", [*base, *added])]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def of_round(self, round_id: str) -> RoundLines | None:
        """What a round changes; ``None``: it asks what every round does."""
        return next((each for each in self.rounds if each.round == round_id), None)

    def lines_for(self, round_id: str) -> tuple[Line, ...]:
        """The questions that are asked of a plan of a round, in their order."""
        own = self.of_round(round_id)
        if own is None:
            return self.lines
        kept = [
            line.model_copy(update={"question": own.words.get(line.id, line.question)})
            for line in self.lines
            if line.id not in own.without
        ]
        groups = dict.fromkeys(line.group for line in (*kept, *own.add))
        return tuple(line for group in groups for line in (*kept, *own.add) if line.group == group)


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    counted = Counter(names)
    return (f"two of its {what}s are called {name}" for name, count in counted.items() if count > 1)


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
