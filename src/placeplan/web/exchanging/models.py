"""What went out as a workbook from a draft, and what came back and waits for a decision."""

from typing import ClassVar

from django.db import models

CHECKSUM = 64
LONGEST_NAME = 200


class WorkbookTaken(models.Model):
    """A state of a draft from which a workbook was made: the checksum of each of its texts, by section.

    It is what the workbook is merged from when it comes back. A revision needs no row: it is there for ever.
    """

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="workbooks_taken")
    made_from = models.CharField(max_length=CHECKSUM)
    sections = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """One row a state."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "made_from"], name="one_state_of_a_checksum")
        ]


class Incoming(models.Model):
    """A plan that was sent into a draft and changes what the draft changed too: kept until somebody decides.

    ``base`` and ``sent`` hold the checksum of each text, by section: of what the file was made from, and of the file.
    """

    draft = models.OneToOneField("planning.Draft", on_delete=models.CASCADE, related_name="incoming")
    file = models.CharField(max_length=LONGEST_NAME)
    base = models.JSONField()
    sent = models.JSONField()
    at = models.DateTimeField()
