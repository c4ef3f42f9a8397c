"""Size budgets: 500 lines a file, 60 lines a function, keyword-only past two arguments, plain names.

Complexity (10) is ruff's C901 in pyproject.toml.
"""

import ast

from tests.architecture.source_tree import (
    Function,
    exceptions,
    functions,
    imports,
    none_of,
    python_files,
    relative,
    unexcused,
)

EVERYWHERE = ("src", "tests", "scripts", "benchmarks", "docs")
FILE_LINES = 500
FUNCTION_LINES = 60
POSITIONAL = 2
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "managers", "manager", "misc", "services", "service"}
SETTINGS = "placeplan.web.settings.base.*"  # settings of Django stand on one another so
RULES = {"file-length", "function-length", "positional", "purity"}


def test_files_are_short() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*EVERYWHERE)}
    long = {
        file: f"{file}: {lines} lines, at most {FILE_LINES}" for file, lines in lengths.items() if lines > FILE_LINES
    }
    none_of(unexcused("file-length", long))


def test_functions_are_short() -> None:
    every = [one for path in python_files(*EVERYWHERE) for one in functions(path)]
    long = {one.where: f"{one.where}: {_lines(one)} lines" for one in every if _lines(one) > FUNCTION_LINES}
    none_of(unexcused("function-length", long))


def _lines(one: Function) -> int:
    return (one.node.end_lineno or 0) - one.node.lineno + 1


def test_arguments_past_two_are_keyword_only() -> None:
    every = [one for path in python_files("src", "scripts", "benchmarks") for one in functions(path)]
    many = {
        one.where: f"{one.where}: {_positional(one)} positional arguments; put * after the second or sooner"
        for one in every
        if _positional(one) > POSITIONAL and not one.node.name.startswith("__")
    }
    none_of(unexcused("positional", many))


def _positional(one: Function) -> int:
    names = [argument.arg for argument in one.node.args.posonlyargs + one.node.args.args]
    static = any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in one.node.decorator_list)
    return len(names) - (one.in_class and not static)


def test_exceptions_have_a_known_rule_and_a_reason() -> None:
    for entry in exceptions():
        assert set(entry) == {"rule", "where", "reason"}, entry
        assert entry["rule"] in RULES, entry
        assert len(entry["reason"].split()) >= 4, entry


def test_no_star_imports() -> None:
    stars = [one for path in python_files(*EVERYWHERE) for one in imports(path) if one.name.endswith(".*")]
    assert not [one for one in stars if one.name != SETTINGS]


def test_no_drawer_names() -> None:
    drawers = [
        relative(path) for path in python_files(*EVERYWHERE) if {path.stem, *path.parent.parts[-3:]} & REFUSED_NAMES
    ]
    assert not drawers, "name a module after the idea that it holds"


def test_nothing_in_the_package_imports_tests() -> None:
    wrong = [one for path in python_files("src") for one in imports(path) if one.name.split(".")[0] == "tests"]
    assert not wrong
