"""What is committed: nothing that ties it to one machine or index, nothing too big, every test in its folder."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, none_of, python_files
from tests.conftest import CATEGORIES

PARTS_OF_A_PATH = 3
# A folder right under the root has too plain a name to look for.
PLACES_OF_THIS_MACHINE = [
    str(place)
    for place in (ROOT, ROOT.parent / "shared", Path.home() / ".cache")
    if len(place.parts) >= PARTS_OF_A_PATH
]
INSTALLING = {".toml", ".txt", ".sh", ".yaml", ".cfg", ".ini", ""}
INDEX = re.compile(rb"index[-_]url[ =]+\S*:|find[-_]links[ =]|^registry *=", re.MULTILINE | re.IGNORECASE)
MEGABYTES = 40


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_path_of_one_machine() -> None:
    wrong = []
    for path in committed():
        content = path.read_bytes()
        wrong += [f"{path.relative_to(ROOT)}: {place}" for place in PLACES_OF_THIS_MACHINE if place.encode() in content]
    none_of(wrong)


def test_no_file_that_installs_names_a_package_index() -> None:
    installing = [path for path in committed() if path.suffix in INSTALLING and "src" not in path.parts]
    none_of([str(path.relative_to(ROOT)) for path in installing if INDEX.search(path.read_bytes())])


def test_locks_name_no_address() -> None:
    locks = [path for path in committed() if path.parent.name == "requirements"]
    assert locks
    none_of([str(path.relative_to(ROOT)) for path in locks if b"://" in path.read_bytes()])


def test_locks_hold_exact_versions_with_hashes() -> None:
    for name in ("runtime", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "")
        for line in text.splitlines():
            assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), f"{name}.txt: {line}"


def test_repository_is_small() -> None:
    size = sum(path.stat().st_size for path in committed())
    assert size < MEGABYTES * 1024 * 1024


def test_every_test_stands_in_a_category() -> None:
    stray = [
        path
        for path in python_files("tests")
        if path.name.startswith("test_") and path.relative_to(ROOT / "tests").parts[0] not in CATEGORIES
    ]
    assert not stray
