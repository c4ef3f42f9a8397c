"""What an assurer judged of a line, over what data say."""

from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_REASON = 10_000


class LineJudgement(models.Model):
    """A judgement of a line on a revision. Rows are added and never changed; of a line the latest counts.

    One without a judgement gives the line back to what data say.
    """

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="line_judgements")
    revision = models.ForeignKey("planning.Revision", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=200)
    judgement = models.CharField(max_length=40, blank=True)
    reason = models.TextField(max_length=LONGEST_REASON)
    evidence = models.ForeignKey("evidencing.Evidence", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar[list[str]] = ["at", "pk"]
