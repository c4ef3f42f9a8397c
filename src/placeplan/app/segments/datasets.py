"""Opens a linked dataset: a folder with ``dataset.yaml`` and, for each table, a file or a folder of files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placeplan.app.segments.dataset_engine import Address, DatasetEngine, DatasetFolder
from placeplan.app.segments.definitions import read_contract
from placeplan.app.segments.local_folders import LocalFolder
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.checking import QualityReport, quality_of
from placeplan.segments.dataset import DatasetDescription
from placeplan.segments.engine import Frame

DESCRIPTION = "dataset.yaml"


@dataclass(frozen=True)
class Dataset:
    """A dataset that may be used: what it is for, and its tables as frames of an engine."""

    folder: Address
    description: DatasetDescription
    files: dict[str, tuple[Address, ...]]
    tables: dict[str, Frame]


def open_dataset(folder: Address, engine: DatasetEngine, *, today: date) -> Dataset:
    """Open a dataset for segmentation. Nothing is read yet but what it is and which columns it has.

    Args:
        folder: where ``dataset.yaml`` and the tables are.
        engine: holds the frames; they live as long as it does.
        today: a day that the agreement must cover.

    Raises:
        InputError: purpose, lawful basis or agreement are missing or over, a table that is needed is missing, or a
            column is; every problem of every table.
    """
    place = engine.folder(folder)
    description = _description_in(place, today=today)
    files = files_of(place)
    tables: dict[str, Frame] = {}
    problems: list[Problem] = []
    for table in read_contract().tables:
        if table.name in files:
            try:
                tables[table.name] = engine.scanned(files[table.name], table)
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return Dataset(folder, description, files, tables)


def check_dataset(folder: Address, engine: DatasetEngine, *, today: date) -> QualityReport:
    """What is wrong with the rows of a dataset, and whom and what each problem could misplace.

    Raises:
        InputError: the dataset does not load at all; see ``open_dataset``.
    """
    return check_opened(open_dataset(folder, engine, today=today), engine)


def check_opened(dataset: Dataset, engine: DatasetEngine) -> QualityReport:
    """The same of a dataset that is open already.

    Raises:
        InputError: an extract cannot be read.
    """
    contract = read_contract()
    tables = {name: engine.scanned(files, contract[name], with_rows=True) for name, files in dataset.files.items()}
    return quality_of(tables, contract, extracted=dataset.description.extracted, engine=engine)


def read_description(folder: Path, *, today: date) -> DatasetDescription:
    """What a dataset is for, by what right, under which agreement.

    Raises:
        InputError: the file is missing or incomplete, or the agreement does not cover ``today``.
    """
    return _description_in(LocalFolder(folder), today=today)


def _description_in(folder: DatasetFolder, *, today: date) -> DatasetDescription:
    content = folder.content(DESCRIPTION)
    if content is None:
        message = f"the dataset has no {DESCRIPTION}"
        mend = "Write down its purpose, lawful basis and agreement; without them it does not load."
        raise InputError([Problem(Location(DESCRIPTION), message, mend=mend)])
    document = read_yaml(text_of(content, DESCRIPTION), DESCRIPTION)
    description = validated(DatasetDescription, document)
    if not description.in_force(today):
        agreement = description.agreement
        message = f"the agreement runs from {agreement.signed} to {agreement.ends} and does not cover {today}"
        raise InputError(
            [document.problem(("agreement",), message, mend="Renew the agreement, or use another extract.")]
        )
    return description


def files_of(folder: DatasetFolder) -> dict[str, tuple[Address, ...]]:
    """The files of each table of the contract that is there.

    Raises:
        InputError: a table that is needed is missing, or has files of two kinds.
    """
    found: dict[str, tuple[Address, ...]] = {}
    problems: list[Problem] = []
    for table in read_contract().tables:
        files = folder.files(table.name)
        if len({str(file).endswith(".parquet") for file in files}) > 1:
            message = f"the table '{table.name}' has both Parquet and CSV files"
            problems.append(Problem(Location(table.name), message, mend="Keep one kind."))
        elif files:
            found[table.name] = files
        elif table.needed:
            expected = f"{table.name}.parquet, {table.name}.csv, or a folder {table.name} with such files"
            problems.append(Problem(Location(table.name), f"the table '{table.name}' is missing", expected))
    if problems:
        raise InputError(problems)
    return found
