"""A backup is the whole workspace at one moment, and what is put back is equal, on SQLite, PostgreSQL and between."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from tests.functional.web.servers import new_database, postgresql_server, site

from placeplan.web.keeping.kept import LEFT_OUT, kept_models, label_of

pytestmark = pytest.mark.xdist_group("keeping")  # in one process: one server and one backup serve them all
CONTEST = [sys.executable, "-m", "tests.functional.web.contest"]
TEXTS, EVENTS = "planning.Text.jsonl", "auditing.Event.jsonl"
Addresses = Callable[[str], str]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as found:
        yield found


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Addresses:
    """The address of a new, empty database of a kind."""

    def made(kind: str) -> str:
        name = f"{tmp_path.name}-{len(list(tmp_path.iterdir()))}"
        (tmp_path / f"{name}.made").touch()
        if kind == "sqlite":
            return f"sqlite://{tmp_path / name}.sqlite3"
        return new_database(request.getfixturevalue("server"), name)

    return made


def _run(database: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "placeplan.web", *map(str, arguments)]
    return subprocess.run(command, env=site(database), capture_output=True, text=True, check=False)


def _done(database: str, *arguments: object) -> str:
    done = _run(database, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _filled(database: str, *, people: int = 2, rounds: int = 2) -> None:
    for arguments in (["set-up", people], *(["write", number, rounds] for number in range(people)), ["make"]):
        subprocess.run([*CONTEST, *map(str, arguments)], env=site(database), check=True, capture_output=True)


def _content(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def _changed(file: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = change(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return target


def test_a_restored_database_is_equal_and_goes_on(address: Addresses, tmp_path: Path) -> None:
    """From SQLite to PostgreSQL, from there to PostgreSQL, and back to SQLite. The others restore SQLite to SQLite."""
    old = address("sqlite")
    _filled(old)
    _done(old, "back_up", tmp_path / "first.backup")
    before = _content(tmp_path / "first.backup")
    assert all(before[name] for name in (TEXTS, EVENTS, "publishing.Document.jsonl", "planning.RevisionSection.jsonl"))
    last = tmp_path / "first.backup"
    for number, kind in enumerate(("postgresql", "postgresql", "sqlite")):
        new = address(kind)
        assert "everybody signs in again" in _done(new, "restore", last)
        last = tmp_path / f"{number}.backup"
        _done(new, "back_up", last)
        assert _content(last) == before
        if number > 0:
            arguments = [*CONTEST, "write", "0", "1", "100"]
            goes_on = subprocess.run(arguments, env=site(new), capture_output=True, text=True, check=False)
            assert goes_on.returncode == 0, goes_on.stderr
            assert _done(new, "verify").startswith("whole; ")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_is_of_one_moment_while_people_write(address: Addresses, tmp_path: Path, kind: str) -> None:
    database = address(kind)
    _filled(database)
    writers = [
        subprocess.Popen([*CONTEST, "write", str(number), "999", "100"], env=site(database), stdout=subprocess.PIPE)
        for number in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    _done(database, "back_up", tmp_path / "one.backup")
    assert [writer.poll() for writer in writers] == [None, None], "nobody was kept from writing"
    for writer in writers:
        writer.kill()
        writer.communicate()
    _done(address("sqlite"), "restore", tmp_path / "one.backup")  # which holds everything against its sums


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    database = f"sqlite://{folder / 'old.sqlite3'}"
    _filled(database, people=1, rounds=1)
    _done(database, "back_up", folder / "good.backup")
    return folder / "good.backup"


def _other_text(name: str, content: bytes) -> bytes:
    return content.replace(b"A small place", b"A large place") if name == TEXTS else content


def _without_events(name: str, content: bytes) -> bytes | None:
    return None if name == EVENTS else content


def _newer(name: str, content: bytes) -> bytes:
    return json.dumps({**json.loads(content), "version": 2}).encode() if name == "manifest.json" else content


def _of_another_database(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    said = json.loads(content)
    return json.dumps({**said, "migrations": [*said["migrations"], "planning.0099_later"]}).encode()


def _no_manifest(name: str, content: bytes) -> bytes | None:
    return None if name == "manifest.json" else content


def _with_more(name: str, content: bytes) -> bytes:
    return content.replace(b'"format": "placeplan-workspace"', b'"format": "something"')


REFUSED = (
    (_other_text, "planning.Text.jsonl is not what the manifest says"),
    (_without_events, "auditing.Event.jsonl is missing"),
    (_newer, "of version 2; expected 1"),
    (_of_another_database, "planning.0099_later is not here"),
    (_no_manifest, "no manifest"),
    (_with_more, "no backup of a workspace"),
)


def test_a_backup_that_was_changed_is_refused(backup: Path, tmp_path: Path) -> None:
    database = f"sqlite://{tmp_path / 'new.sqlite3'}"
    for number, (change, words) in enumerate(REFUSED):
        done = _run(database, "restore", _changed(backup, tmp_path / f"bad-{number}.backup", change))
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert words in done.stderr
    assert _done(database, "restore", backup), "nothing was written by what was refused"


def test_a_backup_that_was_changed_together_with_its_sums_is_refused(backup: Path, tmp_path: Path) -> None:
    import hashlib

    with zipfile.ZipFile(backup) as archive:
        texts = archive.read(TEXTS).replace(b"A small place", b"A large place")

    def change(name: str, content: bytes) -> bytes:
        if name == TEXTS:
            return texts
        if name != "manifest.json":
            return content
        said = json.loads(content)
        for part in said["parts"]:
            if part["member"] == TEXTS:
                part["sha256"] = hashlib.sha256(texts).hexdigest()
        return json.dumps(said).encode()

    done = _run(f"sqlite://{tmp_path / 'new.sqlite3'}", "restore", _changed(backup, tmp_path / "bad.backup", change))
    assert done.returncode == 2
    assert "was changed" in done.stderr
    assert "Nothing was written" in done.stderr


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    content = backup.read_bytes()
    (tmp_path / "cut.backup").write_bytes(content[: int(len(content) * share)])
    done = _run(f"sqlite://{tmp_path / 'new.sqlite3'}", "restore", tmp_path / "cut.backup")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "cut short" in done.stderr


def test_only_an_empty_database_is_restored_into(backup: Path, tmp_path: Path) -> None:
    database = f"sqlite://{tmp_path / 'new.sqlite3'}"
    _done(database, "restore", backup)
    before = _done(database, "verify")
    done = _run(database, "restore", backup)
    assert done.returncode == 2
    assert "The database is not empty" in done.stderr
    assert _done(database, "verify") == before


def test_a_backup_is_for_its_owner_and_never_written_over(backup: Path, tmp_path: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    database = f"sqlite://{backup.parent / 'old.sqlite3'}"
    content = backup.read_bytes()
    for file, words in ((backup, "is there already"), (tmp_path / "no" / "where", "cannot be written")):
        done = _run(database, "back_up", file)
        assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert backup.read_bytes() == content
    assert not [file for file in backup.parent.iterdir() if file.name.endswith(".part")]


def test_what_was_changed_behind_the_back_of_the_workspace_is_found(backup: Path, tmp_path: Path) -> None:
    import sqlite3

    _done(f"sqlite://{tmp_path / 'new.sqlite3'}", "restore", backup)
    with sqlite3.connect(tmp_path / "new.sqlite3") as connection:
        connection.execute("UPDATE planning_revision SET checksum = 'other' WHERE number = 2")
        connection.execute("UPDATE auditing_event SET detail = '{}' WHERE number = 3")
        connection.execute("UPDATE planning_text SET body = body || 'x' WHERE body LIKE '# About%'")
        connection.execute("UPDATE publishing_document SET content = x'00'")
    done = _run(f"sqlite://{tmp_path / 'new.sqlite3'}", "verify")
    assert done.returncode == 2
    for words in ("revision 2 of small-place does not", "event 3 was changed", "text ", "document 1 was changed"):
        assert words in done.stderr


def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    kept = {label_of(each) for each in kept_models()}
    everything = {label_of(each) for each in apps.get_models(include_auto_created=True)}
    assert kept | set(LEFT_OUT) == everything
    assert not kept & set(LEFT_OUT)
