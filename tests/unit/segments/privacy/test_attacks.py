"""What an attacker gets who holds the dataset, the software and every NHS number, and lacks the key: nothing."""

import hashlib
import hmac
import io
import logging
import re
import shutil
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import polars as pl
import pytest
from tests.unit.segments.privacy.made_up import ANN, BOB, CAT, PEOPLE, PURPOSE, SECRET, made, numbered, write_extracts

from placeplan.app.segments import pseudonymising
from placeplan.segments.privacy.pseudonyms import Key

BUDGET = 60_000
"""Numbers that are tried; the numbers of the people in the dataset are among the first."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of everybody but one, who opted out, and all that was printed while it was made."""
    folder = tmp_path_factory.mktemp("place")
    rows = [
        ANN.in_hospital("LOCAL-4711"), BOB.in_hospital("LOCAL-4712", nhs=""), CAT.in_hospital("LOCAL-4713"),
        ANN.in_hospital("LOCAL-4714", nhs="123 456 7890"), BOB.in_hospital("LOCAL-4715", nhs=numbered(9)[8]),
    ]  # fmt: skip
    lists = [person.on_list() for person in PEOPLE]
    file = write_extracts(folder, lists=lists, hospital=rows, opted_out=[CAT.number])
    said, printed = io.StringIO(), io.StringIO()
    watch = logging.StreamHandler(said)
    logging.getLogger().addHandler(watch)
    with redirect_stdout(printed), redirect_stderr(printed):
        made(file)
    logging.getLogger().removeHandler(watch)
    (folder / "printed.txt").write_text(said.getvalue() + printed.getvalue(), encoding="utf-8")
    return folder


def published(place: Path) -> dict[str, str]:
    """Everything that was written or printed, as text, by file; Parquet both as bytes and as its cells."""
    found = {}
    for file in [*(place / "dataset").rglob("*"), place / "dataset-report.json", place / "printed.txt"]:
        if file.is_file():
            found[str(file)] = file.read_bytes().decode("latin-1")
        if file.suffix == ".parquet":
            found[f"cells of {file}"] = "\n".join("|".join(map(str, row)) for row in pl.read_parquet(file).rows())
    return found


def pseudonyms_of(place: Path) -> set[str]:
    return set(pl.read_parquet(place / "dataset" / "people")["person_key"])


def test_nothing_that_was_given_in_is_found_in_anything_that_came_out(place: Path) -> None:
    identifiers = {
        each
        for person in PEOPLE
        for number in [person.number]
        for each in (number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}",
                     person.born, "/".join(reversed(person.born.split("-"))), person.born.replace("-", ""),
                     person.postcode, person.postcode.replace(" ", ""), person.surname, person.surname.upper())
    } | {f"LOCAL-47{number}" for number in range(11, 16)} | {"1234567890", numbered(9)[8]}  # fmt: skip
    for name, text in published(place).items():
        assert not {each for each in identifiers if each in text}, name


def test_the_key_is_in_nothing_that_came_out(place: Path) -> None:
    forms = {SECRET.hex(), SECRET.hex().upper(), SECRET.decode("latin-1"), repr(SECRET)}
    own = hmac.new(SECRET, b"placeplan: key of a purpose\0" + PURPOSE.casefold().encode(), "sha256")
    forms |= {own.hexdigest(), own.digest().decode("latin-1")}
    for name, text in published(place).items():
        assert not {form for form in forms if form in text}, name


def without_key(numbers: Iterable[str], fingerprint: str) -> set[str]:
    """Everything that an attacker can work out of a number who has read the code and the dataset."""
    known = [b"\0" * 32, fingerprint.encode(), bytes.fromhex(fingerprint), PURPOSE.encode()]
    tries = set()
    for number in numbers:
        for text in (number.encode(), b"person\0" + number.encode()):
            tries.add(hashlib.sha256(text).hexdigest()[:32])
            tries |= {hmac.digest(secret, text, "sha256").hex()[:32] for secret in known}
    return tries


def test_without_the_key_no_pseudonym_can_be_worked_out_again(place: Path) -> None:
    found = re.search(r'"key_fingerprint": "([0-9a-f]{16})"', (place / "dataset" / "dataset.yaml").read_text())
    assert found is not None
    tried = without_key(numbered(BUDGET // 10), found[1])
    assert len(tried) == BUDGET
    assert not tried & pseudonyms_of(place)


def test_the_same_attack_succeeds_at_once_where_numbers_are_hashed_without_a_key() -> None:
    """Or the test above would prove nothing."""
    careless = {hashlib.sha256(person.number.encode()).hexdigest()[:32] for person in PEOPLE}
    assert careless < without_key(numbered(BUDGET // 10), "0" * 16)


def test_with_the_key_the_same_numbers_are_found(place: Path) -> None:
    keys = Key(SECRET).for_purpose(PURPOSE).pseudonyms(numbered(10), kind="person")
    assert pseudonyms_of(place) < set(keys)
    assert len(pseudonyms_of(place)) == 3


def test_no_identifier_reaches_the_disk_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the unfinished folder when linking begins is kept, and searched."""
    kept = tmp_path / "kept"

    def looking(*args: object, **kwargs: object) -> object:
        shutil.copytree(tmp_path / ".dataset.unfinished", kept)
        return write_linked(*args, **kwargs)  # type: ignore[arg-type]

    write_linked = pseudonymising.write_linked
    monkeypatch.setattr(pseudonymising, "write_linked", looking)
    made(write_extracts(tmp_path, lists=[person.on_list() for person in PEOPLE], hospital=[ANN.in_hospital("9")]))
    cells = "\n".join(str(row) for file in kept.rglob("*.parquet") for row in pl.read_parquet(file).rows())
    assert ANN.number[:9] not in cells
    assert not {each for person in PEOPLE for each in (person.number, person.surname, person.postcode) if each in cells}
    assert "datetime.date(1950, 3, 17)" not in cells
    assert "datetime.date(1950, 3, 1)" in cells
