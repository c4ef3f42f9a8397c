"""The savings requirement: what must be saved to reach a position, and what that puts into the plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.app.money.asking import SPLITS, WISHES, Form, Wrong, asked
from placeplan.app.money.choosing import Chosen, chosen
from placeplan.app.money.knowing import figures_of_others
from placeplan.app.money.putting import Texts, put_into
from placeplan.app.plan_chapters import Chapter, chapter_of_sections
from placeplan.finance.measures import WORDS
from placeplan.finance.saving_rows import Manner, shared_out
from placeplan.finance.solving import Solved, Wish, WishKind, solve
from placeplan.kernel.errors import InputError
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.reports.document import Table
from placeplan.reports.sections.position import position_section
from placeplan.reports.sections.requirement import before_and_after_table, made_of_table, rows_table, shares_words
from placeplan.reports.types import PlanResults

__all__ = ["SPLITS", "WISHES", "requirement", "rules_now", "sections_with"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What must be saved.

    ``needed``: whether anything must be. ``amount`` is the net saving, or the room that is left; ``wish``, ``manner``
    and ``parts`` say it in words. ``changes``: whether there are rows to put into the plan.
    """

    solved: Solved
    needed: bool
    amount: str
    wish: str
    manner: str
    parts: tuple[str, ...]
    changes: bool
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """The form as filled in, what is wrong with it, and the answer where nothing is."""

    chosen: Chosen
    form: Form
    wrong: tuple[Wrong, ...]
    answer: Answer | None = None


def requirement(results: PlanResults, given: Mapping[str, str]) -> Requirement | None:
    """Answer what was asked; nothing where no service of the plan has a position."""
    at = chosen(results, given)
    if at is None:
        return None
    read = asked(results, at, given=given)
    if read.wish is None or read.manner is None:
        return Requirement(at, read.form, read.wrong)
    try:
        return Requirement(at, read.form, (), _answer(results, wish=read.wish, manner=read.manner))
    except InputError as error:
        wrong = tuple(
            Wrong(each.location.file, f"{each.message[:1].upper()}{each.message[1:]}. {each.mend}".strip())
            for each in error.problems
        )
        return Requirement(at, read.form, wrong)


def rules_now(results: PlanResults, at: Chosen) -> Chapter:
    """What the rules ask of a service in a year as the plan stands."""
    return chapter_of_sections(results, (position_section(results, at.service, year=at.year),))


def sections_with(texts: Texts, results: PlanResults, *, answer: Answer) -> dict[str, str]:
    """The sections that an answer changes, with their new texts."""
    return put_into(texts, results.plan, rows=answer.solved.rows)


def _answer(results: PlanResults, *, wish: Wish, manner: Manner) -> Answer:
    solved = solve(results.plan, results.round, wish=wish, manner=manner, known=figures_of_others(results))
    unit = str(results.header.money)
    needed = solved.net > 0
    rows = solved.rows
    changes = rows.any
    tables = [made_of_table(results, wish, solved=solved)] if needed else []
    if changes:
        tables += [before_and_after_table(results, wish, solved=solved), rows_table(rows)]
    return Answer(
        solved=solved,
        needed=needed,
        amount=worded(solved.net if needed else -solved.short - solved.other - solved.reserves.total, unit),
        wish=_wish_words(wish, unit),
        manner=_manner_words(results, manner, solved=solved) if needed else "",
        parts=_parts(manner, solved, unit=unit) if needed and manner.portions else (),
        changes=changes,
        tables=tuple(tables),
    )


def _parts(manner: Manner, solved: Solved, *, unit: str) -> tuple[str, ...]:
    return shares_words(manner, shared_out(solved.net, manner, step=solved.step), unit=unit)


def _wish_words(wish: Wish, unit: str) -> str:
    position = f"{WORDS[wish.measure]} of {wish.year}"
    if wish.kind is WishKind.AMOUNT:
        return f"the {position} is at least {worded(wish.value, unit)}"
    if wish.kind is WishKind.RATE:
        base = "the allocation" if wish.in_year else "total resources"
        return f"the {position} is at least {worded(wish.value, PER_CENT)} of {base}"
    return f"the {position} is at least the surplus that the rules require"


def _manner_words(results: PlanResults, manner: Manner, *, solved: Solved) -> str:
    unit = str(results.header.money)
    gross = sum((each.gross.value for each in solved.rows.schemes), ZERO)
    invested = sum((each.investment.value for each in solved.rows.schemes if each.investment), ZERO)
    once = "that goes on" if manner.recurrent else "made once"
    words = f"net, saved in {manner.year}, {once}"
    if invested:
        words += f": {worded(gross, unit)} gross, with an investment of {worded(invested, unit)}"
    return words
