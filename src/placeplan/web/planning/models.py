"""Plans, their revisions, and drafts that stand on one. Texts are kept once, by their checksum."""

from typing import ClassVar

from django.conf import settings
from django.db import models

CHECKSUM = 64


class Text(models.Model):
    """The text of a section, named by the SHA-256 of its UTF-8. Rows are added and never changed."""

    checksum = models.CharField(max_length=CHECKSUM, primary_key=True)
    body = models.TextField()


class Plan(models.Model):
    """A plan of an organisation, shared with others."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=2_000)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="plans")
    partners = models.ManyToManyField("access.Organisation", related_name="shared_plans", blank=True)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def subject(self) -> str:
        """What the record of what was done calls it."""
        return f"plan {self.slug}"


class Revision(models.Model):
    """A plan as it stood. Rows are added and never changed. ``checksum`` covers the names and texts of all sections."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="revisions")
    at = models.DateTimeField()
    message = models.CharField(max_length=500)
    checksum = models.CharField(max_length=CHECKSUM)

    class Meta:
        """A number is used once in a plan."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_revision_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["-number"]


class RevisionSection(models.Model):
    """A section of a revision."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=200)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A section stands in a revision once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["revision", "name"], name="one_section_of_a_name")
        ]
        ordering: ClassVar[list[str]] = ["name"]


class Draft(models.Model):
    """What one person changes before it becomes a revision. Each has at most one of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="drafts")
    changed = models.DateTimeField()

    class Meta:
        """One draft a person and plan."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "person"], name="one_draft_each")
        ]


class DraftSection(models.Model):
    """A section that a draft changed; without a text the draft takes it away."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=200)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """A section stands in a draft once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "name"], name="one_changed_section_of_a_name")
        ]
