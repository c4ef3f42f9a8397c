"""Every broken plan: ``cases()`` lists them, ``python -m tests.corpus.generate`` prints how many there are of a kind.

The list is the same on every run. Each kind is one way to break a plan, described where it is defined; each case is a
kind applied to one of the bundled plans. The plans take turns, so that the corpus grows with the kinds alone.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from tests.corpus import file_breakages, header_breakages, table_breakages
from tests.corpus.broken_plan import BrokenPlan, Entries, Expected, put_all
from tests.corpus.draft import Draft, good_plans
from tests.corpus.registry import BREAKAGES
from tests.corpus.workbook_cases import workbook_cases

__all__ = ["BrokenPlan", "Expected", "cases"]
PLANS_OF_A_KIND = 3
DEFINED_IN = (header_breakages, table_breakages, file_breakages)


def cases() -> Iterator[BrokenPlan]:
    """Every broken plan, folders first."""
    yield from folder_cases()
    yield from workbook_cases()


def folder_cases() -> Iterator[BrokenPlan]:
    """Every kind of broken folder for every bundled plan that has a place for it."""
    for number, kind in enumerate(BREAKAGES):
        yield from islice(_cases_of(kind, start=number), PLANS_OF_A_KIND)
    yield BrokenPlan("folder-missing", "folder-missing", lambda path: path / "plan", Expected(words="does not exist"))
    yield BrokenPlan("folder-a-file", "folder-a-file", _make_file, Expected(words="is not a folder"))


def _cases_of(kind: str, *, start: int) -> Iterator[BrokenPlan]:
    plans = good_plans()
    for plan in (*plans[start % len(plans) :], *plans[: start % len(plans)]):
        name = f"{kind}/{plan}"
        draft = Draft(plan, seed=name)
        expected = BREAKAGES[kind](draft)
        if expected is not None:
            yield BrokenPlan(name, kind, partial(_make_folder, entries=draft.entries), expected)


def _make_folder(path: Path, *, entries: Entries) -> Path:
    return put_all(path / "plan", entries)


def _make_file(path: Path) -> Path:
    (path / "plan").write_text("title: a plan in one file\n")
    return path / "plan"


if __name__ == "__main__":
    counted = Counter(case.kind for case in cases())
    for kind, count in counted.items():
        print(f"{count:4d}  {kind}")
    print(f"{counted.total():4d}  in {len(counted)} kinds")
