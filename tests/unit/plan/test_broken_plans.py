"""The corpus of broken plans: each ends in located problems, none in a traceback, nothing is left half written."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.corpus.generate import BrokenPlan, Expected, cases

from placeplan.kernel.errors import InputError, Problem
from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan
from placeplan.plan.workbook_reading import read_workbook
from placeplan.plan.writing import write_plan

CASES = tuple(cases())
LEAST_CASES, LEAST_KINDS = 300, 40
PATIENCE = 120  # seconds until reading is taken to hang


def test_the_corpus_is_large_and_varied() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert len(CASES) >= LEAST_CASES
    assert len(kinds) >= LEAST_KINDS
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_corpus_is_the_same_every_time() -> None:
    assert [(case.name, case.expects) for case in cases()] == [(case.name, case.expects) for case in CASES]


@pytest.mark.parametrize("case", [case for case in CASES if not case.expects.reads], ids=lambda case: case.name)
def test_a_broken_plan_is_refused_at_the_right_place(case: BrokenPlan, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "imported"
    source.mkdir()
    path = case.make(source)
    before = _listing(tmp_path)
    with _no_hanging(), pytest.raises(InputError) as raised:
        write_plan(_read(case, path), target)
    problems = raised.value.problems
    assert all(problem.location.file and problem.message for problem in problems)
    assert str(raised.value).encode("utf-8"), "a problem can be printed anywhere"
    assert any(_answers(problem, case.expects) for problem in problems), str(raised.value)[:2_000]
    assert _listing(tmp_path) == before, "nothing was written"


@pytest.mark.parametrize("case", [case for case in CASES if case.expects.reads], ids=lambda case: case.name)
def test_a_plan_that_is_only_wrong_in_substance_reads_well(case: BrokenPlan, tmp_path: Path) -> None:
    assert _read(case, case.make(tmp_path)).header.title


def _read(case: BrokenPlan, path: Path) -> Plan:
    return read_workbook(path) if case.is_workbook else read_plan(path)


def _answers(problem: Problem, expected: Expected) -> bool:
    said = f"{problem.message} {problem.expected} {problem.mend}"
    right_line = not expected.line or problem.location.line == expected.line
    return expected.file in problem.location.file and right_line and expected.words in said


def _listing(folder: Path) -> list[str]:
    return sorted(path.as_posix() for path in folder.rglob("*"))


@contextmanager
def _no_hanging() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("reading hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
