"""Files of evidence, each kept once by its checksum."""

from django.conf import settings
from django.db import models

LONGEST_NAME = 200


class EvidenceFile(models.Model):
    """The bytes of a file, named by their SHA-256. Rows are added and never changed."""

    checksum = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()


class Evidence(models.Model):
    """A file that somebody gave as evidence in a plan. Rows are added and never changed."""

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    media_type = models.CharField(max_length=100)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """The name of the file."""
        return self.name
