"""Reading our own source: files, functions, imports, and the list of excused places."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "placeplan"
HERE = Path(__file__).parent

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Function:
    """A function in a file, named as in ``Class.method``."""

    file: str
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    in_class: bool

    @property
    def where(self) -> str:
        return f"{self.file}::{self.name}"


@dataclass(frozen=True)
class Import:
    """One imported module or name, with the place of the statement."""

    file: str
    line: int
    name: str


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Python files under folders of the checkout; a folder that does not exist yet has none."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def rooms() -> list[str]:
    """Top-level modules of the package that hold code."""
    folders = [path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.rglob("*.py"))]
    return sorted(folders + [path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")])


def room_files(room: str) -> list[Path]:
    single = PACKAGE / f"{room}.py"
    return [single] if single.exists() else python_files(f"src/placeplan/{room}")


def functions(path: Path) -> Iterator[Function]:
    yield from _functions(parse(path), file=relative(path), outer=(), in_class=False)


def _functions(node: ast.AST, *, file: str, outer: tuple[str, ...], in_class: bool) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, type_of_function):
            yield Function(file, ".".join((*outer, child.name)), child, in_class)
            yield from _functions(child, file=file, outer=(*outer, child.name), in_class=False)
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, file=file, outer=(*outer, child.name), in_class=True)
        else:
            yield from _functions(child, file=file, outer=outer, in_class=in_class)


def imports(path: Path) -> Iterator[Import]:
    """Every absolute name that a file imports, wherever in the file; ``from a import b`` gives ``a.b``."""
    package = path.relative_to(ROOT / "src").parent.parts if path.is_relative_to(ROOT / "src") else ()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from (Import(relative(path), node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *([node.module] if node.module else ())))
            yield from (Import(relative(path), node.lineno, f"{base}.{alias.name}") for alias in node.names)


@cache
def table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def exceptions() -> list[dict[str, str]]:
    return tomllib.loads((HERE / "exceptions.toml").read_text(encoding="utf-8"))["exception"]


def excused(rule: str) -> set[str]:
    return {entry["where"] for entry in exceptions() if entry["rule"] == rule}


def unexcused(rule: str, found: dict[str, str]) -> list[str]:
    """Messages for places (the keys) that no exception covers, and for exceptions that cover nothing."""
    allowed = excused(rule)
    messages = [message for where, message in sorted(found.items()) if where not in allowed]
    stale = [f"exceptions.toml: {where} no longer needs its {rule} exception" for where in sorted(allowed - set(found))]
    return messages + stale


def none_of(messages: list[str]) -> None:
    """Fail with the messages and nothing else, so that a person can read them."""
    if messages:
        pytest.fail("\n".join(messages), pytrace=False)
