"""Keeps files of evidence. Called inside the transaction of the write that a file is evidence of."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from placeplan.app.register_definitions import read_evidence_rules
from placeplan.registers.evidence import FileKind, kind_of
from placeplan.web.access.models import Person
from placeplan.web.evidencing.models import LONGEST_NAME, Evidence, EvidenceFile
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan

_STRANGE = re.compile(r"[^\w. ()-]+")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept, under a name without strange signs."""

    name: str
    kind: FileKind
    content: bytes


def checked_file(sent: SentFile | None) -> CheckedFile | None:
    """A file that was sent, if any, once it is sure that it may be kept.

    Raises:
        WriteRefusedError: it may not; the message says what can be kept.
    """
    if sent is None:
        return None
    name = _STRANGE.sub("-", sent.name.replace("\\", "/").rpartition("/")[2]).strip(" .-")[-LONGEST_NAME:]
    try:
        return CheckedFile(name, kind_of(read_evidence_rules(), name, content=sent.content), sent.content)
    except ValueError as error:
        raise WriteRefusedError(str(error)) from error


def keep_evidence(*, actor: Person, plan: Plan, file: CheckedFile | None) -> Evidence | None:
    """Keep a file that was checked, if there is one. The caller has asked for the right and records the event."""
    if file is None:
        return None
    checksum = hashlib.sha256(file.content).hexdigest()
    EvidenceFile.objects.bulk_create([EvidenceFile(checksum=checksum, content=file.content)], ignore_conflicts=True)
    return Evidence.objects.create(
        plan=plan,
        file_id=checksum,
        name=file.name,
        media_type=file.kind.media_type,
        person=actor,
        at=datetime.now(tz=UTC),
    )
