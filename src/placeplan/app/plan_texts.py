"""A plan that is kept as texts of its files, as the workspace keeps it: read, checked, and turned into other stores."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from placeplan.app.checking import check_loaded
from placeplan.app.demonstration import EXAMPLES
from placeplan.app.loading import loaded
from placeplan.plan.folder import read_plan, read_plan_texts
from placeplan.plan.model import Plan
from placeplan.plan.writing import files_of
from placeplan.reports.types import PlanResults

Texts = Mapping[str, str]


def checksum_of(text: str) -> str:
    """The name of a text: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def checksum_of_sections(checksums: Mapping[str, str]) -> str:
    """The checksum of a whole plan: of the names of its sections, in order, each with the checksum of its text."""
    return checksum_of("".join(f"{checksum}  {name}\n" for name, checksum in sorted(checksums.items())))


def read_texts(texts: Texts) -> Plan:
    """The plan that texts hold.

    Raises:
        InputError: with every problem of every text.
    """
    return read_plan_texts(texts)


def texts_of(plan: Plan) -> dict[str, str]:
    """The texts of a plan, by name, as its folder holds them."""
    return dict(files_of(plan))


def texts_of_folder(folder: Path) -> dict[str, str]:
    """The texts of the plan in a folder.

    Raises:
        InputError: it cannot be read.
    """
    return texts_of(read_plan(folder))


def check_texts(texts: Texts, *, today: date) -> PlanResults:
    """Read, compute and check the plan that texts hold.

    Raises:
        InputError: with every problem of every text.
    """
    return check_loaded(loaded(read_texts(texts)), today=today)


def bundled_plans() -> tuple[Path, ...]:
    """The folders of the plans that come with Placeplan, by name."""
    return tuple(sorted(folder for folder in EXAMPLES.iterdir() if (folder / "plan.yaml").exists()))
