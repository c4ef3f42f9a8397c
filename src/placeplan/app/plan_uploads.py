"""A plan that somebody sends as one file: an archive of its folder, or a workbook; and its workbook to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from placeplan.app.computing import compute
from placeplan.app.loading import loaded
from placeplan.app.plan_archives import checksum_in_archive, texts_in_archive
from placeplan.app.plan_texts import Texts, checksum_of, checksum_of_sections, read_texts, texts_of
from placeplan.kernel.errors import InputError, Location, Problem

ARCHIVE, WORKBOOK = ".zip", ".xlsx"
MEBIBYTE = 1024 * 1024
LARGEST_UPLOAD = 16 * MEBIBYTE


def texts_of_upload(content: bytes, *, file: str) -> dict[str, str]:
    """The texts of the plan in a file that somebody sent. Those of an archive are kept to the byte.

    Args:
        content: the bytes.
        file: its name, which says what it is and where problems are.

    Raises:
        InputError: it holds no plan, with every problem of every section or sheet.
    """
    if len(content) > LARGEST_UPLOAD:
        message = f"this file has {len(content):,} bytes"
        raise InputError([Problem(Location(file), message, f"at most {LARGEST_UPLOAD // MEBIBYTE} MiB")])
    kind = PurePosixPath(file).suffix.lower()
    if kind == ARCHIVE:
        texts = texts_in_archive(content, file=file)
        read_texts(texts)
        return texts
    if kind == WORKBOOK:
        return texts_of_workbook(content, file=file)
    expected = f"an archive of the folder of a plan ({ARCHIVE}) or its workbook ({WORKBOOK})"
    raise InputError([Problem(Location(file), "this is no file that a plan can be read from", expected)])


def texts_of_workbook(content: bytes, *, file: str) -> dict[str, str]:
    """The texts of the plan in a workbook.

    Raises:
        InputError: it cannot be read, with every problem of every sheet.
    """
    from placeplan.plan.workbook_reading import plan_of_workbook  # a heavy library, imported only when used

    return texts_of(plan_of_workbook(content, file))


@dataclass(frozen=True, slots=True)
class SentPlan:
    """A plan that somebody sends back: its texts, and what names the state that it was made from (empty: unknown)."""

    texts: Mapping[str, str]
    made_from: str


def sent_plan(content: bytes, *, file: str) -> SentPlan:
    """The plan in a file that somebody sends back.

    A workbook names what it was made from in a property, the archive of a folder in its list of checksums.

    Raises:
        InputError: it holds no plan, with every problem of every section or sheet.
    """
    texts = texts_of_upload(content, file=file)
    if PurePosixPath(file).suffix.lower() == ARCHIVE:
        return SentPlan(texts, checksum_in_archive(content))
    from placeplan.plan.workbook_reading import made_from  # a heavy library, imported only when used

    return SentPlan(texts, made_from(content, file))


def workbook_of(texts: Texts) -> bytes:
    """The workbook of the plan that texts hold, with its figures filled in. It names the state that it is made from.

    Raises:
        InputError: the texts hold no plan, with every problem of them.
    """
    from placeplan.plan.workbook_writing import workbook_bytes  # a heavy library, imported only when used

    found = loaded(read_texts(texts))
    named = checksum_of_sections({name: checksum_of(text) for name, text in texts.items()})
    return workbook_bytes(found.plan, derived=compute(found.plan, found.round).figures, made_from=named)


def changed_by(sent: Texts, *, current: Texts) -> Mapping[str, str | None]:
    """The sections that change when texts that were sent take the place of those that stand.

    A section that says the same in other words (the order of keys, quotes that need not be) does not change. Where the
    current texts hold no plan, each section that is not the same to the byte does.

    Returns:
        The new text of each section that changes (``None``: it is gone).
    """
    said = meant(current)
    names = sorted({*current, *sent})
    new = {name: sent.get(name) for name in names}
    return {name: text for name, text in new.items() if text not in (said.get(name), current.get(name))}


def meant(texts: Texts) -> dict[str, str]:
    """The texts of a plan as Placeplan writes them, so that what says the same in other words is the same.

    Texts that hold no plan are given back as they are.
    """
    try:
        return texts_of(read_texts(texts))
    except InputError:
        return dict(texts)
