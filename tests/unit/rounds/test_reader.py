"""Planning rounds as files: every one loads, every value is accounted for, and a broken file is told at its line."""

import shutil
from datetime import date

import pytest

from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear
from placeplan.rounds.governance import Governed, Value
from placeplan.rounds.planning_round import NoSuchStandardError
from placeplan.rounds.reader import list_rounds, read_round, read_round_folder
from placeplan.rounds.standards import Standard
from placeplan.rounds.values_reading import VALUES

ROUNDS = ("2014-15", "2015-16", "2016-17", "2017-19", "2024-25", "2025-26", "2026-29")
TODAY_WHEN_WRITTEN = date(2026, 11, 29)


def values_of(round_id):
    return [pytest.param(value, id=value.path) for value in read_round(round_id).values()]


EVERY_VALUE = [value for round_id in ROUNDS for value in values_of(round_id)]


def test_the_rounds_are_listed_oldest_first():
    assert list_rounds() == ROUNDS


@pytest.mark.parametrize("round_id", ROUNDS)
def test_every_round_is_read_under_its_own_name(round_id):
    planning_round = read_round(round_id)
    assert planning_round.id == round_id
    assert planning_round.title
    assert planning_round.years
    assert planning_round is read_round(round_id)


@pytest.mark.parametrize("value", EVERY_VALUE)
def test_every_value_says_where_it_comes_from_and_who_looked_at_it(value):
    assert isinstance(value, Governed)
    assert value.reference
    assert value.review.reviewer == "Placeplan contributors"
    assert value.review.reviewed <= TODAY_WHEN_WRITTEN < value.review.review_due
    assert not isinstance(value, Value) or value.unit


@pytest.mark.parametrize("value", EVERY_VALUE)
def test_a_value_from_general_knowledge_is_unconfirmed(value):
    if "General knowledge" in value.reference:
        assert not value.confirmed


@pytest.mark.parametrize("round_id", ROUNDS)
def test_paths_are_unique_and_name_the_file(round_id):
    paths = [value.path for value in read_round(round_id).values()]
    assert len(paths) == len(set(paths))
    assert all(path.startswith((f"rounds/{round_id}/", "rounds/standards/")) for path in paths)


def test_a_rule_reference_carries_path_source_and_confidence():
    planning_round = read_round("2014-15")
    (surplus, *_) = planning_round.rules_for(
        organisation_type="area-team", service="primary-care", year=FinancialYear.parse("2014-15")
    )
    reference = surplus.rule_reference()
    assert reference.path == "rounds/2014-15/business_rules/surplus"
    assert "Everyone Counts 2014/15" in reference.reference
    assert reference.confirmed


def test_reviews_fall_due():
    planning_round = read_round("2024-25")
    assert planning_round.due_for_review(date(2027, 11, 22)) == ()
    assert len(planning_round.due_for_review(date(2027, 11, 23))) == len(list(planning_round.values()))


def test_an_unknown_round_is_told_with_the_known_ones():
    with pytest.raises(InputError, match=r"there is no planning round '2013-14'.*2014-15, 2015-16"):
        read_round("2013-14")


def test_an_unknown_indicator_is_told_with_the_nearest():
    with pytest.raises(NoSuchStandardError, match=r"has no indicator 'rtt-18-week'. Did you mean 'rtt-18-weeks'\?"):
        read_round("2025-26").standard("rtt-18-week")
    assert not read_round("2025-26").has_standard("EF1")


@pytest.fixture
def folder(tmp_path):
    """A copy of a good round, to be broken."""
    return shutil.copytree(VALUES / "2014-15", tmp_path / "2014-15")


def broken(folder, file, before, after):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def problems_in(folder):
    with pytest.raises(InputError) as caught:
        read_round_folder(folder)
    return caught.value.problems


