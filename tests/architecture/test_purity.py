"""Engines and checks are pure: no file, clock, environment, network or unseeded randomness inside them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import none_of, parse, relative, room_files, rooms, unexcused

PURE = {
    "kernel", "population", "disclosure", "indicators", "segments", "demand", "capacity", "finance", "registers",
    "record", "assurance",
}  # fmt: skip
READS_FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "iterdir", "rglob"}
REFUSED_NAMES = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "io.open", "os.environ", "os.getenv", "builtins.open", "builtins.input", "builtins.print",
    "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime", "time.gmtime",
    "uuid.uuid1", "uuid.uuid4",
}  # fmt: skip
REFUSED_MODULES = {"http", "os", "requests", "secrets", "shutil", "socket", "subprocess", "tempfile", "urllib"}
RANDOM_MODULES = ("random", "numpy.random")
SEEDED = {"random.Random", "numpy.random.default_rng", "numpy.random.SeedSequence", "numpy.random.Philox"}
TYPES = {"numpy.random.Generator", "numpy.random.BitGenerator"}


def breaches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything impure in a module."""
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, name) for name in _modules(node) if name in REFUSED_MODULES)
        elif isinstance(node, ast.Attribute | ast.Name):
            full = _full_name(node, names)
            if full in REFUSED_NAMES or _is_loose_randomness(full):
                yield node.lineno, full
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, name) for name in _bad_call(node, names))


def _bad_call(node: ast.Call, names: dict[str, str]) -> Iterator[str]:
    full = _full_name(node.func, names)
    if full in SEEDED and not (node.args or node.keywords):
        yield f"{full} without a seed"
    if isinstance(node.func, ast.Attribute) and node.func.attr in READS_FILES:
        yield f".{node.func.attr}()"


def _is_loose_randomness(full: str) -> bool:
    owner, _, _ = full.rpartition(".")
    return owner in RANDOM_MODULES and full not in SEEDED | TYPES


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]} if not node.level else set()
    return {alias.name.split(".")[0] for alias in node.names}


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for, in full."""
    names = {"open": "builtins.open", "input": "builtins.input", "print": "builtins.print"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {
                a.asname or a.name.split(".")[0]: a.name if a.asname else a.name.split(".")[0] for a in node.names
            }
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _full_name(node: ast.AST, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (owner := _full_name(node.value, names)):
        return f"{owner}.{node.attr}"
    return ""


def _pure_files() -> list[Path]:
    return [path for room in rooms() if room in PURE for path in room_files(room)]


def test_engines_and_checks_are_pure() -> None:
    found = {}
    for path in _pure_files():
        lines = [f"{relative(path)}:{line}: {name}" for line, name in breaches(parse(path))]
        if lines:
            found[relative(path)] = "\n".join(lines)
    none_of(unexcused("purity", found))


@pytest.mark.parametrize(
    "text",
    [
        "import os\n",
        "from datetime import date\ndate.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "open('x')",
        "import random\nrandom.random()",
        "from random import choice\nchoice([1])",
        "import random\nrandom.Random()",
        "import numpy as np\nnp.random.default_rng()",
        "import numpy as np\nnp.random.normal(0, 1)",
        "path.read_text()",
        "import time\nclock = time.time",
        "def f():\n    from urllib.request import urlopen",
    ],
)
def test_impure_code_is_seen(text: str) -> None:
    assert list(breaches(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "import random\nrandom.Random(7)",
        "import numpy as np\ndef f(rng: np.random.Generator): return rng.normal(0, 1)",
        "import numpy as np\nnp.random.default_rng(seed)",
        "from datetime import date\ndate(2014, 4, 1)",
        "account.open",
    ],
)
def test_pure_code_is_left_alone(text: str) -> None:
    assert not list(breaches(ast.parse(text)))
