"""Write docs/reference/interface-for-programs.md from OpenAPI; ``--check`` fails when the page is stale."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "docs/reference/interface-for-programs.md"
HEAD = """\
# The interface for programs

Generated from the OpenAPI document of the workspace, which `/api/v1/openapi.json` serves to who is signed in.

A program sends a token as `Authorization: Bearer …`. The page "Tokens" makes one for a role; it is shown once. What the
role may not do on pages, the token may not do here. It expires after 30, 90 or 365 days and may do what was ticked when
it was made. A token that is unknown, revoked or expired is answered 401 with the reason in `title`; after sixty such
from one address within five minutes the answer is 429.

What goes wrong is answered with a problem object (`application/problem+json`): `status`, `title`, and where input
cannot be read, `problems`, each with `file`, `line`, `field`, `message`, `expected` and `mend`. A plan that may not be
seen is answered like one that is not there (404). A write whose `replaces` is stale is answered with 409 and what
stands now. Numbers are decimal texts or as printed; a cell of a table names the figure that it quotes. How it is used
stands in [Work on a plan by a program](../how-to/work-by-a-program.md).

## Operations

| operation | what | sent | answered with |
| --- | --- | --- | --- |
"""


def main() -> int:
    """Write the page, or say whether it is up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeplan.web.settings.base")
    import django

    django.setup()
    from placeplan.web.programs.interface import openapi

    text = page_of(openapi())
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page_of(document: dict[str, Any]) -> str:
    """The page of an OpenAPI document."""
    rows = "".join(f"{row}\n" for row in _operations(document["paths"]))
    return HEAD + rows + "\n## Shapes\n" + "".join(_shapes(document["components"]["schemas"]))


def _operations(paths: dict[str, Any]) -> Iterator[str]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            query = [f"`?{each['name']}=`" for each in operation["parameters"] if each["in"] == "query"]
            answers = ", ".join(
                f"{status} {_kind(_schema(answer))}" for status, answer in operation["responses"].items()
            )
            told = ", ".join([*filter(None, [_kind(sent)]), *query])
            yield f"| `{method.upper()} {path}` | {operation['description']} | {told} | {answers} |"


def _schema(answer: dict[str, Any]) -> dict[str, Any]:
    return dict(answer.get("content", {}).get("application/json", {}).get("schema", {}))


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("type", ""))


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(schemas.items()):
        fields = "".join(f"| `{field}` | {_kind(of)} |\n" for field, of in schema["properties"].items())
        yield f"\n### {name}\n\n{schema['description']}\n\n| field | kind |\n| --- | --- |\n{fields}"


if __name__ == "__main__":
    sys.exit(main())
