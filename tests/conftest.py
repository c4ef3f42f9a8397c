"""What every test shares: its category is its folder, how many cases are generated, and which browser is used."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

CATEGORIES = ("unit", "spec", "oracle", "property", "checks", "snapshot", "functional", "docs", "architecture")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
TESTS = Path(__file__).parent
ROOT = TESTS.parent

# "ci" gives the same cases on every run; "wide" looks further: make test PROFILE=wide
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("wide", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the folder that it stands in, and refuse a test outside the folders."""
    for item in items:
        category = item.path.relative_to(TESTS).parts[0]
        if category not in CATEGORIES:
            pytest.exit(f"{item.nodeid}: a test stands in one of tests/{{{','.join(CATEGORIES)}}}", returncode=3)
        item.add_marker(category)
        if category == "architecture":
            item.add_marker(pytest.mark.xdist_group(category))  # in one process, which reads the sources once


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The open data beside the checkout, or a skip that says why: it is never part of the repository."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip(f"needs the data folder that is expected at {data}")
    return data


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use the system's own browser; as root it runs without its sandbox."""
    names = (os.environ.get("PLACEPLAN_BROWSER"), *BROWSERS)
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium found: run make test once, or name one in PLACEPLAN_BROWSER")
    args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": args}
