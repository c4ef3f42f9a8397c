"""The table of rooms: a module imports what its row says, and a library is used where its row says."""

import graphlib
import sys

import grimp
import pytest

from tests.architecture.source_tree import PACKAGE, Import, imports, none_of, room_files, rooms, table

ROOMS = table("rooms")["rooms"]
LIBRARIES = table("rooms")["libraries"]


def test_every_room_has_a_row() -> None:
    assert set(rooms()) <= set(ROOMS), "a new top-level module needs a row in rooms.toml and a floor in pyproject.toml"


def test_rows_name_rooms() -> None:
    assert {name for row in ROOMS.values() for name in row} <= set(ROOMS)


@pytest.mark.parametrize("room", rooms())
def test_room_imports_what_its_row_says(room: str) -> None:
    allowed = {room, *ROOMS.get(room, [])}
    found = [one for path in room_files(room) for one in imports(path) if one.name.startswith("placeplan.")]
    wrong = [one for one in found if _room(one) not in allowed]
    none_of(_lines(wrong))


def _room(one: Import) -> str:
    """The room of an imported name; a name of the package itself, such as its version, is anybody's."""
    name = one.name.split(".")[1]
    return name if name in ROOMS or (PACKAGE / name).exists() else one.file.split("/")[2].removesuffix(".py")


@pytest.mark.parametrize("room", rooms())
def test_library_is_used_where_its_row_says(room: str) -> None:
    ours = {*sys.stdlib_module_names, "placeplan", "__future__"}
    wrong = [
        one
        for path in room_files(room)
        for one in imports(path)
        if one.name.split(".")[0] not in ours and not _may_use(one)
    ]
    none_of(_lines(wrong))


def _may_use(one: Import) -> bool:
    module = one.file.removeprefix("src/placeplan/").removesuffix(".py").replace("/", ".")
    allowed = LIBRARIES.get(one.name.split(".")[0], [])
    return any(f"{module}.".startswith(f"{place}.") or module.startswith(f"{place}_") for place in allowed)


def test_no_import_cycles() -> None:
    graph = grimp.build_graph("placeplan", cache_dir=None, exclude_type_checking_imports=True)
    edges = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        graphlib.TopologicalSorter(edges).prepare()
    except graphlib.CycleError as error:
        pytest.fail("an import cycle: " + " imports ".join(reversed(error.args[1])))


def _lines(found: list[Import]) -> list[str]:
    return [f"{one.file}:{one.line}: may not import {one.name}" for one in found]
