"""What holds for every check: documents, cases, words, codes."""

import string
from pathlib import Path

import pytest

from placeplan.assurance import checks as checks_package
from placeplan.assurance.findings import Check
from placeplan.assurance.registry import CHECKS, check_of, selected
from placeplan.assurance.unreadable import CANNOT_BE_READ
from tests.checks.example_plans import CASES, case_files, examples

FAMILIES = (
    "PLN",
    "FIN",
    "EFF",
    "MAP",
    "CLM",
    "INV",
    "PER",
    "TRC",
    "GOV",
    "RSK",
    "TXT",
    "POP",
    "ACT",
    "WRK",
    "EST",
    "REC",
)
REFUSED_STARTS = ("avoid", "use", "prefer", "do not", "don't", "should", "must", "check", "ensure")
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)


def test_codes_are_unique_and_in_order() -> None:
    codes = [check.code for check in CHECKS]
    assert len(codes) == len(set(codes))
    assert codes == sorted(codes, key=lambda code: (FAMILIES.index(code[:3]), code))
    assert CANNOT_BE_READ.code not in codes


def test_every_check_is_registered_and_stands_in_a_file_of_its_code() -> None:
    modules = sorted(path.stem for path in Path(checks_package.__file__).parent.glob("[a-z]*.py"))
    assert [module[:6].upper() for module in modules] == sorted(check.code for check in CHECKS)


def test_titles_differ() -> None:
    titles = [check.title for check in CHECKS]
    assert len(titles) == len(set(titles))


def test_no_case_file_is_left_over() -> None:
    assert [path.stem for path in case_files()] == sorted(check.code for check in CHECKS)


@every_check
def test_check_is_found_by_its_code_and_family(check: Check) -> None:
    assert check_of(check.code) is check
    assert check in selected([check.family])
    assert check in selected([])


@every_check
def test_title_states_the_problem_in_one_sentence(check: Check) -> None:
    assert not check.title.lower().startswith(REFUSED_STARTS)
    assert not check.title.endswith(".")
    assert check.title[0].isupper()
    assert len(check.title) <= 100


@every_check
def test_words_for_readers_are_sentences(check: Check) -> None:
    for text in (check.why, check.mend):
        assert text[0].isupper()
        assert text.endswith(".")
    assert check.references
    assert all(check.references)


@every_check
def test_module_says_what_the_check_is(check: Check) -> None:
    [path] = Path(checks_package.__file__).parent.glob(f"{check.code.lower()}_*.py")
    assert path.read_text(encoding="utf-8").startswith(f'"""{check.code}: ')


@every_check
def test_there_are_examples_that_fail_and_that_pass(check: Check) -> None:
    path = CASES / f"{check.code}.yaml"
    assert list(examples(path, "fails"))
    assert list(examples(path, "passes"))


@every_check
def test_message_uses_facts_that_are_given_and_every_fact_is_used(check: Check, tmp_path: Path) -> None:
    named = {name for _, name, _, _ in string.Formatter().parse(check.message) if name}
    example = next(examples(CASES / f"{check.code}.yaml", "fails"))
    findings = [one for one in example.check(tmp_path).judgement.findings if one.code == check.code]
    for finding in findings:
        assert named == set(finding.facts)
        assert "{" not in check.words(finding)


@every_check
def test_page_is_there(check: Check, root: Path) -> None:
    assert (root / "docs" / "reference" / "checks" / f"{check.code}.md").is_file()


def test_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        check_of("ABC999")
    with pytest.raises(ValueError, match="not a code"):
        Check(
            code="fin1",
            title="",
            message="",
            severity=CHECKS[0].severity,
            why="",
            mend="",
            references=(),
            find=CHECKS[0].find,
        )
