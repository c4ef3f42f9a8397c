"""Pseudonyms: HMAC-SHA-256 of an identifier under a secret key and a purpose.

Who lacks the key cannot work a pseudonym out again, although there are only a billion NHS numbers. Who has two datasets
that were made for different purposes cannot join them, since the purpose is hashed too. HMAC is FIPS 198-1 (RFC 2104).
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from placeplan.documents.models import DocumentModel, Words

METHOD = "HMAC-SHA-256, first 128 bits"
HEX_OF_A_PSEUDONYM = 32
HEX_OF_A_FINGERPRINT = 16
SHORTEST_KEY = 32
FEWEST_DIFFERENT_BYTES = 8  # 32 random bytes have fewer than this only by a chance below 1 in 10 to the 36
_BLOCK = 64
_INNER, _OUTER = 0x36, 0x5C
_FINGERPRINT = b"placeplan: which key was used"
_PURPOSE = b"placeplan: key of a purpose\0"


class WeakKeyError(ValueError):
    """A key that can be guessed. The message never holds it."""


class Key:
    """The secret of the key holder. It is not shown by ``repr``, and cannot be pickled, copied or compared.

    Raises:
        WeakKeyError: shorter than 32 bytes, or nearly all the same byte.
    """

    __slots__ = ("__secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST_KEY:
            raise WeakKeyError(f"the key has {len(secret)} bytes; it needs {SHORTEST_KEY} or more")
        if len(set(secret)) < FEWEST_DIFFERENT_BYTES:
            raise WeakKeyError("the key is nearly all the same byte; it must be random")
        self.__secret = secret

    def __repr__(self) -> str:
        """Say that it is a key, and nothing of it."""
        return "Key(...)"

    def __reduce__(self) -> str:
        """Refuse to be written anywhere."""
        raise TypeError("a key is not written anywhere")

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without giving the key away; it is kept with a dataset."""
        return hmac.digest(self.__secret, _FINGERPRINT, "sha256").hex()[:HEX_OF_A_FINGERPRINT]

    def for_purpose(self, purpose: str) -> "Pseudonymiser":
        """What makes the pseudonyms of one purpose.

        Raises:
            ValueError: the purpose is blank.
        """
        name = purpose_name(purpose)
        if not name:
            raise ValueError("pseudonyms are made for a purpose, and none is named")
        return Pseudonymiser(hmac.digest(self.__secret, _PURPOSE + name.encode(), "sha256"))


def purpose_name(purpose: str) -> str:
    """A purpose as it is hashed: capitals and spacing do not matter."""
    return re.sub(r"\s+", " ", purpose.strip()).casefold()


class Pseudonymiser:
    """Makes the pseudonyms of one purpose under one key; made by ``Key.for_purpose``."""

    __slots__ = ("__inner", "__outer")

    def __init__(self, secret: bytes) -> None:
        block = secret.ljust(_BLOCK, b"\0")
        self.__inner = sha256(bytes(byte ^ _INNER for byte in block))
        self.__outer = sha256(bytes(byte ^ _OUTER for byte in block))

    def __repr__(self) -> str:
        """Say what it is, and nothing of the key."""
        return "Pseudonymiser(...)"

    def __reduce__(self) -> str:
        """Refuse to be written anywhere."""
        raise TypeError("a key is not written anywhere")

    def pseudonyms(self, identifiers: Iterable[str], *, kind: str) -> list[str]:
        """A pseudonym for each identifier, in order.

        Args:
            identifiers: in one written form; who calls sees to it that equal ones are equal texts and given once.
            kind: what they are, such as ``person``; identifiers of two kinds never share a pseudonym.
        """
        inner, outer = self.__inner.copy(), self.__outer
        inner.update(kind.encode() + b"\0")
        found = []
        for identifier in identifiers:
            first, second = inner.copy(), outer.copy()
            first.update(identifier.encode())
            second.update(first.digest())
            found.append(second.hexdigest()[:HEX_OF_A_PSEUDONYM])
        return found


class PseudonymsOfDataset(DocumentModel):
    """What a dataset says of its pseudonyms: never the key, only which key it was."""

    key_fingerprint: Words
    purpose: Words
    method: Words = METHOD


def why_not_joined(first: PseudonymsOfDataset | None, second: PseudonymsOfDataset | None) -> str:
    """Why the people of two datasets cannot be the same pseudonyms; empty where they can."""
    if first is None or second is None:
        return "a dataset does not say how its pseudonyms were made"
    if purpose_name(first.purpose) != purpose_name(second.purpose):
        return f"the datasets are for different purposes: '{first.purpose}' and '{second.purpose}'"
    if first.key_fingerprint != second.key_fingerprint:
        return "the datasets were made with different keys"
    if first.method != second.method:
        return f"the datasets were made with different methods: {first.method}; {second.method}"
    return ""
