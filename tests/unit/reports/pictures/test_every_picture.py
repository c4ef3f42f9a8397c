"""What holds for every kind of picture: valid, the same each time, with words, and safe from any name."""

import hashlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import vl_convert
from tests.unit.reports.pictures.examples import HOSTILE, KINDS

from placeplan.reports.pictures.picture import VEGA_LITE, StatisticalPicture

SVG = "{http://www.w3.org/2000/svg}"
kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def pictures() -> dict[str, StatisticalPicture]:
    return {kind: make() for kind, make in KINDS.items()}


@kinds
def test_specification_is_drawn_without_a_warning(
    kind: str, pictures: dict[str, StatisticalPicture], capfd: pytest.CaptureFixture[str]
) -> None:
    spec = dict(pictures[kind].spec)
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, show_warnings=True, allowed_base_urls=[])
    out, error = capfd.readouterr()
    assert (out, error) == ("", "")
    assert "NaN" not in drawn
    assert "undefined" not in drawn
    assert "null" not in re.sub(r'="[^"]*"', "", drawn)


@kinds
def test_words_stand_in_for_the_picture(kind: str, pictures: dict[str, StatisticalPicture]) -> None:
    picture = pictures[kind]
    root = ET.fromstring(picture.svg())
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (picture.title, picture.says)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert re.search(r"\d", picture.says)
    assert 1 <= len(re.findall(r"[.](?: |$)", picture.says)) <= 4


@kinds
def test_title_and_notes_are_on_the_sheet_in_full(kind: str, pictures: dict[str, StatisticalPicture]) -> None:
    picture = pictures[kind]
    shown = " ".join(text.text or "" for text in ET.fromstring(picture.svg()).iter(f"{SVG}text"))
    for words in (picture.title, picture.subtitle, picture.note, *picture.marks, *(one.words for one in picture.key)):
        assert all(word in shown for word in words.split())


@kinds
def test_same_picture_gives_the_same_letters(kind: str, pictures: dict[str, StatisticalPicture]) -> None:
    first = pictures[kind].svg()
    replace(pictures["map"]).svg()
    assert KINDS[kind]().svg() == first
    assert "clip" not in re.findall(r'id="([^"]*)"', first)


def test_another_process_gives_the_same_letters(pictures: dict[str, StatisticalPicture]) -> None:
    program = (
        "import hashlib\nfrom tests.unit.reports.pictures.examples import KINDS\n"
        "for kind in reversed(KINDS):\n"
        "    print(kind, hashlib.sha256(KINDS[kind]().svg().encode()).hexdigest(), sep=':')"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"TZ": "Asia/Tokyo"})
    expected = {kind: hashlib.sha256(picture.svg().encode()).hexdigest() for kind, picture in pictures.items()}
    assert dict(line.split(":") for line in done.stdout.splitlines()) == expected


@kinds
def test_identifiers_of_two_pictures_do_not_meet(kind: str, pictures: dict[str, StatisticalPicture]) -> None:
    for other, picture in pictures.items():
        if other != kind:
            assert not set(_ids(picture.svg())) & set(_ids(pictures[kind].svg()))


def _ids(drawn: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', drawn)


@kinds
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_any_name_is_only_words(kind: str, name: str) -> None:
    picture = KINDS[kind](name)
    drawn = picture.svg()
    root = ET.fromstring(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert "\x07" not in drawn
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert width == 760
    assert 150 < height < 1600
    assert picture.name.isascii()
    assert 0 < len(picture.name) <= 80


@kinds
def test_table_behind_the_picture_is_there(kind: str, pictures: dict[str, StatisticalPicture]) -> None:
    assert pictures[kind].data.height > 0
    assert pictures[kind].data.write_csv()


def test_notebooks_get_a_drawing_and_words(pictures: dict[str, StatisticalPicture]) -> None:
    picture = pictures["slope"]
    shown = picture._repr_mimebundle_(include=None, exclude=None)
    assert shown["image/svg+xml"] == picture._repr_svg_() == picture.svg()
    assert picture.says in shown["text/plain"]
