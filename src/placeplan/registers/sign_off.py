"""Signing a plan in the order of its bodies, and what a later change re-opens.

A body signs the sections that it depends on, as they stand at that moment: its signature carries the checksum of each.
A section that changes afterwards re-opens the signatures that rested on it, and no other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase


class Verdict(StrEnum):
    """What a body says of the plan."""

    APPROVED = "approved"
    CONDITIONS = "approved-with-conditions"
    RETURNED = "returned"


class State(StrEnum):
    """Where a body stands."""

    WAITING = "waiting"
    OPEN = "open"
    SIGNED = "signed"
    CONDITIONS = "signed-with-conditions"
    RETURNED = "returned"
    REOPENED = "re-opened"


SIGNED = frozenset({State.SIGNED, State.CONDITIONS})
_STATES = {Verdict.APPROVED: State.SIGNED, Verdict.CONDITIONS: State.CONDITIONS, Verdict.RETURNED: State.RETURNED}


@dataclass(frozen=True, slots=True)
class Body:
    """A body that signs.

    Attributes:
        name: what it is called, unique among the bodies of a plan.
        depends_on: the sections that it answers for, as patterns of file names (``finance/*``); none: every section.
        after: names of the bodies that sign before it; ``None``: every body before it in the list.
        of: the body whose internal step this is; empty where it is a body of its own.
    """

    name: str
    depends_on: tuple[str, ...] = ()
    after: tuple[str, ...] | None = None
    of: str = ""

    @property
    def seat(self) -> str:
        """The body whose members sign it: itself, or the one whose internal step it is."""
        return self.of or self.name

    def with_internal_steps(self, steps: Sequence[str]) -> "tuple[Body, ...]":
        """The internal steps of this body, each after the one before, and then the body itself after the last."""
        made: list[Body] = []
        for step in steps:
            before = (made[-1].name,) if made else ()
            made.append(Body(f"{self.name}: {step}", self.depends_on, before, self.name))
        return (*made, self)

    def rests_on(self, section: str) -> bool:
        """Whether its signature rests on a section."""
        return not self.depends_on or any(fnmatchcase(section, pattern) for pattern in self.depends_on)

    def sections(self, checksums: Mapping[str, str]) -> dict[str, str]:
        """The sections that it signs, with the checksum of each."""
        return {section: checksum for section, checksum in checksums.items() if self.rests_on(section)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a body said, when, and of which texts.

    Attributes:
        body: its name.
        verdict: approved, approved with conditions, or returned.
        at: when.
        sections: the checksum of each section that it signed.
        words: the conditions or the reason; needed unless it is a plain approval.
        open_conditions: how many of its conditions are not met yet.
    """

    body: str
    verdict: Verdict
    at: datetime
    sections: Mapping[str, str]
    words: str = ""
    open_conditions: int = 0

    def __post_init__(self) -> None:
        if self.verdict is not Verdict.APPROVED and not self.words.strip():
            raise ValueError("say the conditions, or why it is returned")


@dataclass(frozen=True, slots=True)
class BodyState:
    """Where a body stands: its latest signature, the sections that changed since, and whom it waits for."""

    body: Body
    state: State
    signature: Signature | None = None
    changed: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


def sign_off(
    bodies: Sequence[Body], signatures: Iterable[Signature], *, checksums: Mapping[str, str]
) -> tuple[BodyState, ...]:
    """Where each body stands, in the order in which they sign.

    Args:
        bodies: who signs, first to last. A body is open once every body that it signs after (``Body.after``) has
            signed what stands now. A body that has signed keeps its signature when only one before it is re-opened.
            A body with internal steps (``Body.of``) waits for them too, wherever they stand before it.
        signatures: every signature so far; of each body the latest counts.
        checksums: the sections as they stand now.

    Raises:
        ValueError: two bodies have one name, or a signature is of a body that is not there.
    """
    names = [body.name for body in bodies]
    if len(set(names)) != len(names):
        raise ValueError("two bodies have one name")
    latest: dict[str, Signature] = {}
    for signature in sorted(signatures, key=lambda each: each.at):
        if signature.body not in names:
            raise ValueError(f"{signature.body} does not sign this plan")
        latest[signature.body] = signature
    states: list[BodyState] = []
    for body in bodies:
        waits = tuple(each.body.name for each in states if _first(each.body, body) and each.state not in SIGNED)
        states.append(_state(body, latest.get(body.name), checksums=checksums, waits=waits))
    return tuple(states)


def _first(before: Body, body: Body) -> bool:
    """Whether a body that stands before another in the list must have signed before it."""
    if before.of and before.of != body.of:
        return before.of == body.name  # an internal step holds up nobody but its own body
    return body.after is None or before.name in body.after


def _state(
    body: Body, signature: Signature | None, *, checksums: Mapping[str, str], waits: tuple[str, ...]
) -> BodyState:
    if signature is None:
        return BodyState(body, State.WAITING if waits else State.OPEN, waits_for=waits)
    now = body.sections(checksums)
    sections = sorted({*now, *signature.sections})
    changed = tuple(name for name in sections if now.get(name) != signature.sections.get(name))
    if changed:
        return BodyState(body, State.REOPENED, signature, changed, waits)
    met = signature.verdict is Verdict.CONDITIONS and not signature.open_conditions
    return BodyState(body, State.SIGNED if met else _STATES[signature.verdict], signature, waits_for=waits)


def may_sign(states: Sequence[BodyState], body: str) -> str:
    """Why a body may not sign now, in words; empty when it may.

    A body may sign when every body that it signs after has signed what stands now; it may sign again what was returned
    or re-opened.
    """
    found = next((each for each in states if each.body.name == body), None)
    if found is None:
        return f"{body} does not sign this plan."
    if found.state in SIGNED:
        return f"{body} has signed the plan as it stands."
    if found.waits_for:
        return f"{found.waits_for[0]} signs before {body}, and has not signed the plan as it stands."
    return ""


def turns(states: Sequence[BodyState]) -> tuple[str, ...]:
    """The bodies whose turn it is: open, returned or re-opened, and waiting for nobody."""
    return tuple(each.body.name for each in states if not may_sign(states, each.body.name))


def complete(states: Sequence[BodyState]) -> bool:
    """Whether every body has signed the plan as it stands. A plan that nobody signs is not."""
    return bool(states) and all(state.state in SIGNED for state in states)
