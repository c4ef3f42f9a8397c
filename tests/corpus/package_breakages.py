"""Ways to break the file of a workbook: other files under its name, archives that are damaged, locked, huge or sly."""

import struct
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from tests.corpus.broken_plan import Entry, Expected, Folder, Holes, Link, Locked, Pipe
from tests.corpus.good_workbooks import WORKBOOK

MEBIBYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet3.xml"
STRINGS = "xl/sharedStrings.xml"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/hostname">]>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
Change = Callable[[bytes], Entry]


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Iterable[tuple[str, bytes]], *, method: int = ZIP_DEFLATED) -> bytes:
    """An archive of these parts, always the same for the same parts."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts:
            archive.writestr(ZipInfo(name), content, compress_type=method, compresslevel=6)
    return out.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> Change:
    """A workbook with one part changed (or added, from nothing)."""
    return lambda content: packed({**(parts := parts_of(content)), name: change(parts.get(name, b""))}.items())


def without_part(name: str) -> Change:
    """A workbook without one part."""
    return lambda content: packed((part, text) for part, text in parts_of(content).items() if part != name)


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Put one text for another in a part."""
    return lambda content: content.replace(old, new, 1)


def after_declaration(added: str) -> Callable[[bytes], bytes]:
    """Put a text after the XML declaration of a part."""
    return lambda content: content.replace(b"?>", b"?>" + added.encode(), 1)


def twice(content: bytes) -> bytes:
    """An archive with two parts of one name."""
    out = BytesIO(content)
    with ZipFile(out, "a") as archive:
        archive.writestr(ZipInfo("xl/Workbook.xml"), b"<workbook/>")
    return out.getvalue()


