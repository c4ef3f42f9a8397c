"""The key of the key holder: read from a file that nobody else may read, or from the environment. Never written."""

import binascii
import os
import secrets
import stat
from pathlib import Path

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.privacy.pseudonyms import SHORTEST_KEY, Key, WeakKeyError

VARIABLE = "PLACEPLAN_PSEUDONYM_KEY"
_EXPECTED = f"{2 * SHORTEST_KEY} hexadecimal digits or more, made by a random generator"
_MEND = "Make one with 'openssl rand -hex 32' or write_new_key; who loses it can no longer link or re-identify."
_LONGEST_FILE = 4096


def read_key(file: Path | None = None) -> Key:
    """The key from a file, or from the environment (``PLACEPLAN_PSEUDONYM_KEY``) when no file is named.

    Raises:
        InputError: there is none, others may read the file, or it is no key. No message holds any part of the key.
    """
    return _key_in_file(file) if file is not None else _key_in_environment()


def write_new_key(file: Path) -> Key:
    """Make a random key and write it to a new file that only its owner may read.

    Raises:
        InputError: the file exists already, or cannot be written.
    """
    text = secrets.token_hex(SHORTEST_KEY)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{text}\n")
    except FileExistsError as error:
        message = "this file exists, and a key is never written over"
        raise InputError([Problem(Location(file.name), message, mend="Name another file.")]) from error
    except OSError as error:
        message = f"the key cannot be written: {error.strerror}"
        raise InputError([Problem(Location(file.name), message)]) from error
    return _key(text, file.name)


def _key_in_file(file: Path) -> Key:
    name = file.name
    try:
        mode = file.stat().st_mode
        text = file.read_bytes()[: _LONGEST_FILE + 1] if stat.S_ISREG(mode) else b""
    except OSError as error:
        message = f"the key cannot be read: {error.strerror}"
        raise InputError([Problem(Location(name), message, "a file that holds the key", _MEND)]) from error
    if not stat.S_ISREG(mode):
        raise InputError([Problem(Location(name), "this is no plain file", "a file that holds the key")])
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"others than its owner may use this file (its mode is {stat.S_IMODE(mode):o})"
        raise InputError([Problem(Location(name), message, "mode 600 or 400", "Run 'chmod 600' on it.")])
    return _key(text.decode("ascii", errors="replace"), name)


def _key_in_environment() -> Key:
    text = os.environ.get(VARIABLE, "")
    if not text.strip():
        message = "no key file is named, and the environment holds no key"
        raise InputError([Problem(Location(VARIABLE), message, _EXPECTED, _MEND)])
    return _key(text, VARIABLE)


def _key(text: str, name: str) -> Key:
    """The key that a text stands for. What is wrong is told without the text, and without the error that held it."""
    try:
        secret = binascii.unhexlify(text.strip())
    except (binascii.Error, ValueError):
        raise InputError([Problem(Location(name), "this is not a key", _EXPECTED, _MEND)]) from None
    try:
        return Key(secret)
    except WeakKeyError as error:
        raise InputError([Problem(Location(name), str(error), _EXPECTED, _MEND)]) from None
