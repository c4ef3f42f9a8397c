"""Who may do what to a plan: a pure question, answered with a reason. What no grant gives is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.plan.header import Identifier
from placeplan.rounds.governance import Confidence, Review


class Scope(StrEnum):
    """How a person's organisation must stand to the plan."""

    OWN = "own"
    PARTNER = "partner"
    OVERSEEN = "overseen"
    EVERYWHERE = "everywhere"


class Action(DocumentModel):
    """Something that can be done; ``words`` complete "may not …".

    Attributes:
        id: its name.
        words: what is done.
        second_factor: whether who may do it signs in with a second factor, where that is compulsory.
    """

    id: Identifier
    words: Words
    second_factor: bool = False


class Role(DocumentModel):
    """A role that a person has in an organisation."""

    id: Identifier
    title: Words


class Grant(DocumentModel):
    """What a role may do within a scope."""

    role: Identifier
    scope: Scope
    actions: tuple[Identifier, ...] = Field(min_length=1)


class Rights(DocumentModel):
    """Every action, role and grant. A grant of a role or an action that is not listed cannot be made."""

    reference: Words
    confidence: Confidence
    review: Review
    actions: tuple[Action, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    grants: tuple[Grant, ...]

    @model_validator(mode="after")
    def _grants_name_what_is_listed(self) -> "Rights":
        actions, roles = {each.id for each in self.actions}, {each.id for each in self.roles}
        for grant in self.grants:
            strange = {grant.role} - roles | set(grant.actions) - actions
            if strange:
                raise ValueError(f"a grant names {', '.join(sorted(strange))}, which is not listed")
        return self

    def words_of(self, action: str) -> str:
        """The words of an action.

        Raises:
            KeyError: there is no such action.
        """
        return {each.id: each.words for each in self.actions}[action]

    def roles_that_may(self, action: str) -> frozenset[str]:
        """The roles that are granted an action, in whatever scope."""
        return frozenset(grant.role for grant in self.grants if action in grant.actions)

    def actions_of(self, role: str) -> tuple[Action, ...]:
        """What a role is granted in whatever scope, in the order of the list of actions."""
        granted = {action for grant in self.grants if grant.role == role for action in grant.actions}
        return tuple(each for each in self.actions if each.id in granted)

    def wants_second_factor(self, roles: Iterable[str]) -> bool:
        """Whether one of some roles holds a right that asks for a second factor."""
        return any(action.second_factor for role in roles for action in self.actions_of(role))


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that a person has in an organisation, by the identifier of each."""

    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How organisations stand to a plan (or, with ``owner`` alone, to something else that an organisation has).

    Attributes:
        owner: the organisation whose plan it is.
        partners: organisations that it is shared with.
        overseers: organisations that oversee the owner.
    """

    owner: str
    partners: frozenset[str] = frozenset()
    overseers: frozenset[str] = frozenset()

    def holds(self, scope: Scope, organisation: str) -> bool:
        """Whether an organisation stands to the plan as a scope asks."""
        return {
            Scope.OWN: organisation == self.owner,
            Scope.PARTNER: organisation == self.owner or organisation in self.partners,
            Scope.OVERSEEN: organisation in self.overseers,
            Scope.EVERYWHERE: True,
        }[scope]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may do something, and why, in words for that person."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        """Whether it is allowed."""
        return self.allowed


def may(rights: Rights, action: str, *, memberships: Iterable[Membership], standing: Standing) -> Answer:
    """Whether somebody with these memberships may do something to a plan that organisations stand to so.

    An action that nobody defined is refused like any other.
    """
    grants = [grant for grant in rights.grants if action in grant.actions]
    titles = {role.id: role.title for role in rights.roles}
    for membership in memberships:
        for grant in grants:
            if grant.role == membership.role and standing.holds(grant.scope, membership.organisation):
                return Answer(allowed=True, reason=f"{titles[grant.role]} of {membership.organisation}")
    return Answer(allowed=False, reason=_refusal(rights, action, grants=grants, titles=titles))


def _refusal(rights: Rights, action: str, *, grants: list[Grant], titles: dict[str, str]) -> str:
    if not grants:
        return "Nobody may do this: no right to it is defined."
    who = list(dict.fromkeys(f"{titles[grant.role].lower()} ({_WHOSE[grant.scope]})" for grant in grants))
    return f"You may not {rights.words_of(action)}. These may: {'; '.join(who)}."


_WHOSE = {
    Scope.OWN: "of the organisation whose it is",
    Scope.PARTNER: "of an organisation that it is shared with",
    Scope.OVERSEEN: "of a body that oversees it",
    Scope.EVERYWHERE: "of any organisation",
}