def test_a_good_copy_is_read(folder):
    assert read_round_folder(folder).id == "2014-15"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("percent: 1.0", "percent: one", "found 'one'"),
        ("percent: 1.0", "percent: 1.0%", "found '1.0%'"),
        ("percent: 1.0", "per_cent: 1.0", "the key 'per_cent' is not known here"),
        ("    percent: 1.0\n", "", "the key 'percent' is missing"),
        ("    confidence: confirmed\n", "", "the key 'confidence' is missing"),
        ("confidence: confirmed", "confidence: surely", "found 'surely'"),
        ("    unit: per cent\n", "", "the key 'unit' is missing"),
        ("sense: minimum", "sense: floor", "found 'floor'"),
        ("years: [2014-15, 2015-16]", "years: [2014-16]", "found '2014-16'"),
        ("years: [2014-15, 2015-16]", "years: []", "found an empty value"),
        ("id: surplus\n", "id: Two Words\n", "found 'Two Words'"),
        ("id: contingency", "id: surplus", "two values are called 'surplus'"),
        ("kind: contingency", "kind: headroom", "speak about the same service and year at once"),
        ("kind: surplus\n", "kind: surplus\n    kind: surplus\n", "the key 'kind' is already on line"),
        ("kind: surplus\n", "kind: surplus\n    path: mine\n", "the key 'path' is given by the reader"),
        ("reviewed: 2026-11-22", "reviewed: soon", "found 'soon'"),
        ("review_due: 2027-11-22", "review_due: 2026-11-22", "must come after the last one"),
    ],
)
def test_a_broken_value_is_told_at_its_line(folder, before, after, message):
    broken(folder, "business_rules.yaml", before, after)
    found = problems_in(folder)
    assert any(message in problem.message for problem in found), found
    assert all(problem.location.file == "rounds/2014-15/business_rules.yaml" for problem in found)
    assert all(problem.location.line for problem in found)


def test_a_missing_review_is_told_once(folder):
    broken(folder, "outcomes.yaml", "review: {", "reveiw: {")
    (found,) = problems_in(folder)
    assert found.message == "the key 'review' is missing"


def test_a_missing_reference_is_told(folder):
    path = folder / "price_factors.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "reference:" not in line), encoding="utf-8")
    assert {problem.message for problem in problems_in(folder)} == {"the key 'reference' is missing"}


def test_everything_wrong_in_a_folder_is_told_at_once(folder):
    broken(folder, "business_rules.yaml", "percent: 1.0", "percent: one")
    broken(folder, "price_factors.yaml", "percent: 2.7", "percent: two")
    (folder / "wishes.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "round.yaml").unlink()
    files = {problem.location.file.rsplit("/", 1)[-1] for problem in problems_in(folder)}
    assert files == {"business_rules.yaml", "price_factors.yaml", "wishes.yaml", "round.yaml"}


def test_a_round_is_called_as_its_folder(folder):
    renamed = folder.rename(folder.with_name("2099-00"))
    assert "the round is called '2014-15'" in problems_in(renamed)[0].message


def test_two_standards_of_one_name_are_refused(folder):
    shared = (read_round("2014-15").standard("EF1").model_copy(update={"rounds": ("2014-15",)}),)
    with pytest.raises(InputError, match="two standards are called 'EF1'"):
        read_round_folder(folder, shared=shared)


STANDARD = """\
review: {reviewed: 2026-11-22, reviewer: us, review_due: 2027-11-22}
standards:
  - id: waits
    title: Waits
    service: any
    unit: per cent
    direction: at-least
    reference: a page
    confidence: confirmed
    national_milestones:
      - {due: 2025-03-31, value: 78, reference: a page, confidence: confirmed}
      - {due: 2026-03-31, change: 5, reference: a page, confidence: confirmed}
"""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("change: 5, ", "", "a milestone needs a value, a change, or both"),
        ("2026-03-31", "2024-03-31", "the milestone due on 2024-03-31 stands after the one due on 2025-03-31"),
        ("2026-03-31", "2025-03-31", "two milestones are due on 2025-03-31"),
        ("    direction: at-least\n", "", "'waits' has a level and no direction"),
    ],
)
def test_standards_that_make_no_sense_are_refused(folder, before, after, message):
    (folder / "standards.yaml").write_text(STANDARD.replace(before, after), encoding="utf-8")
    assert message in problems_in(folder)[0].message


def test_a_standard_inherits_its_unit_to_its_levels(folder):
    (folder / "standards.yaml").write_text(STANDARD, encoding="utf-8")
    standard = read_round_folder(folder).standard("waits")
    assert isinstance(standard, Standard)
    assert [milestone.unit for milestone in standard.national_milestones] == ["per cent", "per cent"]
    assert standard.national_milestones[0].path == "rounds/2014-15/standards/waits/national_milestones/1"
