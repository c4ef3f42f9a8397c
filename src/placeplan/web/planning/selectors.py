"""Reads plans, revisions and drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from placeplan.app.plan_texts import checksum_of_sections
from placeplan.app.workspace_rights import read_rights
from placeplan.plan.merging import Merge, merge
from placeplan.registers.rights import Scope
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.selectors import memberships_of, organisations_of
from placeplan.web.planning.models import Draft, Plan, Revision, Text


def plans_for(person: Person) -> QuerySet[Plan]:
    """The plans that a person may see, by title. The same rule as asking plan by plan (a test holds them together)."""
    grants = [grant for grant in read_rights().grants if "see-plan" in grant.actions]
    wanted = Q(pk__in=[])
    for held in memberships_of(person):
        for grant in grants:
            if grant.role == held.role:
                wanted |= _within(grant.scope, held.organisation)
    return Plan.objects.filter(wanted).distinct().select_related("organisation").order_by("title")


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan in a list: the revision that stands, and whether the person who asks has a draft of it."""

    plan: Plan
    revision: Revision
    drafted: bool


def plans_with_revisions(person: Person) -> tuple[ListedPlan, ...]:
    """The plans that a person may see, by title, with the revision that stands of each."""
    latest = Revision.objects.filter(plan=OuterRef("pk")).order_by("-number").values("pk")[:1]
    plans = plans_for(person).annotate(latest=Subquery(latest))
    revisions = Revision.objects.select_related("author").in_bulk([plan.latest for plan in plans])
    drafted = set(Draft.objects.filter(person=person, plan__in=plans).values_list("plan_id", flat=True))
    return tuple(ListedPlan(plan, revisions[plan.latest], plan.pk in drafted) for plan in plans)


def _within(scope: Scope, organisation: str) -> Q:
    own = Q(organisation__slug=organisation)
    return {
        Scope.OWN: own,
        Scope.PARTNER: own | Q(partners__slug=organisation),
        Scope.OVERSEEN: Q(organisation__slug__in=_overseen(organisation)),
        Scope.EVERYWHERE: Q(),
    }[scope]


def _overseen(organisation: str) -> set[str]:
    """Everything that an organisation oversees, directly or through another."""
    found: set[str] = set()
    level = {organisation}
    while level:
        below = set(Organisation.objects.filter(overseen_by__slug__in=level).values_list("slug", flat=True))
        level = below - found
        found |= below
    return found


def plans_of(organisations: Iterable[Organisation]) -> tuple[Plan, ...]:
    """The plans that some organisations have, whoever asks."""
    return tuple(Plan.objects.filter(organisation__in=list(organisations)).order_by("slug"))


def plan_named(slug: str) -> Plan | None:
    """The plan of a name, whoever asks; views ask whether they may see it."""
    return Plan.objects.filter(slug=slug).select_related("organisation").first()


def latest_revision(plan: Plan) -> Revision:
    """The revision that stands.

    Raises:
        Revision.DoesNotExist: the plan has none.
    """
    found = plan.revisions.order_by("-number").first()
    if found is None:
        raise Revision.DoesNotExist(plan.slug)
    return found


def history(plan: Plan) -> tuple[Revision, ...]:
    """Every revision of a plan, the newest first."""
    return tuple(plan.revisions.select_related("author", "parent").order_by("-number"))


def revision_of(plan: Plan, number: int) -> Revision | None:
    """The revision of a plan with a number."""
    return plan.revisions.filter(number=number).first()


def texts_of_revision(revision: Revision) -> dict[str, str]:
    """The texts of a revision, by section."""
    return dict(revision.sections.values_list("name", "text__body"))


def checksums_of_revision(revision: Revision) -> dict[str, str]:
    """The checksums of the texts of a revision, by section."""
    return dict(revision.sections.values_list("name", "text_id"))


def texts_named(checksums: Mapping[str, str]) -> dict[str, str]:
    """The texts that some checksums name, by section, in the order given: the same whatever is written meanwhile."""
    bodies = dict(Text.objects.filter(pk__in=set(checksums.values())).values_list("pk", "body"))
    return {name: bodies[checksum] for name, checksum in checksums.items()}


def draft_of(person: Person, plan: Plan) -> Draft | None:
    """A person's draft of a plan."""
    return Draft.objects.filter(person=person, plan=plan).select_related("base", "plan").first()


def texts_of_draft(draft: Draft) -> dict[str, str]:
    """The texts of a draft: those of its base, with what the draft changed."""
    texts = texts_of_revision(draft.base)
    return _changed(texts, dict(draft.sections.values_list("name", "text__body")))


def checksums_of_draft(draft: Draft) -> dict[str, str]:
    """The checksums of the texts of a draft, by section."""
    return _changed(checksums_of_revision(draft.base), dict(draft.sections.values_list("name", "text_id")))


def _changed(base: dict[str, str], changes: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in {**base, **changes}.items() if text is not None}


def merge_of(draft: Draft) -> Merge:
    """What comes of merging a draft with what was published since it was opened."""
    latest = latest_revision(draft.plan)
    return merge(texts_of_revision(draft.base), texts_of_draft(draft), theirs=texts_of_revision(latest))


def both_windows(section: str, began_from: str, *, typed: str | None, stands: str | None) -> str | None:
    """What two windows made of one section put together; nothing where they changed the same, or it cannot be done.

    Args:
        section: the section.
        began_from: the checksum of the text that both began from (empty: there was none).
        typed: the text of the window that came too late.
        stands: the text that the other one wrote.
    """
    texts = texts_named({section: began_from}) if Text.objects.filter(pk=began_from).exists() else {}
    if typed is None or stands is None or (began_from and not texts):
        return None
    (merged,) = merge(texts, {section: typed}, theirs={section: stands}).sections
    return merged.text


def sides_of(draft: Draft) -> str:
    """What names the two sides of a merge: the revision that stands, and the draft to the letter."""
    return f"{latest_revision(draft.plan).number} {checksum_of_sections(checksums_of_draft(draft))}"


@dataclass(frozen=True, slots=True)
class Working:
    """What a person sees of a plan: their draft where they have one, else the revision that stands."""

    plan: Plan
    revision: Revision
    draft: Draft | None

    @property
    def texts(self) -> dict[str, str]:
        """The texts, by section."""
        return texts_of_draft(self.draft) if self.draft else texts_of_revision(self.revision)

    @property
    def checksums(self) -> dict[str, str]:
        """The checksums of the texts, by section."""
        return checksums_of_draft(self.draft) if self.draft else checksums_of_revision(self.revision)

    @property
    def checksum(self) -> str:
        """The checksum of all sections, to be named by a write that means to replace them."""
        return checksum_of_sections(self.checksums)

    @property
    def behind(self) -> bool:
        """Whether the draft stands on a revision that is not the latest."""
        return self.draft is not None and self.draft.base_id != self.revision.pk


def working(person: Person, plan: Plan) -> Working:
    """What a person sees of a plan."""
    return Working(plan, latest_revision(plan), draft_of(person, plan))


def organisation_to_refuse(person: Person) -> Organisation | None:
    """An organisation of a person who may bring a plan into none, so that the refusal is asked for and recorded."""
    return next(iter(organisations_of(person)), None)


def published(plan: Plan) -> Working:
    """A plan as everybody who may see it sees it, whatever anybody's draft says."""
    return Working(plan, latest_revision(plan), None)


def partners_of(plan: Plan) -> tuple[Organisation, ...]:
    """The organisations that a plan is shared with, by name."""
    return tuple(plan.partners.order_by("name"))
