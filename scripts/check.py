"""Run every check under a heading of its own, never stop at the first failure, and count the failures at the end.

make check                  everything
make check ARGS="types"     the checks whose name holds a word
make fix                    repair what can be repaired instead
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One command; ``needs`` is a path without which there is nothing to check yet."""

    name: str
    command: tuple[str, ...]
    needs: str = "."


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """A tool of the environment that runs this script."""
    return (str(BIN / name), *arguments)


def python(*arguments: str) -> tuple[str, ...]:
    """This Python."""
    return (sys.executable, *arguments)


def checks() -> list[Check]:
    """Every check, cheapest first."""
    return [
        Check("Format of the code", tool("ruff", "format", "--check", "--quiet", ".")),
        Check("Lint", tool("ruff", "check", "--quiet", ".")),
        Check("Types", tool("mypy")),
        Check("Import contracts", tool("lint-imports", "--no-cache")),
        Check("Architecture", pytest("tests/architecture")),
        *(Check(f"Generated pages: {path.name}", python(str(path), "--check")) for path in generators()),
        Check("Styles and scripts of the workspace", ("sh", "scripts/build-assets.sh", "--check")),
        Check("Documents build", tool("mkdocs", "build", "--strict", "--quiet"), needs="mkdocs.yml"),
    ]


def repairs() -> list[Check]:
    """What ``make fix`` runs."""
    return [
        Check("Repair lint", tool("ruff", "check", "--quiet", "--fix", ".")),
        Check("Format", tool("ruff", "format", "--quiet", ".")),
        *(Check(f"Write generated pages: {path.name}", python(str(path))) for path in generators()),
    ]


def pytest(folder: str) -> tuple[str, ...]:
    """The tests of one folder, in few words."""
    return python("-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", folder)


def generators() -> list[Path]:
    """Scripts that write pages from the code; with ``--check`` they only say whether the pages are up to date."""
    return sorted((ROOT / "scripts").glob("generate_*.py"))


def run(check: Check) -> bool:
    """Run one check under its heading and say how it went."""
    heading(check.name)
    if not (ROOT / check.needs).exists():
        print(f"skipped: there is no {check.needs} yet")
        return True
    started = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, check=False)
    word = "passed" if done.returncode == 0 else "FAILED"
    print(f"{word} in {time.monotonic() - started:.1f} s", flush=True)
    return done.returncode == 0


def heading(text: str) -> None:
    """A line that the eye finds, in bold on a terminal."""
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{bold}== {text} {'=' * max(0, shutil.get_terminal_size().columns - len(text) - 5)}{plain}", flush=True)


def environment() -> dict[str, str]:
    """The environment of the commands: quiet tools, one encoding."""
    return {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def main() -> int:
    """Run what was asked for; the exit code is 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="run only the checks whose name holds one of these words")
    parser.add_argument("--fix", action="store_true", help="repair instead of checking")
    asked = parser.parse_args()
    every = repairs() if asked.fix else checks()
    chosen = [one for one in every if not asked.words or any(word.lower() in one.name.lower() for word in asked.words)]
    failed = [one.name for one in chosen if not run(one)]
    heading("Summary")
    print(f"{len(chosen)} run, {len(failed)} failed" + "".join(f"\n  {name}" for name in failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
