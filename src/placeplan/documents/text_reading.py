"""From bytes to text: one encoding, and a kind answer to anything else."""

import codecs

from placeplan.kernel.errors import InputError, Location, Problem

MEND_ENCODING = "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(content: bytes, file: str) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Args:
        content: the bytes of the file.
        file: name to give in a problem, relative to the plan or the values folder.

    Raises:
        InputError: the bytes are not UTF-8; the problem names the line of the first bad byte.
    """
    if content.startswith(_WIDE_MARKS):
        found = Problem(Location(file, 1), "this file is written in UTF-16", "text in UTF-8", MEND_ENCODING)
        raise InputError([found])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8 text"
        raise InputError([Problem(Location(file, line), message, "text in UTF-8", MEND_ENCODING)]) from error
