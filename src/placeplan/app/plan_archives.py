"""A plan as one file to take away: its files in an archive, with the checksum of each, the same bytes every time."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from placeplan.app.plan_texts import checksum_of, checksum_of_sections
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.folder_files import LARGEST_FILE, MOST_FILES, belongs

CHECKSUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive can say: the bytes must not depend on the clock
_READABLE = 0o644 << 16
MOST_BYTES = 4 * LARGEST_FILE
# What reading an archive raises where it is damaged, needs a password, or lies about its sizes or names.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def archive_of(name: str, texts: Mapping[str, str]) -> bytes:
    """The files of a plan in a ZIP archive, in one folder, with a list of checksums that ``sha256sum -c`` reads."""
    sums = "".join(f"{checksum_of(text)}  {section}\n" for section, text in sorted(texts.items()))
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for section, text in [*sorted(texts.items()), (CHECKSUMS, sums)]:
            entry = zipfile.ZipInfo(f"{name}/{section}", _EPOCH)
            entry.external_attr = _READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return written.getvalue()


def texts_in_archive(content: bytes, *, file: str) -> dict[str, str]:
    """The texts of a plan in a ZIP archive, whether they stand in a folder of it or not.

    Raises:
        InputError: it is no archive, it is too large once unpacked, or a file of it is no text.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _refused(file, "this archive is too large", expected=f"at most {MOST_FILES:,} files")
            return _texts(archive, entries, file=file)
    except _DAMAGE as error:
        raise _refused(
            file, f"this cannot be unpacked: {error}", expected="a ZIP archive of the files of a plan"
        ) from error


def _texts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, file: str) -> dict[str, str]:
    heads = [entry.filename.removesuffix("plan.yaml") for entry in entries if entry.filename.endswith("plan.yaml")]
    if not heads:
        raise _refused(file, "there is no plan.yaml in this archive", expected="the files of a plan")
    top = min(heads, key=len)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        name = entry.filename.removeprefix(top)
        if not entry.filename.startswith(top) or not belongs(name):
            continue
        try:
            texts[name] = archive.read(entry).decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(Location(name), "this file is not text in UTF-8", "text in UTF-8"))
    if problems:
        raise InputError(problems)
    return texts


def _refused(file: str, message: str, *, expected: str) -> InputError:
    return InputError([Problem(Location(file), message, expected)])


def checksum_of_archive(texts: Mapping[str, str]) -> str:
    """The checksum of the plan in an archive, as its history says it."""
    return checksum_of_sections({section: checksum_of(text) for section, text in texts.items()})


def checksum_in_archive(content: bytes) -> str:
    """The checksum of the plan that the list of checksums of an archive is of; empty where it has none.

    Somebody who changes files of an archive leaves its list as it was, so it names what the archive was made from.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            lists = [entry for entry in archive.infolist() if entry.filename.rsplit("/", 1)[-1] == CHECKSUMS]
            if len(lists) != 1 or lists[0].file_size > LARGEST_FILE:
                return ""
            lines = archive.read(lists[0]).decode("utf-8-sig").splitlines()
    except (*_DAMAGE, UnicodeDecodeError):
        return ""
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return checksum_of_sections({name: checksum for checksum, name in pairs})
