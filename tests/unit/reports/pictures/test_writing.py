"""Pictures as files and as one page."""

import re
from pathlib import Path

import polars as pl
import pytest
from tests.unit.reports.pictures.examples import HOSTILE, area_map, caterpillar, slope

from placeplan.kernel.errors import InputError
from placeplan.reports.pictures.writing import gallery_files, picture_files, write_gallery, write_picture


def test_picture_is_written_with_its_numbers_and_its_words(tmp_path: Path) -> None:
    picture = caterpillar()
    written = write_picture(picture, tmp_path / "new")
    assert [path.name for path in written] == [f"ae-4-hours-caterpillar.{end}" for end in ("svg", "png", "csv", "txt")]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(path.name for path in written)
    assert written[0].read_text(encoding="utf-8") == picture.svg()
    assert written[1].read_bytes().startswith(b"\x89PNG")
    assert pl.read_csv(written[2]).height == picture.data.height
    assert picture.says in written[3].read_text(encoding="utf-8")


def test_other_formats_are_refused() -> None:
    with pytest.raises(ValueError, match="'pdf' is not one of svg, png"):
        picture_files(caterpillar(), ["pdf"])


def test_folder_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        write_picture(caterpillar(), tmp_path / "file", formats=["svg"])


def test_page_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    pictures = [slope(name) for name in ("Weald", "Weald", *HOSTILE[:1])]
    path = write_gallery(pictures, tmp_path, title='Pictures <of> "Kent" & Medway')
    page = path.read_text(encoding="utf-8")
    assert path.name == "index.html"
    assert "<title>Pictures &lt;of&gt; &#34;Kent&#34; &amp; Medway</title>" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    identifiers = re.findall(r'\bid="([^"]*)"', page)
    assert len(set(identifiers)) == len(identifiers)


def test_page_shows_notes_words_and_numbers() -> None:
    page = gallery_files([area_map()], title="Maps", notes=["2 rows were set aside."])["index.html"].decode()
    assert "2 rows were set aside." in page
    assert area_map().says in page
    assert "<td>Weald 2</td>" in page
    assert "Boundaries of nowhere" in page


def test_page_without_pictures_says_so() -> None:
    assert b"There are no pictures to show." in gallery_files([], title="None")["index.html"]