def marked_encrypted(content: bytes) -> bytes:
    """An archive whose first part says that it is encrypted."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.index(signature) + offset
        (flags,) = struct.unpack_from("<H", changed, at)
        struct.pack_into("<H", changed, at, flags | 1)
    return bytes(changed)


def lying_about_size(content: bytes) -> bytes:
    """An archive whose directory says that a part is smaller than it is."""
    changed = bytearray(content)
    at = changed.index(b"PK\x01\x02") + 24
    struct.pack_into("<I", changed, at, 10)
    return bytes(changed)


def damaged(content: bytes) -> bytes:
    """An archive with bytes changed in its middle."""
    middle = len(content) // 2
    return content[:middle] + bytes(byte ^ 0xFF for byte in content[middle : middle + 64]) + content[middle + 64 :]


def macros(content: bytes) -> bytes:
    """A workbook with macros."""
    return packed({**parts_of(content), "xl/vbaProject.bin": b"macros"}.items())


def many_parts(content: bytes) -> bytes:
    """A workbook with more parts than any has."""
    return packed({**parts_of(content), **{f"xl/media/{number}.xml": b"" for number in range(1_001)}}.items())


def bomb(content: bytes) -> bytes:
    """A part of twenty million spaces."""
    return packed({**parts_of(content), "xl/worksheets/sheet99.xml": b" " * (20 * MEBIBYTE)}.items())


def bomb_of_parts(content: bytes) -> bytes:
    """Many parts that each unpack to little less than is suspicious."""
    blank = b"<a>" + b" " * (MEBIBYTE - 8)
    return packed({**parts_of(content), **{f"xl/media/{number}.xml": blank for number in range(130)}}.items())


def many_cells(content: bytes) -> bytes:
    """A sheet with more cells than are read, each empty."""
    cells = b"<row>" + b"<c/>" * 4_000_001 + b"</row>"
    return packed({**parts_of(content), "xl/worksheets/sheet99.xml": cells}.items(), method=ZIP_STORED)


def macro_free(content: bytes) -> bytes:
    """The text of a CSV file."""
    return b"service,provider,line\nprimary-care,,QIPP\n"


PACKAGES: dict[str, tuple[Change, str]] = {
    "file-empty": (lambda _: b"", "empty"),
    "file-a-csv": (macro_free, "not a workbook"),
    "file-a-web-page": (lambda _: b"<html><table><tr><td>1</td></tr></table></html>", "not a workbook"),
    "file-a-pdf": (lambda _: b"%PDF-1.7\n" + bytes(200), "not a workbook"),
    "file-an-old-workbook": (lambda _: COMPOUND, ".xls"),
    "file-with-a-password": (lambda _: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
    "file-an-empty-archive": (lambda _: packed([]), "empty archive"),
    "file-another-archive": (lambda _: packed([("notes.txt", b"notes")]), "not a workbook"),
    "file-a-word-document": (
        lambda _: packed([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]),
        "",
    ),
    "file-an-open-document": (
        lambda _: packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
        "OpenDocument",
    ),
    "file-a-binary-workbook": (
        lambda _: packed([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"x")]),
        "binary",
    ),
    "file-cut-short": (lambda content: content[: len(content) // 2], "damaged"),
    "file-damaged": (damaged, "damaged"),
    "file-a-folder": (lambda _: Folder(), "not a file"),
    "file-a-pipe": (lambda _: Pipe(), "not a file"),
    "file-a-link-to-nothing": (lambda _: Link("not-there"), "does not exist"),
    "file-locked": (lambda _: Locked(), ""),
    "file-huge": (lambda _: Holes(64 * MEBIBYTE + 1), "bytes"),
    "archive-encrypted-part": (marked_encrypted, "password"),
    "archive-lying-about-size": (lying_about_size, "damaged"),
    "archive-two-parts-of-one-name": (twice, "two parts"),
    "archive-part-above": (with_part("../../outside.xml", lambda _: b"<x/>"), "outside"),
    "archive-part-absolute": (with_part("/etc/outside.xml", lambda _: b"<x/>"), "outside"),
    "archive-part-with-backslash": (with_part("xl\\..\\outside.xml", lambda _: b"<x/>"), "outside"),
    "archive-part-on-a-drive": (with_part("C:outside.xml", lambda _: b"<x/>"), "outside"),
    "archive-packed-otherwise": (lambda content: packed(parts_of(content).items(), method=ZIP_LZMA), "packed"),
    "archive-bomb": (bomb, "times its size"),
    "archive-bomb-of-parts": (bomb_of_parts, "unpacks"),
    "archive-many-parts": (many_parts, "parts"),
    "archive-many-cells": (many_cells, "cells"),
    "archive-with-macros": (macros, "macros"),
    "xml-billion-laughs-in-a-sheet": (with_part(SHEET, after_declaration(LAUGHS)), "entities"),
    "xml-billion-laughs-in-strings": (with_part(STRINGS, after_declaration(LAUGHS)), "entities"),
    "xml-billion-laughs-in-types": (with_part("[Content_Types].xml", after_declaration(LAUGHS)), "entities"),
    "xml-entity-from-a-file": (with_part(SHEET, after_declaration(OUTSIDE)), "entities"),
    "xml-in-utf-16": (with_part(SHEET, lambda content: content.decode().encode("utf-16")), "UTF-8"),
    "xml-in-utf-7": (with_part(SHEET, replacing(b"UTF-8", b"UTF-7")), "UTF-8"),
    "xml-not-closed": (with_part(SHEET, lambda content: content[:-40]), "damaged"),
    "xml-not-xml": (with_part(SHEET, lambda _: b"service,line"), "damaged"),
    "xml-empty": (with_part(SHEET, lambda _: b""), "damaged"),
    "xml-string-out-of-range": (with_part(SHEET, replacing(b't="s"><v>', b't="s"><v>99999')), "damaged"),
    "xml-style-out-of-range": (with_part(SHEET, replacing(b'<c r="A3" s="', b'<c r="A3" s="9999')), "damaged"),
    "xml-number-not-a-number": (with_part(SHEET, replacing(b't="s"><v>', b't="n"><v>x')), "damaged"),
    "xml-cell-address-malformed": (with_part(SHEET, replacing(b'<c r="A3"', b'<c r="3A3"')), ""),
    "part-workbook-missing": (without_part("xl/workbook.xml"), "damaged"),
    "part-sheet-missing": (without_part(SHEET), ""),
    "part-strings-missing": (without_part(STRINGS), ""),
    "part-styles-malformed": (with_part("xl/styles.xml", lambda content: content[:100]), "damaged"),
    "part-relations-missing": (without_part("xl/_rels/workbook.xml.rels"), ""),
}


def package_expected(kind: str) -> Expected:
    """What reading must say of a broken file."""
    return Expected(WORKBOOK, words=PACKAGES[kind][1])
