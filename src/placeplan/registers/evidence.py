"""Which files may be kept as evidence: by ending, by their first bytes and by size, as data."""

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.rounds.governance import Confidence, Review

MEBIBYTE = 1024 * 1024


class FileKind(DocumentModel):
    """A kind of file; ``begins`` is its first bytes in hexadecimal, absent for text."""

    ending: Words
    title: Words
    media_type: Words
    begins: Words | None = None

    def is_like(self, content: bytes) -> bool:
        """Whether content begins as a file of this kind does; for text, whether it is UTF-8 without null bytes."""
        if self.begins is not None:
            return content.startswith(bytes.fromhex(self.begins))
        try:
            return "\0" not in content.decode()
        except UnicodeDecodeError:
            return False


class EvidenceRules(DocumentModel):
    """The kinds of files that may be kept, and how large one may be."""

    reference: Words
    confidence: Confidence
    review: Review
    largest_mebibytes: int = Field(gt=0)
    kinds: tuple[FileKind, ...] = Field(min_length=1)

    @property
    def largest(self) -> int:
        """The largest size, in bytes."""
        return self.largest_mebibytes * MEBIBYTE

    @property
    def endings(self) -> str:
        """The endings that are taken, in words."""
        return ", ".join(kind.ending for kind in self.kinds)


def kind_of(rules: EvidenceRules, name: str, *, content: bytes) -> FileKind:
    """The kind of a file that may be kept.

    Raises:
        ValueError: it may not be kept; the message says why and what can be.
    """
    if len(content) > rules.largest:
        raise ValueError(f"{name} is larger than {rules.largest_mebibytes} MiB.")
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    kind = next((each for each in rules.kinds if each.ending == ending), None)
    if kind is None:
        raise ValueError(f"{name} cannot be kept as evidence. These can: {rules.endings}.")
    if not content or not kind.is_like(content):
        raise ValueError(f"{name} is no {kind.title}, whatever its name says.")
    return kind
