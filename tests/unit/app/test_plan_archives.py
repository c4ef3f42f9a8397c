"""A plan as one file to take away and bring back."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from placeplan.app.plan_archives import archive_of, texts_in_archive
from placeplan.app.plan_texts import bundled_plans, texts_of_folder
from placeplan.kernel.errors import InputError


@pytest.mark.parametrize("folder", bundled_plans(), ids=lambda folder: folder.name)
def test_a_plan_comes_back_as_it_was(folder: Path) -> None:
    texts = texts_of_folder(folder)
    assert texts_in_archive(archive_of(folder.name, texts), file="plan.zip") == texts


def test_the_bytes_are_the_same_every_time() -> None:
    texts = {"plan.yaml": "format: 1\n", "narrative/01-x.md": "# X\n"}
    assert archive_of("x", texts) == archive_of("x", dict(reversed(texts.items())))


def test_the_list_of_checksums_is_right(tmp_path: Path) -> None:
    texts = texts_of_folder(bundled_plans()[0])
    with zipfile.ZipFile(BytesIO(archive_of("plan", texts))) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "plan", check=False)
    assert done.returncode == 0


def test_files_that_are_not_of_a_plan_stay_out() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("a/plan.yaml", "a/../../etc/passwd", "a/notes.txt", "/absolute/plan.csv", "b/narrative/01.md"):
            archive.writestr(name, "x")
    assert texts_in_archive(written.getvalue(), file="plan.zip") == {"plan.yaml": "x"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not an archive"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="cannot be unpacked"):
        texts_in_archive(content, file="plan.zip")


def test_an_archive_without_a_plan_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.md", "x")
    with pytest.raises(InputError, match=r"there is no plan\.yaml"):
        texts_in_archive(written.getvalue(), file="plan.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2_001):
            archive.writestr(f"narrative/{number}.md", "")
    with pytest.raises(InputError, match="too large"):
        texts_in_archive(written.getvalue(), file="plan.zip")
