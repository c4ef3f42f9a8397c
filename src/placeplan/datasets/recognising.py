"""Says which data set a file is, by its headings, and by its name where several have the same."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.reading import texts_of
from placeplan.datasets.types import Catalogue, Dataset, Form
from placeplan.kernel.errors import InputError, Location, Problem

NEAR_LISTED = 3
PARQUET, BELOW = ".parquet", "**"


def recognise(path: Path, *, shown_as: str = "", catalogue: Catalogue | None = None) -> Dataset:
    """The data set that a CSV or Parquet file is.

    Raises:
        InputError: the file cannot be read, or its headings fit no data set or several; the message names the nearest.
    """
    file = shown_as or path.name
    return recognised(texts_of(path, file).headings, path.name, file=file, catalogue=catalogue)


def recognised(headings: Iterable[str], name: str, *, file: str, catalogue: Catalogue | None = None) -> Dataset:
    """The data set with these headings; where several fit, the one that leaves the fewest headings undescribed, then
    the one whose file pattern fits the name.

    Raises:
        InputError: none fits, or several do; the message names the nearest.
    """
    there = tuple(headings)
    known = [each for each in (catalogue or read_catalogue()).datasets if each.form is Form.TABLE]
    fitting = [each for each in known if _fits(each, there)]
    if not fitting:
        raise InputError([_none_fits(known, there, file=file)])
    fewest = min(_undescribed(each, there) for each in fitting)
    best = [each for each in fitting if _undescribed(each, there) == fewest]
    named = [each for each in best if is_named_as(each, name)]
    chosen = named if len(named) == 1 else best
    if len(chosen) > 1:
        several = ", ".join(each.id for each in chosen)
        raise InputError([Problem(Location(file, 1), f"the headings fit {several}", "", "Say which data set it is.")])
    return chosen[0]


def is_named_as(dataset: Dataset, name: str) -> bool:
    """Whether a path below a data folder, or the bare name of a file, fits a pattern of the data set. A Parquet file
    may stand in for a CSV file.
    """
    path = PurePosixPath(name)
    stems = {str(path), str(path.with_suffix(".csv")) if path.suffix.lower() == PARQUET else str(path)}
    if "/" in name:
        return any(_matches(stem, pattern) for stem in stems for pattern in dataset.files)
    bare = [PurePosixPath(pattern).name for pattern in dataset.files if not pattern.endswith(BELOW)]
    return any(fnmatch(stem, pattern) for stem in stems for pattern in bare)


def _matches(name: str, pattern: str) -> bool:
    """Whether each part of a path fits the same part of a pattern; ``**`` at the end stands for everything below."""
    parts, wanted = PurePosixPath(name).parts, PurePosixPath(pattern).parts
    if wanted[-1] == BELOW:
        parts, wanted = parts[: len(wanted) - 1], wanted[:-1]
    return len(parts) == len(wanted) and all(fnmatch(part, glob) for part, glob in zip(parts, wanted, strict=True))


def _fits(dataset: Dataset, headings: tuple[str, ...]) -> bool:
    families = [column for column in dataset.columns if column.pattern and not column.optional]
    found = [dataset.column(heading) for heading in headings]
    return set(dataset.needed) <= set(headings) and all(any(one is family for one in found) for family in families)


def _undescribed(dataset: Dataset, headings: tuple[str, ...]) -> int:
    return sum(dataset.column(heading) is None for heading in headings)


def _none_fits(known: list[Dataset], headings: tuple[str, ...], *, file: str) -> Problem:
    shared = {each.id: len(set(each.needed) & set(headings)) / len(each.needed) for each in known if each.needed}
    near = sorted((name for name in shared if shared[name]), key=lambda name: (-shared[name], name))[:NEAR_LISTED]
    needed = {each.id: each.needed for each in known}
    lacks = "; ".join(f"{name} lacks {_listed(set(needed[name]) - set(headings))}" for name in near)
    hint = f"Nearest: {lacks}." if near else ""
    return Problem(
        Location(file, 1),
        "the headings fit no data set that Placeplan knows",
        "",
        f"{hint} 'placeplan data describe' lists the data sets; 'observations' is the layout for your own.".strip(),
    )


def _listed(names: set[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names)) or "a family of columns"
