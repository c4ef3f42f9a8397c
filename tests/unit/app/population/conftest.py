"""A data folder with made-up public files."""

import shutil
from pathlib import Path

import pytest
from tests.unit.app.population.public_files import write_public_files


@pytest.fixture(scope="session")
def made_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, made once; nobody changes them here."""
    return write_public_files(tmp_path_factory.mktemp("public") / "data")


@pytest.fixture
def public_files(made_files: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made_files, tmp_path / "data"))
