"""``placeplan data``: the public files that Placeplan knows, and those in a data folder."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import click

from placeplan.app.data_folder import (
    CheckedFile,
    DescribedDataset,
    checked_files,
    data_folder,
    described_dataset,
    described_datasets,
    files_to_check,
)
from placeplan.cli.endings import ExitCode, StoppedError
from placeplan.cli.progress import progress_bar

WIDTH = 100
NAME_WIDTH = 44
UNKNOWN_LISTED = 10
FOLDER = click.Path(path_type=Path)
DATA = click.option(
    "--data", "folder", type=FOLDER, metavar="DIR", help="Data folder (PLACEPLAN_DATA in the environment when absent)."
)


@click.group()
def data() -> None:
    """Public files: which are known, what each unlocks, and what is in your data folder."""


@data.command()
@click.argument("dataset_id", metavar="[ID]", required=False)
@DATA
def describe(dataset_id: str | None, folder: Path | None) -> None:
    """List the public files that Placeplan knows, or say all of the one with ID."""
    if dataset_id is not None:
        lines = _in_full(described_dataset(dataset_id, folder))
    else:
        lines = _by_group(described_datasets(folder))
    click.echo("\n".join(lines))


@data.command()
@DATA
def check(folder: Path | None) -> None:
    """Read every known file of the data folder and say what was found.

    Exit code 0: clean; 1: problems in rows; 2: a file cannot be read.
    """
    opened = data_folder(folder)
    files = files_to_check(opened)
    found: list[CheckedFile] = []
    with progress_bar(len(files)) as step:
        for one in checked_files(opened, files):
            step(one.file)
            found.append(one)
    click.echo("\n".join(_report(found)))
    missing = [each for each in described_datasets(opened.path) if not each.there]
    click.echo("\n".join([*_missing(missing), *_unknown(opened.unknown)]))
    if any(one.unreadable for one in found):
        raise StoppedError(ExitCode.UNREADABLE)
    if any(one.kinds for one in found):
        raise StoppedError(ExitCode.FINDINGS)


def _by_group(datasets: Sequence[DescribedDataset]) -> Iterator[str]:
    group = ""
    for each in datasets:
        if each.group != group:
            group = each.group
            yield from ("", group)
        yield from _wrapped(f"  {each.id}: {each.title}{_mark(each)}", indent=6)
        yield from _wrapped(f"      {each.publisher}; {each.licence}", indent=6)
        yield from _wrapped(f"      Unlocks: {each.unlocks}", indent=6)
        yield from _wrapped(f"      File: {', '.join(each.there or each.files)}", indent=6)


def _mark(each: DescribedDataset) -> str:
    return f"{'  [SYNTHETIC]' if each.synthetic else ''}{'  [there]' if each.there else ''}"


def _in_full(each: DescribedDataset) -> Iterator[str]:
    yield from _wrapped(f"{each.title}{_mark(each)}")
    yield from _wrapped(each.about)
    yield ""
    rows = [
        ("publisher", each.publisher),
        ("publication", each.publication),
        ("address", each.address),
        ("licence", each.licence),
        ("say", each.attribution),
        ("file", ", ".join(each.files)),
        ("there", ", ".join(each.there)),
        ("a row for each", ", ".join(each.key)),
        ("unlocks", each.unlocks),
        ("measures", ", ".join(each.measures)),
    ]
    for name, words in rows:
        if words:
            yield from _wrapped(f"{name + ':':<16}{words}", indent=16)
    if each.columns:
        yield from ("", "Columns:")
    for column in each.columns:
        unit = f", {column.unit}" if column.unit else ""
        yield from _wrapped(f"  {column.heading} ({column.kind}{unit}): {column.words}", indent=6)


def _report(found: Sequence[CheckedFile]) -> Iterator[str]:
    files = Counter(one.dataset_id for one in found)
    yield f"{'data set':<{NAME_WIDTH}}{'rows':>10}{'columns':>10}  found"
    for one in found:
        rows = "" if one.unreadable else f"{one.rows:,}"
        columns = f"{one.columns}" if one.columns else ""
        yield f"{one.dataset_id:<{NAME_WIDTH}}{rows:>10}{columns:>10}  {_state(one)}"
        if files[one.dataset_id] > 1:
            yield f"    {one.file}"
        for kind, count in one.kinds:
            yield from _wrapped(f"    {count:,} {kind}", indent=8)
        for problem in one.first:
            yield from _wrapped(f"        {problem}", indent=10)
        if one.passed_over:
            yield from _wrapped(f"    headings that are passed over: {', '.join(one.passed_over)}", indent=8)
    yield from ("", f"{_counted(len(found), 'file or folder', several='files and folders')} of {len(files)} data sets.")


def _state(one: CheckedFile) -> str:
    if one.unreadable:
        return "CANNOT BE READ"
    if not one.columns:
        return "files, not looked into"
    return _counted(sum(count for _, count in one.kinds), "problem") if one.kinds else "clean"


def _missing(missing: Sequence[DescribedDataset]) -> Iterator[str]:
    if missing:
        yield from ("", f"Known and not there: {len(missing)}.")
        yield from _wrapped(f"  {', '.join(each.id for each in missing)}", indent=2)


def _unknown(unknown: Sequence[str]) -> Iterator[str]:
    """Files that fit no data set, by folder where there are many."""
    if not unknown:
        return
    yield from ("", f"Files that fit no data set: {len(unknown)}.")
    if len(unknown) <= UNKNOWN_LISTED:
        yield from (f"  {name}" for name in unknown)
        return
    folders = Counter(PurePosixPath(name).parts[0] if "/" in name else "." for name in unknown)
    yield from (f"  {folder}/: {_counted(count, 'file')}" for folder, count in folders.items())


def _counted(count: int, noun: str, *, several: str = "") -> str:
    return f"{count:,} {noun if count == 1 else several or f'{noun}s'}"


def _wrapped(line: str, *, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    ) or [""]
