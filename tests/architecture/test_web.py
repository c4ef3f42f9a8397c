"""The web application: a view never reaches for rows itself; selectors read and actions write."""

import ast

from tests.architecture.source_tree import PACKAGE, parse, relative


def test_views_do_not_touch_model_objects() -> None:
    views = [
        path for path in (PACKAGE / "web").rglob("*.py") if "views" in path.relative_to(PACKAGE).with_suffix("").parts
    ]
    wrong = [
        f"{relative(path)}:{node.lineno}"
        for path in views
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert not wrong
