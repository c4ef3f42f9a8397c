"""The key: read from where only its holder can, and never told."""

import copy
import pickle
import stat
from pathlib import Path

import pytest

from placeplan.app.segments.keys import VARIABLE, read_key, write_new_key
from placeplan.kernel.errors import InputError
from placeplan.segments.privacy.pseudonyms import Key, PseudonymsOfDataset, WeakKeyError, why_not_joined

HEX = bytes(range(40, 72)).hex()


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "holder.key"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_the_same_key_from_a_file_and_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f" {HEX.upper()}\n")
    assert read_key().fingerprint == read_key(key_file(tmp_path, f"{HEX}\n")).fingerprint


def test_a_new_key_is_random_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = write_new_key(tmp_path / "one.key"), write_new_key(tmp_path / "two.key")
    assert first.fingerprint != second.fingerprint
    assert read_key(tmp_path / "one.key").fingerprint == first.fingerprint
    assert stat.S_IMODE((tmp_path / "one.key").stat().st_mode) == 0o600
    with pytest.raises(InputError, match="never written over"):
        write_new_key(tmp_path / "one.key")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(InputError, match=r"others than its owner may use this file .*chmod 600"):
        read_key(key_file(tmp_path, HEX, mode))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "0 bytes"), (HEX[:-2], "31 bytes"), ("00" * 40, "nearly all the same byte"), (f"{HEX}xyz", "not a key")],
)
def test_a_key_that_is_none_is_refused_without_being_quoted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_key(key_file(tmp_path, text))
    assert not text or text not in str(caught.value)
    assert caught.value.__cause__ is None


def test_without_a_key_there_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(InputError, match=f"{VARIABLE}.*no key file is named"):
        read_key()
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_key(tmp_path / "none.key")
    with pytest.raises(InputError, match="no plain file"):
        read_key(tmp_path)


def test_a_key_shows_nothing_of_itself_and_is_not_written_anywhere() -> None:
    key = Key(bytes.fromhex(HEX))
    maker = key.for_purpose("planning")
    for one in (key, maker):
        assert HEX not in repr(one)
        assert "..." in str(one)
        for write in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError, match="not written"):
                write(one)  # type: ignore[operator]
        with pytest.raises(TypeError):
            vars(one)


def test_a_short_key_is_weak_and_a_purpose_must_be_named() -> None:
    with pytest.raises(WeakKeyError, match="has 3 bytes"):
        Key(b"abc")
    with pytest.raises(ValueError, match="none is named"):
        Key(bytes.fromhex(HEX)).for_purpose("  ")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"purpose": " CARE   plan"}, ""),
        ({"purpose": "Research"}, "for different purposes: 'Care plan' and 'Research'"),
        ({"key_fingerprint": "b" * 16}, "made with different keys"),
        ({"method": "another"}, "different methods"),
    ],
)
def test_people_are_joined_under_one_key_and_one_purpose_only(changed: dict[str, str], why: str) -> None:
    first = PseudonymsOfDataset(key_fingerprint="a" * 16, purpose="Care plan")
    second = first.model_copy(update=changed)
    said = why_not_joined(first, second)
    assert (why in said) if why else not said


def test_a_dataset_that_says_nothing_of_its_pseudonyms_is_joined_with_none() -> None:
    assert "does not say" in why_not_joined(None, PseudonymsOfDataset(key_fingerprint="a", purpose="b"))
