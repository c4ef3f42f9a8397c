"""Links between the pages at the root of the checkout lead somewhere; mkdocs looks after those under docs/."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")
PAGES = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))]
    ours = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in ours if not (page.parent / target).exists()] == []


def test_every_room_is_in_the_house() -> None:
    house = (ROOT / "docs" / "explanation" / "house.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "src" / "placeplan").iterdir() if any(path.glob("*.py"))]
    assert [room for room in rooms if f"| `{room}` |" not in house] == []
