"""Commands and Python in the documents run, and print what the page says.

In a ``console`` block, lines starting with ``$ placeplan`` (or ``$ .venv/bin/placeplan``) are run in a folder that
holds the bundled plans where a checkout has them; other commands and ``serve`` are left alone. A page that reads from
``data/`` is about a data folder: it runs where the open data stand beside the checkout, and is skipped elsewhere.
Output lines of the block must appear in this order in what was printed; ``...`` stands for any lines.
"""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^\$ (?:\.venv/bin/)?placeplan (?!serve)(.*)$")


@dataclass(frozen=True)
class Command:
    """One command of a page, with the output lines that the page shows."""

    page: str
    arguments: str
    shown: tuple[str, ...]


def blocks(path: Path, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(path.read_text(encoding="utf-8")) if language in languages]


def commands(path: Path) -> list[Command]:
    found: list[tuple[str, list[str]]] = []
    for body in blocks(path, "console"):
        shown: list[str] = []
        for line in body.splitlines():
            if not line.startswith("$ "):
                shown.append(line)
                continue
            shown = []
            if match := PROGRAM.match(line):
                found.append((match[1], shown))
    page = path.relative_to(ROOT).as_posix()
    return [Command(page, arguments, tuple(lines)) for arguments, lines in found]


PAGES_WITH_COMMANDS = [path for path in PAGES if commands(path)]
PAGES_WITH_PYTHON = [path for path in PAGES if blocks(path, "python")]


@pytest.mark.parametrize("path", PAGES_WITH_COMMANDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_run(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if any(argument.startswith("data/") for each in commands(path) for argument in shlex.split(each.arguments)):
        (tmp_path / "data").symlink_to(request.getfixturevalue("shared_data"))
    bundled = ROOT / "src" / "placeplan" / "examples"
    shutil.copytree(bundled, tmp_path / "src" / "placeplan" / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    for command in commands(path):
        run = [str(Path(sys.executable).parent / "placeplan"), *shlex.split(command.arguments, comments=True)]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        said = f"placeplan {command.arguments}\n{done.stdout}{done.stderr}"
        assert done.returncode in {0, 1}, said
        assert "Traceback" not in done.stderr, said
        assert missing(command.shown, done.stdout.splitlines()) is None, said


def missing(shown: tuple[str, ...], printed: list[str]) -> str | None:
    """The first shown line that is not printed after the ones before it."""
    rest = iter(line.rstrip() for line in printed)
    wanted = [line.rstrip() for line in shown if line.strip() and line.strip() != "..."]
    return next((line for line in wanted if line not in rest), None)


@pytest.mark.parametrize("path", PAGES_WITH_PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_python_runs(path: Path) -> None:
    names: dict[str, object] = {}
    for body in blocks(path, "python"):
        exec(compile(body, str(path), "exec"), names)


def test_missing_lines_are_seen() -> None:
    assert missing(("a", "...", "c"), ["a", "b", "c"]) is None
    assert missing(("c", "a"), ["a", "b", "c"]) == "a"
