"""Whether a file may be opened as a workbook at all: a bounded archive of plain XML, looked at before any is parsed."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from placeplan.kernel.errors import InputError, Location, Problem

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 64 * MEBIBYTE
LARGEST_MEMBER = 64 * MEBIBYTE
LARGEST_WHOLE = 128 * MEBIBYTE
HIGHEST_RATIO = 400
SMALL_MEMBER = MEBIBYTE  # a member this small may be packed as tightly as it likes
MOST_MEMBERS = 1_000
MOST_TAGS = 4_000_000
CONTENT_TYPES = "[Content_Types].xml"
SAVE_AS = "Save it from the spreadsheet as 'Excel Workbook (.xlsx)'."

_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PLAIN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_XML_SUFFIXES = (".xml", ".rels", ".vml")


def content_of(file: Path) -> bytes:
    """The bytes of a workbook file.

    Raises:
        InputError: it is not there, is not a plain file, is too large or cannot be opened.
    """
    place = Location(file.name)
    if not file.exists():
        raise InputError(
            [Problem(place, f"{file} does not exist", "a workbook", "placeplan workbook export makes one.")]
        )
    if not file.is_file():
        raise InputError([Problem(place, f"{file} is not a file that can be read", "a workbook")])
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise InputError(
                [Problem(place, f"this file has {size:,} bytes", f"at most {LARGEST_FILE // MEBIBYTE} MiB")]
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError([Problem(place, f"this file cannot be opened: {error.strerror}")]) from error


def check_package(content: bytes, file: str) -> None:
    """Refuse what is not a workbook that can safely be opened.

    Args:
        content: the bytes of the file.
        file: its name, for messages.

    Raises:
        InputError: it is no archive, is protected by a password, holds macros, unpacks to too much, names parts outside
            itself, or holds XML that declares entities.
    """
    problem = _kind_problem(content)
    if problem is None:
        try:
            with ZipFile(BytesIO(content)) as archive:
                problem = next(_archive_problems(archive), None)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
            problem = (f"this workbook is damaged ({error})", "Open it in the spreadsheet and save it again.")
    if problem is not None:
        message, mend = problem
        raise InputError([Problem(Location(file), message, "an Excel workbook (.xlsx)", mend)])


Refusal = tuple[str, str]
"""What is wrong with the file, and how to mend it."""


def _kind_problem(content: bytes) -> Refusal | None:
    if not content:
        return "this file is empty", SAVE_AS
    if content.startswith(_COMPOUND):
        if _ENCRYPTED_STREAM in content:
            return (
                "this workbook is protected by a password",
                "Take the password off (File, Info, Protect Workbook) and save it.",
            )
        return "this is a workbook of an old form (.xls)", SAVE_AS
    if content.startswith(_EMPTY_ZIP):
        return "this is an empty archive", SAVE_AS
    if not content.startswith(_ZIP):
        return "this is not a workbook, whatever its name says", SAVE_AS
    return None


def _archive_problems(archive: ZipFile) -> Iterator[Refusal]:
    members = archive.infolist()
    names = {member.filename for member in members}
    yield from _name_problems(members)
    yield from _size_problems(members)
    yield from _form_problems(names)
    tags = 0
    for member in members:
        if member.filename.lower().endswith(_XML_SUFFIXES):
            content = archive.read(member)
            yield from _xml_problems(member.filename, content)
            tags += content.count(b"<")
            if tags > MOST_TAGS:
                mend = "Delete empty rows and columns that carry only formats, or split the plan."
                yield f"this workbook has more than {MOST_TAGS:,} cells and other parts", mend


def _name_problems(members: list[ZipInfo]) -> Iterator[Refusal]:
    if len(members) > MOST_MEMBERS:
        yield f"this workbook has {len(members):,} parts, more than {MOST_MEMBERS:,}", SAVE_AS
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            yield f"this workbook has a part called {name[:80]!r}, outside itself", SAVE_AS
        if name.lower() in seen:
            yield f"this workbook has two parts called {name[:80]!r}", SAVE_AS
        seen.add(name.lower())


def _size_problems(members: list[ZipInfo]) -> Iterator[Refusal]:
    for member in members:
        name, size = member.filename[:80], member.file_size
        if member.flag_bits & 1:
            yield f"the part {name!r} is protected by a password", "Take the password off and save the workbook again."
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            yield f"the part {name!r} is packed in a way that a workbook is not", SAVE_AS
        if size > LARGEST_MEMBER:
            yield f"the part {name!r} unpacks to {size:,} bytes, more than {LARGEST_MEMBER // MEBIBYTE} MiB", _LIGHTEN
        if size > SMALL_MEMBER and size > HIGHEST_RATIO * max(member.compress_size, 1):
            yield f"the part {name!r} unpacks to more than {HIGHEST_RATIO} times its size", _LIGHTEN
    whole = sum(member.file_size for member in members)
    if whole > LARGEST_WHOLE:
        yield f"this workbook unpacks to {whole:,} bytes, more than {LARGEST_WHOLE // MEBIBYTE} MiB", _LIGHTEN


_LIGHTEN = "Delete pictures, and rows and columns that carry only formats; save it again."


def _form_problems(names: set[str]) -> Iterator[Refusal]:
    lowered = {name.lower() for name in names}
    if "mimetype" in lowered:
        yield "this is an OpenDocument spreadsheet", SAVE_AS
    elif CONTENT_TYPES.lower() not in lowered:
        yield "this is an archive, but not a workbook", SAVE_AS
    elif any(name.endswith("vbaproject.bin") for name in lowered):
        yield "this workbook holds macros", f"Macros are never run here. {SAVE_AS}"
    elif "xl/workbook.bin" in lowered:
        yield "this is a binary workbook (.xlsb)", SAVE_AS


def _xml_problems(name: str, content: bytes) -> Iterator[Refusal]:
    start = content.removeprefix(_BYTE_ORDER_MARK)[:200]
    declared = _DECLARED_ENCODING.match(start)
    if b"\0" in content or (declared and declared[1].lower() not in _PLAIN_ENCODINGS):
        yield f"the part {name!r} is not written in UTF-8", SAVE_AS
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield f"the part {name!r} declares XML entities, which a workbook never needs", SAVE_AS
