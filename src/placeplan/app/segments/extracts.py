"""Reads extracts that hold identifiers, block by block, in memory only.

Nothing is spilled to disk while identifiers are in hand, and no message quotes a cell: what a reader of files says of
a line that it cannot read may hold a name or a number.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.contract import Kind
from placeplan.segments.privacy.jobs import PostcodeLookup, Source
from placeplan.segments.privacy.nhs_numbers import is_nhs_number

BLOCK = 250_000
IDENTIFIER, RAW = "identifier:", "raw:"
DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S")
_MONTH = "^[0-9]{4}-[0-9]{2}$"
_MEND_FILE = "Write the extract afresh as UTF-8 CSV or Parquet; every row needs as many cells as there are headings."


def blocks(folder: Path, source: Source) -> Iterator[pl.DataFrame]:
    """The rows of an extract in blocks: its identifiers as ``identifier:nhs_number`` and so on, and what the columns of
    the contract are made of as ``raw:practice`` and so on.

    Raises:
        InputError: no file is there, columns are missing, or a file cannot be read.
    """
    for file in _files(folder, source):
        with without_contents(file.name):
            frame = _scanned(file)
            _refuse_missing(frame.collect_schema().names(), source, file=file.name)
            wanted = {f"{IDENTIFIER}{field}": name for field, name in source.identifiers.items()}
            wanted |= {f"{RAW}{own}": name for own, name in source.columns.items()}
            chosen = [pl.col(name).alias(own) for own, name in wanted.items()]
            fixed = [pl.lit(value).alias(f"{RAW}{own}") for own, value in source.fixed.items()]
            found = frame.select(*chosen, *fixed)
            empty = True
            for block in found.collect_batches(chunk_size=BLOCK, maintain_order=False):
                empty = False
                yield block
            if empty:  # an extract without rows still has its columns
                yield found.head(0).collect()


def numbers_in(file: Path, *, column: str | None, what: str) -> list[int]:
    """The NHS numbers of a list: of a column of a CSV file, or of the only column of a file without headings.

    A number that cannot be read might be anybody's, so a list that holds one is refused.

    Raises:
        InputError: the list is missing, cannot be read, or holds something else; rows are told, numbers are not.
    """
    _refuse_no_file(file, what, mend="Name the list that is in force; without it nothing is done.")
    with without_contents(file.name):
        try:
            frame = pl.read_csv(file, infer_schema=False, has_header=column is not None)
        except pl.exceptions.NoDataError:
            return []
        if column is not None and column not in frame.columns:
            message = f"the column '{column}' is missing"
            raise InputError([Problem(Location(file.name, 1, column), message, f"one of {', '.join(frame.columns)}")])
        texts = frame[column or frame.columns[0]].fill_null("").to_list()
    bad = [row for row, text in enumerate(texts, start=1) if text.strip() and not is_nhs_number(text)]
    if bad:
        message = f"{len(bad)} entries are no valid NHS numbers, the first in row {bad[0]}"
        raise InputError([Problem(Location(file.name), message, "ten digits that pass the check", "Mend the list.")])
    return [int(re.sub("[^0-9]", "", text)) for text in texts if text.strip()]


def small_areas_by_postcode(folder: Path, asked: PostcodeLookup) -> pl.DataFrame:
    """The user's lookup: ``postcode`` in capitals without blanks, and ``small_area``.

    Raises:
        InputError: the lookup is missing, lacks a column, or gives one postcode two small areas.
    """
    file = folder / asked.file
    _refuse_no_file(
        file, "the lookup of postcodes", mend="Name a CSV file with a column of postcodes and one of areas."
    )
    with without_contents(file.name):
        frame = pl.read_csv(file, infer_schema=False)
        lacking = [name for name in (asked.postcode, asked.small_area) if name not in frame.columns]
        if lacking:
            expected = f"the columns {asked.postcode} and {asked.small_area}"
            raise InputError([Problem(Location(file.name, 1, lacking[0]), "this column is missing", expected)])
        chosen = frame.select(
            as_postcode(pl.col(asked.postcode)).alias("postcode"), blank_as_null(pl.col(asked.small_area)).alias("area")
        )
    found = chosen.drop_nulls().unique().rename({"area": "small_area"})
    twice = found.filter(pl.col("postcode").is_duplicated()).height
    if twice:
        message = f"{twice} rows give one postcode different small areas"
        raise InputError([Problem(Location(file.name), message, "one small area for each postcode")])
    return found


def as_kind(column: pl.Series, kind: Kind) -> pl.Series:
    """Cells as their kind; null where they are blank or cannot be read."""
    if kind.is_day:
        day = as_day(column)
        return day.dt.truncate("1mo") if kind is Kind.MONTH else day
    whole = kind in {Kind.WHOLE, Kind.PENCE}
    if whole and column.dtype.is_integer():
        return column.cast(pl.Int64)
    text = blank_as_null(pl.col(column.name))
    if whole:
        text = text.str.strip_suffix(".00").str.strip_suffix(".0").cast(pl.Int64, strict=False)
    elif kind is Kind.NUMBER:
        text = text.cast(pl.Float64, strict=False)
    return column.to_frame().select(text).to_series()


def as_day(column: pl.Series) -> pl.Series:
    """Days from the forms that extracts have; a month is its first day. Each different text is read once."""
    if column.dtype.is_temporal():
        return column.cast(pl.Date)
    texts = column.cast(pl.String).alias("text").to_frame()
    text = blank_as_null(pl.col("text"))
    full = pl.when(text.str.contains(_MONTH)).then(pl.concat_str(text, pl.lit("-01"))).otherwise(text)
    day = pl.coalesce(full.str.to_date(form, strict=False) for form in DATE_FORMS)
    read = texts.drop_nulls().unique().with_columns(day.alias("day"))
    return texts.join(read, on="text", how="left", maintain_order="left")["day"].alias(column.name)


def blank_as_null(column: pl.Expr) -> pl.Expr:
    """A cell as text without blanks around it; null where nothing is left."""
    text = column.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def as_postcode(column: pl.Expr) -> pl.Expr:
    """A postcode in capitals without blanks and marks."""
    text = column.cast(pl.String).str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
    return pl.when(text != "").then(text)


@contextmanager
def without_disk_errors(name: str) -> Iterator[None]:
    """What the disk refuses, as a problem.

    Raises:
        InputError: in place of every error of the system.
    """
    try:
        yield
    except OSError as error:
        message = f"this cannot be read or written: {error.strerror or 'the disk refused'}"
        raise InputError([Problem(Location(name), message, mend="Check the disk, and run again.")]) from None


@contextmanager
def without_contents(name: str) -> Iterator[None]:
    """What goes wrong with a file, told without anything that stands in it.

    Raises:
        InputError: in place of every error of files; none is kept as its cause, since it may quote a cell.
    """
    try:
        with without_disk_errors(name):
            yield
    except pl.exceptions.PolarsError as error:
        message = f"this file cannot be read ({type(error).__name__}); what stands in it is not quoted here"
        raise InputError([Problem(Location(name), message, "CSV in UTF-8, or Parquet", _MEND_FILE)]) from None


def _files(folder: Path, source: Source) -> list[Path]:
    found = [file for pattern in source.files for file in _matching(folder, pattern)]
    if not found:
        message = f"no file of the extract '{source.name}' is there"
        raise InputError([Problem(Location(source.files[0]), message, "CSV or Parquet beside the job")])
    return sorted(set(found))


def _matching(folder: Path, pattern: str) -> Iterable[Path]:
    alone = folder / pattern
    return [alone] if alone.is_file() else sorted(file for file in folder.glob(pattern) if file.is_file())


def _scanned(file: Path) -> pl.LazyFrame:
    return pl.scan_parquet(file) if file.suffix == ".parquet" else pl.scan_csv(file, infer_schema=False)


def _refuse_missing(found: Sequence[str], source: Source, *, file: str) -> None:
    problems = []
    for name in dict.fromkeys([*source.identifiers.values(), *source.columns.values()]):
        if name not in found:
            small = {one.casefold(): one for one in reversed(found)}
            near = difflib.get_close_matches(name.casefold(), small, n=1, cutoff=0.5)
            mend = f"Is it called '{small[near[0]]}' here? Say so in the job." if near else "Mend the job."
            problems.append(Problem(Location(file, 1, name), f"the column '{name}' is missing", mend=mend))
    if problems:
        raise InputError(problems)


def _refuse_no_file(file: Path, what: str, *, mend: str) -> None:
    if not file.is_file():
        raise InputError([Problem(Location(file.name), f"{what} is not there", mend=mend)])
